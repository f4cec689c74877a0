//! Workbooks: `tests/workbooks/counts.xlsx`, made by the script beside it.

use resorb::data::{self, Decimal, Mapping, Problems, Table, xlsx::XlsxError, xlsx::to_csv_bytes};
use resorb::study::Column;

const BOOK: &[u8] = include_bytes!("../workbooks/counts.xlsx");

fn read(sheet: Option<&str>, decimal: Option<Decimal>) -> Result<Table, Problems> {
    let sheet = sheet.map(str::to_owned);
    data::read(BOOK, &Mapping { sheet, decimal, ..Mapping::default() })
}

#[test]
fn the_first_sheet_reads_and_rows_are_those_of_the_sheet() {
    for decimal in [None, Some(Decimal::Point), Some(Decimal::Comma)] {
        let table = read(None, decimal).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(table.studies.labels(), ["Bush 1992", "Komori, 1996", "Lee 2017"]);
        assert_eq!(table.studies.rows(), [4, 5, 7]);
        let counts = table.studies.counts().unwrap();
        let counts: Vec<(u64, u64)> = counts.iter().map(|c| (c.events(), c.total())).collect();
        assert_eq!(counts, [(64, 84), (35, 77), (486, 505)]);
        let column = |name: &str| table.studies.moderator(name).unwrap().column.clone();
        let numbers = |a, b, c| Column::Number(vec![a, b, c]);
        assert_eq!(column("year"), numbers(Some(1992.0), Some(1996.0), None));
        // Percentages as shown, dates as text, numbers in full.
        assert_eq!(column("share"), numbers(Some(76.2), Some(45.45), Some(7.0)));
        assert_eq!(column("dose"), numbers(Some(1.234), Some(2.5), Some(1.0 / 3.0)));
        let dates = vec![Some("1992-03-01".into()), Some("1996-01-15".into()), None];
        assert_eq!(column("when"), Column::Text(dates));
    }
}

#[test]
fn mistakes_name_the_row_of_the_sheet() {
    let problems = read(Some("mistakes"), None).unwrap_err();
    let found: Vec<String> = problems
        .iter()
        .map(|problem| {
            format!("{}: {}; {}", problem.place.as_ref().unwrap().line, problem.kind, problem.fix)
        })
        .collect();
    assert_eq!(
        found,
        [
            "2: `76.2%` is a percentage, and a count belongs here; if it means 76.2 %, the count is 64: \
             64 of 84",
            "3: `2017-03-04` is not a number; a spreadsheet may have made a date of a count: type it \
             again as text or number",
            "4: `1.5` is not a whole number, as a count must be; write the whole number that was counted",
            "4: `1,234` can be read in two ways: as 1234 or as 1.234; say which mark is the decimal \
             one: --decimal point or --decimal comma",
            "5: the value of `events` is missing; fill it in, or leave such rows out with --missing drop",
        ]
    );
}

#[test]
fn a_sheet_that_is_not_there_is_suggested_or_the_sheets_are_listed() {
    let fix = |sheet: &str| read(Some(sheet), None).unwrap_err().iter().next().unwrap().fix.clone();
    assert_eq!(fix("Count"), "did you mean `Counts`?");
    assert_eq!(fix("Results"), "the sheets are Counts, Mistakes, Empty");
    let problems = read(Some("Empty"), None).unwrap_err();
    assert!(problems.to_string().starts_with("error: the file is empty"), "{problems}");
}

#[test]
fn what_is_no_workbook_says_so() {
    let reason = to_csv_bytes(b"PK\x03\x04 and no more", None, None).unwrap_err();
    assert!(matches!(reason, XlsxError::Unreadable { .. }), "{reason}");
    let mapping = Mapping { sheet: Some("Counts".into()), ..Mapping::default() };
    let problems = data::read(b"study,events,total\nA,1,2\n", &mapping).unwrap_err();
    let text =
        "error: sheet `Counts` was asked for, but this is not an .xlsx workbook; leave --sheet out";
    assert!(problems.to_string().starts_with(text), "{problems}");
}
