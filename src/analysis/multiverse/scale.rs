//! The two-step and common-effect analyses on one scale with one correction: effects, `τ²` and
//! prediction limits are computed once for all intervals and inversions.

use super::{
    Advice, AdviceSet, Method, Outcome,
    engine::{DIFFER, Engine, Found},
};
use crate::{
    effect::{Correction, Effects, Inversion, Measure},
    model::{
        CiMethod, GenqWeights, ModelError, PredictionMethod, Settings, Tau2Ci, Tau2Method, TwoStep,
        TwoStepCi,
        ci::{self, Pooling},
        i2_from_q, i2_from_tau2, prediction, tau2, typical_variance,
        weighted::Weighted,
    },
    numeric::chi_squared,
};

/// I² above which moment and likelihood estimators part.
const HIGH_I2: f64 = 75.0;

/// Everything on one scale with one correction.
pub(super) struct ScaleFit<'a> {
    engine: &'a Engine<'a>,
    measure: Measure,
    correction: Option<Correction>,
    effects: &'a Effects,
    typical: Option<f64>,
    /// I² from Cochran's Q.
    i2_q: f64,
    /// Reasons that hold for every analysis on this scale.
    advice: AdviceSet,
}

impl<'a> ScaleFit<'a> {
    pub(super) fn new(
        engine: &'a Engine<'a>,
        measure: Measure,
        correction: Option<Correction>,
        effects: &'a Effects,
    ) -> Self {
        // Corrections of more studies than those with an empty cell.
        let empty = measure
            .effects(engine.studies, Correction::default())
            .map_or(0, |effects| effects.corrected());
        let advice = AdviceSet::default()
            .with(Advice::FreemanTukey, measure == Measure::Pft)
            .with(Advice::CorrectedAll, effects.corrected() > empty)
            .with(Advice::Corrected, effects.corrected() > 0 && effects.corrected() <= empty);
        let typical = typical_variance(effects.vi());
        let q = Weighted::at(effects.yi(), effects.vi(), 0.0).q;
        let i2_q = i2_from_q(q, effects.k() as f64 - 1.0);
        Self { engine, measure, correction, effects, typical, i2_q, advice }
    }

    /// The inversions to report: one where the scale needs none.
    fn inversions(&self) -> Vec<Option<Inversion>> {
        if matches!(self.measure, Measure::Pft | Measure::Irft) {
            self.engine.grid.inversions.iter().copied().map(Some).collect()
        } else {
            vec![None]
        }
    }

    /// The way back to rates for a pooled value whose Wald standard error is `se`.
    fn back(&self, inversion: Option<Inversion>, se: f64) -> impl Fn(f64) -> f64 + use<> {
        let (measure, sizes) = (self.measure, self.engine.studies.outcomes().sizes());
        let context = measure.context(inversion.unwrap_or_default(), se, sizes);
        move |y| measure.back(y, context)
    }

    fn advice(&self, inversion: Option<Inversion>, limits: [f64; 3]) -> AdviceSet {
        // Limits of an arcsine are clipped by nature.
        let clips = !matches!(self.measure, Measure::Pas | Measure::Pft)
            && limits.iter().any(|y| self.measure.clips(*y));
        self.advice
            .with(Advice::HarmonicInversion, inversion == Some(Inversion::Harmonic))
            .with(Advice::Clipped, clips)
    }

    pub(super) fn common(&self, found: &mut Found) {
        let (yi, vi) = (self.effects.yi(), self.effects.vi());
        let Weighted { w, mean, q } = Weighted::at(yi, vi, 0.0);
        let se = w.sqrt().recip();
        let interval = ci::wald(mean, se, None, self.engine.level, CiMethod::Z);
        let differ = chi_squared::sf(q, yi.len() as f64 - 1.0) < DIFFER;
        let limits = [mean, interval.lower, interval.upper];
        for inversion in self.inversions() {
            let method =
                Method::Common { measure: self.measure, correction: self.correction, inversion };
            let outcome = self.engine.outcome(method, limits.map(self.back(inversion, se)));
            let advice = self.advice(inversion, limits).with(Advice::CommonEffect, differ);
            found.outcomes.push(Outcome { i2_q: Some(self.i2_q), advice, ..outcome });
        }
    }

    pub(super) fn random(&self, method: Tau2Method, found: &mut Found) -> Result<(), ModelError> {
        let (yi, vi) = (self.effects.yi(), self.effects.vi());
        let engine = self.engine;
        let tau2 = tau2::estimate(yi, vi, method, GenqWeights::default())?.value;
        let fit = Weighted::at(yi, vi, tau2);
        let se = fit.w.sqrt().recip();
        let i2 = self.typical.map(|typical| i2_from_tau2(tau2, typical));
        let low = matches!(method, Tau2Method::Hs | Tau2Method::Ml)
            || (matches!(method, Tau2Method::Dl | Tau2Method::Hsk)
                && i2.is_some_and(|i2| i2 > HIGH_I2));
        let inversions = self.inversions();
        let mut choices = TwoStep {
            measure: self.measure,
            correction: self.correction.unwrap_or_default(),
            tau2: method,
            tau2_ci: Tau2Ci::Qp,
            ..TwoStep::default()
        };
        let settings =
            |prediction| Settings { prediction, level: engine.level, ..Settings::two_step() };
        // Prediction depends on the estimator and not on the interval.
        let predictions = engine
            .grid
            .predictions
            .iter()
            .filter(|p| prediction::check(**p, &choices).is_ok())
            .map(|&method| {
                let settings = settings(method);
                let pooling = Pooling { yi, vi, tau2, fit, choices: &choices, settings: &settings };
                prediction::limits(&pooling).map(|limits| (method, limits))
            })
            .collect::<Result<Vec<_>, _>>()?;
        for &ci in &engine.grid.intervals {
            choices.ci = ci;
            if ci::check(&choices).is_err() {
                continue;
            }
            let settings = settings(PredictionMethod::None);
            let pooling = Pooling { yi, vi, tau2, fit, choices: &choices, settings: &settings };
            let interval = ci::interval(&pooling)?;
            let limits = [interval.yi, interval.lower, interval.upper];
            let narrow = ci == TwoStepCi::Hk && interval.hk_scale.is_some_and(|scale| scale < 1.0);
            for &inversion in &inversions {
                let back = self.back(inversion, se);
                let rates = limits.map(&back);
                for (prediction, limits_of_new) in &predictions {
                    let advice = self
                        .advice(inversion, limits)
                        .union(engine.few(ci == TwoStepCi::Z, *prediction, tau2))
                        .with(Advice::NarrowHk, narrow)
                        .with(Advice::LowTau2, low);
                    found.outcomes.push(Outcome {
                        prediction: limits_of_new.map(|l| [back(l.lower), back(l.upper)]),
                        tau2: Some(tau2),
                        i2,
                        i2_q: Some(self.i2_q),
                        advice,
                        ..engine.outcome(
                            Method::TwoStep {
                                measure: self.measure,
                                correction: self.correction,
                                inversion,
                                tau2: method,
                                ci,
                                prediction: *prediction,
                            },
                            rates,
                        )
                    });
                }
            }
        }
        Ok(())
    }
}
