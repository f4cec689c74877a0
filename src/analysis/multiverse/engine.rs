//! The results of one part of the grid: everything that shares studies and a scale is fitted once.

use super::{Advice, AdviceSet, Family, Grid, Method, Outcome, row_sets::RowSet};
use crate::{
    effect::{BackContext, Correction, Effects, Inversion, Measure},
    model::{
        BetaBinomialFit, Estimand, GenqWeights, GlmmFit, Level, Link, ModelError, OneStepCi,
        PredictionMethod, Settings, Tau2Ci, Tau2Method, TwoStep, TwoStepCi,
        ci::{self, Interval, Pooling},
        corrected_variance, i2_from_tau2, marginal_mean, prediction, tau2, typical_variance,
        weighted::Weighted,
    },
    numeric::{chi_squared, normal, special::expit, student_t},
    study::{Counts, Studies},
};

/// A part of the grid that shares its fits.
#[derive(Clone, Copy, Debug)]
pub(super) enum Task {
    Crude,
    /// Common effect and random effects on a scale.
    Scale(Measure),
    Glmm(Link),
    BetaBinomial,
}

impl Task {
    /// The tasks of a grid for one set of rows, in its order.
    pub(super) fn all(grid: &Grid) -> Vec<Self> {
        let has = |family| grid.models.contains(&family);
        let mut tasks = Vec::new();
        if has(Family::Crude) {
            tasks.push(Self::Crude);
        }
        if has(Family::Common) || has(Family::TwoStep) {
            tasks.extend(grid.measures.iter().map(|measure| Self::Scale(*measure)));
        }
        if has(Family::Glmm) {
            tasks.extend(grid.links.iter().map(|link| Self::Glmm(*link)));
        }
        if has(Family::BetaBinomial) {
            tasks.push(Self::BetaBinomial);
        }
        tasks
    }

    fn name(self) -> String {
        match self {
            Self::Crude => "crude".to_owned(),
            Self::Scale(measure) => format!("two-step, {}", measure.code()),
            Self::Glmm(_) => "glmm".to_owned(),
            Self::BetaBinomial => "beta-binomial".to_owned(),
        }
    }
}

/// What a task found, and what it could not do.
#[derive(Default)]
pub(super) struct Found {
    pub(super) outcomes: Vec<Outcome>,
    pub(super) failures: Vec<(String, String)>,
}

/// One task on one set of rows.
pub(super) struct Engine<'a> {
    pub(super) grid: &'a Grid,
    pub(super) level: Level,
    pub(super) rows: u32,
    pub(super) studies: &'a Studies,
    pub(super) counts: &'a [Counts],
}

impl<'a> Engine<'a> {
    pub(super) fn new(
        grid: &'a Grid,
        level: Level,
        (rows, set): (usize, &RowSet),
        studies: &'a Studies,
    ) -> Self {
        debug_assert_eq!(set.k, studies.k());
        Self {
            grid,
            level,
            rows: u32::try_from(rows).unwrap_or(u32::MAX),
            studies,
            counts: studies.counts().unwrap_or_default(),
        }
    }

    pub(super) fn run(&self, task: Task) -> Found {
        let mut found = Found::default();
        let done = match task {
            Task::Crude => {
                self.crude(&mut found);
                Ok(())
            }
            Task::Scale(measure) => self.scale(measure, &mut found),
            Task::Glmm(link) => self.glmm(link, &mut found),
            Task::BetaBinomial => self.beta_binomial(&mut found),
        };
        if let Err(error) = done {
            found.failures.push((task.name(), error.to_string()));
        }
        found
    }

    fn k(&self) -> f64 {
        self.counts.len() as f64
    }

    /// An outcome without prediction and heterogeneity.
    fn outcome(&self, method: Method, [estimate, ci_lower, ci_upper]: [f64; 3]) -> Outcome {
        Outcome {
            rows: self.rows,
            method,
            k: self.counts.len(),
            estimate,
            ci_lower,
            ci_upper,
            prediction: None,
            tau2: None,
            i2: None,
            advice: AdviceSet::default(),
        }
    }

    fn crude(&self, found: &mut Found) {
        let all = |f: fn(&Counts) -> u64| self.counts.iter().map(f).fold(0, u64::saturating_add);
        let (events, total) = (all(|c| c.events()), all(|c| c.total()));
        let rate = events as f64 / total as f64;
        for &interval in &self.grid.crude_intervals {
            let Some((lower, upper)) = interval.limits(events, total, self.level) else { continue };
            let outcome = self.outcome(Method::Crude { ci: interval }, [rate, lower, upper]);
            let advice = AdviceSet::default().with(Advice::CrudeSum, true);
            found.outcomes.push(Outcome { advice, ..outcome });
        }
    }

    fn scale(&self, measure: Measure, found: &mut Found) -> Result<(), ModelError> {
        let mut seen: Vec<Effects> = Vec::new();
        for &correction in &self.grid.corrections {
            let effects = match measure.effects(self.studies, correction) {
                Ok(effects) => effects,
                Err(error) => {
                    found
                        .failures
                        .push((format!("two-step, {}", measure.code()), error.to_string()));
                    continue;
                }
            };
            let same = |other: &Effects| other.yi() == effects.yi() && other.vi() == effects.vi();
            if seen.iter().any(same) {
                continue;
            }
            let correction = measure.takes_correction().then_some(correction);
            let scale = ScaleFit::new(self, measure, correction, &effects);
            if self.grid.models.contains(&Family::Common) {
                scale.common(found);
            }
            if self.grid.models.contains(&Family::TwoStep) {
                for &tau2 in &self.grid.tau2 {
                    if let Err(error) = scale.random(tau2, found) {
                        found
                            .failures
                            .push((format!("two-step, {}", measure.code()), error.to_string()));
                    }
                }
            }
            seen.push(effects);
        }
        Ok(())
    }

    /// Half the width of a prediction interval over its standard deviation.
    fn prediction_quantile(&self, method: PredictionMethod) -> Option<f64> {
        let tail = self.level.tail();
        let t = |df: f64| (df > 0.0).then(|| student_t::quantile_upper(tail, df));
        if self.k() < 3.0 {
            return None;
        }
        match method {
            PredictionMethod::T => t(self.k() - 1.0),
            PredictionMethod::Hts => t(self.k() - 2.0),
            PredictionMethod::Normal => Some(normal::quantile_upper(tail)),
            _ => None,
        }
    }

    fn glmm(&self, link: Link, found: &mut Found) -> Result<(), ModelError> {
        let fit = GlmmFit::new(self.counts, link).map_err(ModelError::from)?;
        let (mu, se, tau2, k) = (fit.mu(), fit.se(), fit.tau2(), self.counts.len());
        let back = |y: f64| link.inverse(y).0;
        let vi: Vec<f64> = self.counts.iter().map(|&c| corrected_variance(c, link)).collect();
        let i2 = typical_variance(&vi).map(|typical| i2_from_tau2(tau2, typical));
        for estimand in [Estimand::Median, Estimand::Mean] {
            for &ci in &self.grid.one_step_intervals {
                let limits = match (estimand, ci) {
                    (_, OneStepCi::Bootstrap) | (Estimand::Mean, OneStepCi::Pl) => continue,
                    (Estimand::Median, OneStepCi::Pl) => {
                        let (lower, upper) = fit.mu_interval(self.level);
                        [back(mu), lower.map_or(0.0, back), upper.map_or(1.0, back)]
                    }
                    (Estimand::Median, _) => {
                        let interval = self.wald(mu, se, ci);
                        [mu, interval.lower, interval.upper].map(back)
                    }
                    (Estimand::Mean, _) => match marginal_mean(&fit, ci, self.level, k) {
                        Some(mean) => [
                            mean.estimate,
                            mean.ci_lower.unwrap_or(0.0),
                            mean.ci_upper.unwrap_or(1.0),
                        ],
                        // τ̂² = 0: the mean is the median.
                        None => {
                            let interval = self.wald(mu, se, ci);
                            [mu, interval.lower, interval.upper].map(back)
                        }
                    },
                };
                for &prediction in &self.grid.predictions {
                    let method = Method::Glmm { link, estimand, ci, prediction };
                    let half = self
                        .prediction_quantile(prediction)
                        .map(|quantile| quantile * (tau2 + se * se).sqrt());
                    let predicts = !matches!(
                        prediction,
                        PredictionMethod::Hk | PredictionMethod::Kr | PredictionMethod::Bootstrap
                    );
                    if !predicts {
                        continue;
                    }
                    found.outcomes.push(Outcome {
                        prediction: half.map(|half| [back(mu - half), back(mu + half)]),
                        tau2: Some(tau2),
                        i2,
                        advice: self.few(ci == OneStepCi::Z, prediction, tau2),
                        ..self.outcome(method, limits)
                    });
                }
            }
        }
        Ok(())
    }

    fn beta_binomial(&self, found: &mut Found) -> Result<(), ModelError> {
        let fit = BetaBinomialFit::new(self.counts).map_err(ModelError::from)?;
        for &ci in &self.grid.one_step_intervals {
            let (mean, se) = (fit.logit_mean(), fit.se());
            let limits = match ci {
                OneStepCi::Bootstrap => continue,
                OneStepCi::Pl => {
                    let (lower, upper) = fit.logit_mean_interval(self.level);
                    [expit(mean), lower.map_or(0.0, expit), upper.map_or(1.0, expit)]
                }
                OneStepCi::Z | OneStepCi::T => {
                    let interval = self.wald(mean, se, ci);
                    [mean, interval.lower, interval.upper].map(expit)
                }
            };
            found.outcomes.push(Outcome {
                advice: self.few(ci == OneStepCi::Z, PredictionMethod::None, fit.rho()),
                ..self.outcome(Method::BetaBinomial { ci }, limits)
            });
        }
        Ok(())
    }

    fn wald(&self, value: f64, se: f64, ci: OneStepCi) -> Interval {
        let df = (ci == OneStepCi::T).then_some(self.k() - 1.0);
        ci::wald(value, se, df, self.level, crate::model::CiMethod::Z)
    }

    /// What few studies call for.
    fn few(&self, wald: bool, prediction: PredictionMethod, spread: f64) -> AdviceSet {
        let few = self.k() < FEW && spread > 0.0;
        AdviceSet::default()
            .with(Advice::WaldFewStudies, wald && few)
            .with(Advice::NormalPrediction, prediction == PredictionMethod::Normal && few)
    }
}

/// Fewer studies than this leave `τ²` so uncertain that normal quantiles mislead.
const FEW: f64 = 20.0;

/// Studies that differ at this level of the Q test do not share one rate.
const DIFFER: f64 = 0.1;

/// I² above which moment and likelihood estimators part.
const HIGH_I2: f64 = 75.0;

/// Everything on one scale with one correction.
struct ScaleFit<'a> {
    engine: &'a Engine<'a>,
    measure: Measure,
    correction: Option<Correction>,
    effects: &'a Effects,
    typical: Option<f64>,
    /// Reasons that hold for every analysis on this scale.
    advice: AdviceSet,
}

impl<'a> ScaleFit<'a> {
    fn new(
        engine: &'a Engine<'a>,
        measure: Measure,
        correction: Option<Correction>,
        effects: &'a Effects,
    ) -> Self {
        let empty = engine.counts.iter().filter(|c| !c.is_interior()).count();
        let advice = AdviceSet::default()
            .with(Advice::FreemanTukey, measure == Measure::Pft)
            .with(Advice::CorrectedAll, effects.corrected() > empty)
            .with(Advice::Corrected, effects.corrected() > 0 && effects.corrected() <= empty);
        let typical = typical_variance(effects.vi());
        Self { engine, measure, correction, effects, typical, advice }
    }

    /// The inversions to report: one where the scale needs none.
    fn inversions(&self) -> Vec<Option<Inversion>> {
        if self.measure == Measure::Pft {
            self.engine.grid.inversions.iter().copied().map(Some).collect()
        } else {
            vec![None]
        }
    }

    /// The way back to rates for a pooled value whose Wald standard error is `se`.
    fn back(&self, inversion: Option<Inversion>, se: f64) -> impl Fn(f64) -> f64 + use<> {
        let measure = self.measure;
        let sizes = self.engine.counts.iter().map(|c| c.n());
        let context = inversion.map_or(BackContext::Plain, |inversion| {
            BackContext::Size(inversion.sample_size(se, sizes))
        });
        move |y| measure.back(y, context)
    }

    fn advice(&self, inversion: Option<Inversion>, limits: [f64; 3]) -> AdviceSet {
        let clips = matches!(self.measure, Measure::Pr | Measure::Pln)
            && limits.iter().any(|y| self.measure.clips(*y));
        self.advice
            .with(Advice::HarmonicInversion, inversion == Some(Inversion::Harmonic))
            .with(Advice::Clipped, clips)
    }

    fn common(&self, found: &mut Found) {
        let (yi, vi) = (self.effects.yi(), self.effects.vi());
        let Weighted { w, mean, q } = Weighted::at(yi, vi, 0.0);
        let se = w.sqrt().recip();
        let interval = ci::wald(mean, se, None, self.engine.level, crate::model::CiMethod::Z);
        let differ = chi_squared::sf(q, yi.len() as f64 - 1.0) < DIFFER;
        let limits = [mean, interval.lower, interval.upper];
        for inversion in self.inversions() {
            let method =
                Method::Common { measure: self.measure, correction: self.correction, inversion };
            let outcome = self.engine.outcome(method, limits.map(self.back(inversion, se)));
            let advice = self.advice(inversion, limits).with(Advice::CommonEffect, differ);
            found.outcomes.push(Outcome { advice, ..outcome });
        }
    }

    fn random(&self, method: Tau2Method, found: &mut Found) -> Result<(), ModelError> {
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
