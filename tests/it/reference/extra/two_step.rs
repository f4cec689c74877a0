//! Every estimator and interval of the two-step model against 34-digit arithmetic.

use resorb::{
    effect::Measure,
    model::{
        Fit, GenqWeights, Level, Model, PredictionMethod, Settings, Tau2Ci, Tau2Method, TwoStep,
        TwoStepCi, pool,
    },
    study::Studies,
};
use serde_json::Value;

use super::{Differences, Set, json};
use crate::reference::set::numbers;

/// How close ours must be to the exact value; f64 loses some digits to the data.
const EXACT: f64 = 1e-10;

/// A row of the file with the studies it is about.
struct Case<'a> {
    row: &'a Value,
    name: &'a str,
    measure: &'a str,
    settings: Settings,
}

impl<'a> Case<'a> {
    fn all(rows: &'a Value) -> Vec<Self> {
        let case = |row: &'a Value| Self {
            row,
            name: row["set"].as_str().unwrap(),
            measure: row["measure"].as_str().unwrap(),
            settings: Settings {
                level: Level::new(row["level"].as_f64().unwrap()).unwrap(),
                prediction: PredictionMethod::None,
                ..Settings::default()
            },
        };
        rows.as_array().unwrap().iter().map(case).collect()
    }

    fn pool(&self, choices: TwoStep) -> Fit {
        let Some(yi) = self.row.get("yi") else {
            return Set::open(self.name).pool(self.measure, choices, self.settings);
        };
        // Effects made to be hard are in the row itself.
        let rows = numbers(yi).into_iter().zip(numbers(&self.row["vi"]));
        let studies = Studies::from_effects(rows.map(|(yi, vi)| ("made", yi, vi))).unwrap();
        let model = Model::TwoStep(TwoStep { measure: Measure::Gen, ..choices });
        pool(&studies, &Settings { model, ..self.settings }).unwrap()
    }

    fn close(&self, differences: &mut Differences, path: &str, ours: Option<f64>) {
        let what = format!("{} {} {path}", self.name, self.measure);
        let reference = self.row.pointer(&format!("/{path}")).and_then(Value::as_f64);
        differences.close(&what, ours.unwrap_or(f64::NAN), reference.unwrap_or(f64::NAN), EXACT);
    }
}

#[test]
fn estimators_and_their_standard_errors() {
    let mut differences = Differences::default();
    let rows = json("extra/two_step.json");
    for case in Case::all(&rows) {
        for name in case.row["tau2"].as_object().unwrap().keys() {
            let tau2: Tau2Method = serde_json::from_value(name.as_str().into()).unwrap();
            let fit = case.pool(TwoStep { tau2, ..TwoStep::default() });
            let h = fit.heterogeneity;
            case.close(&mut differences, &format!("tau2/{name}"), h.tau2);
            if case.row["tau2_se"].get(name).is_some() {
                case.close(&mut differences, &format!("tau2_se/{name}"), h.tau2_se);
            }
            if let Some(modes) = case.row["modes"].get(name) {
                let at = format!("{} {} {name}", case.name, case.measure);
                assert_eq!(Some(fit.diagnostics.modes as u64), modes.as_u64(), "maxima of {at}");
                case.close(&mut differences, &format!("log_likelihood/{name}"), h.log_likelihood);
            }
        }
    }
    differences.assert_none(900);
}

#[test]
fn tau2_intervals() {
    let mut differences = Differences::default();
    let rows = json("extra/two_step.json");
    for case in Case::all(&rows) {
        for (name, tau2, tau2_ci, genq_weights) in [
            ("qp", Tau2Method::Reml, Tau2Ci::Qp, GenqWeights::Se),
            ("bt", Tau2Method::Dl, Tau2Ci::Bt, GenqWeights::Se),
            ("genq_se", Tau2Method::Genq, Tau2Ci::Genq, GenqWeights::Se),
            ("genq_variance", Tau2Method::Genq, Tau2Ci::Genq, GenqWeights::Variance),
            ("pl_ml", Tau2Method::Ml, Tau2Ci::Pl, GenqWeights::Se),
            ("pl_reml", Tau2Method::Reml, Tau2Ci::Pl, GenqWeights::Se),
        ] {
            let fit = case.pool(TwoStep { tau2, tau2_ci, genq_weights, ..TwoStep::default() });
            let h = fit.heterogeneity;
            if case.row["tau2_ci"][name].is_null() {
                // The null set is shown as two zeros and said in words.
                assert_eq!((h.tau2_lower, h.tau2_upper), (Some(0.0), Some(0.0)), "{name}");
                continue;
            }
            case.close(&mut differences, &format!("tau2_ci/{name}/0"), h.tau2_lower);
            case.close(&mut differences, &format!("tau2_ci/{name}/1"), h.tau2_upper);
        }
    }
    differences.assert_none(650);
}

#[test]
fn intervals_of_the_mean() {
    let mut differences = Differences::default();
    let rows = json("extra/two_step.json");
    for case in Case::all(&rows) {
        let pooled =
            |tau2, ci| case.pool(TwoStep { tau2, ci, ..TwoStep::default() }).random.unwrap().pooled;
        let pl = pooled(Tau2Method::Ml, TwoStepCi::Pl);
        case.close(&mut differences, "pl/limits/0", pl.yi_lower);
        case.close(&mut differences, "pl/limits/1", pl.yi_upper);
        case.close(&mut differences, "pl/statistic", pl.statistic);

        let kr = pooled(Tau2Method::Reml, TwoStepCi::Kr);
        case.close(&mut differences, "kr/se", kr.se);
        // Ours are at least 1.
        let df = case.row["kr"]["df"].as_f64().unwrap().max(1.0);
        let what = format!("{} {} kr/df", case.name, case.measure);
        differences.close(&what, kr.df.unwrap(), df, EXACT);

        let hc = pooled(Tau2Method::Dl, TwoStepCi::Hc);
        case.close(&mut differences, "hc/yi", hc.yi);
        case.close(&mut differences, "hc/se", hc.se);
        case.close(&mut differences, "hc/limits/0", hc.yi_lower);
        case.close(&mut differences, "hc/limits/1", hc.yi_upper);
    }
    differences.assert_none(500);
}
