//! Events over person-time, in one group and in two.

use super::{Correction, EffectError, Effects, Measure, correction::Family};
use crate::study::{PersonTime, TwoGroups};

/// The effects of single rates.
pub(super) fn effects(
    rates: &[PersonTime],
    labels: &[String],
    measure: Measure,
    correction: Correction,
) -> Result<Effects, EffectError> {
    let family = Family {
        is_empty: |r: PersonTime| r.events() == 0,
        effect: |r: PersonTime, add| effect(measure, r.x() + add, r.time()),
        facts: |r: PersonTime| format!("{} in {}", r.events(), r.time()),
        way_out: "use `--to only0`, or IRFT, which every rate has",
    };
    family.effects(rates, labels, measure, correction)
}

/// The effects of two rates a study.
pub(super) fn two(
    rates: &[TwoGroups<PersonTime>],
    labels: &[String],
    measure: Measure,
    correction: Correction,
) -> Result<Effects, EffectError> {
    let family = Family {
        is_empty: |r: TwoGroups<PersonTime>| r.first.events() == 0 || r.second.events() == 0,
        effect: |r: TwoGroups<PersonTime>, add: f64| {
            let (x1, x2) = (r.first.x() + add, r.second.x() + add);
            let (t1, t2) = (r.first.time(), r.second.time());
            match measure {
                Measure::Ird => (x1 / t1 - x2 / t2, x1 / t1 / t1 + x2 / t2 / t2),
                _ => ((x1 / t1).ln() - (x2 / t2).ln(), 1.0 / x1 + 1.0 / x2),
            }
        },
        facts: |r: TwoGroups<PersonTime>| {
            let (a, b) = (r.first, r.second);
            format!("{} in {} and {} in {}", a.events(), a.time(), b.events(), b.time())
        },
        way_out: "use `--to only0`",
    };
    family.effects(rates, labels, measure, correction)
}

/// The effect and its variance from `x` events in a time `t`; IRFT for any measure that is none of
/// single rates.
fn effect(measure: Measure, x: f64, t: f64) -> (f64, f64) {
    match measure {
        Measure::Ir => (x / t, x / t / t),
        Measure::Irln => ((x / t).ln(), 1.0 / x),
        Measure::Irs => ((x / t).sqrt(), 1.0 / (4.0 * t)),
        _ => (freeman_tukey(x, t), 1.0 / (4.0 * t)),
    }
}

/// `½[√(x/t) + √((x+1)/t)]` (Freeman and Tukey 1950).
fn freeman_tukey(x: f64, t: f64) -> f64 {
    0.5 * ((x / t).sqrt() + ((x + 1.0) / t).sqrt())
}

/// The rate of which `y` at a time `t` is the transform; 0 for all below that of no event.
pub(super) fn freeman_tukey_back(y: f64, t: f64) -> f64 {
    let y = y.max(freeman_tukey(0.0, t));
    // 2y√t = √x + √(x+1), and 1 is the difference of their squares: √x = y√t − 1/(4y√t).
    let root = y - 1.0 / (4.0 * y * t);
    root.max(0.0).powi(2)
}

/// A square root squared; 0 for what prediction limits put below 0.
pub(super) fn square_back(y: f64) -> f64 {
    y.max(0.0).powi(2)
}
