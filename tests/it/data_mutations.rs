//! Real files, damaged: reading one never panics, and what is read is valid.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;
use resorb::data::{self, Decimal, Mapping, Missing, Problems, Severity, Table, bundled};
use resorb::study::Filter;

/// The bundled data sets and the reference tables.
static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let reference =
        std::fs::read_dir("tests/reference").unwrap().map(|entry| entry.unwrap().path());
    let mut reference: Vec<_> =
        reference.filter(|path| path.extension().is_some_and(|e| e == "csv")).collect();
    reference.sort();
    let own = bundled::ALL.iter().map(|dataset| dataset.csv.as_bytes().to_vec());
    own.chain(reference.into_iter().map(|path| std::fs::read(path).unwrap())).collect()
});

/// One way to damage a file.
#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    Delete(Index, usize),
    Insert(Index, Vec<u8>),
    Duplicate(Index, Index, usize),
    SwapLines(Index, Index),
    DeleteLine(Index),
    Truncate(Index),
}

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let length = bytes.len();
        if length == 0 {
            return;
        }
        match self {
            Self::Flip(at, mask) => bytes[at.index(length)] ^= mask,
            Self::Delete(at, count) => {
                let from = at.index(length);
                bytes.drain(from..(from + count).min(length));
            }
            Self::Insert(at, insert) => {
                let from = at.index(length);
                bytes.splice(from..from, insert.iter().copied());
            }
            Self::Duplicate(from, to, count) => {
                let (from, to) = (from.index(length), to.index(length));
                let copy = bytes[from..(from + count).min(length)].to_vec();
                bytes.splice(to..to, copy);
            }
            Self::SwapLines(a, b) => change_lines(bytes, |lines| {
                let count = lines.len();
                lines.swap(a.index(count), b.index(count));
            }),
            Self::DeleteLine(at) => change_lines(bytes, |lines| {
                lines.remove(at.index(lines.len()));
            }),
            Self::Truncate(at) => bytes.truncate(at.index(length)),
        }
    }
}

fn change_lines(bytes: &mut Vec<u8>, change: impl Fn(&mut Vec<&[u8]>)) {
    let copy = bytes.clone();
    let mut lines: Vec<&[u8]> = copy.split(|byte| *byte == b'\n').collect();
    change(&mut lines);
    *bytes = lines.join(&b'\n');
}

/// Bytes that mean something to a reader of tables.
fn telling() -> impl Strategy<Value = Vec<u8>> {
    let words: Vec<&'static [u8]> = vec![
        b",",
        b";",
        b"\t",
        b"\"",
        b"\"\"",
        b"\n",
        b"\r",
        b"\r\n",
        b"#",
        b"\0",
        b"%",
        b"-",
        b"NA",
        b"1,234",
        b"1.234",
        b"23.5",
        b"76.6 %",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfc",
        b"\xc3",
        b" ",
        b"\xc2\xa0",
        b"99999999999999999999",
        b"1e308",
        b"include",
        b"no",
        b"events",
        b"total",
        b"sep=;\n",
        b"PK\x03\x04",
        b"\xe2\x80\xae",
        b"\x1b[31m",
        b"\xe6\x97\xa5",
    ];
    prop_oneof![
        4 => prop::sample::select(words).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 1..6),
    ]
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        1 => (at(), 1..=255_u8).prop_map(|(at, mask)| Damage::Flip(at, mask)),
        1 => (at(), 1..40_usize).prop_map(|(at, count)| Damage::Delete(at, count)),
        3 => (at(), telling()).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        1 => (at(), at(), 1..80_usize).prop_map(|(a, b, n)| Damage::Duplicate(a, b, n)),
        1 => (at(), at()).prop_map(|(a, b)| Damage::SwapLines(a, b)),
        1 => at().prop_map(Damage::DeleteLine),
        1 => at().prop_map(Damage::Truncate),
    ]
}

fn mapping() -> impl Strategy<Value = Mapping> {
    let filters =
        prop::sample::subsequence(vec!["year >= 2000", "events < 50", "study != x"], 0..=2);
    let name = || prop::option::weighted(0.1, prop::sample::select(vec!["total", "Year", "group"]));
    let decimal = prop::option::of(prop::sample::select(vec![Decimal::Comma, Decimal::Point]));
    (filters, name(), name(), any::<bool>(), any::<bool>(), decimal).prop_map(
        |(filters, events, grouping, all_rows, drop, decimal)| Mapping {
            filters: filters.into_iter().map(|filter| Filter::parse(filter).unwrap()).collect(),
            events: events.map(str::to_owned),
            grouping: grouping.map(str::to_owned),
            all_rows,
            missing: if drop { Missing::Drop } else { Missing::Error },
            decimal,
            ..Mapping::default()
        },
    )
}

/// What must hold of every table.
fn is_valid(table: &Table) {
    let k = table.studies.k();
    assert!(k > 0 && table.used == k && table.rows == k + table.excluded.len());
    assert!(!table.notes.has_errors());
    // A damaged name of a column can make another kind of outcome of it.
    let counts = table.studies.counts().unwrap_or_default();
    assert!(counts.iter().all(|counts| counts.events() <= counts.total() && counts.total() > 0));
    assert!((0..k).all(|i| table.studies.outcomes().values(i).iter().all(|x| x.is_finite())));
    let mut lines: Vec<u64> = table.studies.rows().to_vec();
    assert!(lines.is_sorted_by(|a, b| a < b) && lines[0] >= 2);
    assert!(table.excluded.is_sorted_by_key(|excluded| excluded.row));
    lines.extend(table.excluded.iter().map(|excluded| excluded.row));
    lines.sort_unstable();
    assert!(lines.is_sorted_by(|a, b| a < b), "a row is both used and left out");
    for moderator in table.studies.moderators() {
        assert_eq!(moderator.column.len(), k);
        assert!(!moderator.name.is_empty());
    }
    are_placed(&table.notes);
}

/// What must hold of every list of problems: in order, and each place lies in its line.
fn are_placed(problems: &Problems) {
    assert!(problems.iter().is_sorted_by_key(|problem| std::cmp::Reverse(problem.severity)));
    for problem in problems {
        assert!(!problem.to_string().is_empty() && !problem.fix.is_empty());
        if let (Some(place), Some(excerpt)) = (&problem.place, problem.excerpt()) {
            assert!(place.line >= 1 && place.span.start <= place.span.end);
            assert!(excerpt.text.get(excerpt.span.clone()).is_some(), "{problem:?}");
        }
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(1500))]

    #[test]
    fn a_damaged_file_is_read_or_refused(
        file in 0..FILES.len(),
        damages in prop::collection::vec(damage(), 1..6),
        mapping in mapping(),
    ) {
        let mut bytes = FILES[file].clone();
        for damage in &damages {
            damage.apply(&mut bytes);
        }
        let check = data::check(&bytes, &mapping);
        are_placed(&check.problems);
        match &check.table {
            Some(table) => is_valid(table),
            None => assert!(check.problems.count_of(Severity::Error) > 0),
        }
        #[cfg(feature = "cli")]
        for color in [true, false] {
            let _ = resorb::cli::diagnostics::render(&check.problems, "file.csv", color);
        }
    }
}
