//! A binomial likelihood whose log odds are the wanted value plus something known.

use crate::model::{
    Link,
    glmm::{Jet, Kernel, Likelihood},
};

/// The first group's share of all events: `logit p = η + offset`, where the offset is the log of the
/// groups' times (or, approximately, of their sizes).
#[derive(Clone, Copy, Debug)]
pub(super) struct Shifted {
    kernel: Kernel,
    offset: f64,
}

impl Shifted {
    /// `x1` and `x2` events, of which there is at least one.
    pub(super) fn new(x1: f64, x2: f64, offset: f64) -> Self {
        Self { kernel: Kernel::new(Link::Logit, x1, x2), offset }
    }
}

impl Likelihood for Shifted {
    #[inline]
    fn at(&self, eta: f64) -> Jet {
        self.kernel.at(eta + self.offset)
    }

    fn peak(&self) -> f64 {
        self.kernel.peak() - self.offset
    }

    fn information(&self) -> f64 {
        self.kernel.information()
    }

    fn step(&self) -> Option<(f64, f64)> {
        self.kernel.step().map(|(at, width)| (at - self.offset, width))
    }
}
