//! The tools, as settings.

use serde::Serialize;

use crate::{
    effect::{Inversion, Measure},
    model::{I2, Model, PredictionMethod, Preset, Settings, Tau2Method, TwoStep, TwoStepCi},
};

/// A tool that pools proportions, at its defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tool {
    /// `rma(measure = "PLO")` of R's metafor.
    Metafor,
    /// `metaprop` of R's meta.
    Meta,
    /// Cochrane's `RevMan` as of 2025, on logits.
    Revman,
    /// `meta esize` and `meta summarize` of Stata 18 (StataCorp 2023, Stata 18 Meta-Analysis Reference
    /// Manual; stata.com/manuals/metametaesize.pdf and metametasummarize.pdf).
    Stata,
    /// `combine_effects` of Python's statsmodels, on logits.
    Statsmodels,
    /// `DerSimonian` and Laird 1986 as textbooks print it.
    Textbook,
}

impl Tool {
    /// All of them; the others are compared with the first.
    pub const ALL: [Self; 6] =
        [Self::Metafor, Self::Meta, Self::Revman, Self::Stata, Self::Statsmodels, Self::Textbook];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Metafor => "metafor",
            Self::Meta => "meta",
            Self::Revman => "RevMan",
            Self::Stata => "Stata",
            Self::Statsmodels => "statsmodels",
            Self::Textbook => "textbook DL",
        }
    }

    /// Its default choices.
    #[must_use]
    pub fn settings(self) -> Settings {
        match self {
            Self::Metafor => Preset::Metafor.settings(),
            Self::Meta => Preset::Meta.settings(),
            Self::Revman => Preset::Cochrane2025.settings(),
            Self::Statsmodels => Preset::Statsmodels.settings(),
            Self::Textbook => Preset::DersimonianLaird.settings(),
            // One proportion: Freeman–Tukey, inverted at the harmonic mean; REML; Wald by normal
            // quantiles; I² from τ²; with `predinterval` by t(k − 2).
            Self::Stata => Settings {
                model: Model::TwoStep(TwoStep {
                    measure: Measure::Pft,
                    inversion: Inversion::Harmonic,
                    tau2: Tau2Method::Reml,
                    ci: TwoStepCi::Z,
                    ..TwoStep::default()
                }),
                prediction: PredictionMethod::Hts,
                i2: I2::Tau2,
                ..Settings::default()
            },
        }
    }
}
