//! Whether the interval of a claim is that of one sample: a binomial interval under another name.

use serde::Serialize;

use super::{Printed, WholeCounts};
use crate::{
    effect::{Correction, Measure, StudyInterval},
    model::Level,
    study::{Counts, Studies},
};

/// Intervals of one proportion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BinomialInterval {
    /// `p ± z·√(p(1−p)/n)`.
    Wald,
    /// Wald on the logit scale.
    WaldLogit,
    /// Wald on the arcsine scale.
    WaldArcsine,
    /// Score (Wilson 1927).
    Wilson,
    /// Score with continuity correction.
    WilsonCc,
    /// Agresti and Coull 1998.
    AgrestiCoull,
    /// Exact (Clopper and Pearson 1934).
    ClopperPearson,
    /// Exact with mid-P.
    MidP,
    /// Jeffreys.
    Jeffreys,
}

impl BinomialInterval {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Wald,
        Self::WaldLogit,
        Self::WaldArcsine,
        Self::Wilson,
        Self::WilsonCc,
        Self::AgrestiCoull,
        Self::ClopperPearson,
        Self::MidP,
        Self::Jeffreys,
    ];

    /// The name in words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Wald => "Wald",
            Self::WaldLogit => "Wald on the logit scale",
            Self::WaldArcsine => "Wald on the arcsine scale",
            Self::Wilson => "Wilson",
            Self::WilsonCc => "continuity-corrected Wilson",
            Self::AgrestiCoull => "Agresti–Coull",
            Self::ClopperPearson => "Clopper–Pearson",
            Self::MidP => "mid-P",
            Self::Jeffreys => "Jeffreys",
        }
    }

    const fn parts(self) -> (StudyInterval, Measure) {
        match self {
            Self::Wald => (StudyInterval::Wald, Measure::Pr),
            Self::WaldLogit => (StudyInterval::Wald, Measure::Plo),
            Self::WaldArcsine => (StudyInterval::Wald, Measure::Pas),
            Self::Wilson => (StudyInterval::Wilson, Measure::Pr),
            Self::WilsonCc => (StudyInterval::WilsonCc, Measure::Pr),
            Self::AgrestiCoull => (StudyInterval::AgrestiCoull, Measure::Pr),
            Self::ClopperPearson => (StudyInterval::ClopperPearson, Measure::Pr),
            Self::MidP => (StudyInterval::MidP, Measure::Pr),
            Self::Jeffreys => (StudyInterval::Jeffreys, Measure::Pr),
        }
    }

    /// The limits for `events` of `total`; `None` where the interval is not defined.
    #[must_use]
    pub fn limits(self, events: u64, total: u64, level: Level) -> Option<(f64, f64)> {
        let counts = Counts::new(events, total).ok()?;
        let (interval, measure) = self.parts();
        let effect = if interval == StudyInterval::Wald {
            if !counts.is_interior() {
                return None;
            }
            let one = Studies::from_counts([("", events, total)]).ok()?;
            let effects = measure.effects(&one, Correction::default()).ok()?;
            (*effects.yi().first()?, *effects.vi().first()?)
        } else {
            (0.0, 1.0)
        };
        Some(interval.limits(counts, measure, effect, level.tail()))
    }
}

/// A binomial interval that gives the printed limits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Hidden {
    /// Which.
    pub interval: BinomialInterval,
    /// Of how many events.
    pub events: u64,
    /// Lower limit.
    pub ci_lower: f64,
    /// Upper limit.
    pub ci_upper: f64,
}

/// Counts tried at most: with more of them the digits tell nothing apart.
const MOST: usize = 2000;

/// The binomial intervals of `counts` that round to the printed limits.
pub(super) fn hidden(counts: WholeCounts, ci: [Printed; 2], level: Level) -> Vec<Hidden> {
    let [lower, upper] = ci;
    let of = |events: u64| {
        BinomialInterval::ALL.into_iter().filter_map(move |interval| {
            let (ci_lower, ci_upper) = interval.limits(events, counts.total, level)?;
            (lower.covers(ci_lower) && upper.covers(ci_upper)).then_some(Hidden {
                interval,
                events,
                ci_lower,
                ci_upper,
            })
        })
    };
    let mut found: Vec<Hidden> = counts.counts().take(MOST).flat_map(of).collect();
    found.sort_by_key(|hidden| hidden.interval as u8);
    found
}
