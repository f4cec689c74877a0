//! The non-central hypergeometric likelihood: the events of the first group given all events of both.

use crate::{
    model::{
        glmm::{Jet, Likelihood},
        mantel_haenszel::expected,
    },
    numeric::special::ln_choose,
    study::{Counts, TwoGroups},
};

/// Terms smaller than this share of the sum are left out.
const NEGLIGIBLE: f64 = 1e-18;
/// A likelihood whose tables spread further than this standard deviation is too slow to sum.
const MOST_SPREAD: f64 = 1e4;
/// A log odds ratio beyond this is one that allows a single table.
const FAR: f64 = 700.0;

/// The likelihood of one study's log odds ratio with both margins fixed, less its own maximum.
///
/// Only the terms around the mode are summed, outwards by the ratios of neighbours relative to the
/// mode's: no factorial is formed, and nothing overflows for 10⁵ patients.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hypergeometric {
    n1: f64,
    n2: f64,
    /// All events.
    m: f64,
    /// The first group's events, and the fewest and most that the margins allow.
    x: f64,
    lo: f64,
    hi: f64,
    peak: f64,
    information: f64,
    /// The log-likelihood at the peak.
    most: f64,
    step: Option<(f64, f64)>,
}

/// Sums over the tables that a log odds ratio allows.
struct Sums {
    /// The log probability of the observed table.
    ln_p: f64,
    mean: f64,
    variance: f64,
}

impl Hypergeometric {
    /// The likelihood of a study; `None` where its margins allow one table only.
    pub(super) fn new(groups: &TwoGroups<Counts>) -> Option<Self> {
        let (n1, n2) = (groups.first.n(), groups.second.n());
        let (x, m) = (groups.first.x(), groups.first.x() + groups.second.x());
        let (lo, hi) = ((m - n2).max(0.0), m.min(n1));
        if lo >= hi {
            return None;
        }
        let (peak, information, most, step) = (0.0, 0.0, 0.0, None);
        let mut it = Self { n1, n2, m, x, lo, hi, peak, information, most, step };
        if x == lo || x == hi {
            it.peak = if x == lo { f64::NEG_INFINITY } else { f64::INFINITY };
            let at = bisect(|eta| it.sums(eta).ln_p + 1.0, x == lo);
            it.step = Some((at, it.at(at).slope.abs().recip()));
        } else {
            it.peak = bisect(|eta| x - it.sums(eta).mean, true);
            let sums = it.sums(it.peak);
            it.information = sums.variance;
            it.most = sums.ln_p;
        }
        Some(it)
    }

    /// Whether a likelihood takes so many terms that it would be evaluated for seconds.
    pub(super) fn is_too_large(groups: &TwoGroups<Counts>) -> bool {
        let (n1, n2) = (groups.first.n(), groups.second.n());
        let (m, n) = (groups.first.x() + groups.second.x(), n1 + n2);
        ((n1 / n) * (n2 / n) * m * ((n - m) / n)).sqrt() > MOST_SPREAD
    }

    /// The log-likelihood at its maximum.
    pub(super) fn ln_most(&self) -> f64 {
        self.most
    }

    fn sums(&self, eta: f64) -> Sums {
        let eta = eta.clamp(-FAR, FAR);
        let psi = eta.exp();
        let centre = expected([self.n1, self.n2, self.m], eta).round().clamp(self.lo, self.hi);
        let d0 = self.n2 - self.m;
        let (mut whole, mut first, mut second) = (1.0, 0.0, 0.0);
        let mut observed = (self.x == centre).then_some(1.0);
        let (mut y, mut w) = (centre, 1.0);
        while y < self.hi && w > NEGLIGIBLE * whole {
            w *= psi * (self.n1 - y) * (self.m - y) / ((y + 1.0) * (d0 + y + 1.0));
            y += 1.0;
            let away = y - centre;
            whole += w;
            first += w * away;
            second += w * away * away;
            if y == self.x {
                observed = Some(w);
            }
        }
        (y, w) = (centre, 1.0);
        while y > self.lo && w > NEGLIGIBLE * whole {
            w *= y * (d0 + y) / ((self.n1 - y + 1.0) * (self.m - y + 1.0) * psi);
            y -= 1.0;
            let away = y - centre;
            whole += w;
            first += w * away;
            second += w * away * away;
            if y == self.x {
                observed = Some(w);
            }
        }
        let away = first / whole;
        let ln_w =
            observed.filter(|w| *w > 0.0).map_or_else(|| self.ln_weight(centre, eta), f64::ln);
        Sums {
            ln_p: ln_w - whole.ln(),
            mean: centre + away,
            variance: (second / whole - away * away).max(0.0),
        }
    }

    /// The log weight of the observed table relative to that of `centre`, where it is far from all that
    /// is probable.
    fn ln_weight(&self, centre: f64, eta: f64) -> f64 {
        let ln = |y: f64| ln_choose(self.n1, y) + ln_choose(self.n2, self.m - y);
        ln(self.x) - ln(centre) + (self.x - centre) * eta
    }
}

/// The root of a function that rises (or falls) through 0 between two far log odds ratios.
fn bisect(f: impl Fn(f64) -> f64, falls: bool) -> f64 {
    let (mut lo, mut hi) = (-FAR, FAR);
    loop {
        let middle = 0.5 * (lo + hi);
        if middle <= lo || middle >= hi {
            return middle;
        }
        if (f(middle) > 0.0) == falls {
            lo = middle;
        } else {
            hi = middle;
        }
    }
}

impl Likelihood for Hypergeometric {
    fn at(&self, eta: f64) -> Jet {
        let sums = self.sums(eta);
        Jet { value: sums.ln_p - self.most, slope: self.x - sums.mean, curvature: -sums.variance }
    }

    fn peak(&self) -> f64 {
        self.peak
    }

    fn information(&self) -> f64 {
        self.information
    }

    fn step(&self) -> Option<(f64, f64)> {
        self.step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn study(x1: u64, n1: u64, x2: u64, n2: u64) -> Hypergeometric {
        let counts = |x, n| Counts::new(x, n).unwrap();
        let groups = TwoGroups { first: counts(x1, n1), second: counts(x2, n2) };
        Hypergeometric::new(&groups).unwrap()
    }

    /// Against the definition with mpmath, 30 digits: Aronson 1948, 4/123 and 11/139, and TPT Madras,
    /// 505/88391 and 499/88391.
    #[test]
    fn definition() {
        let aronson = study(4, 123, 11, 139);
        let cases = [
            (-1.0, [-1.462_448_804_338_348, 3.820_981_175_294_608, 2.730_286_446_617_042]),
            (0.5, [-4.788_298_438_125_922, 8.802_812_003_807_307, 3.446_419_821_490_772]),
            (3.0, [-24.919_206_434_822_05, 14.115_720_419_168_24, 0.821_781_610_326_326_1]),
        ];
        for (eta, [ln_p, mean, variance]) in cases {
            let sums = aronson.sums(eta);
            assert!((sums.ln_p - ln_p).abs() < 1e-12, "{eta}: {}", sums.ln_p);
            assert!((sums.mean - mean).abs() < 1e-12 * mean, "{eta}: {}", sums.mean);
            assert!((sums.variance - variance).abs() < 1e-11 * variance, "{}", sums.variance);
        }
        let madras = study(505, 88_391, 499, 88_391);
        let sums = madras.sums(0.3);
        let [ln_p, mean, variance] =
            [-13.986_832_322_672_2, 576.325_529_803_317_6, 244.135_211_469_96];
        assert!((sums.ln_p - ln_p).abs() < 1e-11, "{}", sums.ln_p);
        assert!((sums.mean - mean).abs() < 1e-12 * mean, "{}", sums.mean);
        assert!((sums.variance - variance).abs() < 1e-10 * variance, "{}", sums.variance);
    }

    /// At its peak nothing is lost, and at a margin the likelihood has fallen to 1/e at its step.
    #[test]
    fn peaks_and_steps() {
        let inside = study(4, 123, 11, 139);
        let jet = inside.at(inside.peak());
        assert!(jet.value.abs() < 1e-13 && jet.slope.abs() < 1e-12);
        for (edge, end) in
            [(study(0, 20, 7, 30), f64::NEG_INFINITY), (study(7, 20, 0, 30), f64::INFINITY)]
        {
            let (at, width) = edge.step().unwrap();
            assert_eq!(edge.peak(), end);
            assert!((edge.at(at).value + 1.0).abs() < 1e-12 && width > 0.0);
        }
        let one_table =
            TwoGroups { first: Counts::new(0, 9).unwrap(), second: Counts::new(0, 8).unwrap() };
        assert!(Hypergeometric::new(&one_table).is_none());
    }
}
