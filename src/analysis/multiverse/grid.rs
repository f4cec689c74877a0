//! The choices that a grid crosses.

use serde::{Deserialize, Serialize};

use crate::{
    analysis::BinomialInterval,
    effect::{Correction, CorrectionRule, Inversion, Measure},
    model::{Link, OneStepCi, PredictionMethod, Tau2Method, TwoGroupKind, TwoStepCi},
    study::{Filter, OutcomeKind},
};

/// Families of analyses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// All events over all patients.
    Crude,
    /// Inverse variance, one effect for all studies.
    Common,
    /// Inverse variance with random effects.
    TwoStep,
    /// Binomial-normal (rates over time: Poisson-normal), maximum likelihood.
    Glmm,
    /// Beta-binomial, maximum likelihood.
    BetaBinomial,
    /// Two groups, each study a stratum: Mantel and Haenszel.
    #[serde(rename = "mh", alias = "mantel-haenszel")]
    MantelHaenszel,
    /// Two groups: Peto's odds ratio.
    Peto,
    /// Two groups: mixed model with fixed study effects.
    UmFs,
    /// Two groups: mixed model with random study effects.
    UmRs,
    /// Two groups: mixed model given all events, exact.
    CmEl,
    /// The same, approximated for rare events.
    CmAl,
}

impl Family {
    /// All of them, in the order of the grid.
    pub const ALL: [Self; 11] = [
        Self::Crude,
        Self::Common,
        Self::TwoStep,
        Self::Glmm,
        Self::BetaBinomial,
        Self::MantelHaenszel,
        Self::Peto,
        Self::UmFs,
        Self::UmRs,
        Self::CmEl,
        Self::CmAl,
    ];

    /// Those that analyse a kind of outcome.
    #[must_use]
    pub const fn of_kind(kind: OutcomeKind) -> &'static [Self] {
        match kind {
            OutcomeKind::Proportions => {
                &[Self::Crude, Self::Common, Self::TwoStep, Self::Glmm, Self::BetaBinomial]
            }
            OutcomeKind::TwoProportions => &[
                Self::Common,
                Self::TwoStep,
                Self::MantelHaenszel,
                Self::Peto,
                Self::UmFs,
                Self::UmRs,
                Self::CmEl,
                Self::CmAl,
            ],
            // Given all events of a study, those of one group are binomial: no approximation is needed.
            OutcomeKind::TwoRates => &[
                Self::Common,
                Self::TwoStep,
                Self::MantelHaenszel,
                Self::UmFs,
                Self::UmRs,
                Self::CmEl,
            ],
            OutcomeKind::Rates => &[Self::Common, Self::TwoStep, Self::Glmm],
            _ => &[Self::Common, Self::TwoStep],
        }
    }

    /// The one-step model of two groups that it is.
    #[must_use]
    pub const fn two_group(self) -> Option<TwoGroupKind> {
        match self {
            Self::UmFs => Some(TwoGroupKind::UmFs),
            Self::UmRs => Some(TwoGroupKind::UmRs),
            Self::CmEl => Some(TwoGroupKind::CmEl),
            Self::CmAl => Some(TwoGroupKind::CmAl),
            _ => None,
        }
    }

    /// Its name in tables and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Crude => "crude",
            Self::Common => "common",
            Self::TwoStep => "two-step",
            Self::Glmm => "glmm",
            Self::BetaBinomial => "beta-binomial",
            Self::MantelHaenszel => "mh",
            Self::Peto => "peto",
            Self::UmFs => "um-fs",
            Self::UmRs => "um-rs",
            Self::CmEl => "cm-el",
            Self::CmAl => "cm-al",
        }
    }
}

impl From<TwoGroupKind> for Family {
    fn from(kind: TwoGroupKind) -> Self {
        match kind {
            TwoGroupKind::UmFs => Self::UmFs,
            TwoGroupKind::UmRs => Self::UmRs,
            TwoGroupKind::CmEl => Self::CmEl,
            TwoGroupKind::CmAl => Self::CmAl,
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
    /// All studies, and all but those of two groups without events, or with nothing but events, in
    /// both.
    pub double_zero: bool,
}

impl Default for Grid {
    /// The grid of single proportions, [`Grid::of`] them.
    fn default() -> Self {
        Self::of(OutcomeKind::Proportions)
    }
}

/// The measures that a grid has unless others are asked for: all that estimate the same quantity as
/// the measure that is usual for the kind.
fn usual(kind: OutcomeKind) -> Vec<Measure> {
    // Peto's odds ratio is a family of its own.
    if kind == OutcomeKind::TwoProportions {
        return vec![Measure::Or];
    }
    let lead = Measure::default_for(kind);
    Measure::of_kind(kind).filter(|measure| quantity(*measure) == quantity(lead)).collect()
}

/// The measure that stands for all that estimate the same quantity, so that their display values can
/// stand in one range.
pub(super) const fn quantity(measure: Measure) -> Measure {
    match measure {
        Measure::Pln | Measure::Pr | Measure::Prz | Measure::Pas | Measure::Pft => Measure::Plo,
        Measure::Peto => Measure::Or,
        Measure::Ir | Measure::Irs | Measure::Irft => Measure::Irln,
        Measure::Mdp => Measure::Md,
        Measure::Smdh => Measure::Smd,
        Measure::Mnln => Measure::Mn,
        Measure::Cor | Measure::Ucor => Measure::Zcor,
        own => own,
    }
}

impl Grid {
    /// What published reviews use of a kind of outcome: every family that suits it, every scale of the
    /// usual quantity, twelve estimators (empirical Bayes is Paule–Mandel), all closed-form and
    /// likelihood intervals, three prediction intervals.
    ///
    /// ```
    /// use resorb::{analysis::{Family, Grid}, effect::Measure, study::OutcomeKind};
    /// let grid = Grid::of(OutcomeKind::TwoProportions);
    /// assert!(grid.models.contains(&Family::MantelHaenszel));
    /// assert_eq!(grid.measures, [Measure::Or]);
    /// ```
    #[must_use]
    pub fn of(kind: OutcomeKind) -> Self {
        Self {
            models: Family::of_kind(kind).to_vec(),
            measures: usual(kind),
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
            rows: RowChoices {
                double_zero: kind == OutcomeKind::TwoProportions,
                ..RowChoices::default()
            },
        }
    }
}
