//! A solved regression: what predictions, contrasts and permutations need of a fit.

use nalgebra::{Cholesky, DMatrix, DVector};

use super::{
    Designed,
    result::{Coefficient, Omnibus, OmnibusMethod},
};
use crate::{
    effect::{Effects, Inversion, Measure},
    model::{CiMethod, Level, Link, ci::wald},
    numeric::{chi_squared, fisher_f},
};

/// What predictions, contrasts and permutations need of a fit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Solved {
    pub(super) designed: Designed,
    pub(super) scale: Scale,
    /// The effects of the two-step model.
    pub(super) effects: Option<Effects>,
    pub(super) beta: DVector<f64>,
    /// Covariance of the coefficients, scaled under `hk` and `adhoc`.
    pub(super) covariance: DMatrix<f64>,
    /// Covariance without that scale.
    pub(super) wald: DMatrix<f64>,
    /// The scale of the variance under `hk` and `adhoc`.
    pub(super) hk_scale: Option<f64>,
    pub(super) df: Option<f64>,
    pub(super) method: CiMethod,
    pub(super) tau2: f64,
}

/// The way back from the analysis scale.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scale {
    /// Of an effect measure; the sizes are for the Freeman–Tukey inversion.
    Measure { measure: Measure, inversion: Inversion, sizes: Vec<f64> },
    /// Of a link.
    Link(Link),
}

impl Scale {
    /// The display value of `y`, whose Wald standard error is `se`.
    pub(super) fn back(&self, y: f64, se: f64) -> f64 {
        match self {
            Self::Link(link) => link.inverse(y).0,
            Self::Measure { measure, inversion, sizes } => {
                measure.back(y, measure.context(*inversion, se, sizes.iter().copied()))
            }
        }
    }
}

impl Solved {
    /// `c'β̂` with its interval and test.
    pub(super) fn combination(&self, term: String, c: &DVector<f64>, level: Level) -> Coefficient {
        let estimate = c.dot(&self.beta);
        let se = c.dot(&(&self.covariance * c)).max(0.0).sqrt();
        let interval = wald(estimate, se, self.df, level, self.method);
        Coefficient {
            term,
            estimate,
            se,
            statistic: interval.statistic,
            df: interval.df,
            p_value: interval.p_value,
            ci_lower: interval.lower,
            ci_upper: interval.upper,
            vif: None,
        }
    }

    pub(super) fn coefficients(&self, level: Level) -> Vec<Coefficient> {
        let design = &self.designed.design;
        let p = self.beta.len();
        let vif = inflation(&self.wald, usize::from(design.has_intercept()));
        let mut coefficients = Vec::with_capacity(p);
        for ((j, name), vif) in design.names().iter().enumerate().zip(vif) {
            let mut unit = DVector::zeros(p);
            unit[j] = 1.0;
            coefficients.push(Coefficient { vif, ..self.combination(name.clone(), &unit, level) });
        }
        coefficients
    }

    /// The test that the coefficients of `columns` are all 0; `None` for none.
    pub(super) fn omnibus(&self, columns: std::ops::Range<usize>) -> Option<Omnibus> {
        let p = self.beta.len();
        self.constrained(&DMatrix::from_fn(columns.len(), p, |i, j| {
            f64::from(u8::from(j == columns.start + i))
        }))
    }

    /// The Wald test that all of `constraints` are 0; `None` where there is none or they depend on one
    /// another.
    pub(super) fn constrained(&self, constraints: &DMatrix<f64>) -> Option<Omnibus> {
        let m = constraints.nrows();
        if m == 0 {
            return None;
        }
        let b = constraints * &self.beta;
        let v = constraints * &self.covariance * constraints.transpose();
        let qm = Cholesky::new(v)?.solve(&b).dot(&b);
        let df1 = m as f64;
        Some(match self.df {
            None => Omnibus {
                method: OmnibusMethod::Chi2,
                statistic: qm,
                df1,
                df2: None,
                p_value: chi_squared::sf(qm, df1),
            },
            Some(df2) => Omnibus {
                method: OmnibusMethod::F,
                statistic: qm / df1,
                df1,
                df2: Some(df2),
                p_value: fisher_f::sf(qm / df1, df1, df2),
            },
        })
    }
}

/// Variance inflation factors: the diagonal of the inverse of the coefficients' correlation matrix,
/// the intercept left out; `None` for it and for a lone coefficient's neighbours that do not exist.
fn inflation(covariance: &DMatrix<f64>, from: usize) -> Vec<Option<f64>> {
    let m = covariance.nrows() - from;
    let block = covariance.view((from, from), (m, m));
    let correlation =
        DMatrix::from_fn(m, m, |i, j| block[(i, j)] / (block[(i, i)] * block[(j, j)]).sqrt());
    let inverse = Cholesky::new(correlation).map(|factor| factor.inverse());
    let factors = (0..m).map(|j| inverse.as_ref().map(|inverse| inverse[(j, j)]));
    std::iter::repeat_n(None, from).chain(factors).collect()
}
