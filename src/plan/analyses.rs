//! The tables of single analyses, each with the options of its command, and what they ask for.

use serde::{Deserialize, Serialize};

use super::{AnalysisError, ChoiceError, Choices, GoshResult, words};
use crate::{
    analysis::{
        GoshEstimator, GoshOptions, Grouping, LevelOrder, Order, Pooled, Predictors, Resampling,
        Sampling, Sensitivity, SensitivityError, SensitivityOptions, SubgroupError, Subgroups,
        Unit, gosh, pooled, predictors, sensitivity_telling, sign_changes,
        small_study::{Bias, BiasOptions, Direction, Side, SmallStudyError, bias},
        subgroups_by,
    },
    data::Table,
    model::{
        Adjust, Formula, Model, ModelError, Regression, RegressionError, Settings, Small, pool,
        regress,
    },
    study::Studies,
};

/// `[pool]`: the pooled result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct PoolPlan {
    /// Whether to leave out what other methods make of the data.
    #[serde(skip_serializing_if = "words::is_default")]
    pub no_alternatives: bool,
    /// The most permutations of a permutation test.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permutations: Option<u32>,
    /// The value that means no effect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub null: Option<f64>,
}

impl PoolPlan {
    /// The settings: a permutation test selects the two-step model where none is named.
    pub(super) fn settings(&self, of: &Choices, table: &Table) -> Result<Settings, ChoiceError> {
        of.suited(table, self.permutations.is_some())
    }

    /// Carries it out.
    ///
    /// # Errors
    /// Those of [`pooled`] and [`sign_changes`].
    pub fn run(&self, of: &Studies, settings: &Settings) -> Result<Pooled, ModelError> {
        let mut answer = pooled(of, settings, !self.no_alternatives)?;
        answer.permutation = self
            .permutations
            .map(|budget| sign_changes(of, settings, self.null, budget))
            .transpose()?;
        Ok(answer)
    }
}

/// `[[subgroup]]`: a pooled result for each group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SubgroupPlan {
    /// The columns that make the groups.
    #[serde(deserialize_with = "words::one_or_many")]
    pub by: Vec<String>,
    /// The order of the groups.
    #[serde(default, with = "words::text", skip_serializing_if = "words::is_default")]
    pub order: LevelOrder,
    /// Whether one `τ²` serves all groups.
    #[serde(default, skip_serializing_if = "words::is_default")]
    pub tau2_common: bool,
    /// Cluster-robust tests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub robust: Option<Small>,
    /// The column of clusters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
}

impl SubgroupPlan {
    /// The columns that it needs.
    pub(super) fn columns(&self) -> Vec<String> {
        self.by.iter().chain(&self.cluster).cloned().collect()
    }

    /// Carries it out.
    ///
    /// # Errors
    /// Those of [`subgroups_by`].
    pub fn run(&self, of: &Studies, settings: &Settings) -> Result<Subgroups, SubgroupError> {
        let by: Vec<&str> = self.by.iter().map(String::as_str).collect();
        let grouping = Grouping {
            order: self.order.clone(),
            tau2_common: self.tau2_common,
            cluster: self.cluster.clone(),
            robust: self.robust,
        };
        subgroups_by(of, &by, &grouping, settings)
    }
}

/// `[[regress]]`: a meta-regression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RegressPlan {
    /// The terms.
    #[serde(with = "words::text")]
    pub on: Formula,
    /// Reference levels, as in `type=bulge`.
    #[serde(default, with = "words::pairs", skip_serializing_if = "Vec::is_empty")]
    pub reference: Vec<(String, String)>,
    /// Values to predict at.
    #[serde(
        default,
        deserialize_with = "words::one_or_many",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub at: Vec<String>,
    /// Differences of levels.
    #[serde(
        default,
        deserialize_with = "words::one_or_many",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub contrast: Vec<String>,
    /// Whether all differences are wanted.
    #[serde(default, skip_serializing_if = "words::is_default")]
    pub pairs: bool,
    /// How p values of differences are adjusted.
    #[serde(default, skip_serializing_if = "words::is_default")]
    pub adjust: Adjust,
    /// Levels in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trend: Option<String>,
    /// The most permutations of a permutation test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permutations: Option<u32>,
    /// Cluster-robust tests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub robust: Option<Small>,
    /// The column of clusters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
}

impl RegressPlan {
    /// The coefficients of these terms, and nothing beside them.
    #[must_use]
    pub fn on(on: Formula) -> Self {
        Self {
            on,
            reference: Vec::new(),
            at: Vec::new(),
            contrast: Vec::new(),
            pairs: false,
            adjust: Adjust::default(),
            trend: None,
            permutations: None,
            robust: None,
            cluster: None,
        }
    }

    /// The columns that it needs.
    pub(super) fn columns(&self) -> Vec<String> {
        self.on.columns().into_iter().map(str::to_owned).chain(self.cluster.clone()).collect()
    }

    /// The settings: what only the two-step model has selects it where none is named.
    pub(super) fn settings(&self, of: &Choices, table: &Table) -> Result<Settings, ChoiceError> {
        of.suited(table, self.permutations.is_some() || self.robust.is_some())
    }

    /// Carries it out.
    ///
    /// # Errors
    /// Those of [`regress`], and of what is asked for beside the coefficients.
    pub fn run(&self, of: &Studies, settings: &Settings) -> Result<Regression, RegressionError> {
        let mut fit = regress(of, &self.on, &self.reference, settings)?;
        if let Some(small) = self.robust {
            fit = fit.with_robust(small, self.cluster.as_deref())?;
        }
        if let Some(budget) = self.permutations {
            fit = fit.permute(budget)?;
        }
        if self.pairs {
            fit = fit.with_pairs(self.adjust)?;
        } else if !self.contrast.is_empty() {
            fit = fit.with_contrasts(&self.contrast, self.adjust)?;
        }
        if let Some(order) = &self.trend {
            fit = fit.with_trend(order)?;
        }
        Ok(fit.with_predictions(&self.at)?)
    }
}

/// `[sensitivity]`: what the result hangs on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct SensitivityPlan {
    /// The order in which studies come in.
    #[serde(with = "words::text", skip_serializing_if = "words::is_default")]
    pub cumulative: Order,
    /// Whether all rows of a study are left out at a time.
    #[serde(skip_serializing_if = "words::is_default")]
    pub whole_studies: bool,
    /// A rate of interest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub above: Option<f64>,
    /// A bootstrap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bootstrap: Option<Resampling>,
    /// Its resamples; [`SensitivityPlan::RESAMPLES`] unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resamples: Option<u32>,
}

impl SensitivityPlan {
    /// Resamples unless said otherwise.
    pub const RESAMPLES: u32 = 999;

    /// What to ask.
    #[must_use]
    pub fn options(&self) -> SensitivityOptions {
        let resamples = self.resamples.unwrap_or(Self::RESAMPLES);
        SensitivityOptions {
            unit: if self.whole_studies { Unit::Study } else { Unit::Row },
            order: self.cumulative.clone(),
            threshold: self.above,
            bootstrap: self.bootstrap.map(|how| (how, resamples)),
        }
    }

    pub(super) fn run(
        &self,
        of: &Studies,
        settings: &Settings,
    ) -> Result<Sensitivity, SensitivityError> {
        sensitivity_telling(of, settings, &self.options(), &mut |_, _| {})
    }
}

/// `[bias]`: small-study effects.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct BiasPlan {
    /// The value that means no effect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub null: Option<f64>,
    /// The side on which studies are missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// Cut points of the step function.
    #[serde(deserialize_with = "words::one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub cut_points: Vec<f64>,
    /// Which studies are more likely seen.
    #[serde(skip_serializing_if = "words::is_default")]
    pub direction: Direction,
    /// A rate of interest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub above: Option<f64>,
}

impl BiasPlan {
    /// What to ask.
    #[must_use]
    pub fn options(&self) -> BiasOptions {
        BiasOptions {
            null: self.null,
            side: self.side,
            cut_points: self.cut_points.clone(),
            direction: self.direction,
            threshold: self.above,
        }
    }

    pub(super) fn run(&self, of: &Studies, settings: &Settings) -> Result<Bias, SmallStudyError> {
        bias(of, &of_effects(of, settings), &self.options())
    }
}

/// `[gosh]`: every subset of the studies.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct GoshPlan {
    /// Whether subsets are pooled by the common-effect model.
    #[serde(skip_serializing_if = "words::is_default")]
    pub common_effect: bool,
    /// The most subsets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<u64>,
    /// The size of a sample of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<u64>,
    /// How it is drawn.
    #[serde(skip_serializing_if = "words::is_default")]
    pub sampling: Sampling,
}

impl GoshPlan {
    /// The options of a sweep by the estimator of the settings; of the default one where the settings
    /// have a one-step model.
    #[must_use]
    pub fn options(&self, settings: &Settings) -> GoshOptions {
        let defaults = GoshOptions::default();
        let estimator = match settings.model {
            _ if self.common_effect => GoshEstimator::Common,
            Model::TwoStep(choices) => GoshEstimator::Random(choices.tau2),
            _ => defaults.estimator,
        };
        GoshOptions {
            estimator,
            budget: self.budget.unwrap_or(defaults.budget),
            sample: self.sample.unwrap_or(defaults.sample),
            sampling: self.sampling,
        }
    }

    pub(super) fn run(
        &self,
        of: &Studies,
        settings: &Settings,
    ) -> Result<GoshResult, AnalysisError> {
        let settings = of_effects(of, settings);
        let fit = pool(of, &settings)?;
        let subsets = gosh(of, &settings, &self.options(&settings), &mut |_, _| {})?;
        Ok(GoshResult { fit, subsets, sampling: self.sampling })
    }
}

/// `[[predictors]]`: each predictor of a table pooled on its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PredictorsPlan {
    /// The column that names the predictor.
    pub by: String,
    /// The risk of the unexposed at which absolute differences are stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<f64>,
}

impl PredictorsPlan {
    /// Carries it out.
    ///
    /// # Errors
    /// Those of [`predictors`].
    pub fn run(&self, of: &Studies, settings: &Settings) -> Result<Predictors, SubgroupError> {
        predictors(of, &self.by, self.baseline, settings)
    }
}

/// The settings of what is asked of effects: another model stands for the two-step default.
fn of_effects(studies: &Studies, settings: &Settings) -> Settings {
    let mut own = settings.model.as_two_step();
    own.measure = own.measure.suited(studies.outcomes().kind());
    Settings { model: Model::TwoStep(own), ..*settings }
}
