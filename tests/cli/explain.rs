//! `resorb explain`: every term of a table in plain sentences.

use insta::assert_snapshot;

use crate::run::{run, stdout};

#[test]
fn a_term_has_sentences_a_formula_and_a_source() {
    assert_snapshot!(stdout(&run(&["explain", "i2"]).success()));
    for line in stdout(&run(&["explain", "glmm"]).success()).lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn case_and_words_do_not_matter() {
    let term = stdout(&run(&["explain", "prediction-interval"]).success());
    assert_eq!(term, stdout(&run(&["explain", "Prediction", "interval"]).success()));
    assert_eq!(term, stdout(&run(&["explain", "PREDICTION-INTERVAL"]).success()));
}

#[test]
fn without_a_term_all_are_listed() {
    let list = stdout(&run(&["explain"]).success());
    for term in ["i2", "tau2", "prediction-interval", "glmm", "hk"] {
        assert!(list.split_whitespace().any(|word| word == term), "no {term} in\n{list}");
    }
    assert!(list.lines().all(|line| line.chars().count() <= 80), "{list}");
}

#[test]
fn an_unknown_term_is_wrong_usage_with_the_nearest() {
    run(&["explain", "predicton-interval"])
        .code(2)
        .stderr(predicates::str::contains("did you mean `prediction-interval`?"));
    run(&["explain", "quux"]).code(2).stderr(predicates::str::contains("resorb explain"));
}
