//! What a cell of counts can hold, and what is said about each that it must not.

use resorb::data::{
    self, Decimal, Mapping, Missing, Offer, Place, Problem, ProblemKind, Problems, Severity,
};

fn problems(csv: &str) -> Problems {
    data::read(csv.as_bytes(), &Mapping::default()).unwrap_err()
}

/// The only problem of a table with one row.
fn problem(events: &str, total: &str) -> Problem {
    let found = problems(&format!("study,events,total\nBush 1992,{events},{total}\n"));
    assert_eq!(found.len(), 1, "{found}");
    found.iter().next().cloned().unwrap()
}

fn counts(csv: &str, mapping: &Mapping) -> Vec<(u64, u64)> {
    let table = data::read(csv.as_bytes(), mapping).unwrap();
    let counts = table.studies.counts().unwrap();
    counts.iter().map(|counts| (counts.events(), counts.total())).collect()
}

#[test]
fn more_events_than_patients() {
    let found = problem("90", "84");
    assert_eq!(found.severity, Severity::Error);
    assert_eq!(found.kind.to_string(), "90 events exceed the total of 84");
    assert_eq!(
        found.fix,
        "check whether the two columns are swapped; if it means 90 %, the count is 76: 76 of 84"
    );
    let place = Place { line: 2, column: Some("events".into()), span: 10..12 };
    assert_eq!(found.place, Some(place));
}

#[test]
fn a_negative_count() {
    for cell in ["-5", "−5", "-5.0"] {
        let value = cell.to_owned();
        assert_eq!(problem(cell, "84").kind, ProblemKind::Negative { value });
    }
}

#[test]
fn a_fraction_is_no_count_and_no_percentage_of_the_total_either() {
    let found = problem("23.5", "84");
    assert_eq!(found.kind.to_string(), "`23.5` is not a whole number, as a count must be");
    assert_eq!(
        found.fix,
        "if it means 23.5 % of 84, that is 19.7: the nearest count, 20, is 23.8 %; look it up in the \
         paper"
    );
}

#[test]
fn a_percentage_without_its_sign_is_turned_into_a_count() {
    // 42.86 % of 35 is how Kwon 2009 prints 15 of 35.
    let offer = Offer { percent: 42.86, digits: 2, total: 35, count: 15, fits: true };
    let found = problem("42.86", "35");
    assert_eq!(found.kind, ProblemKind::NotWhole { value: "42.86".into(), offer: Some(offer) });
    assert_eq!(found.fix, "if it means 42.86 %, the count is 15: 15 of 35");
    let found = problem("0.4286", "35");
    assert_eq!(found.kind, ProblemKind::NotWhole { value: "0.4286".into(), offer: Some(offer) });
    // 76.6 % of 84 is no count of 84, which the help says.
    assert!(problem("76.6", "84").fix.contains("the nearest count, 64, is 76.2 %"));
}

#[test]
fn a_percent_sign() {
    let offer = Offer { percent: 26.9, digits: 1, total: 26, count: 7, fits: true };
    for cell in ["26.9%", "26.9 %", "\"26,9 %\""] {
        let found = problem(cell, "26");
        let value = cell.trim_matches('"').to_owned();
        assert_eq!(found.kind, ProblemKind::Percentage { value, offer: Some(offer) });
    }
    let found = problem("7", "100 %");
    assert_eq!(found.kind, ProblemKind::Percentage { value: "100 %".into(), offer: None });
    assert_eq!(found.fix, "write the whole number that was counted");
}

#[test]
fn a_total_of_zero() {
    let found = problem("0", "0");
    assert_eq!(found.kind, ProblemKind::NoPatients);
    assert_eq!(found.place.unwrap().column.as_deref(), Some("total"));
}

#[test]
fn missing_values_are_errors_or_left_out() {
    for cell in ["", "-", "NA", "na", "n/a", "N/A", "NaN", "–", "  "] {
        let kind = ProblemKind::Missing { column: "events".into() };
        assert_eq!(problem(cell, "84").kind, kind, "{cell}");
        let csv = format!("study,events,total\nBush,{cell},84\nKomori,35,77\nAhn,25,-\n");
        let drop = Mapping { missing: Missing::Drop, ..Mapping::default() };
        let table = data::read(csv.as_bytes(), &drop).unwrap();
        assert_eq!((table.rows, table.used), (3, 1));
        let left_out: Vec<String> =
            table.excluded.iter().map(|e| format!("{} {}: {}", e.row, e.label, e.reason)).collect();
        assert_eq!(left_out, ["2 Bush: events is missing", "4 Ahn: total is missing"]);
    }
}

#[test]
fn a_row_that_is_dropped_is_not_checked_further() {
    let csv = "study,events,total\nBush,NA,0\nKomori,35,77\n";
    let drop = Mapping { missing: Missing::Drop, ..Mapping::default() };
    assert_eq!(counts(csv, &drop), [(35, 77)]);
}

#[test]
fn a_missing_name_is_a_missing_value_but_a_study_may_be_called_na() {
    let kind = ProblemKind::Missing { column: "study".into() };
    let found = problems("study,events,total\n,64,84\n");
    assert_eq!(found.iter().next().unwrap().kind, kind);
    let table = data::read(b"study,events,total\nNA,64,84\n", &Mapping::default()).unwrap();
    assert_eq!(table.studies.labels(), ["NA"]);
}

#[test]
fn two_readings_are_both_shown_and_decimal_decides() {
    let csv = "study,events,total\nLee,\"1,234\",5000\n";
    let found = problems(csv);
    let found = found.iter().next().unwrap();
    let kind = ProblemKind::TwoReadings { value: "1,234".into(), point: 1234.0, comma: 1.234 };
    assert_eq!(found.kind, kind);
    assert_eq!(found.kind.to_string(), "`1,234` can be read in two ways: as 1234 or as 1.234");
    assert!(found.fix.contains("--decimal point or --decimal comma"), "{}", found.fix);
    let with = |decimal| Mapping { decimal: Some(decimal), ..Mapping::default() };
    assert_eq!(counts(csv, &with(Decimal::Point)), [(1234, 5000)]);
    let found = data::read(csv.as_bytes(), &with(Decimal::Comma)).unwrap_err();
    let is_fraction = |p: &Problem| matches!(p.kind, ProblemKind::NotWhole { .. });
    assert!(found.iter().all(is_fraction), "{found}");

    let csv = "study,events,total\nLee,1.234,5000\n";
    let kind = ProblemKind::TwoReadings { value: "1.234".into(), point: 1.234, comma: 1234.0 };
    assert_eq!(problems(csv).iter().next().unwrap().kind, kind);
    assert_eq!(counts(csv, &with(Decimal::Comma)), [(1234, 5000)]);
}

#[test]
fn thousands_that_can_be_read_in_one_way_only_are_read() {
    let csv = "study;events;total\nA;1 234;1'000'000\nB;1,234,567;1.234.567\nC;64,0;84.0\n";
    let expected = [(1234, 1_000_000), (1_234_567, 1_234_567), (64, 84)];
    assert_eq!(counts(csv, &Mapping::default()), expected);
}

#[test]
fn words() {
    let fix = |events: &str| {
        let found = problem(events, "84");
        assert!(matches!(found.kind, ProblemKind::NotANumber { .. }), "{found}");
        found.fix
    };
    assert_eq!(fix("64/84"), "put 64 into the column of events and 84 into that of totals");
    assert_eq!(fix("64 (76 %)"), "write 64 if that is the count");
    assert_eq!(fix("many"), "write the count; a missing one is an empty field or NA");
    assert!(fix("2017-03-04").contains("made a date of a count"));
}

#[test]
fn counts_beyond_exact_whole_numbers() {
    for total in ["9007199254740993", "99999999999999999999", "1e300"] {
        let kind = ProblemKind::CountTooLarge { value: total.into() };
        assert_eq!(problem("1", total).kind, kind);
    }
    let csv = "study,events,total\nA,1,9007199254740992\n";
    assert_eq!(counts(csv, &Mapping::default()), [(1, 1 << 53)]);
}

#[test]
fn all_problems_are_listed_at_once_in_the_order_of_the_file() {
    let found = problems("study,events,total\nA,-1,0\nB,3,2\nC,x,\nD,1\n");
    let lines: Vec<(u64, Option<&str>)> = found
        .iter()
        .map(|problem| problem.place.as_ref().unwrap())
        .map(|place| (place.line, place.column.as_deref()))
        .collect();
    let (events, total) = (Some("events"), Some("total"));
    assert_eq!(lines, [(2, events), (2, total), (3, events), (4, events), (4, total), (5, None)]);
    assert_eq!(found.summary(), "6 errors");
}

#[test]
fn a_flood_of_problems_is_counted_and_not_kept() {
    let rows = "A,-1,1\n".repeat(5_000);
    let found = problems(&format!("study,events,total\n{rows}"));
    assert_eq!(found.count_of(Severity::Error), 5_000);
    assert_eq!(found.iter().count(), Problems::KEPT);
    assert!(found.to_string().ends_with("and 4980 more: 5000 errors"));
}
