//! How results look: golden files of every format.

use resorb::{analysis::pooled, model::*, report::*, study::Studies};

pub(crate) fn reference(name: &str) -> Studies {
    let path = super::reference::folder().join(format!("{name}.csv"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let heads = reader.headers().unwrap().clone();
    let column = |names: &[&str]| heads.iter().position(|head| names.contains(&head)).unwrap();
    let (study, events, total) =
        (column(&["study"]), column(&["events", "xi", "resorbed"]), column(&["total", "ni"]));
    Studies::from_counts(reader.records().map(|record| {
        let record = record.unwrap();
        (record[study].to_owned(), record[events].parse().unwrap(), record[total].parse().unwrap())
    }))
    .unwrap()
}

#[test]
fn scratch() {
    for name in ["pritz1997", "nielweise2007_treated", "ldh_resorption"] {
        let studies = reference(name);
        let answer = pooled(&studies, &Settings::two_step(), true).unwrap();
        let input = InputInfo {
            source: name.into(),
            rows: studies.k(),
            used: studies.k(),
            ..InputInfo::default()
        };
        for format in [Format::Csv] {
            let mut out = Vec::new();
            write(&mut out, &answer, &input, format, &Style::default()).unwrap();
            println!("{}", String::from_utf8(out).unwrap());
        }
    }
}
