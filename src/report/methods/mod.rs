//! What a paper says about an analysis: a paragraph on the methods, written from the settings, and one
//! on the results, written from the result, with the works that they cite.

mod interval;
mod measure;
mod pooling;
mod questions;
mod regression;
mod results;
mod spread;
mod text;
mod write;

pub use results::results;
pub use text::{Part, Text};
pub use write::{Paragraphs, write};

use super::{InputInfo, Style};
use crate::{
    analysis::{Pooled, Sensitivity, Subgroups, small_study::Bias},
    effect::Measure,
    model::{Model, Preset, Regression, Settings, TwoStep},
    plan::Results,
    study::OutcomeKind,
};

/// What was done with the settings: each analysis adds its sentences to both paragraphs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// Where the studies come from.
    pub input: Option<&'a InputInfo>,
    /// The pooled result, which knows what the settings leave open: the kind of outcome, and whether
    /// there are enough studies for a prediction interval.
    pub pooled: Option<&'a Pooled>,
    /// Subgroup analyses.
    pub subgroups: &'a [Subgroups],
    /// Meta-regressions.
    pub regressions: &'a [Regression],
    /// Leave-one-out and influence.
    pub sensitivity: Option<&'a Sensitivity>,
    /// Small-study effects.
    pub bias: Option<&'a Bias>,
    /// How numbers are shown; the default without it.
    pub style: Option<&'a Style>,
}

impl<'a> Context<'a> {
    /// All that a plan came to and paragraphs have sentences for.
    #[must_use]
    pub fn of(results: &'a Results, input: &'a InputInfo, style: &'a Style) -> Self {
        Self {
            input: Some(input),
            pooled: results.pool.as_ref(),
            subgroups: &results.subgroups,
            regressions: &results.regressions,
            sensitivity: results.sensitivity.as_ref(),
            bias: results.bias.as_ref(),
            style: Some(style),
        }
    }

    /// The kind of outcome that was pooled.
    fn kind(&self, settings: &Settings) -> OutcomeKind {
        match (self.pooled, &settings.model) {
            (Some(pooled), _) => pooled.fit.studies.studies().outcomes().kind(),
            (
                None,
                Model::TwoStep(TwoStep { measure, .. }) | Model::MantelHaenszel { measure, .. },
            ) => measure.kind(),
            (None, Model::Glmm { .. } | Model::BetaBinomial { .. }) => OutcomeKind::Proportions,
            (None, Model::Peto | Model::TwoGroupGlmm { .. }) => OutcomeKind::TwoProportions,
            (None, Model::RateGlmm { .. }) => OutcomeKind::Rates,
        }
    }

    /// The measure whose values are shown.
    fn measure(&self, settings: &Settings) -> Measure {
        match &settings.model {
            Model::TwoStep(TwoStep { measure, .. }) | Model::MantelHaenszel { measure, .. } => {
                *measure
            }
            Model::Glmm { .. } | Model::BetaBinomial { .. } => Measure::Plo,
            Model::RateGlmm { .. } => Measure::Irln,
            Model::Peto => Measure::Peto,
            Model::TwoGroupGlmm { .. } if self.kind(settings) == OutcomeKind::TwoRates => {
                Measure::Irr
            }
            Model::TwoGroupGlmm { .. } => Measure::Or,
        }
    }
}

/// The methods paragraph of an analysis by `settings`.
///
/// ```
/// use resorb::{model::Settings, report::methods};
/// let text = methods::paragraph(&Settings::two_step(), &methods::Context::default());
/// assert!(text.plain().contains("restricted maximum likelihood (Viechtbauer 2005)"));
/// assert!(text.bibtex().contains("@article{viechtbauer2005,"));
/// ```
#[must_use]
pub fn paragraph(settings: &Settings, context: &Context<'_>) -> Text {
    let mut text = Text::default();
    pooling::say(&mut text, settings, context);
    spread::say(&mut text, settings);
    interval::say(&mut text, settings, context);
    text.paragraph();
    questions::say(&mut text, settings, context);
    if let Some(preset) = preset(settings) {
        text.sentence(
            &format!(
                "These choices are those of the preset {} ({})",
                preset.name(),
                stands_for(preset)
            ),
            &[],
        );
    }
    text.sentence(
        &format!(
            "Intervals are two-sided at the {} % level; the analyses were done with resorb, version {}",
            settings.level.percent(),
            env!("CARGO_PKG_VERSION")
        ),
        &[],
    );
    text
}

/// The preset that has these choices, whatever the measure, the level and the seed.
fn preset(settings: &Settings) -> Option<Preset> {
    Preset::ALL.into_iter().find(|preset| {
        let mut own = preset.settings();
        if let (Model::TwoStep(own), Model::TwoStep(choices)) = (&mut own.model, &settings.model) {
            let TwoStep { measure, correction, inversion, .. } = *choices;
            *own = TwoStep { measure, correction, inversion, ..*own };
        }
        own.model == settings.model
            && own.prediction == settings.prediction
            && own.i2 == settings.i2
    })
}

/// What a preset stands for, in words.
const fn stands_for(preset: Preset) -> &'static str {
    match preset {
        Preset::Cochrane2025 => "Cochrane Handbook and RevMan as of 2025",
        Preset::Metafor => "the defaults of rma in R's metafor",
        Preset::Meta => "the defaults of metaprop in R's meta",
        Preset::DersimonianLaird => "DerSimonian and Laird as textbooks print it",
        Preset::Statsmodels => "the defaults of combine_effects in Python's statsmodels",
    }
}
