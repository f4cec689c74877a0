//! Meta-regression of counts by the binomial-normal model.

use nalgebra::DMatrix;

use super::{
    Designed, RegressionError,
    fit::{share, spans_ones, typical_variance},
    result::{LikelihoodRatio, Parts},
    sample::Sample,
    solved::{Scale, Solved},
};
use crate::{
    model::{
        CiMethod, Diagnostics, Heterogeneity, Level, Link, ModelError, Note, OneStepCi, Tau2Ci,
        Test, TestName,
        glmm::{Linear, LinearError, corrected_variance},
        heterogeneity::{i2_from_q, i2_from_tau2, test_based_interval},
        one_step::{boundary_test, drop_at},
    },
    numeric::chi_squared,
};

/// Fits the design by maximum likelihood.
pub(super) fn fit(
    designed: Designed,
    link: Link,
    ci: OneStepCi,
    level: Level,
) -> Result<Parts, RegressionError> {
    let model = "a regression by the GLMM";
    let counts = designed.studies.counts().ok_or(ModelError::NeedsCounts { model })?.to_vec();
    let design = &designed.design;
    let x = design.matrix().clone();
    let df = (x.nrows() - x.ncols()) as f64;
    let (method, t_df) = match ci {
        OneStepCi::Z => (CiMethod::Z, None),
        OneStepCi::T => (CiMethod::T, Some(df)),
        ci => return Err(RegressionError::OneStepInterval { ci }),
    };
    let named = |error| match error {
        LinearError::Separated(column) => RegressionError::Separated {
            term: design.names().get(column).cloned().unwrap_or_default(),
        },
        LinearError::Model(error) => error.into(),
    };
    let drop = drop_at(level);
    let linear = Linear::fit(&counts, &x, link, drop).map_err(named)?;
    // A smaller model may have no finite fit: then there is nothing to compare with.
    let smaller = |x: &DMatrix<f64>| {
        (x.ncols() > 0).then(|| Linear::fit(&counts, x, link, drop).ok()).flatten()
    };
    let gain = |other: &Linear, columns: usize| {
        let gained = linear.log_likelihood - other.log_likelihood;
        LikelihoodRatio::of(gained, (x.ncols() - columns) as f64)
    };
    let nested = x.ncols() > 1 && spans_ones(&x);
    let ones = DMatrix::from_element(x.nrows(), 1, 1.0);
    let null = if nested { smaller(&ones) } else { None };
    let lr_terms = (0..design.terms().count())
        .map(|term| {
            let without = design.without(term);
            smaller(&without).map(|other| gain(&other, without.ncols()))
        })
        .collect();
    let vi: Vec<f64> = counts.iter().map(|&c| corrected_variance(c, link)).collect();
    let typical_of = |x: &DMatrix<f64>| -> Result<f64, ModelError> {
        let sample = Sample { yi: &vi, vi: &vi, x };
        Ok(typical_variance(&sample, &sample.at(0.0)?))
    };
    let heterogeneity = heterogeneity(&linear, typical_of(&x)?, df, level);
    let r2 = match &null {
        Some(null) => share(null.tau2, linear.tau2, typical_of(&ones)?),
        None => None,
    };
    let mut warnings = Vec::new();
    if !linear.converged {
        warnings.push(Note::NotConverged);
    }
    if linear.modes > 1 {
        warnings.push(Note::SeveralModes { modes: linear.modes });
    }
    if linear.tau2_limits.1.is_none() {
        warnings.push(Note::Tau2Unbounded);
    }
    Ok(Parts {
        heterogeneity,
        r2,
        lr_test: null.as_ref().map(|null| gain(null, 1)),
        lr_terms,
        diagnostics: Diagnostics {
            converged: linear.converged,
            boundary: linear.tau2 == 0.0,
            modes: linear.modes,
            iterations: linear.evaluations,
            warnings,
        },
        solved: Solved {
            designed,
            scale: Scale::Link(link),
            effects: None,
            beta: linear.beta,
            covariance: linear.covariance.clone(),
            wald: linear.covariance,
            hk_scale: None,
            df: t_df,
            method,
            tau2: linear.tau2,
        },
    })
}

fn heterogeneity(linear: &Linear, typical: f64, df: f64, level: Level) -> Heterogeneity {
    let (lower, upper) = linear.tau2_limits;
    let lost = linear.log_likelihood_saturated - linear.log_likelihood_common;
    let q = (2.0 * lost).max(0.0);
    let p_value = chi_squared::sf(q, df);
    let tests = vec![
        Test { name: TestName::Lrt, statistic: q, df, p_value },
        boundary_test(linear.log_likelihood, linear.log_likelihood_common),
    ];
    let test_based = test_based_interval(q, df, level);
    let i2 = |tau2: f64| i2_from_tau2(tau2, typical);
    let h2 = |tau2: f64| 1.0 + tau2 / typical;
    Heterogeneity {
        q: Some(q),
        df: Some(df),
        p_value: Some(p_value),
        tests,
        tau2: Some(linear.tau2),
        tau2_se: linear.tau2_se,
        tau2_lower: Some(lower),
        tau2_upper: upper,
        tau2_interval: Some(Tau2Ci::Pl),
        tau: Some(linear.tau2.sqrt()),
        i2: Some(i2(linear.tau2)),
        i2_lower: Some(i2(lower)),
        i2_upper: Some(upper.map_or(100.0, i2)),
        i2_q: Some(i2_from_q(q, df)),
        i2_q_lower: test_based.map(|(lower, _)| lower),
        i2_q_upper: test_based.map(|(_, upper)| upper),
        h2: Some(h2(linear.tau2)),
        h2_lower: Some(h2(lower)),
        h2_upper: upper.map(h2),
        log_likelihood: Some(linear.log_likelihood),
        ..Heterogeneity::default()
    }
}
