//! Intervals of single studies; theirs are on the logit scale.

use std::sync::LazyLock;

use resorb::effect::{Measure, StudyInterval};
use serde_json::Value;

use super::{CLOSED, Ledger, Set, set::PROPORTIONS};

/// Filled once, for the test of this subject and for those that look at all.
pub(super) static LEDGER: LazyLock<Ledger> = LazyLock::new(|| Ledger::of(compare));

fn compare(ledger: &mut Ledger) {
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
    LEDGER.assert_clean();
}
