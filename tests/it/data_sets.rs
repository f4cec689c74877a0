//! The data sets that come with the crate, and those of `tests/reference`.

use std::collections::BTreeSet;
use std::path::Path;

use resorb::data::{self, Mapping, Missing, ProblemKind, bundled};
use resorb::study::Column;

fn read(name: &str, mapping: &Mapping) -> Result<data::Table, data::Problems> {
    data::read(bundled::find(name).unwrap().csv.as_bytes(), mapping)
}

/// The counts that `datasets/README.md` states: 15 of 20 studies, 926 of 1,322 patients.
#[test]
fn the_lumbar_data_have_15_of_20_studies() {
    let table = read("ldh_resorption", &Mapping::default()).unwrap();
    assert_eq!((table.rows, table.used), (20, 15));
    let counts = table.studies.counts().unwrap();
    assert_eq!(counts.iter().map(|counts| counts.events()).sum::<u64>(), 926);
    assert_eq!(counts.iter().map(|counts| counts.total()).sum::<u64>(), 1322);
    let left_out: Vec<(u64, &str, String)> = table
        .excluded
        .iter()
        .map(|excluded| (excluded.row, excluded.label.as_str(), excluded.reason.to_string()))
        .collect();
    let reason = || "column include says no".to_owned();
    assert_eq!(
        left_out,
        [
            (4, "Delauche-Cavallier 1992", reason()),
            (5, "Maigne 1992", reason()),
            (8, "Toda 2002", reason()),
            (9, "Keskil 2004", reason()),
            (17, "Elkholy 2019", reason()),
        ]
    );
    assert!(table.notes.is_empty(), "{}", table.notes);
    let all = Mapping { all_rows: true, ..Mapping::default() };
    assert_eq!(read("ldh_resorption", &all).unwrap().used, 20);
    let months = &table.studies.moderator("followup_months").unwrap().column;
    assert!(matches!(months, Column::Number(values) if values[10] == Some(17.0)), "{months:?}");
}

#[test]
fn the_types_of_herniation_tell_rows_of_one_study_apart() {
    let table = read("ldh_resorption_by_type", &Mapping::default()).unwrap();
    assert_eq!((table.rows, table.used), (13, 13));
    assert_eq!(table.notes.summary(), "3 warnings");
    let by_type = Mapping { grouping: Some("herniation_type".into()), ..Mapping::default() };
    assert!(read("ldh_resorption_by_type", &by_type).unwrap().notes.is_empty());
}

#[test]
fn the_predictors_have_two_groups_and_one_of_them_can_be_read_alone() {
    let both = read("ldh_predictors", &Mapping::default()).unwrap();
    assert_eq!(both.studies.two_counts().unwrap().len(), 6);
    let mapping = Mapping {
        events: Some("events_exposed".into()),
        total: Some("n_exposed".into()),
        ..Mapping::default()
    };
    assert_eq!(read("ldh_predictors", &mapping).unwrap().used, 6);
}

#[test]
fn the_claims_of_reviews_cannot_be_pooled_by_accident() {
    let found = read("published_claims", &Mapping::default()).unwrap_err();
    assert!(found.has_errors());
    for problem in found.iter().filter(|problem| problem.severity == data::Severity::Error) {
        assert!(matches!(problem.kind, ProblemKind::Missing { .. }), "{problem}");
        assert!(problem.fix.contains("--missing drop"));
    }
}

#[test]
fn every_column_of_every_data_set_is_in_the_readme() {
    let readme = include_str!("../../datasets/README.md");
    for dataset in bundled::ALL {
        let (_, section) = readme.split_once(&format!("## `{}.csv`", dataset.name)).unwrap();
        let section = section.split("\n## ").next().unwrap();
        for column in dataset.header().split(',') {
            assert!(section.contains(&format!("| `{column}` |")), "{}: {column}", dataset.name);
        }
        assert!(!dataset.cautions.is_empty() && !dataset.description.is_empty());
    }
    let files = std::fs::read_dir("datasets").unwrap().map(|entry| entry.unwrap().file_name());
    let files: BTreeSet<String> = files.map(|name| name.into_string().unwrap()).collect();
    let names = bundled::ALL.iter().map(|dataset| format!("{}.csv", dataset.name));
    assert_eq!(files, names.chain(["README.md".to_owned()]).collect());
}

/// The tables of single proportions among the reference data read without a hint or a problem.
#[test]
fn the_reference_tables_read() {
    for (name, rows) in [
        ("crisafulli2020", 26),
        ("debruin2009", 13),
        ("ldh_resorption", 15),
        ("ldh_resorption_by_type", 13),
        ("nielweise2007_control", 18),
        ("nielweise2007_treated", 18),
        ("pritz1997", 14),
    ] {
        let path = Path::new("tests/reference").join(name).with_extension("csv");
        let table = data::read(&std::fs::read(path).unwrap(), &Mapping::default()).unwrap();
        assert_eq!((table.rows, table.used), (rows, rows), "{name}");
        assert_eq!(table.columns.study.as_deref(), Some("study"));
    }
}

#[test]
fn dropping_what_is_missing_leaves_the_complete_claims() {
    let mapping = Mapping {
        study: Some("review".into()),
        grouping: Some("group".into()),
        missing: Missing::Drop,
        ..Mapping::default()
    };
    let table = read("published_claims", &mapping).unwrap();
    assert_eq!((table.rows, table.used, table.excluded.len()), (14, 7, 7));
}
