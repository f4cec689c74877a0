//! Every likelihood quantity against `tests/reference/one_step/values.json`, which mpmath computed
//! to 20 digits (`generate.py` beside it; no formula or rule is shared with the crate).

use resorb::{
    model::{BetaBinomialFit, GlmmFit, Level, Link, Model, OneStepCi, QTest},
    numeric::{special, student_t},
};
use serde_json::Value;

use super::{close, counts, fit};

fn values() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/one_step/values.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn pairs(set: &Value) -> Vec<(u64, u64)> {
    let pairs = set["counts"].as_array().unwrap();
    pairs.iter().map(|pair| (pair[0].as_u64().unwrap(), pair[1].as_u64().unwrap())).collect()
}

/// A value that the set has, and its name for messages.
fn number(theirs: &Value, key: &str) -> f64 {
    theirs[key].as_f64().unwrap_or_else(|| panic!("{key} is missing"))
}

#[test]
fn glmm() {
    for (name, set) in values().as_object().unwrap() {
        let pairs = pairs(set);
        for (link_name, theirs) in set["glmm"].as_object().unwrap() {
            let link: Link = serde_json::from_value(link_name.as_str().into()).unwrap();
            let ours = GlmmFit::new(&counts(&pairs), link).unwrap();
            let what = |key: &str| format!("{name} {link_name} {key}");
            assert!(ours.converged(), "{name} {link_name}");
            if theirs.is_null() {
                // No maximum inside is higher than the one at the boundary.
                assert_eq!(ours.tau2(), 0.0, "{name} {link_name}");
                assert_eq!(ours.log_likelihood(), ours.log_likelihood_common());
                continue;
            }
            let number = |key: &str| number(theirs, key);
            close(&what("mu"), ours.mu(), number("location"), 1e-8);
            close(&what("tau2"), ours.tau2(), number("scale"), 1e-8);
            close(&what("ll"), ours.log_likelihood(), number("log_likelihood"), 1e-10);
            let common = ours.log_likelihood_common();
            close(&what("ll at 0"), common, number("log_likelihood_0"), 1e-12);
            close(&what("se"), ours.se(), number("se"), 1e-7);
            let [[a, b], [_, c]] = ours.covariance().unwrap();
            let covariance = theirs["covariance"].as_array().unwrap();
            for (ours, theirs) in [a, b, c].into_iter().zip(covariance) {
                close(&what("covariance"), ours, theirs.as_f64().unwrap(), 1e-6);
            }
            let (lower, upper) = ours.tau2_interval(Level::default());
            close(&what("tau2 lower"), lower, number("scale_lower"), 1e-7);
            close(&what("tau2 upper"), upper.unwrap(), number("scale_upper"), 1e-7);
            let (lower, upper) = ours.mu_interval(Level::default());
            close(&what("mu lower"), lower.unwrap(), number("location_lower"), 1e-7);
            close(&what("mu upper"), upper.unwrap(), number("location_upper"), 1e-7);
        }
    }
}

#[test]
fn marginal_mean() {
    for (name, set) in values().as_object().unwrap() {
        let pairs = pairs(set);
        for (link_name, theirs) in set["glmm"].as_object().unwrap() {
            if theirs.is_null() {
                continue;
            }
            let link = serde_json::from_value(link_name.as_str().into()).unwrap();
            let model = Model::Glmm { link, ci: OneStepCi::T, q_test: QTest::Lrt };
            let mean = fit(&pairs, model).random.unwrap().marginal_mean.unwrap();
            let what = |key: &str| format!("{name} {link_name} {key}");
            let (rate, se) =
                (number(theirs, "marginal_mean"), number(theirs, "marginal_mean_logit_se"));
            close(&what("mean"), mean.estimate, rate, 1e-8);
            let half = se * student_t::quantile(0.975, pairs.len() as f64 - 1.0);
            let limit = |sign: f64| special::expit(special::logit(rate) + sign * half);
            close(&what("mean lower"), mean.ci_lower.unwrap(), limit(-1.0), 1e-6);
            close(&what("mean upper"), mean.ci_upper.unwrap(), limit(1.0), 1e-6);
        }
    }
}

#[test]
fn beta_binomial() {
    for (name, set) in values().as_object().unwrap() {
        let ours = BetaBinomialFit::new(&counts(&pairs(set))).unwrap();
        let theirs = &set["beta_binomial"];
        assert!(ours.converged(), "{name}");
        if theirs.is_null() {
            assert_eq!(ours.rho(), 0.0, "{name}");
            continue;
        }
        let number = |key: &str| number(theirs, key);
        let what = |key: &str| format!("{name} {key}");
        close(&what("mu"), ours.logit_mean(), number("location"), 1e-9);
        close(&what("rho"), ours.rho(), number("scale"), 1e-8);
        close(&what("ll"), ours.log_likelihood(), number("log_likelihood"), 1e-12);
        close(&what("ll at 0"), ours.log_likelihood_common(), number("log_likelihood_0"), 1e-12);
        close(&what("se"), ours.se(), number("se"), 1e-8);
        let (lower, upper) = ours.rho_interval(Level::default());
        close(&what("rho lower"), lower, number("scale_lower"), 1e-7);
        close(&what("rho upper"), upper, number("scale_upper"), 1e-7);
        let (lower, upper) = ours.logit_mean_interval(Level::default());
        close(&what("mu lower"), lower.unwrap(), number("location_lower"), 1e-7);
        close(&what("mu upper"), upper.unwrap(), number("location_upper"), 1e-7);
    }
}

/// Maxima counted on a dense profile, which the fit's own search never sees.
#[test]
fn modes() {
    for (name, set) in values().as_object().unwrap() {
        let ours = GlmmFit::new(&counts(&pairs(set)), Link::Logit).unwrap();
        let centre = if ours.tau2() > 0.0 { ours.tau2() } else { 1.0 };
        let grid: Vec<f64> =
            (0..400).map(|i| centre * (f64::from(i) / 400.0 * 24.0 - 14.0).exp()).collect();
        let mut profile = vec![ours.log_likelihood_common()];
        profile.extend(ours.profile(&grid));
        let noise = 1e-9;
        let inside =
            profile.windows(3).filter(|w| w[1] > w[0] + noise && w[1] > w[2] + noise).count();
        let boundary = usize::from(profile[1] < profile[0]);
        assert_eq!(ours.modes(), inside + boundary, "{name}");
        let highest = profile.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        assert!(ours.log_likelihood() >= highest - 1e-9, "{name}");
    }
    let two = GlmmFit::new(&counts(&[(188, 491), (0, 5), (0, 9)]), Link::Logit).unwrap();
    assert_eq!(two.modes(), 2);
}
