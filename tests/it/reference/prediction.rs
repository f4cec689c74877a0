//! Prediction intervals of REML fits, method by method.

use std::sync::LazyLock;

use resorb::model::{PredictionMethod, Settings, TwoStep};
use serde_json::Value;

use super::{CLOSED, ITERATED, Ledger, MORE, Set};

/// Filled once, for the test of this subject and for those that look at all.
pub(super) static LEDGER: LazyLock<Ledger> = LazyLock::new(|| Ledger::of(compare));

fn compare(ledger: &mut Ledger) {
    for set in MORE.map(Set::open) {
        for (key, prediction) in [
            ("predict_V", PredictionMethod::T),
            ("predict_HTS", PredictionMethod::Hts),
            ("predict_HK", PredictionMethod::Hk),
            ("predict_S", PredictionMethod::Normal),
        ] {
            let settings = Settings { prediction, ..Settings::default() };
            let fit = set.pool(set.default_measure(), TwoStep::default(), settings);
            let ours = fit.prediction.unwrap();
            ledger.close(&set, &format!("{key}/lower"), ours.yi_lower, ITERATED);
            ledger.close(&set, &format!("{key}/upper"), ours.yi_upper, ITERATED);
            let df = format!("{key}/df");
            match set.at(&df) {
                // Normal quantiles have infinitely many degrees of freedom.
                Some(Value::Null) => {
                    ledger.infinite(&set, &df, ours.df.unwrap_or(f64::INFINITY));
                }
                _ => ledger.close(&set, &df, ours.df, CLOSED),
            }
        }
    }
}

#[test]
fn prediction_intervals_agree() {
    LEDGER.assert_clean();
}
