//! Every likelihood quantity against `tests/reference/one_step/values.json`, which mpmath computed
//! to 20 digits (`generate.py` beside it; no formula or rule is shared with the crate).

use resorb::{
    model::{BetaBinomialFit, GlmmFit, Level, Link},
    study::Counts,
};
use serde_json::Value;

use super::counts;

fn values() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/one_step/values.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn data(set: &Value) -> Vec<Counts> {
    let pairs = set["counts"].as_array().unwrap();
    counts(
        &pairs
            .iter()
            .map(|pair| (pair[0].as_u64().unwrap(), pair[1].as_u64().unwrap()))
            .collect::<Vec<_>>(),
    )
}

#[track_caller]
fn close(what: &str, ours: f64, theirs: &Value, tolerance: f64) {
    let Some(theirs) = theirs.as_f64() else {
        println!("MISSING {what} {ours}");
        return;
    };
    let error = (ours - theirs).abs() / theirs.abs().max(1e-300);
    if !(error < tolerance) {
        println!("{what}: ours {ours}, mpmath {theirs}, relative {error:e}");
    }
}

#[test]
fn glmm() {
    for (name, set) in values().as_object().unwrap() {
        let counts = data(set);
        for (link_name, theirs) in set["glmm"].as_object().unwrap() {
            let link: Link = serde_json::from_value(link_name.as_str().into()).unwrap();
            let ours = GlmmFit::new(&counts, link).unwrap();
            if theirs.is_null() {
                println!("{name} null: tau2 {}", ours.tau2());
                continue;
            }
            let what = |key: &str| format!("{name} {link_name} {key}");
            close(&what("mu"), ours.mu(), &theirs["location"], 1e-9);
            close(&what("tau2"), ours.tau2(), &theirs["scale"], 1e-8);
            close(&what("ll"), ours.log_likelihood(), &theirs["log_likelihood"], 1e-11);
            close(&what("ll0"), ours.log_likelihood_common(), &theirs["log_likelihood_0"], 1e-12);
            close(&what("se"), ours.se(), &theirs["se"], 1e-8);
            let [[a, b], [_, c]] = ours.covariance().unwrap();
            for (ours, theirs) in
                [a, b, c].into_iter().zip(theirs["covariance"].as_array().unwrap())
            {
                close(&what("covariance"), ours, theirs, 1e-6);
            }
            let (lower, upper) = ours.tau2_interval(Level::default());
            close(&what("tau2 lower"), lower, &theirs["scale_lower"], 1e-7);
            close(&what("tau2 upper"), upper.unwrap(), &theirs["scale_upper"], 1e-7);
            let (lower, upper) = ours.mu_interval(Level::default());
            close(&what("mu lower"), lower.unwrap(), &theirs["location_lower"], 1e-8);
            close(&what("mu upper"), upper.unwrap(), &theirs["location_upper"], 1e-8);
        }
    }
}

#[test]
fn beta_binomial() {
    for (name, set) in values().as_object().unwrap() {
        let counts = data(set);
        let theirs = &set["beta_binomial"];
        let ours = BetaBinomialFit::new(&counts).unwrap();
        if theirs.is_null() {
            println!("{name} null: rho {}", ours.rho());
            continue;
        }
        let what = |key: &str| format!("{name} bb {key}");
        close(&what("mu"), ours.logit_mean(), &theirs["location"], 1e-9);
        close(&what("rho"), ours.rho(), &theirs["scale"], 1e-8);
        close(&what("ll"), ours.log_likelihood(), &theirs["log_likelihood"], 1e-12);
        close(&what("ll0"), ours.log_likelihood_common(), &theirs["log_likelihood_0"], 1e-12);
        close(&what("se"), ours.se(), &theirs["se"], 1e-8);
        let (lower, upper) = ours.rho_interval(Level::default());
        close(&what("rho lower"), lower, &theirs["scale_lower"], 1e-7);
        close(&what("rho upper"), upper, &theirs["scale_upper"], 1e-7);
        let (lower, upper) = ours.logit_mean_interval(Level::default());
        close(&what("mu lower"), lower.unwrap(), &theirs["location_lower"], 1e-8);
        close(&what("mu upper"), upper.unwrap(), &theirs["location_upper"], 1e-8);
    }
}
