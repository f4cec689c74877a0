//! Effects and sampling variances, from the columns of the CSV.

use resorb::{
    effect::{Correction, Measure},
    study::Studies,
};
use serde::Deserialize;

use super::{
    CLOSED, Ledger, Set,
    set::{PROPORTIONS, folder},
};

pub(super) fn compare(ledger: &mut Ledger) {
    for set in PROPORTIONS.map(Set::open) {
        for code in set.measures() {
            let measure = set.measure(&code);
            let effects = measure.effects(&set.studies(&code), Correction::default()).unwrap();
            ledger.all_close(&set, &format!("effects/{code}/yi"), effects.yi(), CLOSED);
            ledger.all_close(&set, &format!("effects/{code}/vi"), effects.vi(), CLOSED);
        }
    }
    // Effects computed elsewhere are taken as the file has them.
    let set = Set::open("raudenbush1985");
    let mut csv = csv::Reader::from_path(folder().join("raudenbush1985.csv")).unwrap();
    let rows: Vec<Row> = csv.deserialize().map(Result::unwrap).collect();
    let studies = rows.into_iter().map(|row| (row.study, row.yi, row.vi));
    let studies = Studies::from_effects(studies).unwrap();
    let effects = Measure::Gen.effects(&studies, Correction::default()).unwrap();
    ledger.all_close(&set, "effects/GEN/yi", effects.yi(), CLOSED);
    ledger.all_close(&set, "effects/GEN/vi", effects.vi(), CLOSED);
}

#[derive(Deserialize)]
struct Row {
    study: String,
    yi: f64,
    vi: f64,
}

#[test]
fn effects_agree() {
    let mut ledger = Ledger::new();
    compare(&mut ledger);
    ledger.assert_clean();
}
