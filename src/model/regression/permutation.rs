//! Permutation tests of a meta-regression (Higgins and Thompson 2004): the rows of the moderators are
//! dealt to the studies anew.

use nalgebra::{Cholesky, DMatrix};
use serde::Serialize;

use super::{
    Regression, RegressionError, residual,
    sample::Sample,
    small::{self, Small},
};
use crate::{
    model::{CiMethod, Model, ModelError, Tau2Method, TwoStep, tau2::Criterion},
    numeric::{NumericError, parallel, rng::Rng},
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
    /// Adds the permutation test, exact when all arrangements that differ (rows of equal moderators
    /// are alike) are within `budget`, else from the data and `budget − 1` sampled permutations with
    /// the settings' seed. The result does not depend on the number of threads.
    ///
    /// # Errors
    /// [`RegressionError`] when a permuted regression cannot be fitted.
    pub fn permute(mut self, budget: u32) -> Result<Self, RegressionError> {
        let observed = self.statistics(None)?;
        let k = self.k;
        let alike = alike(self.solved.designed.design.matrix());
        let exact = arrangements(&alike).filter(|&all| all <= u64::from(budget));
        #[expect(clippy::cast_possible_truncation, reason = "within the budget, a u32")]
        let draws = exact.map_or(budget.saturating_sub(1), |all| all as u32);
        let seed = self.settings.seed;
        let permuted = parallel::map(draws, |i| {
            let order = match exact {
                Some(all) => nth_arrangement(&alike, all, u64::from(i)),
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
        let likelihood = match choices.tau2 {
            Tau2Method::Ml => Some(Criterion::Ml),
            Tau2Method::Reml => Some(Criterion::Reml),
            _ => None,
        };
        let x = solved.designed.design.matrix();
        let (yi, vi) = (effects.yi(), effects.vi());
        match likelihood {
            Some(criterion) if self.p <= small::MOST => self.few(yi, vi, x, order, criterion),
            _ => self.many(yi, vi, x, order, &choices),
        }
    }

    /// The factor on the variances at a residual `Σwr²`.
    fn scale(&self, q: f64) -> f64 {
        let factor = q / (self.k - self.p) as f64;
        match self.solved.method {
            CiMethod::Hk => factor,
            CiMethod::Adhoc => factor.max(1.0),
            _ => 1.0,
        }
    }

    /// By maximum likelihood on few columns.
    fn few(
        &self,
        yi: &[f64],
        vi: &[f64],
        x: &DMatrix<f64>,
        order: Option<&[usize]>,
        criterion: Criterion,
    ) -> Result<(Vec<f64>, f64), RegressionError> {
        let p = self.p;
        let row = |i: usize| order.and_then(|order| order.get(i)).copied().unwrap_or(i);
        let rows: Vec<f64> =
            (0..self.k).flat_map(|i| x.row(row(i)).iter().copied().collect::<Vec<_>>()).collect();
        let few = Small { yi, vi, rows: &rows, p };
        let tau2 = few.maximise(criterion).value;
        let collinear = ModelError::Numeric {
            what: "a permuted regression",
            source: NumericError::NotPositiveDefinite,
        };
        let fitted = few.fit(tau2).ok_or(collinear)?;
        let scale = self.scale(fitted.q);
        let coefficients = fitted
            .beta
            .iter()
            .zip(fitted.variances(p))
            .take(p)
            .map(|(b, v)| b.abs() / (v * scale).sqrt())
            .collect();
        Ok((coefficients, fitted.wald(p, self.solved.designed.design.has_intercept()) / scale))
    }

    /// By any estimator on any number of columns.
    fn many(
        &self,
        yi: &[f64],
        vi: &[f64],
        x: &DMatrix<f64>,
        order: Option<&[usize]>,
        choices: &TwoStep,
    ) -> Result<(Vec<f64>, f64), RegressionError> {
        let x = order.map_or_else(|| x.clone(), |order| x.select_rows(order));
        let sample = Sample { yi, vi, x: &x };
        let tau2 = residual::estimate(&sample, choices.tau2, choices.genq_weights)?;
        let solution = sample.at(tau2.value)?;
        let covariance = solution.factor.inverse() * self.scale(solution.q);
        let beta = &solution.coefficients;
        let coefficients = beta
            .iter()
            .zip(covariance.diagonal().iter())
            .map(|(b, v)| b.abs() / v.sqrt())
            .collect();
        let from = usize::from(self.solved.designed.design.has_intercept());
        let m = self.p - from;
        let (b, v) = (beta.rows(from, m), covariance.view((from, from), (m, m)));
        let factor = Cholesky::new(v.clone_owned());
        let test = factor.map_or(0.0, |factor| factor.solve(&b.clone_owned()).dot(&b));
        Ok((coefficients, test))
    }
}

/// The rows of the design, those that are equal together.
fn alike(x: &DMatrix<f64>) -> Vec<Vec<usize>> {
    let mut classes: Vec<Vec<usize>> = Vec::new();
    for i in 0..x.nrows() {
        let same = |class: &&mut Vec<usize>| class.first().is_some_and(|&j| x.row(i) == x.row(j));
        match classes.iter_mut().find(same) {
            Some(class) => class.push(i),
            None => classes.push(vec![i]),
        }
    }
    classes
}

/// `k!/Π mᵢ!`, how many arrangements of the rows differ; `None` beyond 2⁶⁴.
fn arrangements(alike: &[Vec<usize>]) -> Option<u64> {
    let mut all = 1u64;
    let mut placed = 0u64;
    for class in alike {
        // C(placed + m, m), one factor at a time: each product is a binomial coefficient times `all`.
        for i in 1..=class.len() as u64 {
            placed += 1;
            all = u64::try_from(u128::from(all) * u128::from(placed) / u128::from(i)).ok()?;
        }
    }
    Some(all)
}

/// Arrangement number `index` of `all`, in the order of the classes.
fn nth_arrangement(alike: &[Vec<usize>], mut all: u64, mut index: u64) -> Vec<usize> {
    let mut left: Vec<&[usize]> = alike.iter().map(Vec::as_slice).collect();
    let mut open: u64 = alike.iter().map(|class| class.len() as u64).sum();
    let mut order = Vec::new();
    while open > 0 {
        for class in &mut left {
            let Some((&row, rest)) = class.split_first() else { continue };
            // The share of the arrangements that go on with this class; exact, being a count.
            let here = u128::from(all) * class.len() as u128 / u128::from(open);
            let here = u64::try_from(here).unwrap_or(u64::MAX);
            if index < here {
                order.push(row);
                *class = rest;
                all = here;
                break;
            }
            index -= here;
        }
        open -= 1;
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Three rows of one kind and three of another: 20 arrangements, each once.
    #[test]
    fn arrangements_that_differ() {
        let x = DMatrix::from_row_slice(6, 1, &[1.0, 0.0, 1.0, 0.0, 0.0, 1.0]);
        let alike = alike(&x);
        let all = arrangements(&alike).unwrap();
        assert_eq!(all, 20);
        let mut seen: Vec<Vec<u8>> = (0..all)
            .map(|i| {
                let order = nth_arrangement(&alike, all, i);
                let mut rows = order.clone();
                rows.sort_unstable();
                assert_eq!(rows, [0, 1, 2, 3, 4, 5]);
                order.iter().map(|&row| u8::from(x[(row, 0)] > 0.5)).collect()
            })
            .collect();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 20);
    }
}
