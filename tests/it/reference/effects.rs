//! Effects and sampling variances, from the columns of the CSV.

use std::sync::LazyLock;

use resorb::effect::Correction;

use super::{CLOSED, Ledger, SETS, Set};

/// Filled once, for the test of this subject and for those that look at all.
pub(super) static LEDGER: LazyLock<Ledger> = LazyLock::new(|| Ledger::of(compare));

fn compare(ledger: &mut Ledger) {
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
    LEDGER.assert_clean();
}
