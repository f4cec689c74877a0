//! Intervals of single studies; theirs are on the logit scale.

use resorb::effect::{Measure, StudyInterval};
use serde_json::Value;

use super::{CLOSED, Ledger, Set, set::PROPORTIONS};

pub(super) fn compare(ledger: &mut Ledger) {
    for set in PROPORTIONS.map(Set::open) {
        let studies = set.studies("PLO");
        for (key, method) in [
            ("study_ci_CP", StudyInterval::ClopperPearson),
            ("study_ci_WS", StudyInterval::Wilson),
            ("study_ci_WSCC", StudyInterval::WilsonCc),
            ("study_ci_AC", StudyInterval::AgrestiCoull),
        ] {
            for (i, &counts) in studies.counts().unwrap().iter().enumerate() {
                // The effect matters to Wald limits only.
                let (lower, upper) = method.limits(counts, Measure::Plo, (0.0, 1.0), 0.025);
                for (side, limit) in [("lower", lower), ("upper", upper)] {
                    let path = format!("{key}/{side}/{i}");
                    let logit = (limit / (1.0 - limit)).ln();
                    match set.at(&path) {
                        Some(Value::Null) => ledger.infinite(&set, &path, logit),
                        _ => ledger.close(&set, &path, Some(logit), CLOSED),
                    }
                }
            }
        }
    }
}

#[test]
fn study_intervals_agree() {
    let mut ledger = Ledger::new();
    compare(&mut ledger);
    ledger.assert_clean();
}
