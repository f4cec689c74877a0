//! How values on the analysis scale are labelled: log odds as rates, logarithms as ratios.

use super::{Axis, FigureError, Look, Numbers, Scale, Spread, panel::Side};
use crate::{
    effect::{CorrectionRule, Measure},
    model::{Fit, Link, Model, Settings},
    numeric::special::expit,
};

/// How values on the analysis scale are labelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Labels {
    /// As they are.
    #[default]
    Plain,
    /// Log odds as rates.
    Logit,
    /// Logarithms as ratios.
    Log,
    /// Values that are rates themselves.
    Rate,
    /// Logarithms of ratios of groups, as ratios.
    Ratio,
}

impl Labels {
    /// The labels for the analysis scale of a model.
    #[must_use]
    pub const fn of(settings: &Settings) -> Self {
        match &settings.model {
            Model::TwoStep(two_step) => match two_step.measure {
                Measure::Plo => Self::Logit,
                Measure::Pln => Self::Log,
                Measure::Pr => Self::Rate,
                measure if measure.is_log() => Self::Ratio,
                _ => Self::Plain,
            },
            Model::Glmm { link: Link::Logit, .. } | Model::BetaBinomial { .. } => Self::Logit,
            Model::Peto | Model::TwoGroupGlmm { .. } | Model::RateGlmm { .. } => Self::Ratio,
            Model::MantelHaenszel { measure, .. } if measure.is_log() => Self::Ratio,
            Model::Glmm { .. } | Model::MantelHaenszel { .. } => Self::Plain,
        }
    }

    /// What the values are called.
    #[must_use]
    pub const fn effect(self) -> &'static str {
        match self {
            Self::Plain => "Effect",
            Self::Ratio => "Ratio",
            _ => "Rate",
        }
    }

    /// What the values of a fit are called: ratios by the name of their measure.
    pub(super) fn effect_of(fit: &Fit) -> &'static str {
        match Self::of(&fit.settings) {
            Self::Ratio => fit.studies.measure().symbol(),
            labels => labels.effect(),
        }
    }

    /// The value that a label shows.
    #[must_use]
    pub fn shown(self, y: f64) -> f64 {
        match self {
            Self::Plain | Self::Rate => y,
            Self::Logit => expit(y),
            Self::Log | Self::Ratio => y.exp(),
        }
    }

    /// The value on the analysis scale that a label shows.
    #[must_use]
    pub fn hidden(self, x: f64) -> f64 {
        match self {
            Self::Plain | Self::Rate => x,
            Self::Logit => (x / (1.0 - x)).ln(),
            Self::Log | Self::Ratio => x.ln(),
        }
    }

    /// The scale in which labels are written.
    pub(super) const fn scale(self, look: &Look) -> Scale {
        match self {
            Self::Plain | Self::Ratio => Scale::Plain,
            _ => look.scale,
        }
    }

    /// A side of a panel over the analysis scale from `low` to `high` with at most `most` ticks.
    pub(super) fn side(
        self,
        effect: &str,
        look: &Look,
        (low, high): (f64, f64),
        most: usize,
    ) -> Result<Side, FigureError> {
        let axis = Axis::new(Spread::Linear, (low, high), (0.0, 1.0))?;
        let scale = self.scale(look);
        let (spread, remark) = match self {
            Self::Plain | Self::Rate => (Spread::Linear, ""),
            Self::Logit => (Spread::Logit, " (logit axis)"),
            Self::Log | Self::Ratio => (Spread::Log, " (log axis)"),
        };
        let shown = Axis::new(spread, (self.shown(low), self.shown(high)), (0.0, 1.0))?;
        let numbers = Numbers::new(scale, None, look.theme().mark, 1.0);
        let mut ticks = shown.ticks(numbers, most);
        if self == Self::Rate {
            // Room beside 0 and 1 has no rates.
            ticks.retain(|&(value, _)| (-1e-9..=1.0 + 1e-9).contains(&value));
        }
        let ticks = ticks.into_iter().map(|(value, label)| (self.hidden(value), label)).collect();
        Ok(Side::labelled(axis, ticks, format!("{}{remark}", scale.heading(effect))))
    }
}

/// Which studies stand where a correction puts them: 0/n and n/n where the analysis scale has no place
/// for them, in the order of the fit.
pub(super) fn corrected(fit: &Fit) -> Vec<bool> {
    let moves = match &fit.settings.model {
        Model::TwoStep(two_step) => {
            two_step.measure.takes_correction() && two_step.correction.to != CorrectionRule::None
        }
        _ => true,
    };
    let end = |s: &crate::model::StudyRow<'_>| s.events == Some(0) || s.events == s.total;
    fit.studies.iter().map(|s| moves && s.events.is_some() && end(&s)).collect()
}

/// What a legend says of them.
pub(super) const CORRECTED: &str = "0/n or n/n, placed by a correction";

/// How many ticks have room along a width.
pub(super) fn room_for_ticks(width: f64, size: f64) -> usize {
    let room = (width / (5.0 * size)).floor().clamp(3.0, 8.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let most = room as usize;
    most
}

/// The smallest and the largest of the finite values.
pub(super) fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values
        .filter(|x| x.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
}

/// A range a little wider than the values, so that no mark stands on an edge.
pub(super) fn padded((low, high): (f64, f64), share: f64) -> (f64, f64) {
    let pad = share * (high - low).max(0.2);
    (low - pad, high + pad)
}
