//! Permutation tests of a meta-regression (Higgins and Thompson 2004): the rows of the moderators are
//! dealt to the studies anew.

use serde::Serialize;

use super::{Regression, RegressionError, residual, sample::Sample};
use crate::{
    model::Model,
    numeric::{parallel, rng::Rng},
};

/// The p values of a permutation test.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Permutation {
    /// Whether all permutations were taken.
    pub exact: bool,
    /// How many were taken, the data as they are included.
    pub permutations: u64,
    /// The seed of a sampled test.
    pub seed: u64,
    /// Two-sided p value of each coefficient.
    pub coefficients: Vec<f64>,
    /// p value of the omnibus test, where there is one.
    pub test: Option<f64>,
}

impl Regression {
    /// Adds the permutation test, exact when all `k!` permutations are within `budget`, else from
    /// `budget` sampled ones with the settings' seed. The result does not depend on the number of
    /// threads.
    ///
    /// # Errors
    /// [`RegressionError`] when a permuted regression cannot be fitted.
    pub fn permute(mut self, budget: u32) -> Result<Self, RegressionError> {
        let observed = self.statistics(None)?;
        let k = self.k;
        let all = (1..=k as u64).try_fold(1u64, u64::checked_mul);
        let exact = all.filter(|&all| all <= u64::from(budget));
        #[expect(clippy::cast_possible_truncation, reason = "within the budget, a u32")]
        let draws = exact.map_or(budget, |all| all as u32);
        let seed = self.settings.seed;
        let permuted = parallel::map(draws, |i| {
            let order = match exact {
                Some(_) => nth_permutation(k, u64::from(i)),
                None => shuffled(k, seed, i),
            };
            self.statistics(Some(&order))
        });
        // Of equal statistics rounding decides which is larger; they count as equal.
        let reaches = |theirs: f64, ours: f64| theirs >= ours * (1.0 - 1e-10);
        let mut counts = vec![0u64; observed.0.len()];
        let mut omnibus = 0u64;
        for statistics in permuted {
            let (coefficients, test) = statistics?;
            for ((count, theirs), ours) in counts.iter_mut().zip(coefficients).zip(&observed.0) {
                *count += u64::from(reaches(theirs, *ours));
            }
            omnibus += u64::from(reaches(test, observed.1));
        }
        // The exact set contains the data as they are; a sample has them added.
        let (extra, total) =
            if exact.is_some() { (0, u64::from(draws)) } else { (1, u64::from(draws) + 1) };
        let share = |count: u64| (count + extra) as f64 / total as f64;
        self.permutation = Some(Permutation {
            exact: exact.is_some(),
            permutations: total,
            seed,
            coefficients: counts.into_iter().map(share).collect(),
            test: self.test.map(|_| share(omnibus)),
        });
        Ok(self)
    }

    /// `|t|` of each coefficient and the omnibus statistic, with the rows of the design in `order`.
    fn statistics(&self, order: Option<&[usize]>) -> Result<(Vec<f64>, f64), RegressionError> {
        let solved = &self.solved;
        let (Some(effects), Model::TwoStep(choices)) = (&solved.effects, self.settings.model)
        else {
            return Err(RegressionError::NeedsTwoStep { what: "a permutation test" });
        };
        let design = &solved.designed.design;
        let x = order.map_or_else(|| design.matrix().clone(), |o| design.matrix().select_rows(o));
        let sample = Sample { yi: effects.yi(), vi: effects.vi(), x: &x };
        let tau2 = residual::estimate(&sample, choices.tau2, choices.genq_weights)?;
        let solution = sample.at(tau2.value)?;
        let scale = match solved.method {
            crate::model::CiMethod::Hk => solution.q / sample.df(),
            crate::model::CiMethod::Adhoc => (solution.q / sample.df()).max(1.0),
            _ => 1.0,
        };
        let covariance = solution.factor.inverse() * scale;
        let coefficients = solution
            .coefficients
            .iter()
            .zip(covariance.diagonal().iter())
            .map(|(b, v)| b.abs() / v.sqrt())
            .collect();
        let permuted =
            super::solved::Solved { beta: solution.coefficients, covariance, ..solved.clone() };
        let from = usize::from(design.has_intercept());
        let test = permuted.omnibus(from..self.p).map_or(0.0, |test| test.statistic);
        Ok((coefficients, test))
    }
}

/// Permutation number `index` of `0..k` in the factorial number system.
fn nth_permutation(k: usize, mut index: u64) -> Vec<usize> {
    let mut left: Vec<usize> = (0..k).collect();
    let mut order = Vec::with_capacity(k);
    for remaining in (1..=k as u64).rev() {
        #[expect(clippy::cast_possible_truncation, reason = "below k")]
        let place = (index % remaining) as usize;
        index /= remaining;
        order.push(left.remove(place));
    }
    order
}

/// A random permutation (Durstenfeld 1964) from its own stream.
fn shuffled(k: usize, seed: u64, i: u32) -> Vec<usize> {
    let mut rng = Rng::stream(seed, u64::from(i));
    let mut order: Vec<usize> = (0..k).collect();
    for last in (1..k).rev() {
        #[expect(clippy::cast_possible_truncation, reason = "at most `last`")]
        let other = rng.below(last as u64 + 1) as usize;
        order.swap(last, other);
    }
    order
}
