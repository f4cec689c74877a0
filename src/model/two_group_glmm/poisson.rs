//! The Poisson likelihood of events over a time at risk.

use crate::{
    model::glmm::{Jet, Likelihood},
    numeric::special::ln_gamma,
    study::PersonTime,
};

/// One group's likelihood of its log rate, less its own maximum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Poisson {
    x: f64,
    time: f64,
    /// The log of the raw rate; −∞ without events.
    peak: f64,
}

impl Poisson {
    pub(super) fn new(group: PersonTime) -> Self {
        Self { x: group.x(), time: group.time(), peak: group.x().ln() - group.time().ln() }
    }

    /// The log-likelihood at its maximum.
    pub(super) fn ln_most(&self) -> f64 {
        if self.x > 0.0 { self.x * self.x.ln() - self.x - ln_gamma(self.x + 1.0) } else { 0.0 }
    }
}

impl Likelihood for Poisson {
    #[inline]
    fn at(&self, eta: f64) -> Jet {
        // Beyond e^300 nothing is left, and squares must not overflow.
        let eta = eta.min(300.0);
        if self.x == 0.0 {
            let expected = self.time * eta.exp();
            return Jet { value: -expected, slope: -expected, curvature: -expected };
        }
        let delta = eta - self.peak;
        let rise = delta.exp_m1();
        Jet {
            value: self.x * (delta - rise),
            slope: -self.x * rise,
            curvature: -self.x * (rise + 1.0),
        }
    }

    fn peak(&self) -> f64 {
        self.peak
    }

    fn information(&self) -> f64 {
        self.x
    }

    fn step(&self) -> Option<(f64, f64)> {
        (self.x == 0.0).then(|| (-self.time.ln(), 1.0))
    }
}
