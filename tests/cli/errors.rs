//! Every error of a table: what is wrong, where, and what to do, with exit code 2.

use insta::assert_snapshot;

use crate::run::{Folder, transcript};

/// What `resorb pool bad.csv` says about a table.
fn pool(table: impl AsRef<[u8]>, options: &[&str]) -> String {
    let folder = Folder::with("bad.csv", table);
    let text = transcript(&folder, &[&["pool", "bad.csv"], options].concat());
    assert!(text.contains("exit code 2\n--- stderr\n"), "{text}");
    text
}

#[test]
fn counts() {
    let tables = [
        "study,events,total\nBush 1992,90,84\nLee,5,10\n",
        "study,events,total\nBush 1992,-3,84\nLee,5,10\n",
        "study,events,total\nBush 1992,23.5,84\nLee,5,10\n",
        "study,events,total\nBush 1992,76.2,84\nLee,5,10\n",
        "study,events,total\nBush 1992,76.2 %,84\nLee,5,10\n",
        "study,events,total\nBush 1992,0,0\nLee,5,10\n",
        "study,events,total\nBush 1992,NA,84\nLee,5,10\n",
        "study,events,total\nBush 1992,sixty,84\nLee,5,10\n",
        "study;events;total\nBush 1992;1,234;2,000\nLee;5;10\n",
        "study,events,total\nBush 1992,5,9007199254740994\nLee,5,10\n",
    ];
    let all: Vec<String> = tables.iter().map(|table| pool(table, &[])).collect();
    assert_snapshot!(all.join("\n"));
}

#[test]
fn shapes() {
    let all = [
        pool("study,events,total\nBush 1992,64\nLee,5,10\n", &[]),
        pool("study,events,total\nBush 1992,64,84,1992\nLee,5,10\n", &[]),
        pool("study,events,events,total\nBush 1992,64,64,84\n", &[]),
        pool("study,events,total\n", &[]),
        pool("", &[]),
        pool("a,b,c\n1,2,3\n", &[]),
        pool(b"\x89PNG\r\n\x1a\n\0\0\0".as_slice(), &[]),
        pool(b"study,events\0,total\n".as_slice(), &[]),
        pool("study,events,total,include\nBush 1992,64,84,maybe\n", &[]),
        pool("study,events,total,include\nBush 1992,64,84,no\n", &[]),
    ];
    assert_snapshot!(all.join("\n"));
}

#[test]
fn names() {
    let table = "study,year,events,total\nBush 1992,1992,64,84\nLee 2017,2017,5,10\n";
    let all = [
        pool(table, &["--events", "evnts"]),
        pool(table, &["--events", "total", "--total", "total"]),
        pool(table, &["--where", "yaer >= 2000"]),
        pool(table, &["--where", "year >= 3000"]),
        pool(table, &["--exclude-study", "Lee 2071"]),
    ];
    assert_snapshot!(all.join("\n"));
}

#[test]
fn files() {
    let folder = Folder::with("studies.csv", "study,events,total\nA,1,2\n");
    std::fs::create_dir(folder.path("folder")).unwrap();
    std::fs::write(folder.path("folder/table.csv"), "").unwrap();
    let all = [
        transcript(&folder, &["pool", "studis.csv"]),
        transcript(&folder, &["pool", "ldh_resorbtion"]),
        transcript(&folder, &["pool", "nothing/like/it.csv"]),
        transcript(&folder, &["check", "folder"]),
    ];
    assert_snapshot!(all.join("\n"));
}

#[test]
fn all_at_once_the_first_twenty_shown() {
    let rows: Vec<String> = (1..=30).map(|i| format!("Study {i},{},{i}", i + 1)).collect();
    let text = pool(format!("study,events,total\n{}\n", rows.join("\n")), &[]);
    assert_eq!(text.matches("error: ").count(), 20, "{text}");
    assert!(text.ends_with("bad.csv: 30 errors; 10 more than are shown\n"), "{text}");
}

#[test]
fn different_faults_of_one_table_are_listed_together() {
    let table = "study,events,total\nA,11,10\nB,-1,10\nC,5\nD,,10\nA,3,x\n";
    assert_snapshot!(pool(table, &[]));
}

/// Nothing is wrong with the table or the options, but the logit of 0 of 10 is infinite.
#[test]
fn an_analysis_that_cannot_be_done_has_exit_code_1() {
    let folder = Folder::with("zero.csv", "study,events,total\nA,0,10\nB,5,10\nC,4,12\n");
    assert_snapshot!(transcript(&folder, &["pool", "zero.csv", "--to", "none"]));
}
