//! The choices of an analysis as they are written: each may be left out.

use serde::{Deserialize, Serialize};

use super::{Ci, ModelKind, words};
use crate::{
    data::{Stated, Table},
    effect::{Correction, CorrectionRule, Inversion, Measure, StudyInterval},
    model::{
        GenqWeights, I2, Level, Link, Model, OneStepCi, PredictionMethod, Preset, QTest, Settings,
        Tau2Ci, Tau2Method, TwoStep,
    },
    study::OutcomeKind,
};

/// The table `[settings]`: what is not given has the default of the model and of what the data hold.
///
/// ```
/// use resorb::{model::Settings, plan::Plan};
/// let plan = Plan::parse("data = \"studies.csv\"\n[settings]\ntau2 = \"DL\"\nci = \"hk\"\n")?;
/// assert!(plan.settings.settings(resorb::study::OutcomeKind::Proportions, None, false).is_ok());
/// # Ok::<(), resorb::plan::PlanProblems>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Choices {
    /// All choices of a named tool; the others change single ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<Preset>,
    /// The model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelKind>,
    /// The effect measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// What is added to corrected cells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub add: Option<f64>,
    /// Which studies get the correction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<CorrectionRule>,
    /// The estimator of `τ²`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tau2: Option<Tau2Method>,
    /// The interval of `τ²`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tau2_ci: Option<Tau2Ci>,
    /// The weights of the generalised Q.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub genq_weights: Option<GenqWeights>,
    /// The interval of the pooled value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ci: Option<Ci>,
    /// The sample size that turns a pooled Freeman–Tukey value back into a rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inversion: Option<Inversion>,
    /// The link of the GLMM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    /// The heterogeneity test of the GLMM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q_test: Option<QTest>,
    /// The prediction interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prediction: Option<PredictionMethod>,
    /// The interval of each study.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub study_ci: Option<StudyInterval>,
    /// Which I² leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub i2: Option<I2>,
    /// The confidence level.
    #[serde(deserialize_with = "words::level", skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// The seed of random procedures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
}

/// Why choices do not make settings.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ChoiceError {
    /// A choice that the model does not have.
    #[error("`{key}` is no choice of the model {model}{}", has(own))]
    NotInModel {
        /// The key.
        key: &'static str,
        /// The model's name.
        model: &'static str,
        /// The choices that it has of its own.
        own: &'static [&'static str],
    },
    /// An interval that the model does not have.
    #[error("the interval `{ci}` is none of the model {model}; it has t, z, pl and bootstrap")]
    NoInterval {
        /// The interval.
        ci: &'static str,
        /// The model's name.
        model: &'static str,
    },
    /// A preset of another model.
    #[error("the preset `{preset}` has the model {own}, not {model}; leave out one of the two")]
    PresetModel {
        /// The preset.
        preset: &'static str,
        /// Its model.
        own: &'static str,
        /// The model that is named beside it.
        model: &'static str,
    },
    /// A choice that changes nothing beside the others.
    #[error("`{key}` changes nothing here: {why}; leave it out")]
    Unused {
        /// The key.
        key: &'static str,
        /// Why it does not apply.
        why: &'static str,
    },
    /// A correction that is negative or not a number.
    #[error(
        "a correction of {add} is not possible; give a finite number of at least 0, such as 0.5"
    )]
    BadCorrection {
        /// What was to be added.
        add: f64,
    },
}

fn has(own: &[&str]) -> String {
    match own {
        [] => ", which has none of its own".to_owned(),
        own => format!(", which has {}", own.join(", ")),
    }
}

impl ModelKind {
    const fn name(self) -> &'static str {
        match self {
            Self::TwoStep => "two-step",
            Self::Glmm => "glmm",
            Self::BetaBinomial => "beta-binomial",
            Self::MantelHaenszel => "mh",
            Self::Peto => "peto",
            Self::CmEl => "cm-el",
            Self::CmAl => "cm-al",
            Self::UmFs => "um-fs",
            Self::UmRs => "um-rs",
        }
    }

    /// The choices that not every model has and this one does.
    const fn own(self) -> &'static [&'static str] {
        match self {
            Self::TwoStep => {
                &["measure", "add", "to", "tau2", "tau2-ci", "genq-weights", "ci", "inversion"]
            }
            Self::Glmm => &["link", "ci", "q-test"],
            Self::MantelHaenszel => &["measure", "add", "to"],
            Self::Peto => &[],
            Self::BetaBinomial | Self::CmEl | Self::CmAl | Self::UmFs | Self::UmRs => &["ci"],
        }
    }
}

impl Choices {
    /// The choices that not every model has, as they are given.
    fn given(&self) -> impl Iterator<Item = &'static str> {
        [
            ("measure", self.measure.is_some()),
            ("add", self.add.is_some()),
            ("to", self.to.is_some()),
            ("tau2", self.tau2.is_some()),
            ("tau2-ci", self.tau2_ci.is_some()),
            ("genq-weights", self.genq_weights.is_some()),
            ("ci", self.ci.is_some()),
            ("inversion", self.inversion.is_some()),
            ("link", self.link.is_some()),
            ("q-test", self.q_test.is_some()),
        ]
        .into_iter()
        .filter(|(_, given)| *given)
        .map(|(key, _)| key)
    }

    /// Whether a choice is made that only the two-step model has.
    fn of_two_step(&self) -> bool {
        self.given().any(|key| !matches!(key, "ci" | "link" | "q-test"))
            || self.ci.is_some_and(|ci| ci.one_step().is_none())
            || matches!(
                self.prediction,
                Some(PredictionMethod::Hk | PredictionMethod::Kr | PredictionMethod::Bootstrap)
            )
    }

    /// The settings for a kind of outcome. `stated` is the measure that the data name themselves, and
    /// `two_step` asks for that model where the choices name none.
    ///
    /// # Errors
    /// [`ChoiceError`] for choices that do not go together.
    pub fn settings(
        &self,
        outcome: OutcomeKind,
        stated: Option<Measure>,
        two_step: bool,
    ) -> Result<Settings, ChoiceError> {
        let preset = self.preset.map(Preset::settings);
        let of_preset = preset.map(|settings| ModelKind::of(&settings.model));
        let kind = match (of_preset, self.model, self.preset) {
            (Some(own), Some(model), Some(preset)) if own != model => {
                let (own, model) = (own.name(), model.name());
                return Err(ChoiceError::PresetModel { preset: preset.name(), own, model });
            }
            (Some(kind), ..) | (None, Some(kind), _) => kind,
            _ if two_step || outcome != OutcomeKind::Proportions || self.of_two_step() => {
                ModelKind::TwoStep
            }
            _ => ModelKind::Glmm,
        };
        if let Some(key) = self.given().find(|key| !kind.own().contains(key)) {
            return Err(ChoiceError::NotInModel { key, model: kind.name(), own: kind.own() });
        }
        if let Some(add) = self.add.filter(|add| !(add.is_finite() && *add >= 0.0)) {
            return Err(ChoiceError::BadCorrection { add });
        }
        // The default of proportions is the measure that every two-step model starts with.
        let suited = (outcome != OutcomeKind::Proportions)
            .then(|| stated.unwrap_or_else(|| Measure::default_for(outcome)));
        let mut settings = preset.unwrap_or_else(|| start(kind));
        // A link, or a test to lead, is of binomial counts.
        if self.link.is_none() && self.q_test.is_none() {
            settings.model = settings.model.for_outcome(outcome);
        }
        self.fill(&mut settings.model, kind, self.measure.or(suited))?;
        self.refuse_unused(&settings.model)?;
        settings.prediction = self.prediction.unwrap_or(settings.prediction);
        settings.study_ci = self.study_ci.unwrap_or(settings.study_ci);
        settings.i2 = self.i2.unwrap_or(settings.i2);
        settings.level = self.level.unwrap_or(settings.level);
        settings.seed = self.seed.unwrap_or(settings.seed);
        Ok(settings)
    }

    /// Refuses choices that the measure and the estimator of a model have no use for.
    fn refuse_unused(&self, model: &Model) -> Result<(), ChoiceError> {
        let Model::TwoStep(TwoStep { measure, tau2, tau2_ci, correction, .. }) = *model else {
            return Ok(());
        };
        let generalised =
            matches!(tau2, Tau2Method::Genq | Tau2Method::Genqm) || tau2_ci == Tau2Ci::Genq;
        let freeman_tukey = matches!(measure, Measure::Pft | Measure::Irft);
        let unused = |key, why| Err(ChoiceError::Unused { key, why });
        if self.inversion.is_some() && !freeman_tukey {
            return unused("inversion", "it is for the Freeman–Tukey measures PFT and IRFT");
        }
        if self.genq_weights.is_some() && !generalised {
            return unused("genq-weights", "neither tau2 nor tau2-ci is a generalised Q");
        }
        let key = if self.add.is_some() { "add" } else { "to" };
        let given = self.add.is_some() || self.to.is_some();
        if given && !measure.takes_correction() {
            return unused(key, "the measure is defined for empty cells and takes no correction");
        }
        if self.add.is_some() && correction.to == CorrectionRule::None {
            return unused("add", "the correction is of no study (to = \"none\")");
        }
        Ok(())
    }

    /// The settings for what a table holds.
    ///
    /// # Errors
    /// Those of [`Choices::settings`].
    pub fn suited(&self, table: &Table, two_step: bool) -> Result<Settings, ChoiceError> {
        let stated = table.stated.map(stated_measure);
        self.settings(table.studies.outcomes().kind(), stated, two_step)
    }

    /// Writes what is given over the choices of a model.
    fn fill(
        &self,
        model: &mut Model,
        kind: ModelKind,
        wanted: Option<Measure>,
    ) -> Result<(), ChoiceError> {
        let one_step = |before: OneStepCi| match self.ci {
            None => Ok(before),
            Some(ci) => ci.one_step().ok_or(ChoiceError::NoInterval {
                ci: match ci {
                    Ci::Hk => "hk",
                    Ci::Adhoc => "adhoc",
                    Ci::Kr => "kr",
                    _ => "hc",
                },
                model: kind.name(),
            }),
        };
        let corrected = |Correction { add, to }| Correction {
            add: self.add.unwrap_or(add),
            to: self.to.unwrap_or(to),
        };
        match model {
            Model::TwoStep(own) => {
                *own = TwoStep {
                    measure: wanted.unwrap_or(own.measure),
                    correction: corrected(own.correction),
                    tau2: self.tau2.unwrap_or(own.tau2),
                    tau2_ci: self.tau2_ci.unwrap_or(own.tau2_ci),
                    genq_weights: self.genq_weights.unwrap_or(own.genq_weights),
                    ci: self.ci.map_or(own.ci, Into::into),
                    inversion: self.inversion.unwrap_or(own.inversion),
                }
            }
            Model::Glmm { link, ci, q_test } => {
                *link = self.link.unwrap_or(*link);
                *ci = one_step(*ci)?;
                *q_test = self.q_test.unwrap_or(*q_test);
            }
            Model::BetaBinomial { ci }
            | Model::TwoGroupGlmm { ci, .. }
            | Model::RateGlmm { ci } => *ci = one_step(*ci)?,
            Model::MantelHaenszel { measure, correction } => {
                *measure = wanted.unwrap_or(*measure);
                *correction = corrected(*correction);
            }
            Model::Peto => {}
        }
        Ok(())
    }
}

/// A model with its defaults.
fn start(kind: ModelKind) -> Settings {
    let with = |model, prediction| Settings { model, prediction, ..Settings::default() };
    let ci = OneStepCi::default();
    match kind {
        ModelKind::TwoStep => Settings::two_step(),
        ModelKind::BetaBinomial => with(Model::BetaBinomial { ci }, PredictionMethod::Bootstrap),
        ModelKind::MantelHaenszel => {
            let (measure, correction) = (Measure::Or, Correction::default());
            with(Model::MantelHaenszel { measure, correction }, PredictionMethod::None)
        }
        ModelKind::Peto => with(Model::Peto, PredictionMethod::None),
        _ => kind.two_group().map_or_else(Settings::default, |kind| {
            with(Model::TwoGroupGlmm { kind, ci }, PredictionMethod::default())
        }),
    }
}

/// The measure that a column states.
#[must_use]
pub const fn stated_measure(stated: Stated) -> Measure {
    match stated {
        Stated::OddsRatio => Measure::Or,
        Stated::RiskRatio => Measure::Rr,
        Stated::RateRatio => Measure::Irr,
        Stated::HazardRatio => Measure::Hr,
        Stated::Ratio => Measure::Ratio,
        Stated::StandardisedMeanDifference => Measure::Smd,
        Stated::FishersZ => Measure::Zcor,
    }
}

impl From<&Settings> for Choices {
    /// Everything that the settings choose, and nothing that does not apply to them.
    fn from(settings: &Settings) -> Self {
        let mut choices = Self {
            model: Some(ModelKind::of(&settings.model)),
            prediction: Some(settings.prediction),
            study_ci: Some(settings.study_ci),
            i2: Some(settings.i2),
            level: Some(settings.level),
            seed: Some(settings.seed),
            ..Self::default()
        };
        let correction = |choices: &mut Self, measure: Measure, given: Correction| {
            if measure.takes_correction() {
                choices.to = Some(given.to);
                choices.add = (given.to != CorrectionRule::None).then_some(given.add);
            }
        };
        match settings.model {
            Model::TwoStep(own) => {
                let generalised = matches!(own.tau2, Tau2Method::Genq | Tau2Method::Genqm)
                    || own.tau2_ci == Tau2Ci::Genq;
                choices.measure = Some(own.measure);
                correction(&mut choices, own.measure, own.correction);
                choices.tau2 = Some(own.tau2);
                choices.tau2_ci = Some(own.tau2_ci);
                choices.genq_weights = generalised.then_some(own.genq_weights);
                choices.ci = Some(own.ci.into());
                choices.inversion =
                    matches!(own.measure, Measure::Pft | Measure::Irft).then_some(own.inversion);
            }
            Model::Glmm { link, ci, q_test } => {
                choices.link = Some(link);
                choices.ci = Some(ci.into());
                choices.q_test = Some(q_test);
            }
            Model::BetaBinomial { ci }
            | Model::TwoGroupGlmm { ci, .. }
            | Model::RateGlmm { ci } => {
                choices.ci = Some(ci.into());
            }
            Model::MantelHaenszel { measure, correction: given } => {
                choices.measure = Some(measure);
                correction(&mut choices, measure, given);
            }
            Model::Peto => {}
        }
        choices
    }
}
