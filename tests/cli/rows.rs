//! Rows that are left out are counted and named.

use serde_json::Value;

use crate::run::{Folder, run, stdout};

const TABLE: &str = "\
study,year,design,events,total,include
A,1995,cohort,5,10,yes
B,2001,cohort,6,12,yes
C,2005,registry,7,14,no
D,2010,trial,8,16,yes
";

fn pool(options: &[&str]) -> (Vec<String>, Vec<(u64, String)>) {
    let folder = Folder::with("table.csv", TABLE);
    let arguments =
        [&["pool", "table.csv", "--no-alternatives", "--format", "json"], options].concat();
    let json: Value = serde_json::from_str(&stdout(&folder.run(&arguments).success())).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let studies = json["studies"].as_array().unwrap().iter();
    let excluded = json["input"]["excluded"].as_array().unwrap().iter();
    (
        studies.map(|study| text(&study["study"])).collect(),
        excluded.map(|row| (row["row"].as_u64().unwrap(), text(&row["reason"]))).collect(),
    )
}

#[test]
fn the_column_include_is_honoured_unless_all_rows_are_asked_for() {
    let (studies, excluded) = pool(&[]);
    assert_eq!(studies, ["A", "B", "D"]);
    assert_eq!(excluded, [(4, "by column include".to_owned())]);
    let (studies, excluded) = pool(&["--all-rows"]);
    assert_eq!((studies.len(), excluded.len()), (4, 0));
}

#[test]
fn predicates_and_names_leave_rows_out() {
    let (studies, excluded) =
        pool(&["--all-rows", "--where", "year >= 2000", "--where", "design in cohort|registry"]);
    assert_eq!(studies, ["B", "C"]);
    assert_eq!(excluded.len(), 2);
    assert!(excluded[0].1.contains("year >= 2000"), "{excluded:?}");
    let (studies, excluded) = pool(&["--exclude-study", "A", "--exclude-study", "d"]);
    assert_eq!(studies, ["B"]);
    assert_eq!(excluded.len(), 3);
}

#[test]
fn the_table_counts_and_names_them() {
    let text = stdout(&run(&["pool", "ldh_resorption", "--no-alternatives"]).success());
    assert!(
        text.starts_with("ldh_resorption: 15 of 20 rows; 5 left out by column include\n"),
        "{text}"
    );
}

#[test]
fn a_row_with_a_missing_value_is_an_error_or_left_out() {
    let folder = Folder::with("table.csv", "study,events,total\nA,5,10\nB,NA,12\nC,4,12\n");
    folder.run(&["pool", "table.csv"]).code(2);
    let text = stdout(
        &folder.run(&["pool", "table.csv", "--no-alternatives", "--missing", "drop"]).success(),
    );
    assert!(
        text.starts_with("table.csv: 2 of 3 rows; 1 left out for a missing value of events"),
        "{text}"
    );
}
