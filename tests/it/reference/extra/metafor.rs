//! GENQ with `1/√v` and profile likelihood under ML, against metafor 3.8.

use resorb::model::{Settings, Tau2Ci, Tau2Method, TwoStep};

use super::{Differences, Set, json};
use crate::reference::{CLOSED, ITERATED, set::numbers};

#[test]
fn metafor_3_8_agrees() {
    let mut differences = Differences::default();
    for row in json("extra/metafor.json").as_array().unwrap() {
        let [set, measure] = ["set", "measure"].map(|key| row[key].as_str().unwrap());
        let fit = |tau2, tau2_ci| {
            let choices = TwoStep { tau2, tau2_ci, ..TwoStep::default() };
            Set::open(set).pool(measure, choices, Settings::default()).heterogeneity
        };
        let genq = fit(Tau2Method::Genq, Tau2Ci::Genq);
        let ml = fit(Tau2Method::Ml, Tau2Ci::Pl);
        let limits = numbers(&row["pl_ml"]);
        for (key, ours, reference, tolerance) in [
            ("GENQ", genq.tau2, row["genq_tau2"].as_f64(), CLOSED),
            ("GENQ se", genq.tau2_se, row["genq_tau2_se"].as_f64(), CLOSED),
            ("ML", ml.tau2, row["ml_tau2"].as_f64(), ITERATED),
            ("ML lower", ml.tau2_lower, Some(limits[0]), ITERATED),
            ("ML upper", ml.tau2_upper, Some(limits[1]), ITERATED),
        ] {
            let what = format!("{set} {measure} {key}");
            differences.close(&what, ours.unwrap(), reference.unwrap(), tolerance);
        }
    }
    differences.assert_none(65);
}
