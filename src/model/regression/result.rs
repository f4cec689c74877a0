//! What a meta-regression gives.

use serde::Serialize;

use super::{
    Contrast, Formula, Predicted, Trend, clustered::ClusterRobust, permutation::Permutation,
    solved::Solved,
};
use crate::{
    model::{CiMethod, Diagnostics, Heterogeneity, Settings},
    numeric::chi_squared,
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
                Some(TermTest { term: term.to_owned(), test, lr_test })
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
            diagnostics,
            solved,
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
