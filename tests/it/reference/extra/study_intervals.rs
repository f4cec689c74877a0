//! All intervals of single proportions, edges and large totals included, at three levels.

use resorb::{
    effect::{Correction, Measure, StudyInterval},
    study::Studies,
};
use serde_json::Value;

use super::{Differences, json};
use crate::reference::set::numbers;

#[test]
fn every_study_interval() {
    let mut differences = Differences::default();
    for row in json("extra/study_intervals.json").as_array().unwrap() {
        let [x, n] = ["events", "total"].map(|key| row[key].as_u64().unwrap());
        let tail = (1.0 - row["level"].as_f64().unwrap()) / 2.0;
        let studies = Studies::from_counts([("one", x, n)]).unwrap();
        let counts = studies.counts().unwrap()[0];
        let effects = Measure::Plo.effects(&studies, Correction::default()).unwrap();
        let effect = (effects.yi()[0], effects.vi()[0]);
        for (name, limits) in row.as_object().unwrap() {
            let Value::Array(_) = limits else { continue };
            let method: StudyInterval = serde_json::from_value(name.as_str().into()).unwrap();
            let (lower, upper) = method.limits(counts, Measure::Plo, effect, tail);
            for (side, ours, reference) in
                [("lower", lower, numbers(limits)[0]), ("upper", upper, numbers(limits)[1])]
            {
                let what = format!("{name} of {x}/{n}, tail {tail:.4}, {side}");
                differences.close(&what, ours, reference, 1e-10);
            }
        }
    }
    differences.assert_none(800);
}
