//! GOSH (Olkin, Dahabreh and Trikalinos 2012): the result of every subset of the studies, or of a sample
//! of subsets, in columns.

mod engine;
mod members;
mod separation;
mod sums;

use serde::Serialize;

use crate::{
    effect::Effects,
    model::{I2, ModelError, Settings, Tau2Method, TwoStep},
    numeric::{parallel, quantile_of_sorted},
    study::Studies,
};

use engine::{Engine, Rows};
pub use members::{Members, Sampling};
pub use separation::Separation;

/// How subsets are pooled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GoshEstimator {
    /// The common-effect model; its `τ²` is 0 by assumption, its I² from Q.
    Common,
    /// The random-effects model with this estimator of `τ²`.
    Random(Tau2Method),
}

impl Serialize for GoshEstimator {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Common => serializer.serialize_str("common"),
            Self::Random(method) => method.serialize(serializer),
        }
    }
}

/// How many subsets, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoshOptions {
    /// How subsets are pooled.
    pub estimator: GoshEstimator,
    /// All subsets when there are at most this many, else a sample.
    pub budget: u64,
    /// The size of the sample, at most the budget.
    pub sample: u64,
    /// How it is drawn.
    pub sampling: Sampling,
}

impl Default for GoshOptions {
    fn default() -> Self {
        Self {
            estimator: GoshEstimator::Random(Tau2Method::Reml),
            budget: 1 << 22,
            sample: 1_000_000,
            sampling: Sampling::Subsets,
        }
    }
}

/// Why the subsets cannot be pooled.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum GoshError {
    /// No subset is asked for.
    #[error("a budget of 0 leaves no subset to pool; give a number such as 100000")]
    NoBudget,
    /// A sample of nothing.
    #[error("a sample of 0 subsets leaves none to pool; give a number such as 100000")]
    NoSample,
    /// More subsets than memory would hold.
    #[error(
        "{asked} subsets are more than {limit}, which is as many as fit into memory; ask for fewer"
    )]
    TooManySubsets {
        /// What was asked for.
        asked: u64,
        /// The most.
        limit: u64,
    },
    /// Subsets of one study only.
    #[error("subsets need at least 2 studies, and there is {k}")]
    TooFew {
        /// The studies there are.
        k: usize,
    },
    /// The effects or a subset cannot be computed.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// The most subsets: their columns take about 1 GB.
const MOST: u64 = 1 << 24;

/// Subsets of one block, pooled by one thread.
const BLOCK: u64 = 1 << 11;

/// Blocks between two reports of progress.
const WAVE: u64 = 64;

/// The results of many subsets, one column a number: subset `i` has the same place in each.
#[derive(Clone, Debug, PartialEq)]
pub struct Gosh {
    /// How they were pooled.
    pub estimator: GoshEstimator,
    /// The studies' names.
    pub labels: Vec<String>,
    /// Which studies are in each subset.
    pub members: Members,
    /// The pooled effect, analysis scale.
    pub yi: Vec<f64>,
    /// The same on the display scale.
    pub estimate: Vec<f64>,
    /// `τ²`; NaN for a single study, which has none: see [`Gosh::tau2`].
    tau2: Vec<f64>,
    /// I² in percent; NaN likewise.
    i2: Vec<f64>,
    /// The seed of the sample; `None` for all subsets.
    pub seed: Option<u64>,
}

/// Pools every subset of `studies`, or a sample of them, by the two-step model.
///
/// Effects are computed once, for all studies together. Under a one-step model they are those of the
/// default two-step model. `progress` hears of the subsets done and of all there are. The result does
/// not depend on the number of threads.
///
/// # Errors
/// [`GoshError`].
///
/// ```
/// use resorb::{analysis::{GoshOptions, gosh}, model::Settings, study::Studies};
/// let studies = Studies::from_counts([("A", 64, 84), ("B", 35, 77), ("C", 25, 36), ("D", 12, 30)])?;
/// let gosh = gosh(&studies, &Settings::two_step(), &GoshOptions::default(), &mut |_, _| {})?;
/// assert_eq!(gosh.len(), 15);
/// assert_eq!(gosh.members.size(14), 4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn gosh(
    studies: &Studies,
    settings: &Settings,
    options: &GoshOptions,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Gosh, GoshError> {
    let k = studies.k();
    if options.budget == 0 {
        return Err(GoshError::NoBudget);
    }
    if options.sample == 0 {
        return Err(GoshError::NoSample);
    }
    if k < 2 {
        return Err(GoshError::TooFew { k });
    }
    let mut choices = settings.model.as_two_step();
    choices.measure = choices.measure.suited(studies.outcomes().kind());
    let effects = choices.measure.effects(studies, choices.correction).map_err(ModelError::from)?;
    let every = u32::try_from(k).ok().and_then(|k| 1_u64.checked_shl(k)).map(|n| n - 1);
    let exhaustive = every.filter(|&n| k < 64 && n <= options.budget);
    let total = exhaustive.unwrap_or(options.sample.min(options.budget));
    if total > MOST {
        return Err(GoshError::TooManySubsets { asked: total, limit: MOST });
    }
    let engine = Engine::new(&effects, studies, &choices, options.estimator, settings.i2);
    let plan = match exhaustive {
        Some(_) => members::Plan::All { k },
        None => members::Plan::Sample { k, seed: settings.seed, sampling: options.sampling },
    };
    let mut gosh = Gosh {
        estimator: options.estimator,
        labels: studies.labels().to_vec(),
        members: Members::with_room(&plan, total),
        yi: column(total),
        estimate: column(total),
        tau2: column(total),
        i2: column(total),
        seed: exhaustive.is_none().then_some(settings.seed),
    };
    let mut done = 0;
    while done < total {
        // A few blocks at a time: what they return is copied while it is small.
        let wave = (total - done).div_ceil(BLOCK).min(WAVE);
        let parts = parallel::map(u32::try_from(wave).unwrap_or(1), |b| {
            let from = done + u64::from(b) * BLOCK;
            engine.block(&plan, from, (from + BLOCK).min(total))
        });
        for part in parts {
            let Rows { yi, estimate, tau2, i2, words } = part?;
            done += yi.len() as u64;
            gosh.yi.extend(yi);
            gosh.estimate.extend(estimate);
            gosh.tau2.extend(tau2);
            gosh.i2.extend(i2);
            gosh.members.extend(words);
        }
        progress(done, total);
    }
    Ok(gosh)
}

fn column(n: u64) -> Vec<f64> {
    Vec::with_capacity(usize::try_from(n).unwrap_or(0))
}

impl Gosh {
    /// The number of subsets.
    #[must_use]
    pub fn len(&self) -> usize {
        self.yi.len()
    }

    /// Whether there is none (there always is one).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.yi.is_empty()
    }

    /// Whether these are all subsets.
    #[must_use]
    pub const fn is_exhaustive(&self) -> bool {
        self.seed.is_none()
    }

    /// `τ²` of subset `i`; `None` for a single study.
    #[must_use]
    pub fn tau2(&self, i: usize) -> Option<f64> {
        self.tau2.get(i).copied().filter(|value| !value.is_nan())
    }

    /// I² of subset `i`, percent; `None` for a single study.
    #[must_use]
    pub fn i2(&self, i: usize) -> Option<f64> {
        self.i2.get(i).copied().filter(|value| !value.is_nan())
    }

    /// Quantiles of the three columns over all subsets with more than one study.
    #[must_use]
    pub fn quantiles(&self) -> Quantiles {
        let of = |column: &[f64]| {
            let mut sorted: Vec<f64> = column
                .iter()
                .zip(&self.i2)
                .filter(|(_, i2)| !i2.is_nan())
                .map(|(value, _)| *value)
                .collect();
            sorted.sort_unstable_by(f64::total_cmp);
            PROBABILITIES.map(|p| quantile_of_sorted(&sorted, p))
        };
        Quantiles {
            p: PROBABILITIES,
            estimate: of(&self.estimate),
            i2: of(&self.i2),
            tau2: of(&self.tau2),
        }
    }

    /// For each study, how its presence parts the subsets, in the order of the file.
    #[must_use]
    pub fn by_study(&self) -> Vec<Separation> {
        separation::by_study(self)
    }
}

const PROBABILITIES: [f64; 7] = [0.0, 0.025, 0.25, 0.5, 0.75, 0.975, 1.0];

/// Quantiles over subsets.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quantiles {
    /// Which.
    pub p: [f64; 7],
    /// Of the pooled value, display scale.
    pub estimate: [f64; 7],
    /// Of I², percent.
    pub i2: [f64; 7],
    /// Of `τ²`.
    pub tau2: [f64; 7],
}

/// The display value of a subset's result, which under Freeman–Tukey needs the sizes in it.
fn display(
    effects: &Effects,
    choices: &TwoStep,
    (y, se): (f64, f64),
    sizes: impl Iterator<Item = f64> + Clone,
) -> f64 {
    let measure = effects.measure();
    let context = measure.context(choices.inversion, se, sizes);
    measure.back(y, context)
}

/// Which I² a random-effects subset reports.
const fn from_q(estimator: GoshEstimator, i2: I2) -> bool {
    matches!((estimator, i2), (GoshEstimator::Common, _) | (_, I2::Q))
}
