//! `resorb check`: columns, rows and problems on standard output.

use insta::assert_snapshot;

use crate::run::{Folder, GOOD, run, stderr, stdout, transcript};

#[test]
fn a_table_without_a_fault() {
    let folder = Folder::with("studies.csv", GOOD);
    assert_snapshot!(transcript(&folder, &["check", "studies.csv"]));
}

#[test]
fn the_lumbar_data() {
    let ran = run(&["check", "ldh_resorption"]).success();
    assert_eq!(stderr(&ran), "");
    assert_snapshot!(stdout(&ran));
}

#[test]
fn warnings_are_no_errors() {
    let table = "events,n\n5,10\n7,12\n";
    let folder = Folder::with("unnamed.csv", table);
    let ran = folder.run(&["check", "unnamed.csv"]).success();
    assert!(stdout(&ran).contains("warning: no column of study names"), "{}", stdout(&ran));
}

#[test]
fn errors_are_the_result_and_the_exit_code_says_so() {
    let folder = Folder::with("bad.csv", "study,events,total\nLee,50,10\nKim,-1,5\n");
    let ran = folder.run(&["check", "bad.csv"]).code(2);
    assert_eq!(stderr(&ran), "");
    let text = stdout(&ran);
    assert!(text.contains("50 events exceed the total of 10"), "{text}");
    assert!(text.contains("`-1` is negative"), "{text}");
    assert!(text.ends_with("bad.csv: 2 errors\n"), "{text}");
}

#[test]
fn every_bundled_table_of_counts_passes() {
    for name in ["ldh_resorption", "ldh_resorption_by_type"] {
        run(&["check", name]).success();
    }
}

#[test]
fn data_are_required() {
    run(&["check"]).code(2).stderr(predicates::str::contains("<DATA>"));
}
