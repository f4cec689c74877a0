//! Permutation test of the pooled effect: under the null the effects are as likely on one side of it
//! as on the other, so their signs are dealt anew (Follmann and Proschan 1999).

use serde::Serialize;

use crate::{
    effect::Measure,
    model::{
        Model, ModelError, Settings, TwoStep, TwoStepCi,
        ci::{Pooling, hk_factor, kenward_roger},
        tau2,
        weighted::Weighted,
    },
    numeric::{parallel, rng::Rng},
    study::Studies,
};

/// A permutation test of the pooled effect.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SignChanges {
    /// The value tested, on the display scale.
    pub null: f64,
    /// `|μ̂ − null|` over its standard error, on the analysis scale.
    pub statistic: f64,
    /// Whether all `2ᵏ` changes of signs were taken.
    pub exact: bool,
    /// How many were taken, the data as they are included.
    pub permutations: u64,
    /// The seed of a sampled test.
    pub seed: u64,
    /// Two-sided p value.
    pub p_value: f64,
}

/// Tests whether the pooled effect of `studies` differs from `null` (display scale; 0 for generic
/// effects unless given): `τ²`, the mean and its statistic are computed anew after each change of the
/// signs of `yᵢ − null`. All `2ᵏ` changes are taken when they are within `budget`, else the data and
/// `budget − 1` sampled ones with the settings' seed. The result does not depend on the number of
/// threads.
///
/// # Errors
/// [`ModelError::PermutationNeedsTwoStep`] for another model, [`ModelError::NoNull`] and
/// [`ModelError::BadNull`] for a null value that is missing or has no place on the scale; the errors
/// of the estimators.
///
/// ```
/// use resorb::{
///     analysis::sign_changes,
///     effect::Measure,
///     model::{Model, Settings, TwoStep},
///     study::Studies,
/// };
/// let studies = Studies::from_effects([("A", 0.4, 0.02), ("B", 0.7, 0.05), ("C", 0.2, 0.03)])?;
/// let model = Model::TwoStep(TwoStep { measure: Measure::Gen, ..TwoStep::default() });
/// let settings = Settings { model, ..Settings::default() };
/// let test = sign_changes(&studies, &settings, None, 1000)?;
/// // With three studies of one sign 2 of 8 changes reach the data: no smaller p is possible.
/// assert_eq!((test.permutations, test.p_value), (8, 0.25));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn sign_changes(
    studies: &Studies,
    settings: &Settings,
    null: Option<f64>,
    budget: u32,
) -> Result<SignChanges, ModelError> {
    let Model::TwoStep(choices) = settings.model else {
        return Err(ModelError::PermutationNeedsTwoStep);
    };
    let measure = choices.measure;
    let generic = (measure == Measure::Gen).then_some(0.0);
    let null = null.or(measure.null()).or(generic).ok_or(ModelError::NoNull)?;
    let place = measure.of(null);
    if !place.is_finite() {
        return Err(ModelError::BadNull { null, measure: measure.name() });
    }
    let effects = measure.effects(studies, choices.correction)?;
    let away: Vec<f64> = effects.yi().iter().map(|yi| yi - place).collect();
    let test = Test { away: &away, vi: effects.vi(), choices: &choices, settings };
    let observed = test.statistic(|_| false)?;

    let k = away.len();
    // A change of all signs leaves |t| as it is: half of the changes stand for all.
    let half = u32::try_from(k).ok().and_then(|k| 1_u32.checked_shl(k - 1));
    let exact = half.filter(|&half| u64::from(half) * 2 <= u64::from(budget));
    let draws = exact.unwrap_or(budget.saturating_sub(1));
    let reached = parallel::map(draws, |i| {
        let theirs = if exact.is_some() {
            test.statistic(|study| study < 32 && i >> study & 1 == 1)?
        } else {
            let mut rng = Rng::stream(settings.seed, u64::from(i));
            let flips: Vec<bool> = (0..k).map(|_| rng.below(2) == 1).collect();
            test.statistic(|study| flips.get(study) == Some(&true))?
        };
        // Of equal statistics rounding decides which is larger; they count as equal.
        Ok::<bool, ModelError>(theirs >= observed * (1.0 - 1e-10))
    });
    let mut count = 0_u64;
    for reaches in reached {
        count += u64::from(reaches?);
    }
    let (count, permutations) = match exact {
        Some(half) => (2 * count, 2 * u64::from(half)),
        None => (count + 1, u64::from(draws) + 1),
    };
    Ok(SignChanges {
        null,
        statistic: observed,
        exact: exact.is_some(),
        permutations,
        seed: settings.seed,
        p_value: count as f64 / permutations as f64,
    })
}

/// What stays the same under every change of signs.
struct Test<'a> {
    away: &'a [f64],
    vi: &'a [f64],
    choices: &'a TwoStep,
    settings: &'a Settings,
}

impl Test<'_> {
    /// `|t|` with the signs changed where `flipped` says so.
    fn statistic(&self, flipped: impl Fn(usize) -> bool) -> Result<f64, ModelError> {
        let Self { away, vi, choices, settings } = *self;
        let yi: Vec<f64> =
            away.iter().enumerate().map(|(i, y)| if flipped(i) { -y } else { *y }).collect();
        let tau2 = if yi.len() < 2 {
            0.0
        } else {
            tau2::estimate(&yi, vi, choices.tau2, choices.genq_weights)?.value
        };
        let fit = Weighted::at(&yi, vi, tau2);
        let pooling = Pooling { yi: &yi, vi, tau2, fit, choices, settings };
        let se = match choices.ci {
            // A single study has no scatter to scale with.
            _ if yi.len() < 2 => pooling.se(),
            TwoStepCi::Hk => pooling.se() * hk_factor(&pooling).sqrt(),
            TwoStepCi::Adhoc => pooling.se() * hk_factor(&pooling).max(1.0).sqrt(),
            TwoStepCi::Kr => kenward_roger(&pooling).0,
            _ => pooling.se(),
        };
        Ok((fit.mean / se).abs())
    }
}
