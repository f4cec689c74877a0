//! A headline result and, beside it, what other methods make of the same data.

use std::fmt;

use serde::{Serialize, Serializer};

use super::SignChanges;
use crate::{
    effect::Measure,
    model::{
        Estimand, Fit, Link, Model, ModelError, OneStepCi, PredictionMethod, QTest, Settings,
        Tau2Method, TwoStep, TwoStepCi, pool,
    },
    study::{OutcomeKind, Studies},
};

/// The answer of `resorb pool`: one fit that leads, and others for comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Pooled {
    /// The headline.
    pub fit: Fit,
    /// The same data by other methods, in a fixed order; empty when not wanted.
    pub alternatives: Vec<Alternative>,
    /// What the comparison shows, in sentences.
    pub remarks: Vec<Remark>,
    /// The permutation test of the pooled value, where one was asked for ([`super::sign_changes`]).
    pub permutation: Option<SignChanges>,
}

/// One other method's result.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// Which method.
    pub name: AlternativeName,
    /// Its choices.
    pub settings: Settings,
    /// Its result, or the sentence that says why there is none.
    pub fit: Result<Fit, String>,
}

/// The methods that stand beside the headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlternativeName {
    /// Binomial-normal GLMM; of rates over time, Poisson-normal.
    Glmm,
    /// Two-step, logit, REML, ad-hoc Hartung–Knapp.
    LogitReml,
    /// Two-step, arcsine, REML, ad-hoc Hartung–Knapp.
    ArcsineReml,
    /// Two-step, Freeman–Tukey, REML, variance inversion.
    FreemanTukey,
    /// Beta-binomial.
    BetaBinomial,
    /// The measure of the headline, DerSimonian–Laird with the Wald interval.
    DlWald,
    /// The measure of the headline, Paule–Mandel with Hartung–Knapp.
    PmHartungKnapp,
    /// The measure of the headline, ML.
    Ml,
}

impl AlternativeName {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] =
        [Self::Glmm, Self::LogitReml, Self::ArcsineReml, Self::FreemanTukey, Self::BetaBinomial];

    /// Those for outcomes other than single proportions and rates: other estimators on the same scale.
    pub const OF_EFFECTS: [Self; 3] = [Self::DlWald, Self::PmHartungKnapp, Self::Ml];

    /// Those for rates over time.
    pub const OF_RATES: [Self; 4] = [Self::Glmm, Self::DlWald, Self::PmHartungKnapp, Self::Ml];

    /// The model that goes by this name, with its default choices.
    #[must_use]
    pub fn model(self) -> Model {
        let two_step = |measure| Model::TwoStep(TwoStep { measure, ..TwoStep::default() });
        let by = |tau2, ci| Model::TwoStep(TwoStep { tau2, ci, ..TwoStep::default() });
        match self {
            Self::DlWald => by(Tau2Method::Dl, TwoStepCi::Z),
            Self::PmHartungKnapp => by(Tau2Method::Pm, TwoStepCi::Hk),
            Self::Ml => by(Tau2Method::Ml, TwoStepCi::Adhoc),
            Self::Glmm => Model::Glmm { link: Link::Logit, ci: OneStepCi::T, q_test: QTest::Lrt },
            Self::LogitReml => two_step(Measure::Plo),
            Self::ArcsineReml => two_step(Measure::Pas),
            Self::FreemanTukey => two_step(Measure::Pft),
            Self::BetaBinomial => Model::BetaBinomial { ci: OneStepCi::T },
        }
    }

    /// The method with its default choices beside what `headline` shares with it. The prediction of
    /// the beta-binomial model is a bootstrap of 2,000 fits, twenty times the cost of all the rest:
    /// it is left to a fit of its own.
    fn settings(self, headline: &Settings, kind: OutcomeKind) -> Settings {
        let prediction = match self {
            Self::BetaBinomial => PredictionMethod::None,
            _ => PredictionMethod::T,
        };
        let model = match self.model() {
            Model::TwoStep(choices) if Self::OF_EFFECTS.contains(&self) => {
                let TwoStep { measure, correction, inversion, .. } = headline.model.as_two_step();
                let measure = measure.suited(kind);
                Model::TwoStep(TwoStep { measure, correction, inversion, ..choices })
            }
            model => model.for_outcome(kind),
        };
        Settings { model, prediction, ..*headline }
    }

    /// The method in words, as a table row says it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Glmm => "binomial-normal GLMM",
            Self::LogitReml => "two-step logit, REML, adhoc HK",
            Self::ArcsineReml => "two-step arcsine, REML, adhoc HK",
            Self::FreemanTukey => "two-step Freeman–Tukey, REML, adhoc HK",
            Self::BetaBinomial => "beta-binomial",
            Self::DlWald => "two-step, DL, Wald",
            Self::PmHartungKnapp => "two-step, PM, Hartung–Knapp",
            Self::Ml => "two-step, ML, adhoc HK",
        }
    }
}

/// Other methods are tried on as many studies unasked: beyond, they would cost seconds.
const COMPARED: usize = 10_000;

/// Pools `studies` and, with `alternatives`, does the same by the other common methods.
///
/// Effects computed elsewhere have no alternatives; single proportions have other models, rates over time
/// one and other estimators, and all other outcomes other estimators. The one that is the headline itself is
/// left out.
///
/// # Errors
/// Those of [`pool`] for the headline. An alternative that cannot be computed says why in its place.
///
/// ```
/// use resorb::{analysis::pooled, model::Settings, study::Studies};
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Ahn", 25, 36)])?;
/// let answer = pooled(&studies, &Settings::two_step(), true)?;
/// assert_eq!(answer.alternatives.len(), 4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn pooled(
    studies: &Studies,
    settings: &Settings,
    alternatives: bool,
) -> Result<Pooled, ModelError> {
    let fit = pool(studies, settings)?;
    let mut others = Vec::new();
    let kind = studies.outcomes().kind();
    let wanted = alternatives && kind != OutcomeKind::Generic && studies.k() > 1;
    let names: &[AlternativeName] = match kind {
        OutcomeKind::Proportions => &AlternativeName::ALL,
        OutcomeKind::Rates => &AlternativeName::OF_RATES,
        _ => &AlternativeName::OF_EFFECTS,
    };
    let limit = COMPARED;
    if wanted && studies.k() <= limit {
        others.extend(
            names
                .iter()
                .copied()
                .map(|name| (name, name.settings(settings, kind)))
                .filter(|(_, other)| other.model != settings.model)
                .map(|(name, other)| Alternative {
                    name,
                    settings: other,
                    fit: pool(studies, &other).map_err(|error| error.to_string()),
                }),
        );
    }
    let mut remarks = Remark::all(&fit, &others);
    if wanted && studies.k() > limit {
        remarks.push(Remark::TooMany { limit });
    }
    Ok(Pooled { fit, alternatives: others, remarks, permutation: None })
}

/// What a comparison of methods shows.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Remark {
    /// The methods differ by more than 5 points or a factor of 1.25.
    MethodsDiffer {
        /// The lowest rate.
        lowest: f64,
        /// The highest rate.
        highest: f64,
        /// Whether the headline finds variance between the studies.
        heterogeneous: bool,
    },
    /// More studies than other methods are tried on unasked.
    TooMany {
        /// The most they are tried on.
        limit: usize,
    },
    /// Medians and means stand side by side.
    Estimands,
}

impl Remark {
    /// A difference in points that a reader should be told of.
    const POINTS: f64 = 0.05;
    /// A ratio that a reader should be told of.
    const FACTOR: f64 = 1.25;

    fn all(fit: &Fit, others: &[Alternative]) -> Vec<Self> {
        let mut remarks = Vec::new();
        let fits: Vec<&Fit> = std::iter::once(fit)
            .chain(others.iter().filter_map(|other| other.fit.as_ref().ok()))
            .collect();
        if fits.len() < 2 {
            return remarks;
        }
        // The random-effects results and the two that stand in the same block: crude and common.
        let rates: Vec<f64> = fits
            .iter()
            .filter_map(|fit| fit.random.as_ref())
            .map(|random| random.pooled.estimate)
            .chain(fit.crude.as_ref().map(|crude| crude.estimate))
            .chain(fit.common.as_ref().map(|common| common.estimate))
            .collect();
        let lowest = rates.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = rates.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let is_rate = fit.crude.is_some();
        let apart = is_rate && (highest - lowest > Self::POINTS || highest > Self::FACTOR * lowest);
        if !rates.is_empty() && apart {
            let found = &fit.heterogeneity;
            let heterogeneous = found.tau2.or(found.rho).is_some_and(|spread| spread > 0.0);
            remarks.push(Self::MethodsDiffer { lowest, highest, heterogeneous });
        }
        let estimands: Vec<Estimand> =
            fits.iter().filter_map(|fit| fit.random.as_ref()).map(|r| r.estimand).collect();
        if estimands.contains(&Estimand::Mean) && estimands.contains(&Estimand::Median) {
            remarks.push(Self::Estimands);
        }
        remarks
    }
}

impl Remark {
    /// The sentence with its rates written by `rate`, which a table uses to keep to its own scale;
    /// `Display` writes them in percent.
    pub(crate) fn sentence(&self, rate: impl Fn(f64) -> String) -> String {
        match self {
            Self::MethodsDiffer { lowest, highest, heterogeneous } => format!(
                "The methods range from {} to {}: with {}, the method is part of the answer.",
                rate(*lowest),
                rate(*highest),
                if *heterogeneous {
                    "studies that differ this much"
                } else {
                    "data as sparse as these"
                }
            ),
            Self::Estimands | Self::TooMany { .. } => self.to_string(),
        }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MethodsDiffer { .. } => {
                f.write_str(&self.sentence(|rate| format!("{:.1} %", rate * 100.0)))
            }
            Self::TooMany { limit } => write!(
                f,
                "Other methods are not tried on more than {limit} studies unasked; --model and --measure select them."
            ),
            Self::Estimands => f.write_str(
                "The GLMM and the two-step models estimate the rate of the median study, the beta-binomial model and the crude rate a mean; where studies differ they are different numbers.",
            ),
        }
    }
}

impl Serialize for Remark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
