//! The results of one part of the grid: everything that shares studies and a scale is fitted once.

use super::{
    Advice, AdviceSet, Family, Grid, Method, Outcome, grid::quantity, row_sets::RowSet,
    scale::ScaleFit,
};
use crate::{
    effect::{Effects, Measure},
    model::{
        BetaBinomialFit, CiMethod, Estimand, GlmmFit, Level, Link, ModelError, OneStepCi,
        PredictionMethod, TwoGroupKind,
        ci::{self, Interval},
        corrected_variance, i2_from_q, i2_from_tau2, marginal_mean, single_rate_lrt,
        typical_variance,
    },
    numeric::{normal, special::expit, student_t},
    study::{Counts, Studies},
};

/// A part of the grid that shares its fits.
#[derive(Clone, Copy, Debug)]
pub(super) enum Task {
    Crude,
    /// Common effect and random effects on a scale.
    Scale(Measure),
    Glmm(Link),
    RateGlmm,
    BetaBinomial,
    MantelHaenszel(Measure),
    Peto,
    TwoGroup(TwoGroupKind),
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
        let of = |lead: Measure| grid.measures.iter().any(|m| quantity(*m) == lead);
        if has(Family::Glmm) && of(Measure::Irln) {
            tasks.push(Self::RateGlmm);
        } else if has(Family::Glmm) {
            tasks.extend(grid.links.iter().map(|link| Self::Glmm(*link)));
        }
        if has(Family::BetaBinomial) {
            tasks.push(Self::BetaBinomial);
        }
        if has(Family::MantelHaenszel) {
            let strata = grid.measures.iter().filter(|measure| is_of_strata(**measure));
            tasks.extend(strata.map(|measure| Self::MantelHaenszel(*measure)));
        }
        // Peto's method and the one-step models are of one ratio each.
        if has(Family::Peto) && of(Measure::Or) {
            tasks.push(Self::Peto);
        }
        if of(Measure::Or) || of(Measure::Irr) {
            let kinds = grid.models.iter().filter_map(|family| family.two_group());
            tasks.extend(kinds.map(Self::TwoGroup));
        }
        tasks
    }

    /// Whether it leaves out studies that say nothing about an odds ratio by itself, so that leaving
    /// them out first is no alternative.
    pub(super) fn drops_double_zeros(self) -> bool {
        matches!(self, Self::MantelHaenszel(Measure::Or) | Self::Peto | Self::TwoGroup(_))
    }

    fn name(self) -> String {
        match self {
            Self::Crude => "crude".to_owned(),
            Self::Scale(measure) => format!("two-step, {}", measure.code()),
            Self::Glmm(_) | Self::RateGlmm => "glmm".to_owned(),
            Self::BetaBinomial => "beta-binomial".to_owned(),
            Self::MantelHaenszel(measure) => format!("mh, {}", measure.code()),
            Self::Peto => "peto".to_owned(),
            Self::TwoGroup(kind) => Family::from(kind).name().to_owned(),
        }
    }

    /// Whether it needs events and totals of one group.
    const fn is_of_counts(self) -> bool {
        matches!(self, Self::Crude | Self::Glmm(_) | Self::BetaBinomial)
    }
}

/// Whether Mantel and Haenszel's method pools a measure.
const fn is_of_strata(measure: Measure) -> bool {
    matches!(measure, Measure::Or | Measure::Rr | Measure::Rd | Measure::Irr | Measure::Ird)
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
            task if task.is_of_counts() && self.studies.counts().is_none() => {
                Err(ModelError::NeedsCounts { model: "this family" })
            }
            Task::Crude => {
                self.crude(&mut found);
                Ok(())
            }
            Task::Scale(measure) => {
                self.scale(measure, &mut found);
                Ok(())
            }
            Task::Glmm(link) => self.glmm(link, &mut found),
            Task::RateGlmm => self.rate_glmm(&mut found),
            Task::BetaBinomial => self.beta_binomial(&mut found),
            Task::MantelHaenszel(measure) => {
                self.pooled_common(Method::MantelHaenszel { measure }, &mut found)
            }
            Task::Peto => self.pooled_common(Method::Peto, &mut found),
            Task::TwoGroup(kind) => self.two_group(kind, &mut found),
        };
        if let Err(error) = done {
            found.failures.push((task.name(), error.to_string()));
        }
        found
    }

    fn k(&self) -> f64 {
        self.studies.k() as f64
    }

    /// An outcome without prediction and heterogeneity.
    pub(super) fn outcome(
        &self,
        method: Method,
        [estimate, ci_lower, ci_upper]: [f64; 3],
    ) -> Outcome {
        Outcome {
            rows: self.rows,
            method,
            k: self.studies.k(),
            estimate,
            ci_lower,
            ci_upper,
            prediction: None,
            tau2: None,
            i2: None,
            i2_q: None,
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

    fn scale(&self, measure: Measure, found: &mut Found) {
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
    }

    /// Half the width of a prediction interval of `k` studies over its standard deviation.
    pub(super) fn prediction_quantile(&self, method: PredictionMethod, k: f64) -> Option<f64> {
        let tail = self.level.tail();
        let t = |df: f64| (df > 0.0).then(|| student_t::quantile_upper(tail, df));
        if k < 3.0 {
            return None;
        }
        match method {
            PredictionMethod::T => t(k - 1.0),
            PredictionMethod::Hts => t(k - 2.0),
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
        let i2_q = self.i2_q();
        for estimand in [Estimand::Median, Estimand::Mean] {
            for &ci in &self.grid.one_step_intervals {
                let limits = match (estimand, ci) {
                    (_, OneStepCi::Bootstrap) | (Estimand::Mean, OneStepCi::Pl) => continue,
                    (Estimand::Median, OneStepCi::Pl) => {
                        let (lower, upper) = fit.mu_interval(self.level);
                        [back(mu), lower.map_or(0.0, back), upper.map_or(1.0, back)]
                    }
                    (Estimand::Median, _) => {
                        let interval = self.wald(mu, se, ci, self.k());
                        [mu, interval.lower, interval.upper].map(back)
                    }
                    (Estimand::Mean, _) => {
                        if let Some(mean) = marginal_mean(&fit, ci, self.level, k) {
                            let (lower, upper) = (mean.ci_lower, mean.ci_upper);
                            [mean.estimate, lower.unwrap_or(0.0), upper.unwrap_or(1.0)]
                        } else {
                            // τ̂² = 0: the mean is the median.
                            let interval = self.wald(mu, se, ci, self.k());
                            [mu, interval.lower, interval.upper].map(back)
                        }
                    }
                };
                for &prediction in &self.grid.predictions {
                    let method = Method::Glmm { link, estimand, ci, prediction };
                    let half = self
                        .prediction_quantile(prediction, self.k())
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
                        i2_q,
                        advice: self.few(ci == OneStepCi::Z, prediction, tau2),
                        ..self.outcome(method, limits)
                    });
                }
            }
        }
        Ok(())
    }

    /// I² from the likelihood-ratio test of one common rate.
    fn i2_q(&self) -> Option<f64> {
        single_rate_lrt(self.counts).map(|lrt| i2_from_q(lrt, self.k() - 1.0))
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
                    let interval = self.wald(mean, se, ci, self.k());
                    [mean, interval.lower, interval.upper].map(expit)
                }
            };
            found.outcomes.push(Outcome {
                i2_q: self.i2_q(),
                advice: self.few(ci == OneStepCi::Z, PredictionMethod::None, fit.rho()),
                ..self.outcome(Method::BetaBinomial { ci }, limits)
            });
        }
        Ok(())
    }

    /// The Wald interval of a one-step model of `k` studies.
    pub(super) fn wald(&self, value: f64, se: f64, ci: OneStepCi, k: f64) -> Interval {
        let df = (ci == OneStepCi::T).then_some(k - 1.0);
        ci::wald(value, se, df, self.level, CiMethod::Z)
    }

    /// What few studies call for.
    pub(super) fn few(&self, wald: bool, prediction: PredictionMethod, spread: f64) -> AdviceSet {
        let few = self.k() < FEW && spread > 0.0;
        AdviceSet::default()
            .with(Advice::WaldFewStudies, wald && few)
            .with(Advice::NormalPrediction, prediction == PredictionMethod::Normal && few)
    }
}

/// Studies that differ at this level of a test of heterogeneity do not share one effect.
pub(super) const DIFFER: f64 = 0.1;

/// Fewer studies than this leave `τ²` so uncertain that normal quantiles mislead.
const FEW: f64 = 20.0;
