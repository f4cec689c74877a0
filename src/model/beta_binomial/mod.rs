//! Beta-binomial
