//! Simulated studies agree with what they are made from, for every seed.

use proptest::prelude::*;
use resorb::analysis::{Blueprint, GroupPlan, Printed, SimulateError, Sizes, simulate};

fn rate(text: &str) -> Printed {
    Printed::rate(text).unwrap()
}

fn xie(seed: u64) -> Blueprint {
    let group = |name: &str, share, rate| GroupPlan { name: name.to_owned(), share, rate };
    Blueprint {
        events: Some(1684),
        smallest: Some(rate("0.20")),
        largest: Some(rate("0.962")),
        groups: vec![
            group("bulge", 60.0, 0.13),
            group("protrusion", 93.0, 0.41),
            group("extrusion", 154.0, 0.70),
            group("sequestration", 54.0, 0.96),
        ],
        seed,
        ..Blueprint::new(34, 2199, rate("0.766"))
    }
}

#[test]
fn constraints_hold_exactly_for_a_thousand_seeds() {
    for seed in 0..1000 {
        let made = simulate(&xie(seed)).unwrap();
        let events: u64 = made.studies.iter().map(|s| s.events).sum();
        let total: u64 = made.studies.iter().map(|s| s.total).sum();
        assert_eq!((made.studies.len(), events, total), (34, 1684, 2199), "seed {seed}");
        let rates: Vec<f64> =
            made.studies.iter().map(|s| s.events as f64 / s.total as f64).collect();
        let lowest = rates.iter().copied().fold(1.0, f64::min);
        let highest = rates.iter().copied().fold(0.0, f64::max);
        assert!(rate("0.20").covers(lowest), "seed {seed}: {lowest}");
        assert!(rate("0.962").covers(highest), "seed {seed}: {highest}");
        assert!(made.studies.iter().all(|s| s.total >= 5 && s.group.is_some()));
        assert_eq!(made.groups.iter().map(|g| g.total).sum::<u64>(), 2199);
        assert!(made.groups.iter().all(|g| g.k > 0));
    }
}

/// The bundled stand-in is what the command in `datasets/README.md` makes.
#[test]
fn the_stand_in_is_made_by_its_seed() {
    let blueprint = Blueprint { tau: 0.8, ..xie(2) };
    let made = simulate(&blueprint).unwrap();
    let mut csv = Vec::new();
    resorb::report::write_simulated(&mut csv, &made, &blueprint, "herniation_type").unwrap();
    let bundled = resorb::data::bundled::find("xie2024_stand_in").unwrap();
    assert_eq!(String::from_utf8(csv).unwrap(), bundled.csv);
    assert_eq!(bundled.rows, resorb::data::bundled::Rows::Simulated);
}

#[test]
fn a_seed_is_a_data_set() {
    assert_eq!(simulate(&xie(7)).unwrap(), simulate(&xie(7)).unwrap());
    assert_ne!(simulate(&xie(7)).unwrap(), simulate(&xie(8)).unwrap());
}

#[test]
fn impossible_constraints_say_which() {
    let error = |blueprint: Blueprint| simulate(&blueprint).unwrap_err();
    let base = || Blueprint::new(10, 200, rate("0.500"));
    assert!(matches!(
        error(Blueprint::new(3, 28, rate("0.19"))),
        SimulateError::NoWholeCount { total: 28, .. }
    ));
    assert!(matches!(
        error(Blueprint { smallest: Some(rate("0.6")), ..base() }),
        SimulateError::SmallestAboveMean { .. }
    ));
    assert!(matches!(
        error(Blueprint { largest: Some(rate("0.4")), ..base() }),
        SimulateError::LargestBelowMean { .. }
    ));
    assert!(matches!(
        error(Blueprint { events: Some(90), ..base() }),
        SimulateError::OtherRate { events: 90, .. }
    ));
    assert!(matches!(
        error(Blueprint { least_size: 30, ..base() }),
        SimulateError::TooFewPatients { .. }
    ));
    assert!(matches!(error(Blueprint { tau: f64::NAN, ..base() }), SimulateError::BadTau { .. }));
    assert!(matches!(
        error(Blueprint { largest: Some(rate("0.9999")), ..base() }),
        SimulateError::NoSize { .. }
    ));
    // Two studies at the extremes cannot have any other mean than theirs.
    let two = Blueprint {
        smallest: Some(rate("0.1")),
        largest: Some(rate("0.9")),
        ..Blueprint::new(2, 200, rate("0.899"))
    };
    assert!(matches!(error(two), SimulateError::OutOfReach | SimulateError::NoWholeCount { .. }));
}

proptest! {
    #![proptest_config(crate::cases::cases(64))]

    /// Whatever can be simulated hits its numbers; whatever cannot ends in an error, not in a loop.
    #[test]
    fn any_blueprint_is_met_or_refused(
        k in 1_usize..40,
        total in 1_u64..3000,
        thousandths in 0_u32..=1000,
        range in proptest::option::of((0_u32..=100, 0_u32..=100)),
        tau in 0.0_f64..4.0,
        equal in any::<bool>(),
        seed in any::<u64>(),
    ) {
        let rate = rate(&format!("{:.3}", f64::from(thousandths) / 1000.0));
        let hundredth = |p: u32| Printed::rate(&format!("{:.2}", f64::from(p) / 100.0)).unwrap();
        let blueprint = Blueprint {
            smallest: range.map(|(a, b)| hundredth(a.min(b))),
            largest: range.map(|(a, b)| hundredth(a.max(b))),
            tau,
            least_size: 1,
            sizes: if equal { Sizes::Equal } else { Sizes::default() },
            seed,
            ..Blueprint::new(k, total, rate)
        };
        if let Ok(made) = simulate(&blueprint) {
            let events: u64 = made.studies.iter().map(|s| s.events).sum();
            prop_assert_eq!(made.studies.len(), k);
            prop_assert_eq!(made.studies.iter().map(|s| s.total).sum::<u64>(), total);
            prop_assert!(rate.covers(events as f64 / total as f64));
            prop_assert!(made.studies.iter().all(|s| s.events <= s.total));
        }
    }
}
