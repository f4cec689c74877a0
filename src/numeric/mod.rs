//! Numbers that can be trusted: distributions, roots, maxima, quadrature.
