//! Effects and sampling variances, from the columns of the CSV.

use resorb::effect::Correction;

use super::{CLOSED, Ledger, SETS, Set};

pub(super) fn compare(ledger: &mut Ledger) {
    for set in SETS.map(Set::open) {
        for code in set.measures() {
            let measure = Set::measure(&code);
            let effects = measure.effects(&set.studies(&code), Correction::default()).unwrap();
            ledger.all_close(&set, &format!("effects/{code}/yi"), effects.yi(), CLOSED);
            ledger.all_close(&set, &format!("effects/{code}/vi"), effects.vi(), CLOSED);
        }
    }
}

#[test]
fn effects_agree() {
    let mut ledger = Ledger::new();
    compare(&mut ledger);
    ledger.assert_clean();
}
