//! The distributions, roots and rules of `resorb::numeric`.
