//! Fitting a meta-regression by the two-step model.

use nalgebra::DMatrix;

use super::{
    Design, Designed, Formula, Regression, RegressionError, residual,
    result::{LikelihoodRatio, Parts},
    sample::{Sample, Solution},
    solved::{Scale, Solved},
};
use crate::{
    model::{
        CiMethod, Diagnostics, Heterogeneity, Level, Model, ModelError, Note, PredictionMethod,
        Settings, Tau2Method, Test, TestName, TwoStep, TwoStepCi,
        heterogeneity::{i2_from_q, i2_from_tau2, test_based_interval},
        tau2::{Criterion, Tau2, Tau2Limits, check_interval},
    },
    numeric::chi_squared,
    study::Studies,
};

/// Regresses `studies` on `formula` with the model of `settings`: two-step or binomial-normal.
///
/// `references` gives categorical moderators the level to compare with (the first in alphabetical
/// order otherwise). Studies with a missing moderator are left out and named in the result.
///
/// # Errors
/// [`RegressionError`]: a formula that does not fit the table, or settings that do not go with a
/// regression (the intervals are `z`, `t` and, two-step, `hk` and `adhoc`).
///
/// ```
/// use resorb::{data, model::{Settings, regress}};
/// let csv = b"study,events,total,year\nA,4,22,1992\nB,9,25,1999\nC,30,84,2004\nD,17,27,2011\n";
/// let table = data::read(csv, &data::Mapping::default())?;
/// let fit = regress(&table.studies, &"year".parse()?, &[], &Settings::two_step())?;
/// assert_eq!(fit.coefficients[1].term, "year");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn regress(
    studies: &Studies,
    formula: &Formula,
    references: &[(String, String)],
    settings: &Settings,
) -> Result<Regression, RegressionError> {
    check(settings)?;
    let designed = Design::of(formula, studies, references)?;
    let parts = match settings.model {
        Model::TwoStep(choices) => two_step(designed, &choices, settings.level)?,
        Model::Glmm { link, ci, .. } => super::glmm::fit(designed, link, ci, settings.level)?,
        Model::BetaBinomial { .. } => return Err(RegressionError::BetaBinomial),
        Model::MantelHaenszel { .. } | Model::Peto | Model::TwoGroupGlmm { .. } => {
            return Err(TWO_GROUPS);
        }
        Model::RateGlmm { .. } => return Err(RATES),
    };
    let excluded = studies.labels().iter().zip(&parts.solved.designed.mask);
    let excluded = excluded.filter(|(_, used)| !**used).map(|(label, _)| label.clone()).collect();
    Ok(Regression::of(parts, formula, excluded, settings))
}

/// The Poisson-normal model takes no moderators.
const RATES: RegressionError =
    RegressionError::NeedsTwoStep { what: "a regression of rates over time" };

/// The models of two groups take no moderators.
const TWO_GROUPS: RegressionError =
    RegressionError::NeedsTwoStep { what: "a regression of studies of two groups" };

/// Whether the settings go with a regression.
fn check(settings: &Settings) -> Result<(), RegressionError> {
    if matches!(settings.model, Model::BetaBinomial { .. }) {
        return Err(RegressionError::BetaBinomial);
    }
    let prediction = settings.prediction;
    if matches!(
        prediction,
        PredictionMethod::Hk | PredictionMethod::Kr | PredictionMethod::Bootstrap
    ) {
        return Err(RegressionError::Prediction { prediction });
    }
    match settings.model {
        Model::TwoStep(TwoStep { tau2_ci, tau2, .. }) => Ok(check_interval(tau2_ci, tau2)?),
        Model::Glmm { .. } | Model::BetaBinomial { .. } => Ok(()),
        Model::MantelHaenszel { .. } | Model::Peto | Model::TwoGroupGlmm { .. } => Err(TWO_GROUPS),
        Model::RateGlmm { .. } => Err(RATES),
    }
}

fn two_step(designed: Designed, choices: &TwoStep, level: Level) -> Result<Parts, RegressionError> {
    let effects =
        choices.measure.effects(&designed.studies, choices.correction).map_err(ModelError::from)?;
    let x = designed.design.matrix().clone();
    let sample = Sample { yi: effects.yi(), vi: effects.vi(), x: &x };
    let df = sample.df();
    let tau2 = residual::estimate(&sample, choices.tau2, choices.genq_weights)?;
    let solution = sample.at(tau2.value)?;
    let (hk_scale, method, t_df) = match choices.ci {
        TwoStepCi::Z => (None, CiMethod::Z, None),
        TwoStepCi::T => (None, CiMethod::T, Some(df)),
        TwoStepCi::Hk => (Some(solution.q / df), CiMethod::Hk, Some(df)),
        TwoStepCi::Adhoc => (Some((solution.q / df).max(1.0)), CiMethod::Adhoc, Some(df)),
        ci => return Err(RegressionError::Interval { ci }),
    };
    let limits = residual::limits(
        &sample,
        choices.tau2,
        tau2.value,
        choices.tau2_ci,
        choices.genq_weights,
        level,
    )?;
    let mut warnings = Vec::new();
    let kind = designed.studies.outcomes().kind();
    warnings.extend(Note::corrected(kind, effects.corrected(), choices.correction.add));
    if let (CiMethod::Hk, Some(scale)) = (method, hk_scale)
        && scale < 1.0
    {
        warnings.push(Note::HkNarrow { scale });
    }
    match limits {
        Tau2Limits::Null => warnings.push(Note::Tau2IntervalNull),
        Tau2Limits::Interval(lower, upper) if tau2.value < lower || tau2.value > upper => {
            warnings.push(Note::Tau2Outside);
        }
        Tau2Limits::Interval(..) => {}
    }
    if tau2.modes > 1 {
        warnings.push(Note::SeveralModes { modes: tau2.modes });
    }
    let wald = solution.factor.inverse();
    let sizes = designed.studies.outcomes().sizes().collect();
    let scale = Scale::Measure { measure: choices.measure, inversion: choices.inversion, sizes };
    let heterogeneity = heterogeneity(&sample, &tau2, limits.pair(), choices, level)?;
    let r2 = r2(&sample, choices, tau2.value)?;
    let lr_test = if spans_ones(&x) {
        let ones = DMatrix::from_element(x.nrows(), 1, 1.0);
        likelihood_ratio(&sample, &ones)?
    } else {
        None
    };
    let design = &designed.design;
    let lr_terms = (0..design.terms().count())
        .map(|term| likelihood_ratio(&sample, &design.without(term)))
        .collect::<Result<Vec<_>, _>>()?;
    let solved = Solved {
        designed,
        scale,
        beta: solution.coefficients.clone(),
        covariance: &wald * hk_scale.unwrap_or(1.0),
        wald,
        hk_scale,
        df: t_df,
        method,
        tau2: tau2.value,
        effects: Some(effects.clone()),
    };
    Ok(Parts {
        heterogeneity,
        r2,
        lr_test,
        lr_terms,
        diagnostics: Diagnostics {
            converged: true,
            boundary: tau2.value == 0.0,
            modes: tau2.modes,
            iterations: tau2.iterations,
            warnings,
        },
        solved,
    })
}

/// Whether the columns of `x` can be combined to a column of ones: only then the model without
/// moderators is nested in it.
pub(super) fn spans_ones(x: &DMatrix<f64>) -> bool {
    let ones = nalgebra::DVector::from_element(x.nrows(), 1.0);
    let Some(factor) = nalgebra::Cholesky::new(x.transpose() * x) else { return false };
    let fitted = x * factor.solve(&(x.transpose() * &ones));
    (fitted - ones).amax() < 1e-8
}

/// Residual heterogeneity: QE, `τ²` with its interval, and I² with `v̄ = (k−p)/tr(P)` at `τ² = 0`.
fn heterogeneity(
    sample: &Sample<'_>,
    tau2: &Tau2,
    (lower, upper): (f64, f64),
    choices: &TwoStep,
    level: Level,
) -> Result<Heterogeneity, ModelError> {
    let df = sample.df();
    let plain = sample.at(0.0)?;
    let typical = typical_variance(sample, &plain);
    let p_value = chi_squared::sf(plain.q, df);
    let criterion = match choices.tau2 {
        Tau2Method::Ml => Some(Criterion::Ml),
        Tau2Method::Reml => Some(Criterion::Reml),
        _ => None,
    };
    let test_based = test_based_interval(plain.q, df, level);
    let i2 = |tau2: f64| Some(i2_from_tau2(tau2, typical));
    let h2 = |tau2: f64| Some(tau2 / typical + 1.0);
    Ok(Heterogeneity {
        q: Some(plain.q),
        df: Some(df),
        p_value: Some(p_value),
        tests: vec![Test { name: TestName::Q, statistic: plain.q, df, p_value }],
        tau2: Some(tau2.value),
        tau2_lower: Some(lower),
        tau2_upper: Some(upper),
        tau2_interval: Some(choices.tau2_ci),
        tau: Some(tau2.value.sqrt()),
        i2: i2(tau2.value),
        i2_lower: i2(lower),
        i2_upper: i2(upper),
        i2_q: Some(i2_from_q(plain.q, df)),
        i2_q_lower: test_based.map(|(lower, _)| lower),
        i2_q_upper: test_based.map(|(_, upper)| upper),
        h2: h2(tau2.value),
        h2_lower: h2(lower),
        h2_upper: h2(upper),
        log_likelihood: criterion
            .map(|criterion| residual::log_likelihood(sample, criterion, tau2.value)),
        ..Heterogeneity::default()
    })
}

pub(super) fn typical_variance(sample: &Sample<'_>, plain: &Solution) -> f64 {
    let total: f64 = sample.vi.iter().map(|v| v.recip()).sum();
    let lost = plain.factor.solve(&sample.gram(|v| 1.0 / (v * v))).trace();
    sample.df() / (total - lost)
}

/// `R² = max(0, (τ²₀ − τ²)/τ²₀)`, a percentage, against the model without moderators.
fn r2(sample: &Sample<'_>, choices: &TwoStep, tau2: f64) -> Result<Option<f64>, ModelError> {
    if sample.x.ncols() < 2 || !spans_ones(sample.x) {
        return Ok(None);
    }
    let ones = DMatrix::from_element(sample.yi.len(), 1, 1.0);
    let null = Sample { x: &ones, ..*sample };
    let without = residual::estimate(&null, choices.tau2, choices.genq_weights)?.value;
    let typical = typical_variance(&null, &null.at(0.0)?);
    Ok(share(without, tau2, typical))
}

/// The share of `τ²` that is gone, in percent; `None` where there was next to none.
pub(super) fn share(without: f64, with: f64, typical: f64) -> Option<f64> {
    (without >= 1e-8 * typical).then(|| (100.0 * (without - with) / without).max(0.0))
}

/// Against the smaller design, both refitted by ML: restricted likelihoods of different fixed effects
/// cannot be compared. `None` where the smaller design has no column, or as many.
fn likelihood_ratio(
    sample: &Sample<'_>,
    smaller: &DMatrix<f64>,
) -> Result<Option<LikelihoodRatio>, ModelError> {
    let dropped = sample.x.ncols().saturating_sub(smaller.ncols());
    if dropped == 0 || smaller.ncols() == 0 {
        return Ok(None);
    }
    let height = |sample: &Sample<'_>| {
        let tau2 = residual::maximise(sample, Criterion::Ml)?.value;
        Ok::<f64, ModelError>(residual::log_likelihood(sample, Criterion::Ml, tau2))
    };
    let gained = height(sample)? - height(&Sample { x: smaller, ..*sample })?;
    Ok(Some(LikelihoodRatio::of(gained, dropped as f64)))
}
