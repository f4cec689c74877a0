//! The settings under which this crate prints what a named tool prints on the same data.

use serde::{Deserialize, Serialize};

use super::{
    I2, Link, Model, OneStepCi, PredictionMethod, QTest, Settings, Tau2Method, TwoStep, TwoStepCi,
};

/// A named set of choices; each is nothing but a value of [`Settings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    #[serde(rename = "cochrane-2025")]
    /// The Cochrane Handbook as of 2025 and `RevMan`: REML, Hartung–Knapp, Q-profile, t prediction.
    Cochrane2025,
    /// `rma(measure = "PLO")` of R's metafor at its defaults.
    Metafor,
    /// `metaprop` of R's meta at its defaults: GLMM, Wald, Wald-type heterogeneity test.
    Meta,
    /// `DerSimonian` and Laird 1986 as textbooks print it.
    DersimonianLaird,
    /// `combine_effects` of Python's statsmodels at its defaults: Paule–Mandel, normal quantiles.
    Statsmodels,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 5] =
        [Self::Cochrane2025, Self::Metafor, Self::Meta, Self::DersimonianLaird, Self::Statsmodels];

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cochrane2025 => "cochrane-2025",
            Self::Metafor => "metafor",
            Self::Meta => "meta",
            Self::DersimonianLaird => "dersimonian-laird",
            Self::Statsmodels => "statsmodels",
        }
    }

    /// Its choices.
    ///
    /// ```
    /// use resorb::model::{Model, Preset};
    /// assert!(matches!(Preset::Meta.settings().model, Model::Glmm { .. }));
    /// ```
    #[must_use]
    pub fn settings(self) -> Settings {
        let two_step = |tau2, ci, prediction, i2| Settings {
            model: Model::TwoStep(TwoStep { tau2, ci, ..TwoStep::default() }),
            prediction,
            i2,
            ..Settings::default()
        };
        match self {
            Self::Cochrane2025 => {
                two_step(Tau2Method::Reml, TwoStepCi::Hk, PredictionMethod::T, I2::Tau2)
            }
            Self::Metafor => {
                two_step(Tau2Method::Reml, TwoStepCi::Z, PredictionMethod::Normal, I2::Tau2)
            }
            Self::Meta => Settings {
                model: Model::Glmm { link: Link::Logit, ci: OneStepCi::Z, q_test: QTest::WaldAll },
                prediction: PredictionMethod::T,
                i2: I2::Q,
                ..Settings::default()
            },
            Self::DersimonianLaird => {
                two_step(Tau2Method::Dl, TwoStepCi::Z, PredictionMethod::Hts, I2::Q)
            }
            Self::Statsmodels => {
                two_step(Tau2Method::Pm, TwoStepCi::Z, PredictionMethod::None, I2::Q)
            }
        }
    }
}
