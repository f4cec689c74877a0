//! Tests of funnel asymmetry for two groups, against metafor's effects and R's `lm`
//! (`tests/reference/extra/two_groups.R`).

use resorb::{
    analysis::small_study::{
        Dispersion, Funnel, MacaskillWeights, Predictor, RegressionTest, SmallStudyError, TestKind,
        all_tests, bias_test, deeks, harbord, macaskill, peters, pustejovsky_rodgers,
        regression_test,
    },
    model::{Level, Settings, Tau2Method},
    study::{Counts, Studies, TwoGroups},
};
use serde_json::Value;

use super::{Differences, json};
use crate::reference::{
    CLOSED,
    set::{column, numbers},
};

const COUNTS: [&str; 2] = ["bcg", "nielweise2007_two_group"];

fn whole(name: &str, header: &str) -> Vec<u64> {
    column(name, header).iter().map(|cell| cell.parse().unwrap()).collect()
}

fn groups(name: &str) -> Vec<TwoGroups<Counts>> {
    let group = |i: u8| -> Vec<Counts> {
        let [x, n] = ["events", "total"].map(|what| whole(name, &format!("{what}{i}")));
        x.into_iter().zip(n).map(|(x, n)| Counts::new(x, n).unwrap()).collect()
    };
    group(1).into_iter().zip(group(2)).map(|(first, second)| TwoGroups { first, second }).collect()
}

/// Log odds ratios with ½ in the cells of studies with an empty one.
fn funnel(groups: &[TwoGroups<Counts>]) -> Funnel {
    let rows = groups.iter().enumerate().map(|(i, g)| {
        let cells =
            [g.first.x(), g.first.n() - g.first.x(), g.second.x(), g.second.n() - g.second.x()];
        let add = if cells.contains(&0.0) { 0.5 } else { 0.0 };
        let [a, b, c, d] = cells.map(|cell| cell + add);
        (format!("study {i}"), (a * d / b / c).ln(), 1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d)
    });
    let studies = Studies::from_effects(rows).unwrap();
    Funnel::new(&studies, &Settings::two_step()).unwrap().with_groups(groups.to_vec())
}

fn compare(differences: &mut Differences, what: &str, ours: &RegressionTest, theirs: &Value) {
    for (key, value) in [
        ("statistic", ours.statistic),
        ("p_value", ours.p_value),
        ("df", ours.df),
        ("slope", Some(ours.slope)),
        ("limit", Some(ours.limit)),
    ] {
        if let Some(theirs) = theirs[key].as_f64() {
            differences.close(&format!("{what} {key}"), value.unwrap(), theirs, CLOSED);
        }
    }
}

#[test]
fn tests_for_two_groups_agree() {
    let values = json("extra/two_groups.json");
    let level = Level::default();
    let mut differences = Differences::default();
    for name in COUNTS {
        let groups = groups(name);
        for (key, test) in [
            ("harbord", harbord(&groups, level)),
            ("peters", peters(&groups, level)),
            ("macaskill_fpv", macaskill(&groups, MacaskillWeights::PooledVariance, level)),
            ("macaskill_fiv", macaskill(&groups, MacaskillWeights::InverseVariance, level)),
            ("deeks", deeks(&groups, level)),
        ] {
            compare(&mut differences, &format!("{name} {key}"), &test.unwrap(), &values[name][key]);
        }
        // Theirs is made of the studies that say something, as for the other tests.
        let says = |g: &&TwoGroups<Counts>| g.first.events() + g.second.events() > 0;
        let kept: Vec<_> = groups.iter().filter(says).copied().collect();
        assert_eq!(Some(kept.len() as u64), values[name]["k"].as_u64());
        let moments = Dispersion::AdditiveT(Tau2Method::Dl);
        let test = regression_test(&funnel(&kept), Predictor::Se, moments).unwrap();
        let what = format!("{name} Thompson–Sharp");
        compare(&mut differences, &what, &test, &values[name]["thompson_sharp"]);
    }
    let means = &values["normand1999"];
    let (yi, vi) = (numbers(&means["yi"]), numbers(&means["vi"]));
    let [n1, n2] = ["n1", "n2"].map(|header| whole("normand1999", header));
    let sizes: Vec<TwoGroups<f64>> = n1
        .into_iter()
        .zip(n2)
        .map(|(a, b)| TwoGroups { first: a as f64, second: b as f64 })
        .collect();
    let test = pustejovsky_rodgers(&yi, &sizes, level).unwrap();
    compare(&mut differences, "Pustejovsky–Rodgers", &test, &means["pustejovsky_rodgers"]);
    let rows = yi.iter().zip(&vi).enumerate().map(|(i, (&y, &v))| (format!("study {i}"), y, v));
    let studies = Studies::from_effects(rows).unwrap();
    let data = Funnel::new(&studies, &Settings::two_step()).unwrap();
    let moments = Dispersion::AdditiveT(Tau2Method::Dl);
    let test = regression_test(&data, Predictor::Se, moments).unwrap();
    compare(&mut differences, "normand1999 Thompson–Sharp", &test, &means["thompson_sharp"]);
    let tests = all_tests(&data.with_group_sizes(sizes)).unwrap();
    let suiting: Vec<TestKind> = tests.iter().filter(|test| test.suits).map(|t| t.name).collect();
    assert_eq!(suiting, [TestKind::PustejovskyRodgers]);
    differences.assert_none(60);
}

/// The order of the groups changes signs only, and a study without events in either group nothing.
#[test]
fn groups_change_places() {
    for name in COUNTS {
        let groups = groups(name);
        let swapped: Vec<_> = groups.iter().map(|g| g.swapped()).collect();
        let silent =
            TwoGroups { first: Counts::new(0, 40).unwrap(), second: Counts::new(0, 50).unwrap() };
        let more: Vec<_> = groups.iter().copied().chain([silent]).collect();
        for kind in [
            TestKind::Harbord,
            TestKind::Peters,
            TestKind::MacaskillFpv,
            TestKind::MacaskillFiv,
            TestKind::Deeks,
        ] {
            let [a, b, c] =
                [&groups, &swapped, &more].map(|g| bias_test(&funnel(g), kind).unwrap());
            let [x, y, z] = [&a, &b, &c].map(|test| test.statistic.unwrap());
            assert!((x + y).abs() < 1e-9 * x.abs(), "{kind:?}: {x} {y}");
            assert_eq!((x, a.df), (z, c.df));
            let note = c.note.unwrap();
            let odd = if name == "bcg" { "1 of 14" } else { "2 of 19" };
            assert!(note.contains(&format!("{odd} studies without events")), "{note}");
            assert_eq!(a.suits, kind != TestKind::MacaskillFiv);
        }
    }
}

#[test]
fn what_two_groups_need() {
    let one = Funnel::new(
        &Studies::from_effects([("a", 0.1, 0.1), ("b", 0.2, 0.2), ("c", 0.4, 0.1)]).unwrap(),
        &Settings::two_step(),
    )
    .unwrap();
    for (kind, what) in [
        (TestKind::Harbord, "events and totals of two groups"),
        (TestKind::Deeks, "events and totals of two groups"),
        (TestKind::PustejovskyRodgers, "the sizes of two groups"),
    ] {
        let error = bias_test(&one, kind).unwrap_err();
        assert!(error.to_string().contains(what), "{error}");
    }
    let two = &groups("bcg")[..2];
    assert_eq!(
        harbord(two, Level::default()).unwrap_err(),
        SmallStudyError::TooFew { method: "Harbord's test", k: 2, minimum: 3 }
    );
    let same = vec![two[0]; 4];
    for test in [harbord(&same, Level::default()), deeks(&same, Level::default())] {
        assert!(matches!(test.unwrap_err(), SmallStudyError::NoSpread { .. }));
    }
}
