//! Estimators of the between-study variance `τ²`, one function each.

mod eigenvalues;
mod generalised_q;
mod interval;
mod likelihood;
mod moments;
mod q_profile;
mod quadratic;
mod score;
mod standard_error;

pub(crate) use generalised_q::GeneralisedQ;
pub(crate) use interval::{
    Tau2Limits, check as check_interval, from_roots, limits, profile_at_mean, within_cut,
};
pub(crate) use likelihood::{Criterion, Landscape, log_likelihood, maximise};
pub(crate) use q_profile::decreasing_root;
pub(crate) use quadratic::Quadratic;
pub(crate) use score::{LikelihoodEquation, Point, largest_root};
pub(crate) use standard_error::standard_error;

use super::{GenqWeights, ModelError, Tau2Method};
use crate::{effect::Effects, numeric::chi_squared};

/// An estimate of `τ²` and how it was reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tau2 {
    /// The estimate, at least 0.
    pub(crate) value: f64,
    /// Local maxima of the likelihood; 1 where there is no likelihood.
    pub(crate) modes: usize,
    /// Evaluations of the criterion; 0 for closed forms.
    pub(crate) iterations: usize,
}

impl Tau2 {
    pub(crate) const fn closed(value: f64) -> Self {
        // A moment estimator solves a linear equation and is truncated at 0.
        Self { value: value.max(0.0), modes: 1, iterations: 0 }
    }
}

/// `τ²` of two or more studies by `method`.
///
/// `genq` are the weights of the generalised-Q estimators. A search that cannot end is
/// [`ModelError::Numeric`], more studies than `GENQM` can take [`ModelError::TooManyStudies`].
pub(crate) fn estimate(
    yi: &[f64],
    vi: &[f64],
    method: Tau2Method,
    genq: GenqWeights,
) -> Result<Tau2, ModelError> {
    let df = yi.len() as f64 - 1.0;
    match method {
        Tau2Method::Dl => Ok(Tau2::closed(moments::dersimonian_laird(yi, vi))),
        Tau2Method::He => Ok(Tau2::closed(moments::hedges(yi, vi))),
        Tau2Method::Hs => Ok(Tau2::closed(moments::hunter_schmidt(yi, vi))),
        Tau2Method::Hsk => Ok(Tau2::closed(moments::hunter_schmidt_k(yi, vi))),
        Tau2Method::Sj => Ok(Tau2::closed(moments::sidik_jonkman(yi, vi))),
        Tau2Method::Dl2 => Ok(Tau2::closed(moments::dersimonian_laird_2(yi, vi))),
        Tau2Method::Genq => Ok(Tau2::closed(moments::generalised(yi, vi, |v| genq.weight(v)))),
        Tau2Method::Genqm => generalised_q::median_unbiased(yi, vi, genq),
        // Empirical Bayes solves the same equation as Paule–Mandel (Viechtbauer et al. 2015).
        Tau2Method::Pm | Tau2Method::Eb => q_profile::solve(yi, vi, df),
        Tau2Method::Pmm => q_profile::solve(yi, vi, chi_squared::quantile(0.5, df)),
        Tau2Method::Ml => Ok(maximise(yi, vi, Criterion::Ml)),
        Tau2Method::Reml => Ok(maximise(yi, vi, Criterion::Reml)),
    }
}

impl Tau2Method {
    /// `τ²` of `effects` by this estimator, with the default weights where it has some; `None` for a
    /// single study, which has no between-study variance.
    ///
    /// # Errors
    /// [`ModelError::Numeric`] for a search that cannot end, [`ModelError::TooManyStudies`] for more
    /// studies than [`Tau2Method::Genqm`] can take.
    ///
    /// ```
    /// use resorb::{effect::{Correction, Measure}, model::Tau2Method, study::Studies};
    /// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Yu", 20, 83)])?;
    /// let effects = Measure::Plo.effects(&studies, Correction::default())?;
    /// assert!(Tau2Method::Reml.estimate(&effects)?.is_some_and(|tau2| tau2 > 1.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn estimate(self, effects: &Effects) -> Result<Option<f64>, ModelError> {
        if effects.k() < 2 {
            return Ok(None);
        }
        let genq = GenqWeights::default();
        estimate(effects.yi(), effects.vi(), self, genq).map(|tau2| Some(tau2.value))
    }
}
