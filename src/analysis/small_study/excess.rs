//! The test of excess significance (Ioannidis and Trikalinos 2007).

use serde::Serialize;

use super::{Funnel, SmallStudyError};
use crate::{
    model::{tau2, weighted::Weighted},
    numeric::normal,
};

const METHOD: &str = "the test of excess significance";

/// How many studies are significant, and how many should be.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExcessSignificance {
    /// Significant studies at two-sided .05.
    pub observed: usize,
    /// The sum of the studies' powers at the random-effects mean.
    pub expected: f64,
    /// `P(at least as many)` from the exact distribution of independent studies.
    pub p_value: f64,
    /// Each study's power.
    pub power: Vec<f64>,
    /// The null value on the analysis scale.
    pub null: f64,
}

/// Compares the number of studies significantly different from `null` (a rate; 0 for generic effects
/// when `None`) with the sum of their powers `P(|y − y₀|/√v > 1.96)`, `y ~ N(μ̂, v + τ̂²)`.
///
/// # Errors
/// [`SmallStudyError::NoNull`] for proportions without a null value, [`SmallStudyError::TooFew`].
pub fn excess_significance(
    funnel: &Funnel,
    null: Option<f64>,
) -> Result<ExcessSignificance, SmallStudyError> {
    let null = funnel.null(null, METHOD)?;
    funnel.at_least(2, METHOD)?;
    let (yi, vi, choices) = (funnel.yi(), funnel.vi(), funnel.choices());
    let tau2 = tau2::estimate(yi, vi, choices.tau2, choices.genq_weights)?.value;
    let mean = Weighted::at(yi, vi, tau2).mean - null;
    let z = normal::quantile_upper(0.025);
    let observed = yi.iter().zip(vi).filter(|(y, v)| (*y - null).abs() >= z * v.sqrt()).count();
    let power: Vec<f64> = vi
        .iter()
        .map(|v| {
            let (se, sd) = (v.sqrt(), (v + tau2).sqrt());
            normal::sf((z * se - mean) / sd) + normal::cdf((-z * se - mean) / sd)
        })
        .collect();
    let p_value = at_least(&power, observed);
    Ok(ExcessSignificance { observed, expected: power.iter().sum(), p_value, power, null })
}

/// `P(at least m successes)` of independent trials with these probabilities.
fn at_least(probabilities: &[f64], m: usize) -> f64 {
    let mut law = vec![1.0];
    for p in probabilities {
        let mut next = vec![0.0; law.len() + 1];
        for (i, mass) in law.iter().enumerate() {
            next[i] += mass * (1.0 - p);
            next[i + 1] += mass * p;
        }
        law = next;
    }
    law.iter().skip(m).sum::<f64>().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::at_least;

    /// Two fair coins: three of four outcomes have a head.
    #[test]
    fn coins() {
        assert_eq!(at_least(&[0.5, 0.5], 1), 0.75);
        assert_eq!(at_least(&[0.5, 0.5], 0), 1.0);
        assert_eq!(at_least(&[0.25], 2), 0.0);
    }
}
