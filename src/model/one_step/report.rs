//! The part of a one-step result that needs no random effects, and what both models add alike.

use super::{NoFit, Pooled};
use crate::{
    effect::{Correction, Measure},
    model::{
        CiMethod, Diagnostics, Estimand, Estimate, Fit, Heterogeneity, Level, Link, ModelError,
        Note, QTest, RandomEstimate, Settings, StudyRows, Test, TestName,
        ci::{self, Interval},
        crude,
        heterogeneity::{i2_from_q, test_based_interval},
        weighted::Weighted,
    },
    numeric::chi_squared,
    study::{Counts, Studies},
};

/// A fit with its common effect, its heterogeneity tests and its studies.
///
/// The studies show logits (probits under the probit link), corrected by ½ where a cell is empty;
/// the model itself never sees them.
pub(crate) fn draft(
    studies: &Studies,
    counts: &[Counts],
    link: Link,
    q_test: QTest,
    settings: &Settings,
) -> Result<Fit, ModelError> {
    let measure = if link == Link::Probit { Measure::Prz } else { Measure::Plo };
    let effects = measure.effects(studies, Correction::default())?;
    let pooled = Pooled::new(counts);
    let all = |f: fn(Counts) -> u64| counts.iter().map(|&c| f(c)).fold(0, u64::saturating_add);
    let sizes: Vec<f64> = counts.iter().map(|c| c.n()).collect();
    Ok(Fit {
        settings: *settings,
        k: counts.len(),
        events: Some(all(Counts::events)),
        total: Some(all(Counts::total)),
        crude: Some(crude(counts, settings.level)),
        common: Some(common(&pooled, link, settings.level)),
        random: None,
        prediction: None,
        heterogeneity: tests(counts, &pooled, link, q_test, settings.level),
        studies: StudyRows::new(
            studies.clone(),
            effects,
            Some(super::shares(&sizes)),
            None,
            settings.study_ci,
            settings.level,
        ),
        diagnostics: Diagnostics {
            converged: true,
            boundary: false,
            modes: 1,
            iterations: 0,
            warnings: Vec::new(),
        },
    })
}

/// Completes a draft whose studies carry no random-effects model: with the exact bound of one common
/// rate where there are no events (or nothing else), with a sentence otherwise.
pub(crate) fn without_random(
    mut fit: Fit,
    counts: &[Counts],
    link: Link,
    estimand: Estimand,
    reason: NoFit,
) -> Result<Fit, ModelError> {
    let level = fit.settings.level;
    let pooled = Pooled::new(counts);
    let bound = exact_bound(&pooled, level);
    let edge = match (pooled.events == 0.0, pooled.non_events == 0.0) {
        (true, _) => Some(Note::AllZero { bound }),
        (_, true) => Some(Note::AllEvents { bound }),
        _ => None,
    };
    let note = match reason {
        NoFit::NothingToCompare
        | NoFit::OneSided
        | NoFit::NotForRates
        | NoFit::TooManyEvents
        | NoFit::Search(_) => return Err(reason.into()),
        NoFit::SingleStudy => Some(Note::SingleStudy),
        NoFit::AllOrNothing => Some(Note::AllOrNothing),
        NoFit::OnePatientEach => Some(Note::OnePatientEach),
        NoFit::NoEvents | NoFit::AllEvents => {
            let exact = exact(&pooled, link, level);
            fit.random = Some(RandomEstimate {
                pooled: exact,
                hk_scale: None,
                wald_se: exact.se,
                estimand,
                median: (estimand == Estimand::Median).then_some(exact.estimate),
                marginal_mean: None,
            });
            let sizes: Vec<f64> = counts.iter().map(|c| c.n()).collect();
            fit.studies.set_weights_random(super::shares(&sizes));
            None
        }
    };
    fit.diagnostics.warnings.extend(note.into_iter().chain(edge));
    Ok(fit)
}

/// One common rate: binomial regression without covariates, which is the pooled count.
fn common(pooled: &Pooled, link: Link, level: Level) -> Estimate {
    if pooled.events == 0.0 || pooled.non_events == 0.0 {
        return exact(pooled, link, level);
    }
    let (rate, complement) = (pooled.rate(), pooled.complement());
    let se = link.variance(rate, complement, pooled.total()).sqrt();
    let interval = ci::wald(link.of(rate, complement), se, None, level, CiMethod::Z);
    estimate(&interval, |y| link.inverse(y).0)
}

/// The far limit of one common rate without an event (or without a non-event): the rate at which
/// that has probability `(1 − level)/2`.
fn exact_bound(pooled: &Pooled, level: Level) -> f64 {
    let per_patient = level.tail().ln() / pooled.total();
    if pooled.events == 0.0 { -per_patient.exp_m1() } else { per_patient.exp() }
}

/// The exact one-sided bound as an estimate; the pooled value itself is infinite on a link scale.
fn exact(pooled: &Pooled, link: Link, level: Level) -> Estimate {
    let bound = exact_bound(pooled, level);
    let none = pooled.events == 0.0;
    let complement = if none { (level.tail().ln() / pooled.total()).exp() } else { 1.0 - bound };
    let on_link = Some(link.of(bound, complement));
    Estimate {
        yi: None,
        se: None,
        yi_lower: on_link.filter(|_| !none),
        yi_upper: on_link.filter(|_| none),
        estimate: if none { 0.0 } else { 1.0 },
        ci_lower: Some(if none { 0.0 } else { bound }),
        ci_upper: Some(if none { bound } else { 1.0 }),
        method: CiMethod::Exact,
        statistic: None,
        df: None,
        p_value: None,
    }
}

/// Both scales of an interval, which may be infinite on the analysis scale.
pub(crate) fn estimate(interval: &Interval, back: impl Fn(f64) -> f64) -> Estimate {
    let finite = |y: f64| Some(y).filter(|y| y.is_finite());
    Estimate {
        yi: finite(interval.yi),
        se: finite(interval.se),
        yi_lower: finite(interval.lower),
        yi_upper: finite(interval.upper),
        estimate: back(interval.yi),
        ci_lower: Some(back(interval.lower)),
        ci_upper: Some(back(interval.upper)),
        method: interval.method,
        statistic: interval.statistic,
        df: interval.df,
        p_value: interval.p_value,
    }
}

/// The tests of one common rate, and the Q-based I² from the one that `q_test` names.
fn tests(
    counts: &[Counts],
    pooled: &Pooled,
    link: Link,
    q_test: QTest,
    level: Level,
) -> Heterogeneity {
    let mut found = Heterogeneity::default();
    if counts.len() < 2 {
        return found;
    }
    let test =
        |name, statistic, df| Test { name, statistic, df, p_value: chi_squared::sf(statistic, df) };
    found.tests.push(test(TestName::Lrt, pooled.lrt, counts.len() as f64 - 1.0));
    let all = counts.len() as f64 - 1.0;
    found.tests.extend(wald(counts, link).map(|(q, interior)| {
        test(TestName::Wald, q, if q_test == QTest::WaldAll { all } else { interior })
    }));
    let leading = if q_test == QTest::Lrt { TestName::Lrt } else { TestName::Wald };
    if let Some(q) = found.tests.iter().find(|test| test.name == leading).copied() {
        found.q = Some(q.statistic);
        found.df = Some(q.df);
        found.p_value = Some(q.p_value);
        // Without an event (or a non-event) anywhere, Q = 0 says nothing about heterogeneity.
        if pooled.events > 0.0 && pooled.non_events > 0.0 {
            let limits = test_based_interval(q.statistic, q.df, level);
            found.i2_q = Some(i2_from_q(q.statistic, q.df));
            found.i2_q_lower = limits.map(|(lower, _)| lower);
            found.i2_q_upper = limits.map(|(_, upper)| upper);
        }
    }
    found
}

/// Cochran's Q of the uncorrected effects of the studies without an empty cell, with as many degrees
/// of freedom as those studies leave; `None` for fewer than two.
fn wald(counts: &[Counts], link: Link) -> Option<(f64, f64)> {
    let interior = counts.iter().filter(|c| c.is_interior());
    let (yi, vi): (Vec<f64>, Vec<f64>) = interior
        .map(|c| {
            let (p, q) = (c.x() / c.n(), (c.n() - c.x()) / c.n());
            (link.of(p, q), link.variance(p, q, c.n()))
        })
        .unzip();
    (yi.len() > 1).then(|| (Weighted::at(&yi, &vi, 0.0).q, yi.len() as f64 - 1.0))
}

/// The likelihood-ratio test of no between-study variance: half a `χ²₁`, because the hypothesis lies
/// on the boundary (Self and Liang 1987); a statistic of 0 has p = 1.
pub(crate) fn boundary_test(top: f64, zero: f64) -> Test {
    let statistic = (2.0 * (top - zero)).max(0.0);
    let p_value = if statistic > 0.0 { 0.5 * chi_squared::sf(statistic, 1.0) } else { 1.0 };
    Test { name: TestName::LrtTau2, statistic, df: 1.0, p_value }
}

/// With two studies the t-based and the Wald interval stand side by side.
pub(super) fn two_studies(
    yi: f64,
    se: f64,
    level: Level,
    own: Option<(&'static str, (f64, f64))>,
    back: impl Fn(f64) -> f64,
) -> Note {
    let limits = |df, method| {
        let interval = ci::wald(yi, se, df, level, method);
        (back(interval.lower), back(interval.upper))
    };
    Note::TwoStudies { t: limits(Some(1.0), CiMethod::T), z: limits(None, CiMethod::Z), own }
}
