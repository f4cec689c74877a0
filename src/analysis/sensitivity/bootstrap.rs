//! Bootstrap intervals of whatever a fit has.

use serde::{Deserialize, Serialize};

use super::SensitivityError;
use crate::{
    effect::{BackContext, Measure},
    model::{
        Fit, Link, Model, ModelError, OneStepCi, PredictionMethod, Settings, TwoStep, TwoStepCi,
        draw_rates, pool,
    },
    numeric::{parallel, quantile_of_sorted, rng::Rng, special::expit},
    study::{Counts, Outcomes, Studies},
};

/// How new data are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Resampling {
    /// Counts (or effects) drawn from the fitted model, of studies of the same sizes.
    #[default]
    Parametric,
    /// Studies drawn with replacement.
    Studies,
}

/// A number that a fit has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// The pooled value, display scale.
    Estimate,
    /// The between-study variance.
    Tau2,
    /// I² from τ², percent.
    I2,
    /// I² from Q, percent.
    I2Q,
    /// Overdispersion of the beta-binomial model.
    Rho,
    /// Lower prediction limit, display scale.
    PredictionLower,
    /// Upper prediction limit, display scale.
    PredictionUpper,
}

impl Quantity {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Estimate,
        Self::Tau2,
        Self::I2,
        Self::I2Q,
        Self::Rho,
        Self::PredictionLower,
        Self::PredictionUpper,
    ];

    /// Its value in a fit.
    #[must_use]
    pub fn of(self, fit: &Fit) -> Option<f64> {
        match self {
            Self::Estimate => fit.random.map(|random| random.pooled.estimate),
            Self::Tau2 => fit.heterogeneity.tau2,
            Self::I2 => fit.heterogeneity.i2,
            Self::I2Q => fit.heterogeneity.i2_q,
            Self::Rho => fit.heterogeneity.rho,
            Self::PredictionLower => fit.prediction.map(|prediction| prediction.lower),
            Self::PredictionUpper => fit.prediction.map(|prediction| prediction.upper),
        }
    }
}

/// A bootstrap interval: equal-tailed quantiles of the resamples (Efron 1981).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BootstrapInterval {
    /// Of what.
    pub quantity: Quantity,
    /// Its value in the data.
    pub estimate: Option<f64>,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
    /// The standard deviation of the resamples.
    pub se: f64,
    /// Resamples in which it has a value.
    pub resamples: usize,
}

/// Bootstrap intervals.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bootstrap {
    /// How resamples were made.
    pub resampling: Resampling,
    /// How many.
    pub resamples: u32,
    /// Resamples that could not be pooled.
    pub failed: usize,
    /// The seed.
    pub seed: u64,
    /// The intervals; a quantity that the model does not have is left out.
    pub intervals: Vec<BootstrapInterval>,
}

/// Resamples `studies`, pools each time, and takes quantiles.
///
/// Resample `i` has its own random stream, so the result does not depend on the number of threads.
///
/// # Errors
/// [`SensitivityError::Part`] where the data themselves cannot be pooled,
/// [`SensitivityError::NoResamples`] for none.
///
/// ```
/// use resorb::{analysis::{Resampling, bootstrap}, model::Settings, study::Studies};
/// let studies = Studies::from_counts([("A", 64, 84), ("B", 35, 77), ("C", 25, 36), ("D", 12, 30)])?;
/// let answer = bootstrap(&studies, &Settings::two_step(), Resampling::Parametric, 99)?;
/// let estimate = answer.intervals[0];
/// assert!(estimate.lower < 0.6 && 0.6 < estimate.upper);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn bootstrap(
    studies: &Studies,
    settings: &Settings,
    resampling: Resampling,
    resamples: u32,
) -> Result<Bootstrap, SensitivityError> {
    bootstrap_telling(studies, settings, (resampling, resamples), &mut |_, _| {})
}

/// Resamples between two reports of progress.
const WAVE: u32 = 32;

/// [`bootstrap`] that says how many resamples are done, and of how many.
pub(super) fn bootstrap_telling(
    studies: &Studies,
    settings: &Settings,
    (resampling, resamples): (Resampling, u32),
    tell: &mut dyn FnMut(u64, u64),
) -> Result<Bootstrap, SensitivityError> {
    if resamples == 0 {
        return Err(SensitivityError::NoResamples);
    }
    let settings = lean(settings);
    let whole = |source: ModelError| SensitivityError::Part { part: "all studies".into(), source };
    let fit = pool(studies, &settings).map_err(whole)?;
    let draw = |i: u32| {
        let mut rng = Rng::stream(settings.seed, u64::from(i));
        let drawn = match resampling {
            Resampling::Parametric => from_model(&fit, studies, &mut rng),
            Resampling::Studies => with_replacement(studies, &mut rng),
        };
        let fit = pool(&drawn?, &settings).ok()?;
        Some(Quantity::ALL.map(|quantity| quantity.of(&fit)))
    };
    let mut draws = Vec::new();
    for from in (0..resamples).step_by(WAVE as usize) {
        draws.extend(parallel::map(WAVE.min(resamples - from), |i| draw(from + i)));
        tell(draws.len() as u64, u64::from(resamples));
    }
    let tail = settings.level.tail();
    let mut intervals = Vec::new();
    for (place, quantity) in Quantity::ALL.into_iter().enumerate() {
        let mut values: Vec<f64> = draws
            .iter()
            .flatten()
            .filter_map(|draw| draw.get(place).copied().flatten())
            .filter(|value| value.is_finite())
            .collect();
        if values.is_empty() {
            continue;
        }
        values.sort_by(f64::total_cmp);
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
        intervals.push(BootstrapInterval {
            quantity,
            estimate: quantity.of(&fit),
            lower: quantile_of_sorted(&values, tail),
            upper: quantile_of_sorted(&values, 1.0 - tail),
            se: (squares / (n - 1.0).max(1.0)).sqrt(),
            resamples: values.len(),
        });
    }
    Ok(Bootstrap {
        resampling,
        resamples,
        failed: draws.iter().filter(|draw| draw.is_none()).count(),
        seed: settings.seed,
        intervals,
    })
}

/// The same point estimates without a bootstrap in the bootstrap.
fn lean(settings: &Settings) -> Settings {
    let mut lean = *settings;
    match &mut lean.model {
        Model::TwoStep(TwoStep { ci, .. }) => *ci = TwoStepCi::Z,
        Model::Glmm { ci, .. }
        | Model::BetaBinomial { ci }
        | Model::TwoGroupGlmm { ci, .. }
        | Model::RateGlmm { ci } => *ci = OneStepCi::Z,
        Model::MantelHaenszel { .. } | Model::Peto => {}
    }
    let beta_binomial = matches!(lean.model, Model::BetaBinomial { .. });
    lean.prediction = match lean.prediction {
        // Its prediction interval is a bootstrap of its own.
        _ if beta_binomial => PredictionMethod::None,
        PredictionMethod::Bootstrap => PredictionMethod::T,
        other => other,
    };
    lean
}

/// Studies of the same sizes drawn from the fitted model.
fn from_model(fit: &Fit, studies: &Studies, rng: &mut Rng) -> Option<Studies> {
    if studies.outcomes().kind().two_groups() && !matches!(fit.settings.model, Model::TwoStep(_)) {
        // Drawing both groups' counts needs their rates, which these models do not estimate.
        return None;
    }
    let random = fit.random?;
    let (mean, tau) = (random.pooled.yi?, fit.heterogeneity.tau2.unwrap_or(0.0).sqrt());
    if let (Outcomes::Rates(groups), Model::RateGlmm { .. }) =
        (studies.outcomes(), fit.settings.model)
    {
        let drawn = Outcomes::Rates(draw_rates(groups, (mean, tau), rng));
        let labels = studies.labels().to_vec();
        return Studies::new(labels, studies.rows().to_vec(), drawn, Vec::new()).ok();
    }
    let Some(counts) = studies.counts() else {
        // The two-step model of all other kinds is of the effects themselves.
        let rows = fit.studies.iter().map(|row| {
            let sd = tau.mul_add(tau, row.vi).sqrt();
            (row.study.to_owned(), sd.mul_add(rng.normal(), mean), row.vi)
        });
        return Studies::from_effects(rows).ok();
    };
    let mut rate = || match fit.settings.model {
        Model::BetaBinomial { .. } => match fit.heterogeneity.rho {
            Some(rho) if rho > 0.0 => {
                let size = (1.0 - rho) / rho;
                let p = random.pooled.estimate;
                rng.beta(p * size, (1.0 - p) * size)
            }
            _ => random.pooled.estimate,
        },
        Model::TwoStep(choices) => {
            choices.measure.back(tau.mul_add(rng.normal(), mean), BackContext::Plain)
        }
        // Studies of two groups, and rates over time, are no single proportions.
        Model::MantelHaenszel { .. }
        | Model::Peto
        | Model::TwoGroupGlmm { .. }
        | Model::RateGlmm { .. } => f64::NAN,
        Model::Glmm { link, .. } => {
            let y = tau.mul_add(rng.normal(), mean);
            match link {
                Link::Logit => expit(y),
                Link::Probit => Measure::Prz.back(y, BackContext::Plain),
                Link::Cloglog => -(-y.exp()).exp_m1(),
            }
        }
    };
    let rates: Vec<f64> = counts.iter().map(|_| rate()).collect();
    let drawn: Vec<Counts> = counts
        .iter()
        .zip(rates)
        .map(|(c, p)| Counts::new(rng.binomial(c.total(), p), c.total()))
        .collect::<Result<_, _>>()
        .ok()?;
    let labels = studies.labels().to_vec();
    Studies::new(labels, studies.rows().to_vec(), Outcomes::Proportions(drawn), Vec::new()).ok()
}

/// As many studies, drawn with replacement.
fn with_replacement(studies: &Studies, rng: &mut Rng) -> Option<Studies> {
    fn take<T: Clone>(values: &[T], places: &[usize]) -> Vec<T> {
        places.iter().filter_map(|&i| values.get(i).cloned()).collect()
    }
    let k = studies.k();
    let places: Vec<usize> =
        (0..k).map(|_| usize::try_from(rng.below(k as u64)).unwrap_or(0)).collect();
    let outcomes = studies.outcomes().at(&places);
    let labels = take(studies.labels(), &places);
    Studies::new(labels, take(studies.rows(), &places), outcomes, Vec::new()).ok()
}
