//! Events of a total in two groups: the measures of a 2×2 table with cells a, b (events and others of
//! the first group) and c, d (of the second).

use super::{Correction, EffectError, Effects, Measure, correction::Family};
use crate::study::{Counts, TwoGroups};

/// The effects of 2×2 tables.
pub(super) fn effects(
    tables: &[TwoGroups<Counts>],
    labels: &[String],
    measure: Measure,
    correction: Correction,
) -> Result<Effects, EffectError> {
    let family = Family {
        is_empty: |t: TwoGroups<Counts>| !(t.first.is_interior() && t.second.is_interior()),
        effect: |t: TwoGroups<Counts>, add| {
            let cells = |c: Counts| (c.x() + add, c.n() - c.x() + add);
            effect(measure, cells(t.first), cells(t.second))
        },
        facts: |t: TwoGroups<Counts>| {
            let (a, b) = (t.first, t.second);
            format!("{}/{} and {}/{}", a.events(), a.total(), b.events(), b.total())
        },
        way_out: match measure {
            Measure::Peto | Measure::Phi => {
                "leave the study out (`--drop00`), or use AS, which every table has"
            }
            _ => "use `--to only0`, or AS, which every table has",
        },
    };
    family.effects(tables, labels, measure, correction)
}

/// The effect and its variance; AS for any measure that is none of 2×2 tables.
fn effect(measure: Measure, (a, b): (f64, f64), (c, d): (f64, f64)) -> (f64, f64) {
    let (n1, n2) = (a + b, c + d);
    let (p1, p2) = (a / n1, c / n2);
    let ln_or = || ((a / b) / (c / d)).ln();
    let woolf = || 1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d;
    match measure {
        // Woolf 1955.
        Measure::Or => (ln_or(), woolf()),
        // Katz et al. 1978; b/(a·n) is 1/a − 1/n without the cancellation.
        Measure::Rr => ((p1 / p2).ln(), b / a / n1 + d / c / n2),
        Measure::Rd => (p1 - p2, a * b / n1 / n1 / n1 + c * d / n2 / n2 / n2),
        Measure::Peto => peto((a, b), (c, d)),
        // Yule 1900 and 1912, as functions of the odds ratio: (√OR − 1)/(√OR + 1) is tanh(ln OR/4).
        Measure::Yuq => {
            let q = (ln_or() / 2.0).tanh();
            (q, ((1.0 - q) * (1.0 + q)).powi(2) * woolf() / 4.0)
        }
        Measure::Yuy => {
            let y = (ln_or() / 4.0).tanh();
            (y, ((1.0 - y) * (1.0 + y)).powi(2) * woolf() / 16.0)
        }
        Measure::Phi => phi((a, b), (c, d)),
        _ => {
            let arcsine = |x: f64, m: f64| x.sqrt().atan2(m.sqrt());
            (arcsine(a, b) - arcsine(c, d), 1.0 / (4.0 * n1) + 1.0 / (4.0 * n2))
        }
    }
}

/// The one-step log odds ratio: observed minus expected events over the hypergeometric variance
/// (Yusuf et al. 1985).
fn peto((a, b): (f64, f64), (c, d): (f64, f64)) -> (f64, f64) {
    let (n1, n2) = (a + b, c + d);
    let n = n1 + n2;
    let variance = (n1 / n) * (n2 / n) * (a + c) * ((b + d) / (n - 1.0));
    // a − (a+c)·n1/n, in a form that does not cancel.
    ((a * d - b * c) / n / variance, 1.0 / variance)
}

/// The correlation of the two indicators, with the variance that two binomials of fixed sizes give it
/// by the delta method.
fn phi((a, b): (f64, f64), (c, d): (f64, f64)) -> (f64, f64) {
    let (n1, n2) = (a + b, c + d);
    let (p1, p2) = (a / n1, c / n2);
    let (events, others) = (a + c, b + d);
    let both = events * others;
    // φ = g·(p₁ − p₂) with g = √(n₁n₂/(E·O)), where E and O, all events and all others, move with pᵢ.
    let g = (n1 * n2 / both).sqrt();
    let difference = p1 - p2;
    let slope = |n: f64, sign: f64| g * (sign - 0.5 * difference * n * (others - events) / both);
    let variance = |x: f64, m: f64, n: f64| x * m / n / n / n;
    let v =
        slope(n1, 1.0).powi(2) * variance(a, b, n1) + slope(n2, -1.0).powi(2) * variance(c, d, n2);
    (g * difference, v)
}
