//! The analyses of two groups that need no effects of single studies: Mantel–Haenszel, Peto, and the
//! one-step models; beside them that of single rates.

use super::{
    Advice, AdviceSet, Method, Outcome,
    engine::{DIFFER, Engine, Found},
};
use crate::{
    effect::{Correction, Measure},
    model::{
        Fit, ModelError, OneStepCi, OneStepFit, PredictionMethod, TwoGroupKind, i2_from_q,
        i2_from_tau2, pool, typical_variance,
    },
    study::{Counts, Outcomes, TwoGroups},
};

/// Events are rare below this share of the patients (Bradburn et al. 2007).
const RARE: f64 = 0.01;
/// Odds ratios beyond this, or below its reciprocal, are far from 1.
const FAR: f64 = 2.0;

impl Engine<'_> {
    /// A method with one effect for all studies.
    pub(super) fn pooled_common(
        &self,
        method: Method,
        found: &mut Found,
    ) -> Result<(), ModelError> {
        let Some(settings) = method.settings(self.level) else { return Ok(()) };
        let fit = pool(self.studies, &settings)?;
        let Some(common) = fit.common else {
            let reason = fit.diagnostics.warnings.first().map(ToString::to_string);
            let reason = reason.unwrap_or_else(|| "no value can be pooled".to_owned());
            found.failures.push((method.family().name().to_owned(), reason));
            return Ok(());
        };
        let limits = [
            common.estimate,
            common.ci_lower.unwrap_or(f64::NEG_INFINITY),
            common.ci_upper.unwrap_or(f64::INFINITY),
        ];
        let peto = method == Method::Peto && (is_far(common.estimate) || !self.are_rare());
        found.outcomes.push(Outcome {
            k: fit.k,
            i2_q: fit.heterogeneity.i2_q,
            advice: AdviceSet::default()
                .with(Advice::CommonEffect, differ(&fit))
                .with(Advice::PetoFar, peto),
            ..self.outcome(method, limits)
        });
        Ok(())
    }

    fn are_rare(&self) -> bool {
        let tables = self.studies.two_counts().unwrap_or_default();
        let sum = |of: fn(&TwoGroups<Counts>) -> f64| tables.iter().map(of).sum::<f64>();
        sum(|g| g.first.x() + g.second.x()) < RARE * sum(|g| g.first.n() + g.second.n())
    }

    /// One-step models: one fit for all intervals.
    pub(super) fn two_group(
        &self,
        kind: TwoGroupKind,
        found: &mut Found,
    ) -> Result<(), ModelError> {
        let (measure, fit) = match self.studies.outcomes() {
            Outcomes::TwoProportions(tables) => (Measure::Or, OneStepFit::counts(tables, kind)),
            Outcomes::TwoRates(rates) => (Measure::Irr, OneStepFit::rates(rates, kind)),
            outcomes => {
                let given = outcomes.kind().name();
                return Err(ModelError::NeedsTwoGroups { model: "a one-step model", given });
            }
        };
        let fit = fit.map_err(ModelError::from)?;
        let method = |ci, prediction| Method::TwoGroup { kind, ci, prediction };
        self.one_step(&fit, measure, method, found)
    }

    /// The Poisson-normal model of single rates.
    pub(super) fn rate_glmm(&self, found: &mut Found) -> Result<(), ModelError> {
        let Outcomes::Rates(groups) = self.studies.outcomes() else {
            let given = self.studies.outcomes().kind().name();
            return Err(ModelError::NeedsRates { model: "this family", given });
        };
        let fit = OneStepFit::single_rates(groups).map_err(ModelError::from)?;
        let method = |ci, prediction| Method::RateGlmm { ci, prediction };
        self.one_step(&fit, Measure::Irln, method, found)
    }

    /// All intervals of one fit, on a log scale.
    fn one_step(
        &self,
        fit: &OneStepFit,
        measure: Measure,
        method: impl Fn(OneStepCi, PredictionMethod) -> Method,
        found: &mut Found,
    ) -> Result<(), ModelError> {
        // Studies that say nothing about the ratio count for nothing.
        let used: Vec<bool> =
            (0..self.studies.k()).map(|i| fit.used().binary_search(&i).is_ok()).collect();
        let speaking = self.studies.subset(&used)?;
        let effects = measure.effects(&speaking, Correction::default())?;
        let (mu, se, tau2, k) = (fit.mu(), fit.se(), fit.tau2(), speaking.k() as f64);
        let i2 = typical_variance(effects.vi()).map(|typical| i2_from_tau2(tau2, typical));
        let test = fit.lrt().or(fit.wald());
        for &ci in &self.grid.one_step_intervals {
            let limits = match ci {
                OneStepCi::Bootstrap => continue,
                OneStepCi::Pl => {
                    let (lower, upper) = fit.mu_interval(self.level);
                    [mu, lower.unwrap_or(f64::NEG_INFINITY), upper.unwrap_or(f64::INFINITY)]
                }
                OneStepCi::Z | OneStepCi::T => {
                    let interval = self.wald(mu, se, ci, k);
                    [mu, interval.lower, interval.upper]
                }
            };
            for &prediction in &self.grid.predictions {
                if matches!(
                    prediction,
                    PredictionMethod::Hk | PredictionMethod::Kr | PredictionMethod::Bootstrap
                ) {
                    continue;
                }
                let half = self
                    .prediction_quantile(prediction, k)
                    .map(|quantile| quantile * (tau2 + se * se).sqrt());
                found.outcomes.push(Outcome {
                    k: speaking.k(),
                    prediction: half.map(|half| [(mu - half).exp(), (mu + half).exp()]),
                    tau2: Some(tau2),
                    i2,
                    i2_q: test.map(|test| i2_from_q(test.statistic, test.df)),
                    advice: self.few(ci == OneStepCi::Z, prediction, tau2),
                    ..self.outcome(method(ci, prediction), limits.map(f64::exp))
                });
            }
        }
        Ok(())
    }
}

fn is_far(ratio: f64) -> bool {
    !(FAR.recip()..=FAR).contains(&ratio)
}

/// Whether the studies of a fit differ by its own test.
fn differ(fit: &Fit) -> bool {
    fit.heterogeneity.p_value.is_some_and(|p| p < DIFFER)
}
