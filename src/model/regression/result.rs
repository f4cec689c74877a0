//! What a meta-regression gives.

use nalgebra::{DMatrix, DVector};
use serde::Serialize;

use super::{
    Contrast, Formula, Predicted, Trend, clustered::ClusterRobust, design::mostly_numbers,
    permutation::Permutation, solved::Solved,
};
use crate::{
    model::{CiMethod, ClusteredBy, Diagnostics, Heterogeneity, Level, Robust, Settings, WaldTest},
    numeric::{chi_squared, student_t},
    study::Studies,
};

/// Effects regressed on moderators, with the heterogeneity they leave.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Regression {
    /// Every choice that was made.
    pub settings: Settings,
    /// The formula as understood.
    pub formula: String,
    /// Studies used.
    pub k: usize,
    /// Coefficients, the intercept among them.
    pub p: usize,
    /// The reference level of each categorical moderator.
    pub references: Vec<Reference>,
    /// The coefficients in the order of the formula.
    pub coefficients: Vec<Coefficient>,
    /// The test that no moderator matters; `None` without moderators.
    pub test: Option<Omnibus>,
    /// The same for each term.
    pub terms: Vec<TermTest>,
    /// What the moderators leave: `q` is QE.
    pub heterogeneity: Heterogeneity,
    /// The share of `τ²` that the moderators take away, a percentage; `None` where there is next to
    /// no `τ²` to take from.
    pub r2: Option<f64>,
    /// Likelihood-ratio test against the model without moderators, both by ML.
    pub lr_test: Option<LikelihoodRatio>,
    /// Tests that respect clusters, where they were asked for.
    pub robust: Option<ClusterRobust>,
    /// The permutation test, where one was asked for.
    pub permutation: Option<Permutation>,
    /// Differences between levels, where they were asked for.
    pub contrasts: Vec<Contrast>,
    /// The trend over ordered levels, where one was asked for.
    pub trend: Option<Trend>,
    /// Pooled values at given moderators, where they were asked for.
    pub predictions: Vec<Predicted>,
    /// Studies left out because a moderator is missing.
    pub excluded: Vec<String>,
    /// What a reader of the formula should know: terms written twice, numbers read as text.
    pub remarks: Vec<String>,
    /// How the fit was reached.
    pub diagnostics: Diagnostics,
    #[serde(skip)]
    pub(super) solved: Solved,
}

/// The level that a categorical moderator's coefficients compare with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// The column.
    pub column: String,
    /// The level.
    pub level: String,
}

/// One coefficient, or a linear combination of them, on the analysis scale.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coefficient {
    /// The column of the design.
    pub term: String,
    /// Its estimate.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// `estimate/se`; `None` for a standard error of 0.
    pub statistic: Option<f64>,
    /// Degrees of freedom; `None` for a normal statistic.
    pub df: Option<f64>,
    /// Two-sided p value.
    pub p_value: Option<f64>,
    /// Lower limit.
    pub ci_lower: f64,
    /// Upper limit.
    pub ci_upper: f64,
    /// Variance inflation factor; `None` for the intercept.
    pub vif: Option<f64>,
}

/// A linear combination of coefficients on the analysis scale with the test that was asked for: robust
/// where clusters are allowed for, which one cluster alone cannot give.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Combination {
    /// The column of the design, or what is compared.
    pub term: String,
    /// Its estimate.
    pub estimate: f64,
    /// Its standard error.
    pub se: Option<f64>,
    /// `estimate/se`.
    pub statistic: Option<f64>,
    /// Degrees of freedom; `None` for a normal statistic.
    pub df: Option<f64>,
    /// Two-sided p value.
    pub p_value: Option<f64>,
    /// Lower limit.
    pub ci_lower: Option<f64>,
    /// Upper limit.
    pub ci_upper: Option<f64>,
    /// Why there is no standard error, or one that is too small: one cluster alone determines a part.
    pub note: Option<String>,
}

impl Combination {
    /// With the test of the model.
    pub(super) fn plain(value: Coefficient) -> Self {
        Self {
            term: value.term,
            estimate: value.estimate,
            se: Some(value.se),
            statistic: value.statistic,
            df: value.df,
            p_value: value.p_value,
            ci_lower: Some(value.ci_lower),
            ci_upper: Some(value.ci_upper),
            note: None,
        }
    }

    /// With a robust test; `by` is what clusters are.
    pub(super) fn robust(term: String, found: &Robust, level: Level, by: &ClusteredBy) -> Self {
        let half = found.se.zip(found.df);
        let half = half.map(|(se, df)| se * student_t::quantile_upper(level.tail(), df));
        let one = by.one();
        let note = if found.se.is_none() {
            Some(format!("One {one} alone determines it: there is no robust standard error."))
        } else if found.leans_on_one_cluster() {
            Some(format!(
                "One {one} alone determines a part of it, which is taken as known: the robust standard error is too small."
            ))
        } else {
            None
        };
        Self {
            term,
            estimate: found.estimate,
            se: found.se,
            statistic: found.se.map(|se| found.estimate / se),
            df: found.df,
            p_value: found.p_value,
            ci_lower: half.map(|half| found.estimate - half),
            ci_upper: half.map(|half| found.estimate + half),
            note,
        }
    }
}

/// A test of several coefficients at once.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Omnibus {
    /// Its reference distribution.
    pub method: OmnibusMethod,
    /// The statistic.
    pub statistic: f64,
    /// The number of coefficients tested.
    pub df1: f64,
    /// Denominator degrees of freedom of an F.
    pub df2: Option<f64>,
    /// Upper tail.
    pub p_value: f64,
}

/// The reference distribution of an omnibus test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OmnibusMethod {
    /// QM on `χ²`, with normal coefficients.
    Chi2,
    /// QM over its degrees of freedom on F, with t coefficients.
    F,
    /// The approximate Hotelling test of a cluster-robust covariance, on F.
    Htz,
}

/// The test of one term.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TermTest {
    /// The term of the formula.
    pub term: String,
    /// Its test.
    #[serde(flatten)]
    pub test: Omnibus,
    /// The likelihood-ratio test against the model without it, both by ML; `None` where nothing would
    /// be left.
    pub lr_test: Option<LikelihoodRatio>,
    /// The cluster-robust test, where one was asked for.
    pub robust: Option<WaldTest>,
}

/// A likelihood-ratio test of nested models by ML.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LikelihoodRatio {
    /// Twice the difference of the log-likelihoods.
    pub statistic: f64,
    /// The number of coefficients dropped.
    pub df: f64,
    /// Upper tail of `χ²(df)`.
    pub p_value: f64,
}

impl LikelihoodRatio {
    /// From the log-likelihood that `df` coefficients gain.
    pub(super) fn of(gained: f64, df: f64) -> Self {
        let statistic = (2.0 * gained).max(0.0);
        Self { statistic, df, p_value: chi_squared::sf(statistic, df) }
    }
}

/// What a model's own fit gives.
pub(super) struct Parts {
    pub(super) solved: Solved,
    pub(super) heterogeneity: Heterogeneity,
    pub(super) r2: Option<f64>,
    pub(super) lr_test: Option<LikelihoodRatio>,
    /// A test for each term.
    pub(super) lr_terms: Vec<Option<LikelihoodRatio>>,
    pub(super) diagnostics: Diagnostics,
}

impl Regression {
    /// Puts a result together.
    pub(super) fn of(
        parts: Parts,
        formula: &Formula,
        excluded: Vec<String>,
        settings: &Settings,
    ) -> Self {
        let Parts { solved, heterogeneity, r2, lr_test, lr_terms, diagnostics } = parts;
        let design = &solved.designed.design;
        let (k, p) = design.matrix().shape();
        let terms = design
            .terms()
            .enumerate()
            .zip(lr_terms)
            .filter_map(|((i, term), lr_test)| {
                let test = solved.omnibus(design.columns_of(i))?;
                Some(TermTest { term: term.to_owned(), test, lr_test, robust: None })
            })
            .collect();
        Self {
            settings: *settings,
            formula: formula.to_string(),
            k,
            p,
            references: design
                .references()
                .map(|(column, level)| Reference { column: column.into(), level: level.into() })
                .collect(),
            coefficients: solved.coefficients(settings.level),
            test: solved.omnibus(usize::from(design.has_intercept())..p),
            terms,
            heterogeneity,
            r2,
            lr_test,
            robust: None,
            permutation: None,
            contrasts: Vec::new(),
            trend: None,
            predictions: Vec::new(),
            excluded,
            remarks: remarks(formula, &solved.designed.studies),
            diagnostics,
            solved,
        }
    }

    /// `c'β̂`, robust where that was asked for.
    pub(super) fn combination(&self, term: String, c: &DVector<f64>) -> Combination {
        let level = self.settings.level;
        match &self.robust {
            None => Combination::plain(self.solved.combination(term, c, level)),
            Some(robust) => {
                let found = robust.sandwich.contrast(c.as_slice()).without_false_certainty();
                Combination::robust(term, &found, level, &robust.cluster)
            }
        }
    }

    /// The test that all of `constraints` are 0, robust where that was asked for.
    pub(super) fn constrained(&self, constraints: &DMatrix<f64>) -> Option<Omnibus> {
        match &self.robust {
            None => self.solved.constrained(constraints),
            Some(robust) => robust.sandwich.wald(constraints).map(|test| Omnibus {
                method: OmnibusMethod::Htz,
                statistic: test.f,
                df1: test.df1,
                df2: Some(test.df2),
                p_value: test.p_value,
            }),
        }
    }

    /// The interval of the coefficients.
    #[must_use]
    pub const fn method(&self) -> CiMethod {
        self.solved.method
    }

    /// The factor on the variances under `hk` and `adhoc`.
    #[must_use]
    pub const fn hk_scale(&self) -> Option<f64> {
        self.solved.hk_scale
    }

    /// The studies of the regression.
    #[must_use]
    pub const fn studies(&self) -> &Studies {
        &self.solved.designed.studies
    }
}

/// Terms written twice, and columns of numbers that one cell made text.
fn remarks(formula: &Formula, studies: &Studies) -> Vec<String> {
    let twice = formula
        .repeated
        .iter()
        .map(|term| format!("The formula names `{term}` more than once; it enters once."));
    let text = mostly_numbers(studies, formula);
    let text = text.into_iter().map(|(column, cell)| {
        format!(
            "`{column}` is read as text because of {cell}: each of its values is a level. Correct the cell to have a number."
        )
    });
    twice.chain(text).collect()
}
