//! Selection models: the chance that a study is in the analysis depends on its p value.
//!
//! `yᵢ ~ N(μ, vᵢ + τ²)` is seen with probability proportional to `w(pᵢ)`, `pᵢ` one-sided, so that its
//! density is `φ(yᵢ)w(pᵢ)/Aᵢ`, `Aᵢ = ∫φ(y)w(p)dy`. All parameters by maximum likelihood from several
//! starts; standard errors from the exact second derivatives.

mod clipped;
mod likelihood;
mod maximum;
mod moments;
mod weight;

use serde::{Deserialize, Serialize};

use super::{Funnel, SmallStudyError};
use crate::{
    model::{
        CiMethod,
        ci::wald,
        tau2::{Criterion, log_likelihood, maximise},
        weighted::Weighted,
    },
    numeric::{chi_squared, linalg, parallel},
};

use likelihood::Likelihood;
use maximum::{ALL_STEPS, Box1, FIRST_STEPS, Optimum};
use weight::LARGEST;
pub use weight::SelectionKind;

/// Which studies are more likely to be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Those with an effect above the null value.
    #[default]
    Greater,
    /// Those with an effect below it.
    Less,
}

/// A fitted selection model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Selection {
    /// The weight function.
    #[serde(flatten)]
    pub kind: SelectionKind,
    /// Which studies are more likely to be seen.
    pub direction: Direction,
    /// The null value of the p values, analysis scale.
    pub null: f64,
    /// The mean, adjusted for selection, on the analysis scale.
    pub yi: f64,
    /// Its standard error; `None` where the likelihood has no curvature.
    pub se: Option<f64>,
    /// Lower limit, analysis scale.
    pub yi_lower: Option<f64>,
    /// Upper limit, analysis scale.
    pub yi_upper: Option<f64>,
    /// On the display scale.
    pub estimate: f64,
    /// Lower limit, display scale.
    pub ci_lower: Option<f64>,
    /// Upper limit, display scale.
    pub ci_upper: Option<f64>,
    /// The between-study variance.
    pub tau2: f64,
    /// Its standard error; `None` on the boundary.
    pub tau2_se: Option<f64>,
    /// The parameters of the weight function; the first weight of a step function is 1.
    pub delta: Vec<f64>,
    /// Their standard errors; `None` for what is fixed or on a boundary.
    pub delta_se: Vec<Option<f64>>,
    /// The log-likelihood.
    pub log_likelihood: f64,
    /// Twice the gain over the model without selection.
    pub lrt: f64,
    /// The parameters of the weight function that are estimated.
    pub lrt_df: f64,
    /// Upper tail of `χ²`.
    pub lrt_p_value: f64,
    /// Starts of the search.
    pub starts: usize,
    /// Different local maxima that the starts led to.
    pub modes: usize,
    /// Whether the search met its stopping rule.
    pub converged: bool,
    /// Whether a parameter stands at a limit of its range.
    pub boundary: bool,
    /// What a reader should know.
    pub note: Option<String>,
}

const METHOD: &str = "a selection model";

/// Fits a selection model by maximum likelihood.
///
/// p values are one-sided against `null` (a rate; 0 for generic effects when `None`) in `direction`.
///
/// # Errors
/// [`SmallStudyError::NoNull`], [`SmallStudyError::TooFew`] for fewer studies than parameters and one,
/// [`SmallStudyError::CutPoint`], [`SmallStudyError::Numeric`] where no start leads to a maximum.
///
/// ```
/// use resorb::analysis::small_study::{Direction, Funnel, SelectionKind, selection};
/// use resorb::{model::Settings, study::Studies};
/// let rows = [(0.6, 0.1), (0.2, 0.02), (0.9, 0.2), (0.1, 0.04), (0.5, 0.06)];
/// let studies = Studies::from_effects(rows.map(|(y, v)| (y.to_string(), y, v)))?;
/// let funnel = Funnel::new(&studies, &Settings::two_step())?;
/// let kind = SelectionKind::Step(vec![0.025]);
/// let fit = selection(&funnel, kind, None, Direction::Greater)?;
/// assert!(fit.lrt >= 0.0 && fit.delta[0] == 1.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn selection(
    funnel: &Funnel,
    kind: SelectionKind,
    null: Option<f64>,
    direction: Direction,
) -> Result<Selection, SmallStudyError> {
    kind.check()?;
    let null = funnel.null(null, METHOD)?;
    funnel.at_least(kind.free() + 3, METHOD)?;
    let sign = if direction == Direction::Less { -1.0 } else { 1.0 };
    let y: Vec<f64> = funnel.yi().iter().map(|y| sign * (y - null)).collect();
    let likelihood = Likelihood::new(&y, funnel.vi(), &kind);
    let plain = maximise(&y, funnel.vi(), Criterion::Ml).value;
    let mean = Weighted::at(&y, funnel.vi(), plain);
    let without = log_likelihood(&y, funnel.vi(), Criterion::Ml, plain);
    let search = search(&likelihood, &kind, mean, plain);
    let best = search.best.ok_or(SmallStudyError::Numeric {
        what: "the selection model",
        source: crate::numeric::NumericError::NotConverged {
            task: "maximise the likelihood from any start",
            iterations: search.starts,
        },
    })?;
    let se = standard_errors(&best);
    let shown = |y: f64| sign.mul_add(y, null);
    let (mu, tau2) = (best.at(0), best.at(1));
    let interval = se.first().copied().flatten().map(|se| {
        let limits = wald(shown(mu), se, None, funnel.level(), CiMethod::Z);
        (limits.lower, limits.upper)
    });
    let back = |y: f64| funnel.back(y, se.first().copied().flatten().unwrap_or(f64::NAN));
    let lrt = (2.0 * (best.value - without)).max(0.0);
    let free = kind.free() as f64;
    let boundary = best.on_bound.iter().any(|on| *on);
    Ok(Selection {
        direction,
        null,
        yi: shown(mu),
        se: se.first().copied().flatten(),
        yi_lower: interval.map(|(lower, _)| lower),
        yi_upper: interval.map(|(_, upper)| upper),
        estimate: back(shown(mu)),
        ci_lower: interval.map(|(lower, _)| back(lower)),
        ci_upper: interval.map(|(_, upper)| back(upper)),
        tau2,
        tau2_se: se.get(1).copied().flatten(),
        delta: kind.fixed().into_iter().chain(best.x.iter().skip(2).copied()).collect(),
        delta_se: kind.fixed().iter().map(|_| None).chain(se.into_iter().skip(2)).collect(),
        log_likelihood: best.value,
        lrt,
        lrt_df: free,
        lrt_p_value: chi_squared::sf(lrt, free),
        starts: search.starts,
        modes: search.modes,
        converged: best.converged,
        boundary,
        note: note(funnel.k(), &best, boundary),
        kind,
    })
}

/// What makes a fit doubtful.
fn note(k: usize, best: &Optimum, boundary: bool) -> Option<String> {
    let mut notes = Vec::new();
    if !best.converged {
        notes.push(
            "The search stopped before the likelihood was flat; do not use the numbers.".to_owned(),
        );
    }
    if best.x.iter().skip(2).any(|delta| *delta >= LARGEST) {
        notes.push(format!(
            "A parameter of selection reached {LARGEST}, the largest that is looked at: the likelihood may still rise beyond, so that the numbers are no maximum of it; standard errors take it as known."
        ));
    } else if boundary {
        notes.push(
            "A parameter stands at the limit of its range, where the likelihood may still rise; standard errors take it as known."
                .to_owned(),
        );
    }
    if k < 20 {
        notes.push(format!("{k} studies hold little information on selection; use the model to ask what if, not to correct."));
    }
    (!notes.is_empty()).then(|| notes.join(" "))
}

/// What the starts led to.
struct Found {
    best: Option<Optimum>,
    starts: usize,
    modes: usize,
}

/// The highest of the maxima that a grid of starts leads to.
fn search(likelihood: &Likelihood<'_>, kind: &SelectionKind, mean: Weighted, tau2: f64) -> Found {
    let deltas = kind.starts();
    let bounds: Vec<Box1> = kind.bounds(likelihood.effects());
    let se = mean.w.sqrt().recip();
    let spread = tau2.sqrt().max(se);
    let typical = mean.w.recip() * likelihood.k() as f64;
    let places = [
        (0.0, tau2),
        (-1.0, tau2),
        (1.0, tau2),
        (-0.5, 0.25 * tau2 + 0.01 * typical),
        (0.0, 3.0 * tau2 + 0.1 * typical),
        // Two parameters can move the mean far from that of the studies.
        (-4.0, 0.5 * tau2),
        (4.0, 0.5 * tau2),
    ];
    let places = if *kind == SelectionKind::Beta { &places[..] } else { &places[..5] };
    let starts: Vec<Vec<f64>> = deltas
        .iter()
        .flat_map(|delta| {
            places.iter().map(move |&(shift, tau2)| {
                [mean.mean + shift * spread, tau2].iter().chain(delta).copied().collect()
            })
        })
        .collect();
    let ascend = |starts: &[Vec<f64>], steps: usize| -> Vec<Optimum> {
        let tops = parallel::map(u32::try_from(starts.len()).unwrap_or(0), |i| {
            maximum::ascend(likelihood, starts.get(i as usize)?, &bounds, steps)
        });
        tops.into_iter().flatten().collect()
    };
    let mut climbed = ascend(&starts, FIRST_STEPS);
    climbed.sort_by(|a, b| b.value.total_cmp(&a.value));
    // Those on the way to the same top are one.
    climbed.dedup_by(|a, b| (a.value - b.value).abs() < 1e-6);
    let highest: Vec<Vec<f64>> = climbed.into_iter().take(FINISHED).map(|top| top.x).collect();
    let tops = ascend(&highest, ALL_STEPS);
    let mut heights: Vec<f64> =
        tops.iter().filter(|top| top.converged).map(|top| top.value).collect();
    heights.sort_by(f64::total_cmp);
    heights.dedup_by(|a, b| (*a - *b).abs() < 1e-6);
    let best = tops.into_iter().max_by(|a, b| a.value.total_cmp(&b.value));
    Found { best, starts: starts.len(), modes: heights.len().max(1) }
}

/// Searches that are followed to their end: the highest after the first steps.
const FINISHED: usize = 6;

/// Square roots of the diagonal of the inverse information of what is not on a bound.
fn standard_errors(best: &Optimum) -> Vec<Option<f64>> {
    let n = best.x.len();
    let free: Vec<usize> =
        (0..n).filter(|&i| !best.on_bound.get(i).copied().unwrap_or(true)).collect();
    let information: Vec<f64> = free
        .iter()
        .flat_map(|&i| free.iter().map(move |&j| (i, j)))
        .map(|(i, j)| -best.hessian.get(i * n + j).copied().unwrap_or(f64::NAN))
        .collect();
    let mut se = vec![None; n];
    if let Ok(covariance) = linalg::inverse_spd(&information, free.len()) {
        for (a, &i) in free.iter().enumerate() {
            let variance = covariance.get(a * free.len() + a).copied().unwrap_or(f64::NAN);
            if let Some(place) = se.get_mut(i) {
                *place = Some(variance.sqrt()).filter(|se| se.is_finite());
            }
        }
    }
    se
}
