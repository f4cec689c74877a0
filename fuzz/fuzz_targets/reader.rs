//! Any bytes as a table: reading never panics, and what is read is valid.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run reader fuzz/corpus/reader datasets tests/reference`
//! starts from the real files; the last byte of an input chooses the options.

#![no_main]

use libfuzzer_sys::fuzz_target;
use resorb::data::{self, Decimal, Mapping, Missing};
use resorb::study::Filter;

fuzz_target!(|data: &[u8]| {
    let Some((options, bytes)) = data.split_last() else { return };
    let check = data::check(bytes, &mapping(*options));
    for problem in &check.problems {
        assert!(!problem.to_string().is_empty());
        if let Some(excerpt) = problem.excerpt() {
            assert!(excerpt.text.get(excerpt.span.clone()).is_some());
        }
    }
    let Some(table) = check.table else {
        assert!(check.problems.has_errors());
        return;
    };
    assert!(table.used > 0 && table.used + table.excluded.len() == table.rows);
    assert!(table.studies.rows().is_sorted_by(|a, b| a < b));
    let counts = table.studies.counts().unwrap_or_default();
    assert_eq!(counts.len(), table.used);
    assert!(counts.iter().all(|counts| counts.total() > 0 && counts.events() <= counts.total()));
});

/// Options from the bits of a byte.
fn mapping(bits: u8) -> Mapping {
    let bit = |n: u8| bits & (1 << n) != 0;
    let filter = |predicate| Filter::parse(predicate).ok();
    Mapping {
        all_rows: bit(0),
        missing: if bit(1) { Missing::Drop } else { Missing::Error },
        decimal: bit(2).then_some(if bit(3) { Decimal::Comma } else { Decimal::Point }),
        filters: filter("year >= 2000").filter(|_| bit(4)).into_iter().collect(),
        grouping: bit(5).then(|| "group".to_owned()),
        exclude_study: bit(6).then(|| "Lee 2017".to_owned()).into_iter().collect(),
        events: bit(7).then(|| "total".to_owned()),
        ..Mapping::default()
    }
}
