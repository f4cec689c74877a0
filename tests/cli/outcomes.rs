//! Outcomes beyond single proportions through every command.

use insta::assert_snapshot;
use serde_json::Value;

use crate::run::{Folder, run, stderr, stdout};

/// The first trials of vaccination against tuberculosis (Colditz et al. 1994).
const BCG: &str = "\
study,year,events1,total1,events2,total2
Aronson,1948,4,123,11,139
Ferguson & Simes,1949,6,306,29,303
Rosenthal et al,1960,3,231,11,220
Hart & Sutherland,1977,62,13598,248,12867
";

fn json(folder: &Folder, arguments: &[&str]) -> Value {
    serde_json::from_str(&stdout(&folder.run(arguments).success())).unwrap()
}

#[test]
fn the_predictors_of_resorption_pass() {
    let ran = run(&["check", "ldh_predictors"]).success();
    assert_snapshot!(stdout(&ran));
}

#[test]
fn each_predictor_on_its_own() {
    let ran = run(&["predictors", "ldh_predictors", "--by", "predictor", "--baseline", "0.35"]);
    assert_snapshot!(stdout(&ran.success()));
}

#[test]
fn odds_ratios_of_two_groups() {
    let folder = Folder::with("bcg.csv", BCG);
    assert_snapshot!(stdout(&folder.run(&["pool", "bcg.csv"]).success()));
}

/// The JSON contract: both groups of every study and their sums, ratios on the natural scale.
#[test]
fn two_groups_in_json() {
    let folder = Folder::with("bcg.csv", BCG);
    let found = json(&folder, &["pool", "bcg.csv", "--format", "json"]);
    assert_eq!(found["events1"], 75);
    assert_eq!(found["total2"], 13529);
    assert_eq!(found["settings"]["measure"], "OR");
    let study = &found["studies"][0];
    assert_eq!((&study["events1"], &study["total2"]), (&4.into(), &139.into()));
    let (yi, estimate) = (study["yi"].as_f64().unwrap(), study["estimate"].as_f64().unwrap());
    assert!((yi.exp() - estimate).abs() < 1e-12 && yi < 0.0);
    let found = json(&folder, &["pool", "bcg.csv", "--measure", "rr", "--format", "json"]);
    assert_eq!(found["settings"]["measure"], "RR");
}

const RATES: &str = "\
study,events,time
Bong,11,1988
Ciresi,8,1461
Hanna,14,10962
Harter,10,1503
";

#[test]
fn rates_in_one_step() {
    let folder = Folder::with("rates.csv", RATES);
    assert_snapshot!(stdout(&folder.run(&["pool", "rates.csv", "--model", "glmm"]).success()));
    let found = json(&folder, &["pool", "rates.csv", "--model", "glmm", "--format", "json"]);
    assert_eq!((&found["settings"]["model"], &found["events"]), (&"rate-glmm".into(), &43.into()));
    let clash = folder.run(&["pool", "rates.csv", "--model", "glmm", "--link", "probit"]).code(2);
    assert!(stderr(&clash).contains("the GLMM of rates over time has the log link alone"));
}

/// One table, every command.
#[test]
fn every_command_takes_two_groups() {
    let folder = Folder::with("bcg.csv", format!("{BCG}Frimodt,1973,33,5069,47,5808\n"));
    for arguments in [
        &["subgroup", "bcg.csv", "--by", "year"][..],
        &["regress", "bcg.csv", "--on", "year"],
        &["sensitivity", "bcg.csv"],
        &["bias", "bcg.csv"],
        &["gosh", "bcg.csv"],
        &["pool", "bcg.csv", "--format", "csv"],
        &["pool", "bcg.csv", "--format", "markdown"],
        &["predictors", "bcg.csv", "--by", "year", "--format", "json"],
        &["predictors", "bcg.csv", "--by", "year", "--format", "csv"],
    ] {
        let ran = folder.run(arguments).success();
        assert!(!stdout(&ran).is_empty(), "{arguments:?}");
    }
}

/// The kind is said where columns fit several, and a measure of another kind names what would do.
#[test]
fn kinds_and_measures_that_clash() {
    let both = "study,events1,total1,events2,total2,yi,vi\nA,4,123,11,139,-0.9,0.3\n";
    let folder = Folder::with("both.csv", both);
    let refused = stderr(&folder.run(&["pool", "both.csv"]).code(2));
    assert!(refused.contains("--kind two-proportions, or --kind generic"), "{refused}");
    folder.run(&["pool", "both.csv", "--kind", "generic"]).success();
    let refused =
        stderr(&folder.run(&["pool", "both.csv", "--kind", "generic", "--measure", "PLO"]).code(1));
    assert!(refused.contains("possible are GEN, HR, RATIO"), "{refused}");
}

/// Ratios with intervals: the effect is their logarithm, the display the ratio.
#[test]
fn hazard_ratios() {
    let table = "study,hr,lower,upper\nA,0.5,0.25,1\nB,0.8,0.5,1.28\nC,0.7,0.49,1\n";
    let folder = Folder::with("hr.csv", table);
    let found = json(&folder, &["pool", "hr.csv", "--format", "json"]);
    assert_eq!(found["settings"]["measure"], "HR");
    let pooled = found["random"]["estimate"].as_f64().unwrap();
    assert!(pooled > 0.5 && pooled < 0.8);
}

/// A trial without an event in either group is kept by inverse variance and left out when asked.
#[test]
fn double_zeros() {
    let folder = Folder::with("bcg.csv", format!("{BCG}None,2000,0,50,0,40\n"));
    let kept = json(&folder, &["pool", "bcg.csv", "--format", "json"]);
    assert_eq!(kept["k"], 5);
    let dropped = json(&folder, &["pool", "bcg.csv", "--drop00", "--format", "json"]);
    assert_eq!(dropped["k"], 4);
    assert_eq!(dropped["input"]["excluded"][0]["row"], 6);
}

#[cfg(all(feature = "png", feature = "pdf"))]
#[test]
fn figures_of_two_groups() {
    let folder = Folder::with("bcg.csv", BCG);
    folder.run(&["plot", "forest", "bcg.csv", "-o", "forest.svg"]).success();
    let svg = folder.read("forest.svg");
    for word in ["Group 1", "Group 2", "4/123", "OR"] {
        assert!(svg.contains(word), "{word}");
    }
    assert!(!svg.contains("OR, %"));
    folder.run(&["plot", "funnel", "bcg.csv", "-o", "funnel.svg"]).success();
}
