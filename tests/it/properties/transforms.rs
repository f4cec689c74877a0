//! Every transformation undone, mirrored and kept in order.

use std::f64::consts::FRAC_PI_2;

use super::*;
use resorb::effect::BackContext;

/// The effect of `x/n`, with `add` in each cell.
fn effect(measure: Measure, (x, n): (u64, u64), add: f64) -> (f64, f64) {
    let to = if add > 0.0 { CorrectionRule::All } else { CorrectionRule::None };
    let effects = measure.effects(&studies(&[(x, n)]), Correction { add, to }).unwrap();
    (effects.yi()[0], effects.vi()[0])
}

/// The measures whose mirror image under `x ↔ n − x` is known, with where they are mirrored.
const MIRRORED: [(Measure, f64); 5] = [
    (Measure::Plo, 0.0),
    (Measure::Prz, 0.0),
    (Measure::Pr, 1.0),
    (Measure::Pas, FRAC_PI_2),
    (Measure::Pft, FRAC_PI_2),
];

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn effects_come_back((x, n) in counts(), measure in select(Measure::PROPORTIONS.to_vec())) {
        let arcsine = !measure.takes_correction();
        let edge = x == 0 || x == n;
        let rate = x as f64 / n as f64;
        if arcsine || !edge {
            let (yi, _) = effect(measure, (x, n), 0.0);
            let back = measure.back(yi, BackContext::Size(n as f64));
            prop_assert!((back - rate).abs() <= 1e-13 * rate, "{measure:?} {x}/{n}: {back}");
            if edge {
                prop_assert_eq!(back, rate);
            }
        }
        if !arcsine {
            let (yi, _) = effect(measure, (x, n), 0.5);
            let corrected = (x as f64 + 0.5) / (n as f64 + 1.0);
            let back = measure.back(yi, BackContext::Plain);
            prop_assert!((back - corrected).abs() <= 1e-13 * corrected, "{measure:?} {x}/{n}: {back}");
        }
    }

    /// A rate of 10⁻⁹ and its complement 1 − 10⁻⁹ keep the same digits on a scale that mirrors them.
    #[test]
    fn exchanging_events_mirrors_the_effect((x, n) in counts(), at in 0..5usize, add in 0.1..2.0f64) {
        let (measure, sum) = MIRRORED[at];
        let (y, v) = effect(measure, (x, n), add);
        let (mirrored, same) = effect(measure, (n - x, n), add);
        prop_assert!((y + mirrored - sum).abs() <= 1e-15 * y.abs().max(1.0), "{measure:?} {x}/{n}");
        prop_assert!((v - same).abs() <= 1e-14 * v, "{measure:?} {x}/{n}: {v} {same}");
    }

    #[test]
    fn back_keeps_the_order_and_the_range(
        y in prop_oneof![-1.0..3.0f64, -1e6..1e6f64],
        step in prop_oneof![0.0..1e-6f64, 0.0..1.0f64],
        n in prop_oneof![0.0..2.0f64, 0.0..1e10f64],
        measure in select(Measure::PROPORTIONS.to_vec()),
    ) {
        let back = |y| measure.back(y, BackContext::Size(n));
        let (low, high) = (back(y), back(y + step));
        prop_assert!((0.0..=1.0).contains(&low) && (0.0..=1.0).contains(&high));
        prop_assert!(low <= high + 1e-15, "{measure:?} n = {n}: {low} at {y}, {high} after {step}");
    }

    /// Settings survive the way through JSON: what a result echoes can be run again.
    #[test]
    fn settings_come_back_from_json(settings in settings(Measure::ALL.to_vec())) {
        let json = serde_json::to_string(&settings).unwrap();
        prop_assert_eq!(serde_json::from_str::<Settings>(&json).unwrap(), settings);
    }
}
