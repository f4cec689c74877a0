//! Columns that are given, sheets and decimal marks.

use crate::run::{Folder, stderr, stdout};

fn counts(folder: &Folder, arguments: &[&str]) -> Vec<(String, u64, u64)> {
    let all = [&["pool"], arguments, &["--no-alternatives", "--format", "json"]].concat();
    let json: serde_json::Value =
        serde_json::from_str(&stdout(&folder.run(&all).success())).unwrap();
    let study = |study: &serde_json::Value| {
        let number = |key: &str| study[key].as_u64().unwrap();
        (study["study"].as_str().unwrap().to_owned(), number("events"), number("total"))
    };
    json["studies"].as_array().unwrap().iter().map(study).collect()
}

#[test]
fn columns_that_are_given_win_over_common_names() {
    let folder = Folder::with(
        "wide.csv",
        "name,study,cured,events,treated,total\nLee,1,5,1,10,100\nKim,2,6,1,12,100\n",
    );
    let given = ["wide.csv", "--study", "name", "--events", "cured", "--total", "treated"];
    let wanted = [("Lee".to_owned(), 5, 10), ("Kim".to_owned(), 6, 12)];
    assert_eq!(counts(&folder, &given), wanted);
    let found = [("1".to_owned(), 1, 100), ("2".to_owned(), 1, 100)];
    assert_eq!(counts(&folder, &["wide.csv"]), found);
}

#[test]
fn the_decimal_mark_decides_between_two_readings() {
    let folder = Folder::with("marks.csv", "study;events;total\nA;1,234;2,000\nB;1;10\n");
    let refused = folder.run(&["pool", "marks.csv"]).code(2);
    assert!(stderr(&refused).contains("can be read in two ways"), "{}", stderr(&refused));
    let pooled = counts(&folder, &["marks.csv", "--decimal", "point"]);
    assert_eq!(pooled[0], ("A".to_owned(), 1234, 2000));
    folder.run(&["pool", "marks.csv", "--decimal", "comma"]).code(2);
}

#[test]
fn a_sheet_of_a_file_that_is_no_workbook_is_refused() {
    let folder = Folder::with("plain.csv", "study,events,total\nA,1,2\nB,1,3\n");
    let refused = folder.run(&["pool", "plain.csv", "--sheet", "Data"]).code(2);
    assert!(stderr(&refused).contains("leave --sheet out"), "{}", stderr(&refused));
}
