//! What must hold whatever the numbers: groups exchanged, events and others exchanged, units changed.

use proptest::{prelude::*, sample::select};
use resorb::{
    effect::{BackContext, Correction, Display, Measure},
    model::{Model, Settings, TwoStep, pool},
    study::{Correlation, Counts, MeanSd, OutcomeKind, Outcomes, PersonTime, Studies, TwoGroups},
};

fn one(outcomes: Outcomes) -> Studies {
    Studies::new(vec!["A".into()], vec![2], outcomes, vec![]).unwrap()
}

fn effect(measure: Measure, outcomes: Outcomes) -> Option<(f64, f64)> {
    let effects = measure.effects(&one(outcomes), Correction::default()).ok()?;
    Some((effects.yi()[0], effects.vi()[0]))
}

fn counts() -> impl Strategy<Value = Counts> {
    (1..400u64, 0.0..=1.0f64).prop_map(|(n, p)| Counts::new((n as f64 * p) as u64, n).unwrap())
}

fn table() -> impl Strategy<Value = TwoGroups<Counts>> {
    (counts(), counts()).prop_map(|(first, second)| TwoGroups { first, second })
}

fn mean() -> impl Strategy<Value = MeanSd> {
    (0.5..100.0f64, 0.1..50.0f64, 2..300u64).prop_map(|(m, s, n)| MeanSd::new(m, s, n).unwrap())
}

fn means() -> impl Strategy<Value = TwoGroups<MeanSd>> {
    (mean(), mean()).prop_map(|(first, second)| TwoGroups { first, second })
}

fn rates() -> impl Strategy<Value = TwoGroups<PersonTime>> {
    let rate = || (0..200u64, 0.5..1e4f64).prop_map(|(x, t)| PersonTime::new(x, t).unwrap());
    (rate(), rate()).prop_map(|(first, second)| TwoGroups { first, second })
}

fn of(kind: OutcomeKind) -> Vec<Measure> {
    Measure::of_kind(kind).collect()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-11 * a.abs().max(b.abs()).max(1e-3)
}

proptest! {
    #![proptest_config(crate::cases::cases(500))]

    /// Exchanged groups change the sign of the effect and nothing else.
    #[test]
    fn swapping_the_groups(
        t in table(), r in rates(), m in means(),
        two in select(of(OutcomeKind::TwoProportions)),
        rate in select(of(OutcomeKind::TwoRates)),
        mean in select(of(OutcomeKind::TwoMeans)),
    ) {
        for (measure, as_is, swapped) in [
            (two, Outcomes::TwoProportions(vec![t]), Outcomes::TwoProportions(vec![t.swapped()])),
            (rate, Outcomes::TwoRates(vec![r]), Outcomes::TwoRates(vec![r.swapped()])),
            (mean, Outcomes::TwoMeans(vec![m]), Outcomes::TwoMeans(vec![m.swapped()])),
        ] {
            match (effect(measure, as_is), effect(measure, swapped)) {
                (Some((y, v)), Some((z, w))) => {
                    prop_assert!(near(y, -z), "{measure:?}: {y} {z}");
                    prop_assert!(near(v, w), "{measure:?}: {v} {w}");
                }
                (a, b) => prop_assert_eq!(a.is_some(), b.is_some()),
            }
        }
    }

    /// Events and others exchanged invert the odds ratio and negate the differences.
    #[test]
    fn swapping_events_and_others(t in table()) {
        let other = |c: Counts| Counts::new(c.total() - c.events(), c.total()).unwrap();
        let mirrored = TwoGroups { first: other(t.first), second: other(t.second) };
        for measure in [
            Measure::Or, Measure::Rd, Measure::As, Measure::Peto, Measure::Yuq, Measure::Yuy,
            Measure::Phi,
        ] {
            let at = |t| effect(measure, Outcomes::TwoProportions(vec![t]));
            match (at(t), at(mirrored)) {
                (Some((y, v)), Some((z, w))) => {
                    prop_assert!(near(y, -z), "{measure:?}: {y} {z}");
                    prop_assert!(near(v, w), "{measure:?}: {v} {w}");
                }
                (a, b) => prop_assert_eq!(a.is_some(), b.is_some()),
            }
        }
    }

    /// Another unit scales the difference of means, its variance by the square, and leaves the
    /// standardised difference and the ratios.
    #[test]
    fn changing_the_unit(m in means(), unit in 0.01..100.0f64) {
        let scaled = |m: MeanSd| MeanSd::new(m.mean() * unit, m.sd() * unit, m.total()).unwrap();
        let other = TwoGroups { first: scaled(m.first), second: scaled(m.second) };
        for measure in of(OutcomeKind::TwoMeans) {
            let (y, v) = effect(measure, Outcomes::TwoMeans(vec![m])).unwrap();
            let (z, w) = effect(measure, Outcomes::TwoMeans(vec![other])).unwrap();
            let by = if matches!(measure, Measure::Md | Measure::Mdp) { unit } else { 1.0 };
            prop_assert!(near(y * by, z), "{measure:?}: {y} {z}");
            prop_assert!(near(v * by * by, w), "{measure:?}: {v} {w}");
        }
    }

    /// One study pooled is itself.
    #[test]
    fn one_study_is_itself(t in table(), r in rates(), m in means(), r0 in -0.99..0.99f64) {
        let c = Correlation::new(r0, 40).unwrap();
        for outcomes in [
            Outcomes::TwoProportions(vec![t]), Outcomes::TwoRates(vec![r]),
            Outcomes::Rates(vec![r.first]), Outcomes::TwoMeans(vec![m]),
            Outcomes::Means(vec![m.first]), Outcomes::Correlations(vec![c]),
        ] {
            for measure in of(outcomes.kind()) {
                let Some((y, v)) = effect(measure, outcomes.clone()) else { continue };
                let model = Model::TwoStep(TwoStep { measure, ..TwoStep::default() });
                let fit =
                    pool(&one(outcomes.clone()), &Settings { model, ..Settings::default() }).unwrap();
                let common = fit.common.unwrap();
                prop_assert!(near(common.yi.unwrap(), y), "{measure:?}");
                prop_assert!(near(common.se.unwrap().powi(2), v), "{measure:?}");
                let row = fit.studies.get(0).unwrap();
                prop_assert!(near(row.estimate, common.estimate), "{measure:?} {} {}", row.estimate, common.estimate);
            }
        }
    }

    /// The display value undoes the measure, and a rate comes back from its Freeman-Tukey transform.
    #[test]
    fn values_come_back(y in -3.0..3.0f64, r in rates()) {
        for measure in Measure::ALL {
            if measure.display() == Display::Proportion || measure == Measure::Irft {
                continue;
            }
            if measure.clips(y) {
                continue;
            }
            let back = measure.back(y, BackContext::Plain);
            prop_assert!(near(measure.of(back), y), "{measure:?} {y}");
        }
        let (y, _) = effect(Measure::Irft, Outcomes::Rates(vec![r.first])).unwrap();
        let back = Measure::Irft.back(y, BackContext::Size(r.first.time()));
        prop_assert!(near(back, r.first.rate()) || back < 1e-25, "{back} {}", r.first.rate());
    }
}
