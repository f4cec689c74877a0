//! `resorb regress`: models, options that go together, and what is refused.

use serde_json::Value;

use crate::run::{Folder, run, stderr, stdout, transcript};

const CSV: &str = "\
study,events,total,year,arm,same,site
Bush 1992,64,84,1992,open,1,north
Komori 1996,35,77,1996,closed,1,north
Ahn 2000,25,36,2000,closed,1,south
Cribb 2007,14,15,2007,open,1,south
Kwon 2009,15,35,2009,closed,1,south
Yu 2014,20,83,2014,open,1,
Seo 2016,35,56,2016,open,1,north
";

fn run_on(options: &[&str]) -> assert_cmd::assert::Assert {
    let folder = Folder::with("data.csv", CSV);
    folder.run(&[&["regress", "data.csv"], options].concat())
}

fn json(options: &[&str]) -> Value {
    let all = [options, &["--format", "json"]].concat();
    serde_json::from_str(&stdout(&run_on(&all).success())).unwrap()
}

#[test]
fn counts_are_regressed_by_the_glmm_unless_an_option_selects_the_two_step_model() {
    assert_eq!(json(&["--on", "year"])["settings"]["model"], "glmm");
    let table = stdout(&run_on(&["--on", "year", "--robust"]).success());
    assert!(table.contains("two-step logit, REML (selected by --robust)"), "{table}");
    let table = stdout(&run_on(&["--on", "year", "--ci", "hk"]).success());
    assert!(table.contains("(selected by --ci hk)"), "{table}");
    let json = json(&["--on", "year", "--permutations", "50", "--seed", "7"]);
    assert_eq!(json["permutation"]["permutations"], 50);
    assert_eq!(json["permutation"]["seed"], 7);
    assert_eq!(json["settings"]["model"], "two-step");
}

#[test]
fn everything_at_once() {
    let json = json(&[
        "--on",
        "arm + center(year)",
        "--reference",
        "arm=open",
        "--at",
        "year=2010,arm=closed",
        "--at",
        "year=1992,arm=open",
        "--contrast",
        "closed - open",
        "--adjust",
        "BH",
        "--trend",
        "closed<open",
    ]);
    assert_eq!(json["references"][0]["level"], "open");
    assert_eq!(json["coefficients"][1]["term"], "arm=closed");
    assert_eq!(json["predictions"].as_array().unwrap().len(), 2);
    assert_eq!(json["contrasts"][0]["estimate"], json["coefficients"][1]["estimate"]);
    assert_eq!(json["trend"]["levels"][1], "open");
}

#[test]
fn a_missing_moderator_is_an_error_or_left_out_and_said() {
    let refused = run_on(&["--on", "site"]).code(2);
    assert!(stderr(&refused).contains("the value of `site` is missing"));
    let json = json(&["--on", "site", "--missing", "drop"]);
    assert_eq!((&json["k"], &json["input"]["used"]), (&6.into(), &6.into()));
    assert_eq!(json["input"]["excluded"][0]["label"], "Yu 2014");
}

#[test]
fn what_cannot_be_done_says_why_and_what_to_do() {
    let folder = Folder::with("data.csv", CSV);
    let refused =
        |options: &[&str]| transcript(&folder, &[&["regress", "data.csv"], options].concat());
    insta::assert_snapshot!(
        [
            refused(&["--on", "yaer"]),
            refused(&["--on", "events"]),
            refused(&["--on", "0"]),
            refused(&["--on", "year", "--at", "year=abc"]),
            refused(&["--on", "same"]),
            refused(&["--on", "arm * year * same"]),
            refused(&["--on", "year +"]),
            refused(&["--on", "year", "--at", "arm=open"]),
            refused(&["--on", "arm", "--contrast", "open - shut"]),
            refused(&["--on", "year", "--pairs"]),
            refused(&["--on", "year", "--ci", "kr"]),
            refused(&["--on", "year", "--ci", "bootstrap"]),
            refused(&["--on", "year", "--model", "beta-binomial"]),
            refused(&["--on", "year", "--model", "glmm", "--robust"]),
            refused(&["--on", "year", "--cluster", "site"]),
            refused(&["--on", "year", "--reference", "arm"]),
            refused(&["--on", "poly(year, 2) + arm + rcs(year, 4)"]),
        ]
        .join("\n")
    );
}

#[test]
fn data_are_needed() {
    run(&["regress", "--on", "year"]).code(2);
}
