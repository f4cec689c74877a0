//! Profile-likelihood and generalised-Q intervals of τ².

use std::sync::LazyLock;

use resorb::model::{GenqWeights, Settings, Tau2Ci, Tau2Method, TwoStep};

use super::{CLOSED, ITERATED, Ledger, MORE, Set};

/// Filled once, for the test of this subject and for those that look at all.
pub(super) static LEDGER: LazyLock<Ledger> = LazyLock::new(|| Ledger::of(compare));

fn compare(ledger: &mut Ledger) {
    for set in MORE.map(Set::open) {
        let measure = set.default_measure();
        let choices = TwoStep { tau2_ci: Tau2Ci::Pl, ..TwoStep::default() };
        let pl = set.pool(measure, choices, Settings::default()).heterogeneity;
        ledger.close(&set, "confint_pl_reml/0", pl.tau2_lower, ITERATED);
        ledger.close(&set, "confint_pl_reml/1", pl.tau2_upper, ITERATED);

        let choices = TwoStep {
            tau2: Tau2Method::Genq,
            tau2_ci: Tau2Ci::Genq,
            genq_weights: GenqWeights::Variance,
            ..TwoStep::default()
        };
        let genq = set.pool(measure, choices, Settings::default()).heterogeneity;
        ledger.close(&set, "genq_inverse_variance/tau2", genq.tau2, CLOSED);
        ledger.close(&set, "genq_inverse_variance/lower", genq.tau2_lower, ITERATED);
        ledger.close(&set, "genq_inverse_variance/upper", genq.tau2_upper, ITERATED);
    }
}

#[test]
fn tau2_intervals_agree() {
    LEDGER.assert_clean();
}
