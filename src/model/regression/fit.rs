//! Fitting a meta-regression by the two-step model.

use nalgebra::{Cholesky, DMatrix, DVector};

use super::{
    Design, DesignError, Designed, Formula, RegressionError, residual,
    result::{
        Coefficient, LikelihoodRatio, Omnibus, OmnibusMethod, Reference, Regression, TermTest,
    },
    sample::{Sample, Solution},
};
use crate::{
    effect::Effects,
    model::{
        CiMethod, Diagnostics, Heterogeneity, Level, Model, ModelError, Note, Settings, Tau2Method,
        Test, TestName, TwoStep, TwoStepCi,
        ci::wald,
        heterogeneity::{i2_from_q, i2_from_tau2, test_based_interval},
        tau2::{Criterion, Tau2},
    },
    numeric::{chi_squared, fisher_f},
    study::Studies,
};

/// What predictions, contrasts and permutations need of a fit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Solved {
    pub(super) designed: Designed,
    pub(super) effects: Effects,
    pub(super) beta: DVector<f64>,
    /// Covariance of the coefficients, scaled under `hk` and `adhoc`.
    pub(super) covariance: DMatrix<f64>,
    /// Covariance without that scale.
    pub(super) wald: DMatrix<f64>,
    pub(super) df: Option<f64>,
    pub(super) method: CiMethod,
    pub(super) tau2: f64,
}

/// Regresses the effects of `studies` on `formula`.
///
/// `references` gives categorical moderators the level to compare with (the first in alphabetical
/// order otherwise). Studies with a missing moderator are left out and named in the result.
///
/// # Errors
/// [`RegressionError`]: a formula that does not fit the table, or settings that do not go with a
/// regression (the intervals are `z`, `t`, `hk` and `adhoc`).
///
/// ```
/// use resorb::{data, model::{Settings, TwoStep, regress}};
/// let csv = b"study,events,total,year\nA,4,22,1992\nB,9,25,1999\nC,30,84,2004\nD,17,27,2011\n";
/// let table = data::read(csv, &data::Mapping::default())?;
/// let fit = regress(&table.studies, &"year".parse()?, &[], &TwoStep::default(), &Settings::default())?;
/// assert_eq!(fit.coefficients[1].term, "year");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn regress(
    studies: &Studies,
    formula: &Formula,
    references: &[(String, String)],
    choices: &TwoStep,
    settings: &Settings,
) -> Result<Regression, RegressionError> {
    let designed = Design::of(formula, studies, references)?;
    let effects =
        choices.measure.effects(&designed.studies, choices.correction).map_err(ModelError::from)?;
    let x = designed.design.matrix().clone();
    let sample = Sample { yi: effects.yi(), vi: effects.vi(), x: &x };
    let (k, p, df) = (effects.k(), sample.x.ncols(), sample.df());
    let tau2 = residual::estimate(&sample, choices.tau2, choices.genq_weights)?;
    let solution = sample.at(tau2.value)?;
    let (scale, method, t_df) = match choices.ci {
        TwoStepCi::Z => (1.0, CiMethod::Z, None),
        TwoStepCi::T => (1.0, CiMethod::T, Some(df)),
        TwoStepCi::Hk => (solution.q / df, CiMethod::Hk, Some(df)),
        TwoStepCi::Adhoc => ((solution.q / df).max(1.0), CiMethod::Adhoc, Some(df)),
        ci => return Err(RegressionError::Interval { ci }),
    };
    let wald_covariance = solution.factor.inverse();
    let mut warnings = Vec::new();
    if effects.corrected() > 0 {
        warnings
            .push(Note::Corrected { studies: effects.corrected(), add: choices.correction.add });
    }
    if tau2.modes > 1 {
        warnings.push(Note::SeveralModes { modes: tau2.modes });
    }
    let solved = Solved {
        beta: solution.coefficients.clone(),
        covariance: &wald_covariance * scale,
        wald: wald_covariance,
        df: t_df,
        method,
        tau2: tau2.value,
        effects: effects.clone(),
        designed,
    };
    let design = &solved.designed.design;
    let from = usize::from(design.has_intercept());
    let terms = design
        .terms()
        .enumerate()
        .filter_map(|(i, term)| {
            let test = solved.omnibus(design.columns_of(i))?;
            Some(TermTest { term: term.to_owned(), test })
        })
        .collect();
    Ok(Regression {
        settings: Settings { model: Model::TwoStep(*choices), ..*settings },
        formula: formula.to_string(),
        k,
        p,
        references: design
            .references()
            .map(|(column, level)| Reference { column: column.into(), level: level.into() })
            .collect(),
        coefficients: solved.coefficients(settings.level),
        test: solved.omnibus(from..p),
        terms,
        heterogeneity: heterogeneity(&sample, &tau2, choices, settings.level)?,
        r2: r2(&sample, choices, tau2.value)?,
        lr_test: likelihood_ratio(&sample)?,
        permutation: None,
        excluded: studies
            .labels()
            .iter()
            .zip(&solved.designed.mask)
            .filter(|(_, used)| !**used)
            .map(|(label, _)| label.clone())
            .collect(),
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

impl Solved {
    /// `c'β̂` with its interval and test.
    pub(super) fn combination(&self, term: String, c: &DVector<f64>, level: Level) -> Coefficient {
        let estimate = c.dot(&self.beta);
        let se = c.dot(&(&self.covariance * c)).max(0.0).sqrt();
        let interval = wald(estimate, se, self.df, level, self.method);
        Coefficient {
            term,
            estimate,
            se,
            statistic: interval.statistic,
            df: interval.df,
            p_value: interval.p_value,
            ci_lower: interval.lower,
            ci_upper: interval.upper,
            vif: None,
        }
    }

    fn coefficients(&self, level: Level) -> Vec<Coefficient> {
        let design = &self.designed.design;
        let p = self.beta.len();
        let vif = inflation(&self.wald, usize::from(design.has_intercept()));
        let mut coefficients = Vec::with_capacity(p);
        for ((j, name), vif) in design.names().iter().enumerate().zip(vif) {
            let mut unit = DVector::zeros(p);
            unit[j] = 1.0;
            coefficients.push(Coefficient { vif, ..self.combination(name.clone(), &unit, level) });
        }
        coefficients
    }

    /// The test that the coefficients of `columns` are all 0; `None` for none.
    pub(super) fn omnibus(&self, columns: std::ops::Range<usize>) -> Option<Omnibus> {
        let m = columns.len();
        if m == 0 {
            return None;
        }
        let b = self.beta.rows(columns.start, m).clone_owned();
        let v = self.covariance.view((columns.start, columns.start), (m, m)).clone_owned();
        let qm = Cholesky::new(v)?.solve(&b).dot(&b);
        let df1 = m as f64;
        Some(match self.df {
            None => Omnibus {
                method: OmnibusMethod::Chi2,
                statistic: qm,
                df1,
                df2: None,
                p_value: chi_squared::sf(qm, df1),
            },
            Some(df2) => Omnibus {
                method: OmnibusMethod::F,
                statistic: qm / df1,
                df1,
                df2: Some(df2),
                p_value: fisher_f::sf(qm / df1, df1, df2),
            },
        })
    }
}

/// Variance inflation factors: the diagonal of the inverse of the coefficients' correlation matrix,
/// the intercept left out; `None` for it and for a lone coefficient's neighbours that do not exist.
fn inflation(covariance: &DMatrix<f64>, from: usize) -> Vec<Option<f64>> {
    let m = covariance.nrows() - from;
    let block = covariance.view((from, from), (m, m));
    let correlation =
        DMatrix::from_fn(m, m, |i, j| block[(i, j)] / (block[(i, i)] * block[(j, j)]).sqrt());
    let inverse = Cholesky::new(correlation).map(|factor| factor.inverse());
    let factors = (0..m).map(|j| inverse.as_ref().map(|inverse| inverse[(j, j)]));
    std::iter::repeat_n(None, from).chain(factors).collect()
}

/// Residual heterogeneity: QE, `τ²` with its interval, and I² with `v̄ = (k−p)/tr(P)` at `τ² = 0`.
fn heterogeneity(
    sample: &Sample<'_>,
    tau2: &Tau2,
    choices: &TwoStep,
    level: Level,
) -> Result<Heterogeneity, ModelError> {
    let df = sample.df();
    let plain = sample.at(0.0)?;
    let typical = typical_variance(sample, &plain);
    let limits = residual::limits(
        sample,
        choices.tau2,
        tau2.value,
        choices.tau2_ci,
        choices.genq_weights,
        level,
    )?;
    let (lower, upper) = limits.pair();
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

fn typical_variance(sample: &Sample<'_>, plain: &Solution) -> f64 {
    let total: f64 = sample.vi.iter().map(|v| v.recip()).sum();
    let lost = plain.factor.solve(&sample.gram(|v| 1.0 / (v * v))).trace();
    sample.df() / (total - lost)
}

/// `R² = max(0, (τ²₀ − τ²)/τ²₀)`, a percentage, against the model without moderators.
fn r2(sample: &Sample<'_>, choices: &TwoStep, tau2: f64) -> Result<Option<f64>, ModelError> {
    let ones = DMatrix::from_element(sample.yi.len(), 1, 1.0);
    let null = Sample { x: &ones, ..*sample };
    let without = residual::estimate(&null, choices.tau2, choices.genq_weights)?.value;
    let typical = typical_variance(&null, &null.at(0.0)?);
    Ok((without >= 1e-8 * typical).then(|| (100.0 * (without - tau2) / without).max(0.0)))
}

/// Against the intercept alone, both refitted by ML: restricted likelihoods of different fixed effects
/// cannot be compared.
fn likelihood_ratio(sample: &Sample<'_>) -> Result<Option<LikelihoodRatio>, ModelError> {
    let ones = DMatrix::from_element(sample.yi.len(), 1, 1.0);
    let null = Sample { x: &ones, ..*sample };
    let dropped = sample.x.ncols().saturating_sub(1);
    if dropped == 0 {
        return Ok(None);
    }
    let height = |sample: &Sample<'_>| {
        let tau2 = residual::maximise(sample, Criterion::Ml)?.value;
        Ok::<f64, ModelError>(residual::log_likelihood(sample, Criterion::Ml, tau2))
    };
    let df = dropped as f64;
    let statistic = (2.0 * (height(sample)? - height(&null)?)).max(0.0);
    Ok(Some(LikelihoodRatio { statistic, df, p_value: chi_squared::sf(statistic, df) }))
}

impl From<DesignError> for RegressionError {
    fn from(error: DesignError) -> Self {
        Self::Design(error)
    }
}
