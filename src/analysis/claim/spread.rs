//! What the width and the place of a printed interval say: about the patients it would take, the
//! scale it is symmetric on, and the variance between studies it would imply.

use serde::Serialize;

use super::{BinomialInterval, Stated};
use crate::{
    effect::{BackContext, Measure},
    numeric::{
        normal,
        special::{expit, logit},
        student_t,
    },
};

/// An interval against the binomial interval of its total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum WidthKind {
    /// Narrower than one sample of that many patients allows.
    Narrower,
    /// As wide as the interval of one sample.
    Binomial,
    /// Wider.
    Wider,
}

/// What a printed interval implies.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// The Wilson interval of the total, were all patients one sample.
    pub binomial: Option<[f64; 2]>,
    /// How many times as wide the printed interval is, least and most by rounding.
    pub ratio: Option<[f64; 2]>,
    /// The comparison in a word; `None` without a total.
    pub width: Option<WidthKind>,
    /// Patients of one sample whose Wald interval is as wide, least and most by rounding; `None` for a
    /// rate of 0 or 1 and for an interval of no width.
    pub patients: Option<[f64; 2]>,
    /// The scales on which the rate lies in the middle of its interval.
    pub symmetric_on: Vec<Measure>,
    /// The variance between studies it would imply.
    pub implied: Option<Implied>,
}

/// Heterogeneity that an interval implies, were all studies of one size and pooled on the logit scale.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Implied {
    /// `τ² = k·se² − v`, `v` the sampling variance of a study of average size.
    pub tau2: f64,
    /// `τ`.
    pub tau: f64,
    /// `100·τ²/(τ² + v)`.
    pub i2: f64,
    /// Lower limit of the prediction interval for a new study, `t(k−1)`.
    pub lower: f64,
    /// Upper limit of it.
    pub upper: f64,
}

/// Binomial intervals differ by less than this among one another.
const SLACK: f64 = 0.1;

/// The scales on which intervals of proportions are made.
const SCALES: [Measure; 4] = [Measure::Pr, Measure::Pas, Measure::Plo, Measure::Prz];

impl Spread {
    /// What the interval of `stated` implies; `None` without one.
    pub(super) fn of(stated: &Stated) -> Option<Self> {
        let [lower, upper] = stated.ci?;
        let rate = stated.rate.value();
        let z = normal::quantile_upper(stated.level.tail());
        let rounding = lower.half() + upper.half();
        let width = upper.value() - lower.value();
        let range = [(width - rounding).max(0.0), width + rounding];
        let variance = rate * (1.0 - rate);
        let patients = (variance > 0.0 && range[0] > 0.0)
            .then(|| [range[1], range[0]].map(|width| variance * (2.0 * z / width).powi(2)));
        let one_sample = stated.total.and_then(|total| {
            // Between the counts that round to the rate the width hardly moves.
            let events = whole(rate * total as f64).min(total);
            let wide = |interval: BinomialInterval| interval.limits(events, total, stated.level);
            Some((wide(BinomialInterval::Wilson)?, wide(BinomialInterval::ClopperPearson)?))
        });
        let ratio = one_sample.map(|(wilson, _)| range.map(|width| width / (wilson.1 - wilson.0)));
        let kind = one_sample.map(|(wilson, exact)| {
            if range[1] < (1.0 - SLACK) * (wilson.1 - wilson.0) {
                WidthKind::Narrower
            } else if range[0] > (1.0 + SLACK) * (exact.1 - exact.0) {
                WidthKind::Wider
            } else {
                WidthKind::Binomial
            }
        });
        Some(Self {
            binomial: one_sample.map(|(wilson, _)| [wilson.0, wilson.1]),
            ratio,
            width: kind,
            patients,
            symmetric_on: SCALES.into_iter().filter(|scale| symmetric(stated, *scale)).collect(),
            implied: if kind == Some(WidthKind::Wider) { implied(stated, z) } else { None },
        })
    }
}

/// The nearest count; `x` is at most a total.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to a total")]
fn whole(x: f64) -> u64 {
    x.round().max(0.0) as u64
}

/// Whether some numbers behind the printed ones put the rate in the middle of its interval.
fn symmetric(stated: &Stated, scale: Measure) -> bool {
    let Some([lower, upper]) = stated.ci else { return false };
    let middle = |lower: f64, upper: f64| {
        let place = |p: f64| scale.of(p.clamp(0.0, 1.0));
        scale.back(0.5 * (place(lower) + place(upper)), BackContext::Plain)
    };
    let least = middle(lower.lower(), upper.lower());
    let most = middle(lower.upper(), upper.upper());
    // Limits at 0 or 1 have no place on a logit: nothing is said then.
    !least.is_nan()
        && !most.is_nan()
        && least <= stated.rate.upper() * (1.0 + 1e-12)
        && most >= stated.rate.lower() * (1.0 - 1e-12)
}

fn implied(stated: &Stated, z: f64) -> Option<Implied> {
    let ([lower, upper], k, total) = (stated.ci?, stated.k?, stated.total?);
    let rate = stated.rate.value();
    if k < 3 || !(rate > 0.0 && rate < 1.0 && lower.value() > 0.0 && upper.value() < 1.0) {
        return None;
    }
    let k = k as f64;
    let se = (logit(upper.value()) - logit(lower.value())) / (2.0 * z);
    let typical = k / (total as f64 * rate * (1.0 - rate));
    let tau2 = k * se * se - typical;
    if tau2 <= 0.0 {
        return None;
    }
    let half = student_t::quantile_upper(stated.level.tail(), k - 1.0) * (tau2 + se * se).sqrt();
    Some(Implied {
        tau2,
        tau: tau2.sqrt(),
        i2: 100.0 * tau2 / (tau2 + typical),
        lower: expit(logit(rate) - half),
        upper: expit(logit(rate) + half),
    })
}
