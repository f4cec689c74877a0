//! The incomplete gamma and beta functions as logarithms of the tail that is easy to compute.
//!
//! Every distribution of this room is one of the two. A [`Tail`] knows which side it is; the other
//! side is its complement, taken only when asked for, so that no small tail is ever `1 − large`.

mod beta;
mod beta_quantile;
mod gamma;
mod gamma_quantile;
mod solve;
mod uniform;

use super::special::{atanh_tail, ln_1m_exp};

pub(super) use beta::{beta_tail, ln_beta_kernel};
pub(super) use beta_quantile::{beta_quantile, ln_power_quantile};
pub(super) use gamma::{gamma_tail, ln_gamma_kernel};
pub(super) use gamma_quantile::gamma_quantile;

/// Which end of a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Lower,
    Upper,
}

impl Side {
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Lower => Self::Upper,
            Self::Upper => Self::Lower,
        }
    }
}

/// The logarithm of a probability, and the side it lies on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tail {
    pub(super) side: Side,
    pub(super) ln: f64,
}

impl Tail {
    const fn new(side: Side, ln: f64) -> Self {
        Self { side, ln }
    }

    pub(super) const fn lower(ln: f64) -> Self {
        Self::new(Side::Lower, ln)
    }

    pub(super) const fn upper(ln: f64) -> Self {
        Self::new(Side::Upper, ln)
    }

    /// Nothing below.
    pub(super) const BELOW: Self = Self::lower(f64::NEG_INFINITY);
    /// Nothing above.
    pub(super) const ABOVE: Self = Self::upper(f64::NEG_INFINITY);

    /// The smaller tail named by a probability below.
    pub(super) fn below(p: f64) -> Self {
        if p <= 0.5 { Self::lower(p.ln()) } else { Self::upper((-p).ln_1p()) }
    }

    /// The smaller tail named by a probability above.
    pub(super) fn above(q: f64) -> Self {
        Self::below(q).swapped()
    }

    /// The same probability on the other side: what `x → 1 − x` does to a distribution.
    pub(super) const fn swapped(self) -> Self {
        Self::new(self.side.other(), self.ln)
    }

    /// The probability on `side`.
    pub(super) fn at(self, side: Side) -> f64 {
        if side == self.side { self.ln.exp() } else { -self.ln.exp_m1() }
    }

    /// Its logarithm.
    pub(super) fn ln_at(self, side: Side) -> f64 {
        if side == self.side { self.ln } else { ln_1m_exp(self.ln) }
    }

    pub(super) fn cdf(self) -> f64 {
        self.at(Side::Lower)
    }

    pub(super) fn sf(self) -> f64 {
        self.at(Side::Upper)
    }
}

/// `t − ln(1 + t)`, where `m = 1 + t` is given as well because near `t = −1` only m has digits.
fn deviance(t: f64, m: f64) -> f64 {
    if t.abs() > 0.4 {
        return t - m.ln();
    }
    // ln(1 + t) = 2 atanh(s); the first-order terms cancel by hand.
    let s = t / (2.0 + t);
    s * t - 2.0 * s * s * s * atanh_tail(s)
}
