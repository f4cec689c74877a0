//! Options that do not go together end with exit code 2 and what would be possible.

use insta::assert_snapshot;

use crate::run::{Folder, GOOD, run, transcript};

#[test]
fn clashes_are_wrong_usage() {
    let folder = Folder::with("studies.csv", GOOD);
    let pool =
        |options: &[&str]| transcript(&folder, &[&["pool", "studies.csv"], options].concat());
    let all = [
        pool(&["--model", "glmm", "--tau2", "DL"]),
        pool(&["--model", "glmm", "--ci", "hk"]),
        pool(&["--model", "beta-binomial", "--prediction", "kr"]),
        pool(&["--model", "two-step", "--link", "probit"]),
        pool(&["--preset", "meta", "--measure", "PFT"]),
        pool(&["--preset", "metafor", "--model", "glmm"]),
        pool(&["--tau2", "DL", "--link", "probit"]),
        pool(&["--tau2", "DL", "--ci", "kr"]),
        pool(&["--ci", "hc"]),
        pool(&["--tau2-ci", "bt", "--tau2", "PM"]),
        pool(&["--inversion", "harmonic"]),
        pool(&["--genq-weights", "se"]),
        pool(&["--measure", "PAS", "--to", "all"]),
        pool(&["--add", "-0.5"]),
        pool(&["--add", "1", "--to", "none"]),
    ];
    assert_snapshot!(all.join("\n"));
}

#[test]
fn values_that_do_not_exist_are_listed_or_explained() {
    let folder = Folder::with("studies.csv", GOOD);
    let pool =
        |options: &[&str]| transcript(&folder, &[&["pool", "studies.csv"], options].concat());
    let all = [
        pool(&["--tau2", "REMLL"]),
        pool(&["--level", "100"]),
        pool(&["--digits", "99"]),
        pool(&["--where", "year >"]),
        pool(&["--format", "docx"]),
        pool(&["-o", "result.docx"]),
        pool(&["--taau2", "DL"]),
    ];
    assert_snapshot!(all.join("\n"));
}

#[test]
fn a_clash_is_found_before_the_data_are_read() {
    run(&["pool", "no-such-file.csv", "--model", "glmm", "--tau2", "DL"])
        .code(2)
        .stderr(predicates::str::contains("does not go with"));
}
