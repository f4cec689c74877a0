//! The binomial log-likelihood of one study as a function of its value on the link scale.

use crate::{
    model::{Link, one_step::divergence},
    numeric::normal,
};

/// Up to this many patients `exp` and `ln` serve instead of the slower `exp_m1` and `ln_1p`: their
/// rounding times `n` stays below 1e-12.
const PLAIN: f64 = 1e4;

/// The log-likelihood of one study as a concave function of its value η, less its own maximum.
pub(in crate::model) trait Likelihood {
    /// Value and derivatives at `eta`.
    fn at(&self, eta: f64) -> Jet;

    /// Where it is largest; ±∞ where it rises without end.
    fn peak(&self) -> f64;

    /// The information about η at the peak; 0 where the peak is infinite.
    fn information(&self) -> f64;

    /// Where the peak is infinite, the place at which the likelihood has fallen to 1/e, and over what
    /// width it falls.
    fn step(&self) -> Option<(f64, f64)>;
}

impl Likelihood for Kernel {
    #[inline]
    fn at(&self, eta: f64) -> Jet {
        self.at(eta)
    }

    fn peak(&self) -> f64 {
        self.peak()
    }

    fn information(&self) -> f64 {
        self.information()
    }

    fn step(&self) -> Option<(f64, f64)> {
        self.step()
    }
}

/// One study's likelihood, less its own maximum: 0 at the study's raw rate, negative elsewhere.
///
/// Leaving the maximum out is what keeps studies of 10⁹ patients exact: the textbook form
/// `xη − n ln(1 + e^η)` has rounding errors of 1e-7 there. All three are concave in η.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct Kernel {
    link: Link,
    /// Events and non-events; for the symmetric links the smaller count is `x`.
    x: f64,
    y: f64,
    /// −1 where events and non-events changed places.
    sign: f64,
    p: f64,
    q: f64,
    ln_p: f64,
    ln_q: f64,
    /// The link of the raw rate; ±∞ for an empty cell.
    peak: f64,
    /// Minus the curvature at the peak; 0 for an empty cell.
    information: f64,
    /// Where and over what width the likelihood of a study with an empty cell falls.
    step: Option<(f64, f64)>,
}

/// The value, slope and curvature of a [`Kernel`].
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct Jet {
    pub(in crate::model) value: f64,
    pub(in crate::model) slope: f64,
    pub(in crate::model) curvature: f64,
}

impl Kernel {
    pub(in crate::model) fn new(link: Link, events: f64, non_events: f64) -> Self {
        let mirrored = link != Link::Cloglog && events > non_events;
        let (x, y) = if mirrored { (non_events, events) } else { (events, non_events) };
        let (p, q) = (x / (x + y), y / (x + y));
        let sign = if mirrored { -1.0 } else { 1.0 };
        let peak = link.of(p, q);
        // The logarithm of a rate near 1 has its digits in the other rate.
        let ln = |a: f64, b: f64| if a <= 0.5 { a.ln() } else { (-b).ln_1p() };
        let (ln_p, ln_q) = (ln(p, q), ln(q, p));
        let (information, step) = (0.0, None);
        let mut kernel = Self { link, x, y, sign, p, q, ln_p, ln_q, peak, information, step };
        if x > 0.0 && y > 0.0 {
            kernel.information = -kernel.at(kernel.peak()).curvature;
        } else {
            // At 1 − e^{−1/n} the n patients without an event have probability 1/e.
            let (near, far) = (-(-1.0 / (x + y)).exp_m1(), (-1.0 / (x + y)).exp());
            let at = sign * if x == 0.0 { link.of(near, far) } else { link.of(far, near) };
            kernel.step = Some((at, kernel.at(at).slope.abs().recip()));
        }
        kernel
    }

    /// The study's raw rate on the link scale, ±∞ for an empty cell.
    pub(in crate::model) fn peak(&self) -> f64 {
        self.sign * self.peak
    }

    /// The information about η at the peak; 0 for an empty cell.
    pub(in crate::model) fn information(&self) -> f64 {
        self.information
    }

    /// For a study with an empty cell, where its likelihood has fallen to 1/e and over what width
    /// it falls: a step in its integrand, however wide the random effect.
    pub(in crate::model) fn step(&self) -> Option<(f64, f64)> {
        self.step
    }

    /// Value and derivatives at `eta`.
    #[inline]
    pub(in crate::model) fn at(&self, eta: f64) -> Jet {
        let mut jet = match self.link {
            Link::Logit => self.logit(self.sign * eta),
            Link::Probit => self.probit(self.sign * eta),
            Link::Cloglog => self.cloglog(eta),
        };
        jet.slope *= self.sign;
        jet
    }

    #[inline]
    fn logit(&self, eta: f64) -> Jet {
        let n = self.x + self.y;
        if self.x == 0.0 {
            let odds = eta.min(700.0).exp();
            let (p, q) = (odds / (1.0 + odds), 1.0 / (1.0 + odds));
            let ln_q = if eta > 700.0 { -eta } else { -self.ln_1p(odds) };
            return Jet { value: n * ln_q, slope: -n * p, curvature: -n * p * q };
        }
        // With δ = η − logit(x/n): ln(1 + e^η) moves by ln(1 + p̂(e^δ − 1)).
        let delta = eta - self.peak;
        if delta > 700.0 {
            return Jet {
                value: -n * (self.q * delta + self.ln_p),
                slope: -self.y,
                curvature: 0.0,
            };
        }
        let shift = if n < PLAIN { delta.exp() - 1.0 } else { delta.exp_m1() };
        let moved = self.p * shift;
        let p = self.p * (1.0 + shift) / (1.0 + moved);
        let q = self.q / (1.0 + moved);
        Jet {
            value: n * (self.p * delta - self.ln_1p(moved)),
            slope: -n * self.p * q * shift,
            curvature: -n * p * q,
        }
    }

    #[inline]
    fn ln_1p(&self, x: f64) -> f64 {
        if self.x + self.y < PLAIN { (1.0 + x).ln() } else { x.ln_1p() }
    }

    fn probit(&self, eta: f64) -> Jet {
        let n = self.x + self.y;
        let (ln_p, ln_q) = (normal::ln_cdf(eta), normal::ln_sf(eta));
        let ln_density = -0.5 * eta * eta - 0.5 * (2.0 * std::f64::consts::PI).ln();
        let (below, bend_below) = hazard(-eta, ln_density, ln_p);
        let (above, bend_above) = hazard(eta, ln_density, ln_q);
        let curvature = -self.x * bend_below - self.y * bend_above;
        if self.x == 0.0 {
            return Jet { value: n * ln_q, slope: -n * above, curvature };
        }
        let delta = eta - self.peak;
        let difference = if delta.abs() < 0.01 {
            normal_difference(self.peak, delta)
        } else {
            ln_p.exp() - self.p
        };
        let value = if difference.abs() < 0.5 * self.p {
            -n * divergence((self.p, self.q), (ln_p.exp(), ln_q.exp()), difference)
        } else {
            n * (self.p * (ln_p - self.ln_p) + self.q * (ln_q - self.ln_q))
        };
        // x φ/Φ − y φ/(1−Φ); near the peak put so that it is 0 there.
        let slope = if difference.abs() < 0.5 * self.p {
            -n * difference * (ln_density - ln_p - ln_q).exp()
        } else {
            self.x * below - self.y * above
        };
        Jet { value, slope, curvature }
    }

    fn cloglog(&self, eta: f64) -> Jet {
        let n = self.x + self.y;
        // Beyond e^300 nothing is left, and squares must not overflow.
        let eta = eta.min(300.0);
        let hazard = eta.exp();
        if self.x == 0.0 {
            let value = -n * hazard;
            return Jet { value, slope: value, curvature: value };
        }
        // p′/p on the link scale is a/(e^a − 1), and p is a for a small hazard a.
        let tiny = hazard < 1e-17;
        let ratio = if tiny { 1.0 } else { hazard / hazard.exp_m1() };
        let ln_p = if tiny { eta } else { ln_complement(hazard) };
        let curvature = self.x * (ratio * (1.0 - hazard - ratio)).min(0.0) - self.y * hazard;
        if self.y == 0.0 {
            return Jet { value: n * ln_p, slope: n * ratio, curvature };
        }
        let rise = self.peak.exp() * (eta - self.peak).exp_m1();
        let difference = -self.q * (-rise).exp_m1();
        let gain = if difference > -0.5 * self.p {
            (difference / self.p).ln_1p()
        } else {
            ln_p - self.ln_p
        };
        let per_rate = if tiny { 1.0 } else { hazard / -(-hazard).exp_m1() };
        Jet {
            value: n * (self.p * gain - self.q * rise),
            slope: -n * per_rate * difference,
            curvature,
        }
    }
}

/// The hazard `h = φ(z)/(1 − Φ(z))` of the standard normal and its slope `h(h − z)`, given
/// `ln φ(z)` and `ln(1 − Φ(z))`; beyond the middle by Laplace's continued fraction of `h − z`.
fn hazard(z: f64, ln_density: f64, ln_sf: f64) -> (f64, f64) {
    if z < 10.0 {
        let h = (ln_density - ln_sf).exp();
        return (h, h * (h - z));
    }
    let excess = (1..=20).rev().fold(z, |tail, j| z + f64::from(j + 1) / tail).recip();
    (z + excess, (z + excess) * excess)
}

/// `Φ(x + δ) − Φ(x)` for a small δ, by Taylor's series: derivatives of φ are Hermite polynomials.
fn normal_difference(x: f64, delta: f64) -> f64 {
    let (mut before, mut hermite) = (0.0, 1.0);
    let mut power = delta;
    let mut sum = 0.0;
    for k in 1..=10 {
        let k = f64::from(k);
        sum += hermite * power;
        (before, hermite) = (hermite, x * hermite - (k - 1.0) * before);
        power *= -delta / (k + 1.0);
    }
    normal::pdf(x) * sum
}

/// `ln(1 − e^{−a})` for `a > 0`.
fn ln_complement(a: f64) -> f64 {
    if a < 1.0 { (-(-a).exp_m1()).ln() } else { (-(-a).exp()).ln_1p() }
}
