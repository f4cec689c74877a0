//! Influence: what each study does to the result, from the fits without it.

use serde::Serialize;

use super::LeftOut;
use crate::{
    model::{Fit, Model},
    numeric::chi_squared,
};

/// What one study does to the result (Viechtbauer and Cheung 2010), for every model.
///
/// `−i` marks the fit without the study. Effects and sampling variances are those that the study rows
/// show: under a one-step model logits, corrected where a cell is empty.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Influence {
    /// The study.
    pub study: String,
    /// Its line in the file.
    pub row: u64,
    /// `(yᵢ − μ̂₋ᵢ)/√(vᵢ + τ̂²₋ᵢ + se²₋ᵢ)`: externally standardised.
    pub rstudent: Option<f64>,
    /// `(μ̂ − μ̂₋ᵢ)/√(hᵢ(vᵢ + τ̂²₋ᵢ))`.
    pub dffits: Option<f64>,
    /// `(μ̂ − μ̂₋ᵢ)²/se²`.
    pub cook_d: Option<f64>,
    /// `se²₋ᵢ/se²`: below 1 the result is more precise without the study.
    pub cov_ratio: Option<f64>,
    /// `τ̂²₋ᵢ`; `None` for the beta-binomial model.
    pub tau2_deleted: Option<f64>,
    /// `ρ̂₋ᵢ` of the beta-binomial model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rho_deleted: Option<f64>,
    /// Q (one-step models: the likelihood-ratio statistic) without the study.
    pub q_deleted: Option<f64>,
    /// `hᵢ`, the study's share of the weights, 0 to 1.
    pub hat: Option<f64>,
    /// The same in percent.
    pub weight: Option<f64>,
    /// `(μ̂ − μ̂₋ᵢ)/√(1/Σ 1/(vⱼ + τ̂²₋ᵢ))`, the sum over all studies; one-step models: over `se₋ᵢ`.
    pub dfbetas: Option<f64>,
    /// Which rules mark it as influential; empty for most.
    pub flags: Vec<Flag>,
    /// Whether `|rstudent| > 2`.
    pub outlier: bool,
    /// Whether its interval lies wholly outside the interval of the pooled result.
    pub outside: bool,
}

/// Rules that mark a study as influential (Viechtbauer and Cheung 2010), with one coefficient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Flag {
    /// `|DFFITS| > 3√(1/(k−1))`.
    Dffits,
    /// Cook's D beyond the median of `χ²₁`.
    Cook,
    /// `h > 3/k`.
    Hat,
    /// `|DFBETAS| > 1`.
    Dfbetas,
}

impl Flag {
    /// The value beyond which the rule flags one of `k` studies.
    #[must_use]
    pub fn limit(self, k: f64) -> f64 {
        match self {
            Self::Dffits => 3.0 * (1.0 / (k - 1.0)).sqrt(),
            Self::Cook => chi_squared::quantile(0.5, 1.0),
            Self::Hat => 3.0 / k,
            Self::Dfbetas => 1.0,
        }
    }
}

impl Influence {
    /// Beyond this an externally standardised residual marks an outlier.
    pub const OUTLIER: f64 = 2.0;
}

/// The influence of each study on `full`, from the fits without each row, in the order of the file.
///
/// ```
/// use resorb::{analysis::{Unit, influence, leave_one_out}, model::{Settings, pool}, study::Studies};
/// let studies = Studies::from_counts([("A", 64, 84), ("B", 35, 77), ("C", 25, 36), ("D", 2, 90)])?;
/// let settings = Settings::two_step();
/// let without = leave_one_out(&studies, &settings, Unit::Row)?;
/// let influence = influence(&pool(&studies, &settings)?, &without);
/// assert!(influence[3].outlier);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn influence(full: &Fit, without: &[LeftOut]) -> Vec<Influence> {
    let variances: Vec<f64> = full.studies.iter().map(|row| row.vi).collect();
    full.studies
        .iter()
        .zip(without)
        .map(|(row, left)| {
            let (whole, part) = (Piece::of(full), Piece::of(&left.fit));
            let hat = row.weight_random.map(|weight| weight / 100.0);
            let scatter = part.tau2.map(|tau2| row.vi + tau2);
            let moved = whole.mean.zip(part.mean).map(|(all, rest)| all - rest);
            let ratio = |top: Option<f64>, bottom: Option<f64>| {
                top.zip(bottom).map(|(a, b)| a / b).filter(|r| r.is_finite())
            };
            let rstudent = ratio(
                part.mean.map(|mean| row.yi - mean),
                scatter.zip(part.variance).map(|(s, v)| (s + v).sqrt()),
            );
            let dffits = ratio(moved, hat.zip(scatter).map(|(h, s)| (h * s).sqrt()));
            let cook_d = ratio(moved.map(|d| d * d), whole.variance);
            let spread = match full.settings.model {
                Model::TwoStep(_) => part.tau2.map(|tau2| {
                    variances.iter().map(|v| 1.0 / (v + tau2)).sum::<f64>().sqrt().recip()
                }),
                _ => part.variance.map(f64::sqrt),
            };
            let dfbetas = ratio(moved, spread);
            let pooled = full.random.map(|random| random.pooled);
            let outside = pooled.is_some_and(|pooled| {
                pooled.ci_upper.is_some_and(|upper| row.ci_lower > upper)
                    || pooled.ci_lower.is_some_and(|lower| row.ci_upper < lower)
            });
            Influence {
                study: row.study.to_owned(),
                row: row.row,
                rstudent,
                dffits,
                cook_d,
                cov_ratio: ratio(part.variance, whole.variance),
                tau2_deleted: left.fit.heterogeneity.tau2,
                rho_deleted: left.fit.heterogeneity.rho,
                q_deleted: left.fit.heterogeneity.q,
                hat,
                weight: row.weight_random,
                dfbetas,
                flags: flags(full.k as f64, dffits, cook_d, hat, dfbetas),
                outlier: rstudent.is_some_and(|r| r.abs() > Influence::OUTLIER),
                outside,
            }
        })
        .collect()
}

/// What a fit contributes: mean, its Wald variance, between-study variance.
struct Piece {
    mean: Option<f64>,
    variance: Option<f64>,
    tau2: Option<f64>,
}

impl Piece {
    fn of(fit: &Fit) -> Self {
        let random = fit.random.as_ref();
        let mean = random.and_then(|random| random.pooled.yi);
        let variance = random.and_then(|random| random.wald_se).map(|se| se * se);
        let found = &fit.heterogeneity;
        // Beta-binomial rates have variance ρμ(1−μ); on the logit, to first order, ρ/(μ(1−μ)).
        let from_rho = || {
            let p = random.map(|random| random.pooled.estimate)?;
            found.rho.map(|rho| rho / (p * (1.0 - p)))
        };
        Self { mean, variance, tau2: found.tau2.or_else(from_rho) }
    }
}

fn flags(
    k: f64,
    dffits: Option<f64>,
    cook_d: Option<f64>,
    hat: Option<f64>,
    dfbetas: Option<f64>,
) -> Vec<Flag> {
    let far = 3.0 * (1.0 / (k - 1.0)).sqrt();
    [
        (Flag::Dffits, dffits.is_some_and(|d| d.abs() > far)),
        (Flag::Cook, cook_d.is_some_and(|d| chi_squared::cdf(d, 1.0) > 0.5)),
        (Flag::Hat, hat.is_some_and(|h| h > 3.0 / k)),
        (Flag::Dfbetas, dfbetas.is_some_and(|d| d.abs() > 1.0)),
    ]
    .into_iter()
    .filter_map(|(flag, raised)| raised.then_some(flag))
    .collect()
}
