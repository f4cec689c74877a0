//! The bundled data: listed, described, exported without overwriting.

use insta::assert_snapshot;

use crate::run::{Folder, run, stderr, stdout};

#[test]
fn they_are_listed() {
    let text = stdout(&run(&["datasets"]).success());
    assert_eq!(text, stdout(&run(&["datasets", "list"]).success()));
    assert_snapshot!(text);
}

#[test]
fn each_is_described() {
    assert_snapshot!(stdout(&run(&["datasets", "show", "ldh_resorption"]).success()));
    for name in ["ldh_resorption_by_type", "ldh_predictors", "published_claims", "xie2024_stand_in"]
    {
        let text = stdout(&run(&["datasets", "show", name]).success());
        assert!(text.starts_with(name) && text.contains("Be careful"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }
    run(&["datasets", "show", "ldh_resorbtion"])
        .code(2)
        .stderr(predicates::str::contains("did you mean `ldh_resorption`?"));
}

#[test]
fn an_export_is_the_file_itself_and_overwrites_nothing_unasked() {
    let original = include_str!("../../datasets/ldh_predictors.csv");
    let folder = Folder::new();
    let ran = folder.run(&["datasets", "export", "ldh_predictors"]).success();
    assert_eq!(stdout(&ran), "");
    assert_eq!(stderr(&ran), "ldh_predictors written to ldh_predictors.csv\n");
    assert_eq!(folder.read("ldh_predictors.csv"), original);

    let folder = folder.and("ldh_predictors.csv", "mine");
    let refused = folder.run(&["datasets", "export", "ldh_predictors"]).code(2);
    assert!(stderr(&refused).contains("exists already"), "{}", stderr(&refused));
    assert!(stderr(&refused).contains("--force"), "{}", stderr(&refused));
    assert_eq!(folder.read("ldh_predictors.csv"), "mine");

    folder.run(&["datasets", "export", "ldh_predictors", "--force"]).success();
    assert_eq!(folder.read("ldh_predictors.csv"), original);

    folder.run(&["datasets", "export", "ldh_predictors", "other.csv"]).success();
    assert_eq!(folder.read("other.csv"), original);
    assert_eq!(folder.names(), ["ldh_predictors.csv", "other.csv"]);

    let printed = folder.run(&["datasets", "export", "ldh_predictors", "-"]).success();
    assert_eq!(stdout(&printed), original);
}

/// A file of that name is read before the bundled data.
#[test]
fn an_existing_path_wins() {
    let folder = Folder::with("ldh_resorption", "study,events,total\nMine,1,2\nYours,2,4\n");
    let text = stdout(&folder.run(&["check", "ldh_resorption"]).success());
    assert!(text.starts_with("ldh_resorption: 2 of 2 rows are used"), "{text}");
}

/// Reviews share their studies: what they print is there to be compared, never pooled.
#[test]
fn results_of_reviews_are_not_pooled() {
    for args in [
        &["pool", "published_claims", "--missing", "drop"][..],
        &["plot", "funnel", "published_claims", "-o", "x.svg"],
    ] {
        let text = stderr(&run(args).code(2));
        assert!(text.contains("published_claims holds the results of reviews"), "{text}");
        assert!(text.contains("pooling them counts patients twice"), "{text}");
    }
    run(&["check", "published_claims", "--missing", "drop"]).success();
}
