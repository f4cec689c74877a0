//! Whether a rate is consistent with a crude sum: all events over all patients.

use super::{Spread, Stated, WholeCounts, WidthKind};

/// Whether the rate is consistent with a crude sum. It takes both: events over patients round to
/// the rate, and the interval is absent or as wide as that of one sample. `None` where the claim does
/// not say enough.
pub(super) fn crude_sum(stated: &Stated, spread: Option<&Spread>) -> Option<bool> {
    let sum = match (stated.events, stated.total) {
        (Some(events), Some(total)) => Some(stated.rate.covers(events as f64 / total as f64)),
        // Some count nearly always gives the rate; that none does is telling.
        (None, Some(total)) => WholeCounts::of(stated.rate, total).is_empty().then_some(false),
        _ => None,
    };
    let interval = match spread {
        None => Some(true),
        Some(spread) => spread.width.map(|width| width == WidthKind::Binomial),
    };
    match (sum, interval) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}
