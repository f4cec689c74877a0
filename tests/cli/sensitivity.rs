//! `resorb sensitivity`, `resorb bias` and `resorb gosh` as they are typed.

use insta::assert_snapshot;
use serde_json::Value;

use crate::run::{Folder, GOOD, run, stderr, stdout, transcript};

/// What a mistake is answered with.
fn refusals(cases: &[&[&str]]) -> String {
    let folder = Folder::with("studies.csv", GOOD).and("one.csv", "study,events,total\nLee,5,10\n");
    cases.iter().map(|arguments| transcript(&folder, arguments) + "\n").collect()
}

#[test]
fn mistakes_are_wrong_usage() {
    assert_snapshot!(refusals(&[
        &["sensitivity", "studies.csv", "--cumulative", "yaer"],
        &["sensitivity", "studies.csv", "--above", "1.5"],
        &["sensitivity", "studies.csv", "--resamples", "99"],
        &["sensitivity", "studies.csv", "--bootstrap", "studies", "--resamples", "99"],
        &["bias", "studies.csv", "--null", "1"],
        &["bias", "studies.csv", "--cut-points", "0.025"],
        &["bias", "studies.csv", "--null", "0.5", "--cut-points", "0.5,1.5"],
        &["bias", "studies.csv", "--model", "glmm"],
        &["gosh", "studies.csv", "--budget", "0"],
        &["gosh", "studies.csv", "--sample", "0"],
        &["gosh", "studies.csv", "--preset", "meta"],
    ]));
}

#[test]
fn too_few_studies_cannot_be_analysed() {
    assert_snapshot!(refusals(&[
        &["sensitivity", "one.csv"],
        &["bias", "one.csv"],
        &["gosh", "one.csv"],
    ]));
}

#[test]
fn every_command_needs_data() {
    for command in ["sensitivity", "bias", "gosh"] {
        run(&[command]).code(2).stderr(predicates::str::contains("<DATA>"));
    }
}

#[test]
fn the_bundled_lumbar_data() {
    for (command, words) in [
        ("sensitivity", "Leave one out"),
        ("bias", "Tests of funnel asymmetry"),
        ("gosh", "all 32,767 subsets of the studies"),
    ] {
        let ran = run(&[command, "ldh_resorption"]).success();
        let text = stdout(&ran);
        assert!(text.contains(words) && text.contains("15 studies"), "{text}");
        // Rows left out by the column `include` are said on standard output.
        assert!(text.starts_with("ldh_resorption: 15 of 20 rows"), "{text}");
        assert!(!stderr(&ran).contains("error"), "{}", stderr(&ran));
    }
}

/// JSON for each, the same numbers twice, and one row a subset in the data behind the figure.
#[test]
fn json_and_the_numbers_behind_a_figure() {
    let folder = Folder::with("studies.csv", GOOD);
    let commands: [&[&str]; 3] = [
        &[
            "sensitivity",
            "studies.csv",
            "--cumulative",
            "year",
            "--bootstrap",
            "studies",
            "--resamples",
            "100",
        ],
        &["bias", "studies.csv", "--measure", "PAS"],
        &["gosh", "studies.csv", "--tau2", "DL"],
    ];
    for arguments in commands {
        let json = [arguments, &["--format", "json", "--data-out", "data.csv"]].concat();
        let first = stdout(&folder.run(&json).success());
        assert_eq!(first, stdout(&folder.run(&json).success()));
        let value: Value = serde_json::from_str(&first).unwrap();
        assert_eq!(value["command"], arguments[0]);
        assert_eq!(value["input"]["used"], 4);
        let printed = stdout(&folder.run(&[arguments, &["--format", "csv"]].concat()).success());
        assert_eq!(folder.read("data.csv"), printed);
    }
    let subsets = folder.read("data.csv");
    assert!(
        subsets.starts_with("k,yi,estimate,tau2,i2,Bush 1992,Komori 1996,Ahn 2000,Cribb 2007\n")
    );
    assert_eq!(subsets.lines().count(), 16);
    assert!(subsets.lines().nth(1).unwrap().ends_with(",,,true,false,false,false"), "{subsets}");
}

#[test]
fn markdown_and_latex_have_the_same_words() {
    let folder = Folder::with("studies.csv", GOOD);
    for command in ["sensitivity", "bias", "gosh"] {
        for (format, start) in [("markdown", "| "), ("latex", "\\begin{tabular}")] {
            let text = stdout(&folder.run(&[command, "studies.csv", "--format", format]).success());
            assert!(text.contains(start), "{command} {format}: {text}");
        }
    }
}
