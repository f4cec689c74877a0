//! JSON of the commands that describe: check, datasets, explain.

use serde_json::Value;

use crate::run::{Folder, run, stderr, stdout};

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("one JSON document")
}

#[test]
fn check_lists_columns_rows_and_problems() {
    let good = json(&stdout(&run(&["check", "ldh_resorption", "--format", "json"]).success()));
    assert_eq!(good["schema"], "resorb/1");
    assert_eq!(good["command"], "check");
    assert_eq!((&good["input"]["rows"], &good["input"]["used"]), (&20.into(), &15.into()));
    assert_eq!(good["columns"]["events"], "resorbed");
    assert_eq!(good["errors"], 0);

    let folder = Folder::with("bad.csv", "study,events,total\nLee,50,10\nKim,x,10\n");
    let bad = folder.run(&["check", "bad.csv", "--format", "json"]).code(2);
    let bad = json(&stdout(&bad));
    assert_eq!((&bad["columns"], &bad["errors"]), (&Value::Null, &2.into()));
    let first = &bad["problems"][0];
    assert_eq!((&first["line"], &first["column"]), (&2.into(), &"events".into()));
    assert_eq!(first["severity"], "error");
    assert!(first["fix"].as_str().is_some_and(|fix| !fix.is_empty()), "{first}");
}

#[test]
fn data_sets_and_terms() {
    let list = json(&stdout(&run(&["datasets", "--format", "json"]).success()));
    let names: Vec<&str> =
        list["datasets"].as_array().unwrap().iter().map(|d| d["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"ldh_predictors"), "{names:?}");
    let one =
        json(&stdout(&run(&["datasets", "show", "ldh_resorption", "--format", "json"]).success()));
    assert_eq!(one["columns"][0], "study");
    assert!(one["cautions"].as_array().is_some_and(|cautions| cautions.len() > 2));
    let term = json(&stdout(&run(&["explain", "I-squared", "--format", "json"]).success()));
    assert_eq!(term["term"], "i2");
    let terms = json(&stdout(&run(&["explain", "--format", "json"]).success()));
    assert!(terms["terms"].as_array().is_some_and(|terms| terms.len() > 60));
}

/// Counts of ten digits leave the names little room: they wrap instead of being cut.
#[test]
fn long_names_wrap_beside_wide_numbers() {
    let csv = "study,events,total\nA,3,1000000000\nB,40000000,1200000000\nC,5000,1200000000\n";
    let folder = Folder::with("wide.csv", csv);
    let text = stdout(&folder.run(&["pool", "wide.csv", "--model", "two-step"]).success());
    assert!(text.contains("Random effects    40005003/3400000000"), "{text}");
    assert!(text.contains("\n  (median study)\n"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

/// `pool --permutations` selects the two-step model, needs a null value, and says what it did.
#[test]
fn a_permutation_test_of_the_pooled_value() {
    let asked = ["pool", "ldh_resorption", "--permutations", "40000"];
    let refused = run(&asked).code(2);
    assert!(stderr(&refused).contains("--null 0.5"), "{}", stderr(&refused));
    let text = stdout(&run(&[&asked[..], &["--null", "0.5"]].concat()).success());
    assert!(text.contains("two-step logit, REML (selected by --permutations)"), "{text}");
    assert!(text.contains("null 50.0 %  |t| = 1.65, p = 0.113; all 32,768 changes"), "{text}");
    let options = ["--null", "0.5", "--format", "json"];
    let document = json(&stdout(&run(&[&asked[..], &options].concat()).success()));
    assert_eq!(document["permutation"]["permutations"], 32768);
    run(&[&asked[..], &["--null", "0.5", "--model", "glmm"]].concat())
        .code(2)
        .stderr(predicates::str::contains("`--permutations` does not go with `--model glmm`"));
}
