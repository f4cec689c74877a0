//! A log-likelihood of two parameters: where the rates lie, and how far they spread.

/// The log-likelihood with its first and second derivatives at one place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) value: f64,
    /// In (location, log scale).
    pub(crate) score: [f64; 2],
    /// Location twice, both, log scale twice.
    pub(crate) hessian: [f64; 3],
    /// Whether every integral behind it met its tolerance.
    pub(crate) settled: bool,
}

impl Point {
    /// The slope of the profile over the location: the score of the scale, less what the location
    /// would still take of it with one Newton step.
    pub(crate) fn profile_slope(&self) -> f64 {
        let [aa, al, _] = self.hessian;
        if aa < 0.0 { self.score[1] - al / aa * self.score[0] } else { self.score[1] }
    }

    /// The curvature of the profile over the location.
    pub(crate) fn profile_curvature(&self) -> f64 {
        let [aa, al, ll] = self.hessian;
        if aa < 0.0 { ll - al * al / aa } else { ll }
    }
}

/// The model without between-study variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Zero {
    /// Its maximum-likelihood location.
    pub(crate) location: f64,
    /// Its log-likelihood there.
    pub(crate) value: f64,
    /// The observed information of the location.
    pub(crate) information: f64,
    /// The derivative of the log-likelihood in the variance parameter (τ², ρ) at 0: positive when
    /// a little spread fits better than none.
    pub(crate) slope: f64,
}

/// How carefully to integrate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// Enough to see on which side a maximum lies.
    Scan,
    /// To the tolerance of the printed result.
    Full,
}

/// The scales at which to look for maxima.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ladder {
    /// A log scale so small that the likelihood is linear in the variance below it.
    pub(crate) first: f64,
    /// The distance of two rungs.
    pub(crate) step: f64,
    /// The log scale to look up to at least; the search goes on while the likelihood rises.
    pub(crate) last: f64,
    /// The log scale at which the search gives up.
    pub(crate) limit: f64,
}

/// A one-step model's log-likelihood, its nuisance scale on a logarithmic axis (ln τ, logit ρ).
///
/// For a fixed scale the likelihood has a single maximum in the location: the binomial-normal one
/// is log-concave in μ (Prékopa), the beta-binomial one in the mean (a product of linear terms).
/// Along the scale there may be several.
pub(crate) trait Surface {
    /// Value and derivatives at a location and log scale.
    fn at(&self, location: f64, log_scale: f64, effort: Effort) -> Point;

    /// The model without between-study variance.
    fn zero(&self) -> Zero;

    /// The log-likelihood without between-study variance at any location, and its slope.
    fn at_zero(&self, location: f64) -> (f64, f64);

    /// Where to look for maxima.
    fn ladder(&self) -> Ladder;
}

/// A surface for resamples: half the rungs and no refinement of integrals, whose error (1e-4) is far
/// below what resampling itself leaves.
pub(crate) struct Rough<S>(pub(crate) S);

impl<S: Surface> Surface for Rough<S> {
    fn at(&self, location: f64, log_scale: f64, _: Effort) -> Point {
        self.0.at(location, log_scale, Effort::Scan)
    }

    fn zero(&self) -> Zero {
        self.0.zero()
    }

    fn at_zero(&self, location: f64) -> (f64, f64) {
        self.0.at_zero(location)
    }

    fn ladder(&self) -> Ladder {
        let ladder = self.0.ladder();
        Ladder { step: 2.0 * ladder.step, ..ladder }
    }
}

impl<S: Surface> Surface for &S {
    fn at(&self, location: f64, log_scale: f64, effort: Effort) -> Point {
        (*self).at(location, log_scale, effort)
    }

    fn zero(&self) -> Zero {
        (*self).zero()
    }

    fn at_zero(&self, location: f64) -> (f64, f64) {
        (*self).at_zero(location)
    }

    fn ladder(&self) -> Ladder {
        (*self).ladder()
    }
}
