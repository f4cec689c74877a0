//! The Copas selection model (Copas 1999; Copas and Shi 2000): the chance that a study is seen depends
//! on its precision and, through a correlation, on its result.

mod contour;
mod likelihood;
mod line;

use serde::Serialize;

use self::likelihood::{Likelihood, Studies};
use super::{Funnel, Side, SmallStudyError, line::Line};
use crate::{
    model::{CiMethod, ci::wald},
    numeric::{chi_squared, normal, sum},
};

const METHOD: &str = "the Copas selection model";

/// The model at one strength of selection.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CopasPoint {
    /// The chance that a study as imprecise as the least precise one is seen.
    pub publication: f64,
    /// `γ₀` of the chance `Φ(γ₀ + γ₁/se)`.
    pub gamma0: f64,
    /// `γ₁` of it.
    pub gamma1: f64,
    /// The mean, adjusted for this selection, analysis scale.
    pub yi: f64,
    /// Its standard error, τ and ρ at a limit being taken as known; `None` where both are.
    pub se: Option<f64>,
    /// On the display scale.
    pub estimate: f64,
    /// Lower limit, display scale.
    pub ci_lower: Option<f64>,
    /// Upper limit, display scale.
    pub ci_upper: Option<f64>,
    /// The between-study variance.
    pub tau2: f64,
    /// The correlation of a study's result with its chance to be seen; 0 without selection, where it
    /// means nothing.
    pub rho: f64,
    /// The log-likelihood.
    pub log_likelihood: f64,
    /// The p value of the test that no small-study effect is left at this strength.
    pub p_value: f64,
    /// Studies that this strength implies were not seen.
    pub unseen: f64,
}

/// The model along a line of growing selection.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Copas {
    /// Where studies would be missing, by the slope of the effects on their standard errors.
    pub side: Side,
    /// From no selection to strong selection.
    pub path: Vec<CopasPoint>,
    /// The weakest selection that leaves no small-study effect (p > .1); `None` where none does.
    pub adjusted: Option<CopasPoint>,
}

/// The residual p value above which selection explains the asymmetry (Carpenter et al. 2009).
const ENOUGH: f64 = 0.1;

/// `γ₀` of no selection (Copas and Shi 2001, p. 256).
const NO_SELECTION: f64 = 10.0;

/// Fits the model from no selection to strong selection, by maximum likelihood in the mean, `τ` and `ρ`.
///
/// How strong selection is, `(γ₀, γ₁)`, cannot be estimated. The path is the usual model and then the line
/// of Carpenter, Rücker and Schwarzer (2009, The R Journal 1(2): 31–36): straight through a grid of
/// strengths, at a right angle to the lines of equal mean.
///
/// # Errors
/// [`SmallStudyError::TooFew`] below four studies, [`SmallStudyError::NoSpread`] for equal variances,
/// [`SmallStudyError::Numeric`].
pub fn copas(funnel: &Funnel) -> Result<Copas, SmallStudyError> {
    let se = checked(funnel)?;
    let side = missing_side(funnel, &se);
    let studies = Studies::new(funnel, &se, side);
    let strengths = line::strengths(&studies, &se);
    let path = std::iter::once((NO_SELECTION, 0.0))
        .chain(strengths)
        .map(|(gamma0, gamma1)| point(funnel, &studies, &se, gamma0, gamma1))
        .collect::<Result<Vec<_>, _>>()?;
    let adjusted = path.iter().find(|point| point.p_value > ENOUGH).copied();
    Ok(Copas { side, path, adjusted })
}

/// The fit at one stated strength: a study with standard error `se` is seen with chance `Φ(γ₀ + γ₁/se)`
/// before its result is looked at.
///
/// # Errors
/// As [`copas`].
pub fn copas_at(funnel: &Funnel, gamma0: f64, gamma1: f64) -> Result<CopasPoint, SmallStudyError> {
    let se = checked(funnel)?;
    let studies = Studies::new(funnel, &se, missing_side(funnel, &se));
    point(funnel, &studies, &se, gamma0, gamma1)
}

/// The standard errors, if there are enough studies of different precision.
fn checked(funnel: &Funnel) -> Result<Vec<f64>, SmallStudyError> {
    funnel.at_least(4, METHOD)?;
    let se = funnel.sei();
    let (least, most) = se.iter().fold((f64::INFINITY, 0.0), |(a, b), &s| (s.min(a), s.max(b)));
    if most - least <= 1e-9 * most {
        return Err(SmallStudyError::NoSpread { method: METHOD, what: "standard error" });
    }
    Ok(se)
}

/// Where studies would be missing: on the left where imprecise studies have the larger effects, by the
/// slope of Egger's regression.
fn missing_side(funnel: &Funnel, se: &[f64]) -> Side {
    let weights: Vec<f64> = se.iter().map(|s| (s * s).recip()).collect();
    let slope = Line::fit(se, funnel.yi(), &weights).map_or(0.0, |line| line.slope);
    if slope > 0.0 { Side::Left } else { Side::Right }
}

fn point(
    funnel: &Funnel,
    studies: &Studies<'_>,
    se: &[f64],
    gamma0: f64,
    gamma1: f64,
) -> Result<CopasPoint, SmallStudyError> {
    let likelihood = Likelihood::new(studies, gamma0, gamma1);
    let three = likelihood.fit(false)?;
    let four = likelihood.fit(true)?;
    let most = se.iter().copied().fold(0.0, f64::max);
    let publication = normal::cdf(gamma0 + gamma1 / most);
    let ([yi, tau2, rho], free) = likelihood.read(&three.x);
    // Without selection ρ means nothing. With both τ and ρ at their limits the likelihood is a step in the
    // mean rather than a parabola, and has no standard error.
    let selects = publication < 1.0;
    let rho = if selects { rho } else { 0.0 };
    let free = if selects { free } else { [free[0], free[1], false] };
    let regular = free[1] || free[2] || rho == 0.0;
    let se_yi = if regular { likelihood.se(&three.x, free) } else { None };
    let limits = se_yi.map(|se| wald(yi, se, None, funnel.level(), CiMethod::Z));
    let back = |y: f64| funnel.back(y, se_yi.unwrap_or(f64::NAN));
    let gain = (2.0 * (three.value - four.value)).max(0.0);
    let unseen = sum(se.iter().map(|s| {
        let u = gamma0 + gamma1 / s;
        normal::sf(u) / normal::cdf(u)
    }));
    Ok(CopasPoint {
        publication,
        gamma0,
        gamma1,
        yi,
        se: se_yi,
        estimate: back(yi),
        ci_lower: limits.map(|l| back(l.lower)),
        ci_upper: limits.map(|l| back(l.upper)),
        tau2,
        rho,
        log_likelihood: -three.value,
        p_value: chi_squared::sf(gain, 1.0),
        unseen,
    })
}
