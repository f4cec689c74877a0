//! The choices that a grid crosses.

use serde::{Deserialize, Serialize};

use crate::{
    analysis::BinomialInterval,
    effect::{Correction, CorrectionRule, Inversion, Measure},
    model::{Link, OneStepCi, PredictionMethod, Tau2Method, TwoStepCi},
    study::Filter,
};

/// Families of analyses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// All events over all patients.
    Crude,
    /// Inverse variance, one rate for all studies.
    Common,
    /// Inverse variance with random effects.
    TwoStep,
    /// Binomial-normal, maximum likelihood.
    Glmm,
    /// Beta-binomial, maximum likelihood.
    BetaBinomial,
}

impl Family {
    /// All of them, in the order of the grid.
    pub const ALL: [Self; 5] =
        [Self::Crude, Self::Common, Self::TwoStep, Self::Glmm, Self::BetaBinomial];

    /// Its name in tables and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Crude => "crude",
            Self::Common => "common",
            Self::TwoStep => "two-step",
            Self::Glmm => "glmm",
            Self::BetaBinomial => "beta-binomial",
        }
    }
}

/// The alternatives of every choice; a grid has all combinations that go together.
///
/// ```
/// use resorb::{analysis::{Grid, multiverse}, model::{Level, Tau2Method}, study::Studies};
/// let studies = Studies::from_counts([("A", 64, 84), ("B", 35, 77), ("C", 25, 36)])?;
/// let grid = Grid { tau2: vec![Tau2Method::Reml, Tau2Method::Dl], ..Grid::default() };
/// let all = multiverse(&studies, &grid, Level::default(), &mut |_, _| {})?;
/// assert!(all.outcomes.len() > 300);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// Families of models.
    pub models: Vec<Family>,
    /// Scales of the two-step and common-effect models.
    pub measures: Vec<Measure>,
    /// Corrections of them; one that changes no study is left out.
    pub corrections: Vec<Correction>,
    /// Estimators of `τ²`.
    pub tau2: Vec<Tau2Method>,
    /// Intervals of the two-step model; one that does not go with an estimator is left out.
    pub intervals: Vec<TwoStepCi>,
    /// Intervals of the one-step models.
    pub one_step_intervals: Vec<OneStepCi>,
    /// Intervals of the crude rate.
    pub crude_intervals: Vec<BinomialInterval>,
    /// Inversions of the Freeman–Tukey scale.
    pub inversions: Vec<Inversion>,
    /// Links of the GLMM.
    pub links: Vec<Link>,
    /// Prediction intervals, where the model has them.
    pub predictions: Vec<PredictionMethod>,
    /// Which studies.
    pub rows: RowChoices,
}

/// Choices of studies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowChoices {
    /// Columns: all studies, those of each level alone, and all but those of each level.
    pub by: Vec<String>,
    /// Predicates: all studies, and those where it holds.
    pub filters: Vec<Filter>,
    /// All studies, and all but each one.
    pub leave_one_out: bool,
}

impl Default for Grid {
    /// What published reviews of proportions use: every family, six scales, twelve estimators (empirical
    /// Bayes is Paule–Mandel), all closed-form and likelihood intervals, three prediction intervals.
    fn default() -> Self {
        Self {
            models: Family::ALL.to_vec(),
            measures: Measure::PROPORTIONS.to_vec(),
            corrections: vec![
                Correction::default(),
                Correction { to: CorrectionRule::If0all, ..Correction::default() },
                Correction { to: CorrectionRule::All, ..Correction::default() },
            ],
            tau2: vec![
                Tau2Method::Reml,
                Tau2Method::Ml,
                Tau2Method::Dl,
                Tau2Method::Dl2,
                Tau2Method::Pm,
                Tau2Method::Pmm,
                Tau2Method::He,
                Tau2Method::Hs,
                Tau2Method::Hsk,
                Tau2Method::Sj,
                Tau2Method::Genq,
                Tau2Method::Genqm,
            ],
            intervals: vec![
                TwoStepCi::Z,
                TwoStepCi::T,
                TwoStepCi::Hk,
                TwoStepCi::Adhoc,
                TwoStepCi::Kr,
                TwoStepCi::Pl,
                TwoStepCi::Hc,
            ],
            one_step_intervals: vec![OneStepCi::Z, OneStepCi::T, OneStepCi::Pl],
            crude_intervals: vec![
                BinomialInterval::ClopperPearson,
                BinomialInterval::Wilson,
                BinomialInterval::Wald,
            ],
            inversions: vec![
                Inversion::Variance,
                Inversion::Harmonic,
                Inversion::Geometric,
                Inversion::Arithmetic,
            ],
            links: vec![Link::Logit, Link::Probit, Link::Cloglog],
            predictions: vec![PredictionMethod::T, PredictionMethod::Hts, PredictionMethod::Normal],
            rows: RowChoices::default(),
        }
    }
}
