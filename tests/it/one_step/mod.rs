//! The one-step models: binomial-normal GLMM and beta-binomial.
mod mpmath;

use resorb::{
    model::{Fit, Model, Settings, pool},
    study::{Counts, Studies},
};

/// Counts from `x/n` pairs.
fn counts(pairs: &[(u64, u64)]) -> Vec<Counts> {
    pairs.iter().map(|&(x, n)| Counts::new(x, n).unwrap()).collect()
}

fn studies(pairs: &[(u64, u64)]) -> Studies {
    let rows = pairs.iter().enumerate().map(|(i, &(x, n))| (format!("study {}", i + 1), x, n));
    Studies::from_counts(rows).unwrap()
}

fn fit(pairs: &[(u64, u64)], model: Model) -> Fit {
    pool(&studies(pairs), &Settings { model, ..Settings::default() }).unwrap()
}
