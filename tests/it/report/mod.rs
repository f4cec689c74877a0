//! How results look.

mod contract;
mod explain;
#[cfg(feature = "frame")]
mod frames;
mod golden;
mod groups;
mod methods;
mod properties;
mod small_studies;

use resorb::{
    analysis::{Pooled, pooled},
    model::Settings,
    report::{Excluded, Format, InputInfo, Style, write},
    study::Studies,
};

/// The studies of a reference set.
fn reference(name: &str) -> Studies {
    let path = super::reference::folder().join(format!("{name}.csv"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let heads = reader.headers().unwrap().clone();
    let column = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let (study, events, total) = (column("study"), column("events"), column("total"));
    Studies::from_counts(reader.records().map(|record| {
        let record = record.unwrap();
        (record[study].to_owned(), record[events].parse().unwrap(), record[total].parse().unwrap())
    }))
    .unwrap()
}

/// An input of which every row was used.
fn input(source: &str, k: usize) -> InputInfo {
    InputInfo { source: source.to_owned(), rows: k, used: k, ..InputInfo::default() }
}

fn analyse(studies: &Studies, settings: &Settings) -> Pooled {
    pooled(studies, settings, true).unwrap()
}

fn text(pooled: &Pooled, input: &InputInfo, format: Format, style: &Style) -> String {
    let mut out = Vec::new();
    write(&mut out, pooled, input, format, style).unwrap();
    String::from_utf8(out).unwrap()
}

/// `n` rows left out for `reason`, from line `first` on.
fn left_out(first: u64, n: u64, reason: &str) -> Vec<Excluded> {
    (first..first + n)
        .map(|row| Excluded { row, label: format!("Study {row}"), reason: reason.to_owned() })
        .collect()
}
