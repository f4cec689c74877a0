//! Intervals of the pooled effect that the fits do not have: Henmi–Copas and Kenward–Roger.

use std::sync::LazyLock;

use resorb::model::{PredictionMethod, Settings, Tau2Method, TwoStep, TwoStepCi};

use super::{CLOSED, ITERATED, Ledger, MORE, SETS, Set};

/// Filled once, for the test of this subject and for those that look at all.
pub(super) static LEDGER: LazyLock<Ledger> = LazyLock::new(|| Ledger::of(compare));

fn compare(ledger: &mut Ledger) {
    for set in SETS.map(Set::open) {
        let choices = TwoStep { tau2: Tau2Method::Dl, ci: TwoStepCi::Hc, ..TwoStep::default() };
        let fit = set.pool(set.default_measure(), choices, Settings::default());
        let hc = fit.random.unwrap().pooled;
        ledger.close(&set, "henmi_copas/yi", hc.yi, CLOSED);
        ledger.close(&set, "henmi_copas/se", hc.se, CLOSED);
        ledger.close(&set, "henmi_copas/ci_lower", hc.yi_lower, ITERATED);
        ledger.close(&set, "henmi_copas/ci_upper", hc.yi_upper, ITERATED);
    }
    for set in MORE.map(Set::open) {
        let settings = Settings { prediction: PredictionMethod::Kr, ..Settings::default() };
        let choices = TwoStep { ci: TwoStepCi::Kr, ..TwoStep::default() };
        let fit = set.pool(set.default_measure(), choices, settings);
        let kr = fit.random.unwrap().pooled;
        ledger.close(&set, "kenward_roger/se", kr.se, ITERATED);
        ledger.close(&set, "kenward_roger/df", kr.df, ITERATED);
        ledger.close(&set, "kenward_roger/lower", kr.yi_lower, ITERATED);
        ledger.close(&set, "kenward_roger/upper", kr.yi_upper, ITERATED);
        let prediction = fit.prediction.unwrap();
        assert_eq!(prediction.df, kr.df);
        ledger.close(&set, "kenward_roger/pi_lower", prediction.yi_lower, ITERATED);
        ledger.close(&set, "kenward_roger/pi_upper", prediction.yi_upper, ITERATED);
    }
}

#[test]
fn pooled_intervals_agree() {
    LEDGER.assert_clean();
}
