use super::*;
use resorb::{effect::Measure, model::*};

const SETS: [&str; 13] = [
    "pritz1997",
    "nielweise2007_treated",
    "nielweise2007_control",
    "debruin2009",
    "crisafulli2020",
    "ldh_resorption",
    "ldh_resorption_by_type",
    "bcg",
    "nielweise2007_two_group",
    "normand1999",
    "molloy2014",
    "raudenbush1985",
    "nielweise2008",
];

#[test]
fn explore() {
    for set_name in SETS {
        let set = load(set_name);
        for f in set["fits"].as_array().unwrap() {
            let measure = f["measure"].as_str().unwrap();
            let studies = effects(&set, measure);
            let method = f["tau2_method"].as_str().unwrap();
            if method == "EE" {
                continue;
            }
            let tau2: Tau2Method = serde_json::from_value(method.into()).unwrap();
            let test = f["test"].as_str().unwrap();
            let ci = match test {
                "z" => TwoStepCi::Z,
                "t" => TwoStepCi::T,
                "knha" => TwoStepCi::Hk,
                "adhoc" => TwoStepCi::Adhoc,
                _ => panic!(),
            };
            let settings = Settings {
                model: Model::TwoStep(TwoStep {
                    measure: Measure::Gen,
                    tau2,
                    ci,
                    ..TwoStep::default()
                }),
                ..Settings::default()
            };
            let fit = pool(&studies, &settings).unwrap();
            let r = fit.random.unwrap().pooled;
            let h = &fit.heterogeneity;
            let check = |name: &str, ours: Option<f64>, key: &str, tol: f64| {
                let Some(theirs) = f[key].as_f64() else { return };
                let ours = ours.unwrap_or(f64::NAN);
                let scale = theirs.abs().max(1e-8);
                if !((ours - theirs).abs() <= tol * scale) {
                    println!(
                        "{set_name} {measure} {method} {test} {name}: ours {ours} theirs {theirs} rel {:.1e}",
                        (ours - theirs) / scale
                    );
                }
            };
            check("tau2", h.tau2, "tau2", 1e-6);
            check("yi", r.yi, "yi", 1e-6);
            check("se", r.se, "se", 1e-6);
            check("lo", r.yi_lower, "ci_lower", 1e-6);
            check("p", r.p_value, "p_value", 1e-6);
            check("stat", r.statistic, "statistic", 1e-6);
            check("tau2_se", h.tau2_se, "tau2_se", 1e-6);
            check("i2", h.i2, "i2", 1e-6);
            check("h2", h.h2, "h2", 1e-6);
            check("q", h.q, "q", 1e-9);
            check("qp", h.p_value, "q_p", 1e-8);
            check("pi", fit.prediction.unwrap().yi_lower, "pi_t_lower", 1e-6);
            check("tau2lo", h.tau2_lower, "tau2_lower", 1e-6);
            check("tau2up", h.tau2_upper, "tau2_upper", 1e-6);
            check("ll", h.log_likelihood, "ll", 1e-8);
        }
    }
}
