//! Every measure against metafor 3.8-1 (`tests/reference/effects/metafor.R`).

use resorb::effect::{Correction, Measure};
use resorb::study::OutcomeKind;
use serde::Deserialize;

use super::raw;
use crate::reference::json;

#[derive(Deserialize)]
struct Case {
    set: String,
    measure: Measure,
    yi: Vec<Option<f64>>,
    vi: Vec<Option<f64>>,
}

#[test]
fn every_measure_agrees_with_metafor() {
    let cases: Vec<Case> = serde_json::from_value(json("effects/metafor.json")).unwrap();
    let mut seen = Vec::new();
    for case in &cases {
        let kind = match case.measure.kind() {
            OutcomeKind::TwoProportions => "two counts",
            OutcomeKind::TwoRates => "two rates",
            OutcomeKind::Rates => "rates",
            OutcomeKind::TwoMeans => "two means",
            OutcomeKind::Means => "means",
            OutcomeKind::Correlations => "correlations",
            other => panic!("no raw columns of {other:?}"),
        };
        let studies = raw(&case.set, kind);
        assert_eq!(studies.k(), case.yi.len());
        for (i, (y, v)) in case.yi.iter().zip(&case.vi).enumerate() {
            let alone: Vec<bool> = (0..studies.k()).map(|j| i == j).collect();
            let alone = studies.subset(&alone).unwrap();
            let ours = case.measure.effects(&alone, Correction::default());
            let place = format!("{} {:?} {i}", case.set, case.measure);
            // Without events in both groups some measures have no effect, theirs and ours.
            let (Some(y), Some(v)) = (y, v) else {
                assert!(ours.is_err(), "{place}");
                continue;
            };
            let ours = ours.unwrap();
            for (a, b) in [(ours.yi()[0], *y), (ours.vi()[0], *v)] {
                let off = (a - b).abs() / b.abs().max(1e-3);
                assert!(off < 1e-12, "{place}: {a} {b}");
            }
        }
        seen.push(case.measure);
    }
    let elsewhere = [OutcomeKind::Proportions, OutcomeKind::Generic];
    for measure in Measure::ALL {
        assert!(
            elsewhere.contains(&measure.kind()) || seen.contains(&measure),
            "{measure:?} is compared with nothing"
        );
    }
}

/// A study without a variance is an error that names it and says what to do; with the correction it is
/// there, and counted among the corrected.
#[test]
fn empty_cells() {
    use resorb::{effect::CorrectionRule, study::Studies};
    let studies =
        Studies::from_two_counts([("Bach 1996", 0, 116, 3, 117), ("George", 1, 44, 3, 35)])
            .unwrap();
    let with = |to| Measure::Or.effects(&studies, Correction { add: 0.5, to });
    assert_eq!(with(CorrectionRule::Only0).unwrap().corrected_places(), [0]);
    assert_eq!(with(CorrectionRule::If0all).unwrap().corrected_places(), [0, 1]);
    let error = with(CorrectionRule::None).unwrap_err().to_string();
    assert!(
        error.contains("Bach 1996 (0/116 and 3/117)") && error.contains("--to only0"),
        "{error}"
    );
    for measure in [Measure::As, Measure::Peto, Measure::Phi] {
        assert_eq!(measure.effects(&studies, Correction::default()).unwrap().corrected(), 0);
    }
    let error = Measure::Smd.effects(&studies, Correction::default()).unwrap_err().to_string();
    assert!(error.contains("possible are OR, RR, RD"), "{error}");
}
