//! Claims about effects: ratios, differences, means, correlations. No arithmetic can be done on them, but
//! they can be held against every analysis of studies.

use serde::Serialize;

use super::{
    Against, ClaimError, Printed,
    against::{self, Sought},
    words::{count, join},
};
use crate::{
    analysis::{Grid, MultiverseError, Specification},
    effect::Measure,
    model::Level,
    study::Studies,
};

/// The numbers of a claim about an effect as they are printed; all but the estimate may be unknown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatedEffect {
    /// Who claims it, and of what.
    pub label: Option<String>,
    /// The pooled value: a ratio on the natural scale, a difference, a mean, a correlation.
    pub estimate: Printed,
    /// Its interval.
    pub ci: Option<[Printed; 2]>,
    /// The studies.
    pub k: Option<u64>,
    /// I², a percentage.
    pub i2: Option<Printed>,
    /// The level of the interval.
    pub level: Level,
}

impl StatedEffect {
    /// An estimate of which nothing else is known.
    #[must_use]
    pub fn new(estimate: Printed) -> Self {
        let level = Level::default();
        Self { label: None, estimate, ci: None, k: None, i2: None, level }
    }
}

/// A claim about an effect with what studies say about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExaminedEffect {
    /// The claim.
    pub claim: StatedEffect,
    /// The measure of the analyses it was held against.
    pub measure: Measure,
    /// What they say about it.
    #[serde(flatten)]
    pub against: Against,
    /// What it comes to.
    pub verdict: Vec<String>,
}

/// Why a claim about an effect cannot be examined.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EffectClaimError {
    /// The claim contradicts itself.
    #[error(transparent)]
    Claim(#[from] ClaimError),
    /// There is nothing to hold it against.
    #[error(transparent)]
    Multiverse(#[from] MultiverseError),
}

/// Holds a claim about an effect against every analysis of `grid` on `studies`.
///
/// # Errors
/// [`EffectClaimError`].
///
/// ```
/// use resorb::{
///     analysis::{Grid, Printed, StatedEffect, examine_effect},
///     study::{OutcomeKind, Studies},
/// };
/// let rows = [("A", 4, 123, 11, 139), ("B", 6, 306, 29, 303), ("C", 3, 231, 11, 220)];
/// let studies = Studies::from_two_counts(rows)?;
/// let claim = StatedEffect::new(Printed::number("0.24")?); // Mantel and Haenszel
/// let grid = Grid::of(OutcomeKind::TwoProportions);
/// let found = examine_effect(claim, &studies, &grid, &mut |_, _| {})?;
/// assert!(found.against.matches.iter().any(|m| m.model.as_deref() == Some("mh")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn examine_effect(
    claim: StatedEffect,
    studies: &Studies,
    grid: &Grid,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<ExaminedEffect, EffectClaimError> {
    if let Some([lower, upper]) = claim.ci
        && lower.value() > upper.value()
    {
        let (lower, upper) = (lower.value(), upper.value());
        return Err(ClaimError::LimitsSwapped { lower, upper }.into());
    }
    if claim.k == Some(0) {
        return Err(ClaimError::None { what: "studies" }.into());
    }
    let all = against::analyses(studies, grid, claim.level, progress)?;
    let sought = Sought { estimate: claim.estimate, ci: claim.ci, i2: claim.i2 };
    let against = against::against(sought, studies, &all);
    let verdict = verdict(&claim, all.measure, &against);
    Ok(ExaminedEffect { claim, measure: all.measure, against, verdict })
}

/// A number with the decimals of the claim and one more.
fn number(claim: &StatedEffect, value: f64) -> String {
    let decimals = usize::from(claim.estimate.decimals()) + 1;
    format!("{value:.decimals$}").replace('-', "\u{2212}")
}

fn interval(claim: &StatedEffect, found: &Specification) -> String {
    let [estimate, lower, upper] =
        [found.estimate, found.ci_lower, found.ci_upper].map(|value| number(claim, value));
    format!("{estimate} [{lower}, {upper}]")
}

fn verdict(claim: &StatedEffect, measure: Measure, found: &Against) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(k) = claim.k.filter(|k| *k != found.k as u64) {
        sentences.push(format!(
            "They are not all the studies of the claim, or not the same: it has {} studies, and there are {} here.",
            count(k),
            found.k
        ));
    }
    let value = format!("{} {}", measure.symbol(), claim.estimate.plain_text());
    let what = match (claim.ci.is_some(), claim.i2.is_some()) {
        (true, true) => format!("{value} with its interval and its I²"),
        (true, false) => format!("{value} with its interval"),
        (false, true) => format!("{value} with its I²"),
        (false, false) => value,
    };
    let all = count(found.specifications as u64);
    let n = found.matches.len() as u64;
    let shared: Vec<String> = found
        .shared
        .iter()
        .map(|shared| format!("{} {}", shared.choice.replace('_', " "), shared.level))
        .collect();
    let shared: Vec<&str> = shared.iter().map(String::as_str).collect();
    sentences.push(match (n, shared.as_slice()) {
        (0, _) => {
            let nearest = found.nearest.first().map_or_else(String::new, |nearest| {
                format!("; the nearest is {}, by {}", interval(claim, nearest), nearest.words())
            });
            let [lowest, highest] = found.range.map(|value| number(claim, value));
            format!(
                "None of {all} analyses of these studies gives {what}: the estimates range from {lowest} to {highest}{nearest}."
            )
        }
        (1, []) => format!("1 of {all} analyses gives {what} to the printed digits."),
        (1, shared) => format!(
            "1 of {all} analyses gives {what} to the printed digits; it has {}.",
            join(shared, "and")
        ),
        (n, []) => format!("{} of {all} analyses give {what} to the printed digits.", count(n)),
        (n, shared) => format!(
            "{} of {all} analyses give {what} to the printed digits; each has {}.",
            count(n),
            join(shared, "and")
        ),
    });
    if n > 0 {
        sentences.push(
            "That a number is consistent with a method does not show that the method was used."
                .to_owned(),
        );
    }
    sentences
}
