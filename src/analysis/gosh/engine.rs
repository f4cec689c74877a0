//! One subset after the other: closed forms from running sums, the rest by the estimators themselves.

use super::{GoshEstimator, display, from_q, members::Plan, sums::Running};
use crate::{
    effect::Effects,
    model::{
        I2, ModelError, Tau2Method, TwoStep,
        heterogeneity::{i2_from_q, i2_from_tau2, typical_variance},
        tau2,
        weighted::Weighted,
    },
    study::Studies,
};

/// The columns of a block.
pub(super) struct Rows {
    pub(super) yi: Vec<f64>,
    pub(super) estimate: Vec<f64>,
    pub(super) tau2: Vec<f64>,
    pub(super) i2: Vec<f64>,
    /// The members, for a sample.
    pub(super) words: Vec<u64>,
}

/// What every subset needs.
pub(super) struct Engine<'a> {
    effects: &'a Effects,
    choices: &'a TwoStep,
    estimator: GoshEstimator,
    i2_from_q: bool,
    sizes: Vec<f64>,
    /// Effects relative to the common effect of all studies.
    origin: f64,
    /// For each study the terms of [`SUMS`], where the estimator has a closed form.
    terms: Option<Vec<[f64; SUMS]>>,
}

/// `Σw, Σwy, Σwy², Σw²` at `w = 1/v`, the same at the weights `a` of a moment estimator, and `Σav`,
/// `Σa²v`.
const SUMS: usize = 10;

/// A sum of squares that is this part of what it is the difference of has lost digits; it is then made
/// from the studies themselves.
const CANCELLED: f64 = 1e-4;

/// One subset's result.
struct Result4 {
    mean: f64,
    se: f64,
    tau2: f64,
    i2: f64,
}

impl<'a> Engine<'a> {
    pub(super) fn new(
        effects: &'a Effects,
        studies: &Studies,
        choices: &'a TwoStep,
        estimator: GoshEstimator,
        i2: I2,
    ) -> Self {
        let (yi, vi) = (effects.yi(), effects.vi());
        let origin = Weighted::at(yi, vi, 0.0).mean;
        let weight = |v: f64| match estimator {
            GoshEstimator::Random(Tau2Method::He) => Some(1.0),
            GoshEstimator::Random(Tau2Method::Genq) => Some(choices.genq_weights.weight(v)),
            GoshEstimator::Common
            | GoshEstimator::Random(Tau2Method::Dl | Tau2Method::Hs | Tau2Method::Hsk) => {
                Some(v.recip())
            }
            GoshEstimator::Random(_) => None,
        };
        let terms = yi
            .iter()
            .zip(vi)
            .map(|(&y, &v)| {
                let (w, a, y) = (v.recip(), weight(v)?, y - origin);
                Some([w, w * y, w * y * y, w * w, a, a * y, a * y * y, a * a, a * v, a * a * v])
            })
            .collect();
        let sizes = studies.outcomes().sizes().collect();
        Self { effects, choices, estimator, i2_from_q: from_q(estimator, i2), sizes, origin, terms }
    }

    /// Subsets `from` to `to`.
    pub(super) fn block(&self, plan: &Plan, from: u64, to: u64) -> Result<Rows, ModelError> {
        let words = plan.draw(from, to);
        let n = usize::try_from(to - from).unwrap_or(0);
        let room = || Vec::with_capacity(n);
        let mut rows =
            Rows { yi: room(), estimate: room(), tau2: room(), i2: room(), words: Vec::new() };
        let k = self.effects.k();
        let (mut places, mut y, mut v) =
            (Vec::with_capacity(k), Vec::with_capacity(k), Vec::with_capacity(k));
        let mut running = match (plan, &self.terms) {
            (Plan::All { .. }, Some(terms)) => Some(Running::new(terms, from + 1)),
            _ => None,
        };
        for subset in words.chunks(plan.words()) {
            places.clear();
            y.clear();
            v.clear();
            for (word, &bits) in subset.iter().enumerate() {
                let mut bits = bits;
                while bits != 0 {
                    let place = 64 * word + bits.trailing_zeros() as usize;
                    bits &= bits - 1;
                    if let (Some(&yi), Some(&vi)) =
                        (self.effects.yi().get(place), self.effects.vi().get(place))
                    {
                        places.push(place);
                        y.push(yi);
                        v.push(vi);
                    }
                }
            }
            let sums = running.as_mut().zip(subset.first()).map(|(r, &subset)| r.at(subset));
            let quick = sums.and_then(|sums| self.by_sums(&sums, &y, &v));
            let found = match quick {
                Some(found) => found,
                None => self.pooled(&y, &v)?,
            };
            let sizes = places.iter().filter_map(|&place| self.sizes.get(place)).copied();
            let place = (found.mean, found.se);
            rows.yi.push(found.mean);
            rows.estimate.push(display(self.effects, self.choices, place, sizes));
            rows.tau2.push(found.tau2);
            rows.i2.push(found.i2);
        }
        if let Plan::Sample { .. } = plan {
            rows.words = words;
        }
        Ok(rows)
    }

    /// One subset on its own.
    fn pooled(&self, y: &[f64], v: &[f64]) -> Result<Result4, ModelError> {
        let df = y.len() as f64 - 1.0;
        if df < 1.0 {
            let (mean, se) =
                y.first().zip(v.first()).map_or((f64::NAN, f64::NAN), |(y, v)| (*y, v.sqrt()));
            return Ok(Result4 { mean, se, tau2: f64::NAN, i2: f64::NAN });
        }
        let tau2 = match self.estimator {
            GoshEstimator::Common => 0.0,
            GoshEstimator::Random(method) => {
                tau2::estimate(y, v, method, self.choices.genq_weights)?.value
            }
        };
        let fit = Weighted::at(y, v, tau2);
        let i2 = if self.i2_from_q {
            i2_from_q(Weighted::at(y, v, 0.0).q, df)
        } else {
            typical_variance(v).map_or(f64::NAN, |typical| i2_from_tau2(tau2, typical))
        };
        Ok(Result4 { mean: fit.mean, se: fit.w.sqrt().recip(), tau2, i2 })
    }

    /// A subset by closed forms; `None` where these would lose digits.
    fn by_sums(&self, sums: &[f64; SUMS], y: &[f64], v: &[f64]) -> Option<Result4> {
        let [w, wy, wy2, w2, a, ay, ay2, a2, av, a2v] = *sums;
        let k = y.len() as f64;
        let df = k - 1.0;
        if df < 1.0 {
            return None;
        }
        // A difference of two sums, if it keeps most of its digits.
        let less =
            |whole: f64, part: f64| (whole - part >= CANCELLED * whole).then_some(whole - part);
        let trace = less(w, w2 / w)?;
        let q = less(wy2, wy * wy / w)?;
        let tau2 = match self.estimator {
            GoshEstimator::Common => 0.0,
            GoshEstimator::Random(Tau2Method::Hs) => (q - k) / w,
            GoshEstimator::Random(Tau2Method::Hsk) => (q * k / df - k) / w,
            GoshEstimator::Random(_) => {
                let scatter = less(ay2, ay * ay / a)?;
                (scatter - less(av, a2v / a)?) / less(a, a2 / a)?
            }
        };
        let tau2 = tau2.max(0.0);
        let (w, mean) = if tau2 == 0.0 {
            (w, wy / w)
        } else {
            let (w, wy) = y.iter().zip(v).fold((0.0, 0.0), |(sum, mean), (y, v)| {
                let w = 1.0 / (v + tau2);
                (sum + w, mean + w * (y - self.origin))
            });
            (w, wy / w)
        };
        let i2 = if self.i2_from_q { i2_from_q(q, df) } else { i2_from_tau2(tau2, df / trace) };
        Some(Result4 { mean: self.origin + mean, se: w.sqrt().recip(), tau2, i2 })
    }
}
