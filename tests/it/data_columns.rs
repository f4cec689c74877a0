//! How columns are found, and what is said when they are not.

use resorb::data::{self, Mapping, ProblemKind, Problems, Role, Severity, Table};
use resorb::study::Column;

fn read(csv: &str, mapping: &Mapping) -> Result<Table, Problems> {
    data::read(csv.as_bytes(), mapping)
}

fn kinds(csv: &str, mapping: &Mapping) -> Vec<ProblemKind> {
    read(csv, mapping).unwrap_err().iter().map(|problem| problem.kind.clone()).collect()
}

#[test]
fn common_names_are_tried_in_order() {
    for study in data::STUDY_NAMES {
        for events in data::EVENTS_NAMES {
            for total in data::TOTAL_NAMES {
                let csv = format!("x,{total},{},{events}\n9,84,Bush,64\n", study.to_uppercase());
                let table = read(&csv, &Mapping::default()).unwrap();
                assert_eq!(table.columns.study, Some(study.to_uppercase()));
                assert_eq!(
                    (table.columns.outcome[0].1.as_str(), table.columns.outcome[1].1.as_str()),
                    (events, total)
                );
                assert_eq!(table.columns.moderators, ["x"]);
            }
        }
    }
    let csv = "label,study,xi,events,sample,n\na,Bush,1,64,2,84\n";
    let columns = read(csv, &Mapping::default()).unwrap().columns;
    assert_eq!(columns.study.as_deref(), Some("study"));
    assert_eq!((columns.outcome[0].1.as_str(), columns.outcome[1].1.as_str()), ("events", "n"));
}

#[test]
fn columns_that_are_named_win_over_common_names() {
    let csv = "study,events,total,trial,healed,at risk\nA,1,2,Bush,64,84\n";
    let mapping = Mapping {
        study: Some("Trial".into()),
        events: Some("healed".into()),
        total: Some("AT RISK".into()),
        ..Mapping::default()
    };
    let table = read(csv, &mapping).unwrap();
    assert_eq!(table.studies.labels(), ["Bush"]);
    assert_eq!(table.studies.counts().unwrap()[0].total(), 84);
    assert_eq!(table.columns.moderators, ["study", "events", "total"]);
}

#[test]
fn the_year_is_found_and_stays_a_moderator() {
    let csv = "study,Year,published,events,total\nBush,1992,1993,64,84\n";
    let table = read(csv, &Mapping::default()).unwrap();
    assert_eq!(table.columns.year.as_deref(), Some("Year"));
    assert_eq!(table.columns.moderators, ["Year", "published"]);
    let mapping = Mapping { year: Some("published".into()), ..Mapping::default() };
    assert_eq!(read(csv, &mapping).unwrap().columns.year.as_deref(), Some("published"));
}

#[test]
fn a_column_that_does_not_exist_is_suggested() {
    let csv = "study,year,resorbed,total\nBush,1992,64,84\n";
    let mapping = Mapping { events: Some("resorbd".into()), ..Mapping::default() };
    let found = read(csv, &mapping).unwrap_err();
    let found = found.iter().next().unwrap();
    assert_eq!(found.kind.to_string(), "there is no column `resorbd` for events");
    assert_eq!(found.fix, "did you mean `resorbed`?");
    let mapping = Mapping { total: Some("denominator".into()), ..Mapping::default() };
    let found = read(csv, &mapping).unwrap_err();
    assert_eq!(found.iter().next().unwrap().fix, "the columns are study, year, resorbed, total");
}

#[test]
fn every_missing_column_is_named() {
    let csv = "study,year,healed,reached\nBush,1992,64,84\n";
    let mapping =
        Mapping { grouping: Some("typ".into()), needed: vec!["yeer".into()], ..Mapping::default() };
    let roles: Vec<Role> = kinds(csv, &mapping)
        .iter()
        .map(|kind| match kind {
            ProblemKind::NoColumn { role, .. } | ProblemKind::UnknownColumn { role, .. } => *role,
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(roles, [Role::Grouping, Role::Moderator, Role::Events, Role::Total]);
}

#[test]
fn two_columns_of_one_name_are_an_error() {
    let csv = "study,events,total,year,total,year,total\nBush,64,84,1,2,3,4\n";
    let expected = [("total", 3), ("year", 2)]
        .map(|(name, count)| ProblemKind::DuplicateColumn { name: name.into(), count });
    assert_eq!(kinds(csv, &Mapping::default()), expected);
}

#[test]
fn a_name_that_fits_two_columns_but_for_case_is_an_error() {
    let csv = "study,Events,EVENTS,total\nBush,64,1,84\n";
    let mapping = Mapping { events: Some("events".into()), ..Mapping::default() };
    let fitting = vec!["Events".into(), "EVENTS".into()];
    let kind = ProblemKind::AmbiguousColumn { name: "events".into(), fitting };
    let alike = ProblemKind::SameButForCase { names: "`Events`, `EVENTS`".into() };
    assert_eq!(kinds(csv, &mapping), [kind, alike]);
    let mapping = Mapping { events: Some("EVENTS".into()), ..Mapping::default() };
    assert_eq!(read(csv, &mapping).unwrap().columns.outcome[0].1, "EVENTS");
}

#[test]
fn one_column_cannot_be_events_and_total() {
    let csv = "study,events,total\nBush,64,84\n";
    let mapping =
        Mapping { events: Some("total".into()), total: Some("total".into()), ..Mapping::default() };
    let roles = [Role::Events, Role::Total];
    assert_eq!(
        kinds(csv, &mapping),
        [ProblemKind::ColumnUsedTwice { name: "total".into(), roles }]
    );
}

#[test]
fn without_a_column_of_names_the_lines_name_the_studies() {
    let table = read("id,events,total\nBush,64,84\n", &Mapping::default()).unwrap();
    assert_eq!(table.studies.labels(), ["line 2"]);
    let warning = table.notes.iter().next().unwrap();
    assert_eq!(warning.severity, Severity::Warning);
    assert_eq!(warning.fix, "name the column with --study COL; the columns are id, events, total");
}

#[test]
fn a_file_without_a_header_or_with_a_title_is_recognised() {
    assert_eq!(kinds("Bush,64,84\nKomori,35,77\n", &Mapping::default()), [ProblemKind::NoHeader]);
    for separator in [",", ";", "\t"] {
        let csv = "My table\n\nstudy,events,total\nBush,64,84\n".replace(',', separator);
        assert_eq!(kinds(&csv, &Mapping::default()), [ProblemKind::TitleLine]);
    }
    // As a spreadsheet saves a title in the first cell.
    let csv = "Table 2. Resorption,,\nstudy,events,total\nBush,64,84\n";
    assert_eq!(kinds(csv, &Mapping::default()), [ProblemKind::TitleLine]);
}

#[test]
fn a_column_without_a_name_is_dropped_when_blank_and_numbered_when_not() {
    let table = read(",study,events,total,,\n0,Bush,64,84,,\n", &Mapping::default()).unwrap();
    assert_eq!(table.columns.moderators, ["column 1"]);
}

#[test]
fn other_columns_are_numbers_when_every_cell_is_and_text_otherwise() {
    let csv = "study,events,total,year,country,dose,share,mixed\n\
               A,1,2,1992,NA,1.5,45 %,5\nB,1,2,,Italy,NA,,x\nC,1,2,2001,-,-3e-1,7 %,6 %\n";
    let table = read(csv, &Mapping::default()).unwrap();
    let column = |name: &str| table.studies.moderator(name).unwrap().column.clone();
    assert_eq!(column("year"), Column::Number(vec![Some(1992.0), None, Some(2001.0)]));
    assert_eq!(column("dose"), Column::Number(vec![Some(1.5), None, Some(-0.3)]));
    assert_eq!(column("share"), Column::Number(vec![Some(45.0), None, Some(7.0)]));
    let text = |cells: [Option<&str>; 3]| Column::Text(cells.map(|c| c.map(Into::into)).to_vec());
    // A word that means "missing" among numbers is a word like any other in a column of text.
    assert_eq!(column("country"), text([Some("NA"), Some("Italy"), Some("-")]));
    assert_eq!(column("mixed"), text([Some("5"), Some("x"), Some("6 %")]));
}

#[test]
fn the_decimal_mark_of_moderators_follows_the_file() {
    let column = |csv: &str| {
        let table = read(csv, &Mapping::default()).unwrap();
        (table.studies.moderator("x").unwrap().column.clone(), table.notes.len())
    };
    let numbers = |a: f64, b: f64| Column::Number(vec![Some(a), Some(b)]);
    let rows = |x: [&str; 2], y: [&str; 2]| {
        format!("study;events;total;x;y\nA;1;2;{};{}\nB;1;2;{};{}\n", x[0], y[0], x[1], y[1])
    };
    // One cell settles its column; another column settles one that is open.
    assert_eq!(column(&rows(["1,234", "0,5"], ["", ""])), (numbers(1.234, 0.5), 0));
    assert_eq!(column(&rows(["1,234", "2,345"], ["0,5", "1"])), (numbers(1.234, 2.345), 0));
    assert_eq!(column(&rows(["1,234", "2,345"], ["0.5", "1"])), (numbers(1234.0, 2345.0), 0));
    // Nothing settles it: the separator does, with a warning.
    assert_eq!(column(&rows(["1,234", "2,345"], ["", ""])), (numbers(1.234, 2.345), 1));
    // With commas between fields `1.234` is what it looks like.
    let csv = "study,events,total,x\nA,1,2,1.234\nB,1,2,2.345\n";
    assert_eq!(column(csv), (numbers(1.234, 2.345), 0));
}

#[test]
fn missing_cells_count_only_in_columns_that_are_used() {
    let csv = "study,events,total,year,type\nA,1,2,NA,\nB,1,2,2001,bulge\n";
    assert!(read(csv, &Mapping::default()).is_ok());
    let mapping = Mapping {
        needed: vec!["year".into()],
        grouping: Some("type".into()),
        ..Mapping::default()
    };
    let missing = ["year", "type"].map(|c| ProblemKind::Missing { column: c.into() });
    assert_eq!(kinds(csv, &mapping), missing);
    let notes = data::check(csv.as_bytes(), &Mapping::default()).problems;
    assert_eq!(notes.summary(), "2 notes");
}

#[test]
fn columns_that_differ_only_in_capitals_are_named() {
    let csv = "study,Events,events,total\nBush,63,64,84\nKomori,30,35,77\n";
    let table = read(csv, &Mapping::default()).unwrap();
    let warning = table.notes.iter().next().unwrap();
    assert_eq!(warning.severity, Severity::Warning);
    assert_eq!(warning.kind.to_string(), "the columns `Events`, `events` differ only in capitals");
    // The common name in lower case comes first, another spelling when it is asked for.
    assert_eq!(table.columns.outcome[0].1, "events");
    let asked = Mapping { events: Some("Events".to_owned()), ..Mapping::default() };
    assert_eq!(read(csv, &asked).unwrap().columns.outcome[0].1, "Events");
}
