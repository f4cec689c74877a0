//! The tests of funnel asymmetry as one list, each with what it assumes.

use serde::Serialize;

use super::{
    Dispersion, Funnel, Predictor, SmallStudyError, begg,
    regression::{RegressionTest, regression_test, weighted_test},
};
use crate::model::Tau2Method;

/// The tests of funnel asymmetry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TestKind {
    /// Effects on `1/n`, multiplicative dispersion.
    Size,
    /// Effects on `1/n`, additive between-study variance.
    SizeMixed,
    /// Effects on `√(1/n)`, multiplicative dispersion.
    SizeRoot,
    /// Peters et al. 2006: effects on `1/n`, weights `x(n−x)/n`.
    Peters,
    /// Egger et al. 1997: effects on their standard error, multiplicative dispersion.
    Egger,
    /// The same with an additive between-study variance.
    EggerMixed,
    /// Thompson and Sharp 1999: the same with the moment estimator of it.
    ThompsonSharp,
    /// Begg and Mazumdar 1994: rank correlation.
    Begg,
}

impl TestKind {
    /// All of them, those that suit proportions first.
    pub const ALL: [Self; 8] = [
        Self::Size,
        Self::SizeMixed,
        Self::SizeRoot,
        Self::Peters,
        Self::Egger,
        Self::EggerMixed,
        Self::ThompsonSharp,
        Self::Begg,
    ];

    /// What it is called in a table.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Size => "size, 1/n",
            Self::SizeMixed => "size, 1/n, mixed",
            Self::SizeRoot => "size, √(1/n)",
            Self::Peters => "Peters",
            Self::Egger => "Egger",
            Self::EggerMixed => "Egger, mixed",
            Self::ThompsonSharp => "Thompson–Sharp",
            Self::Begg => "Begg",
        }
    }

    /// Whether it keeps its error rate with single proportions away from 0 and 1, whose standard
    /// error depends on the rate itself.
    #[must_use]
    pub const fn suits_proportions(self) -> bool {
        matches!(self, Self::Size | Self::SizeMixed | Self::SizeRoot | Self::Peters)
    }

    /// What it assumes, in a few words.
    #[must_use]
    pub const fn assumes(self) -> &'static str {
        match self {
            Self::Size => "linear in 1/n, scatter multiplies vi",
            Self::SizeMixed => "linear in 1/n, scatter adds τ²",
            Self::SizeRoot => "linear in √(1/n), scatter multiplies vi",
            Self::Peters => "linear in 1/n, weights x(n−x)/n",
            Self::Egger => "linear in se, scatter multiplies vi",
            Self::EggerMixed => "linear in se, scatter adds τ²",
            Self::ThompsonSharp => "linear in se, scatter adds τ² (DL)",
            Self::Begg => "effect and vi unrelated in rank",
        }
    }
}

/// One test's result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BiasTest {
    /// Which test.
    pub name: TestKind,
    /// t or z of a slope, Kendall's τ for Begg; `None` where the effects lie on a line exactly.
    pub statistic: Option<f64>,
    /// Degrees of freedom of t.
    pub df: Option<f64>,
    /// Two-sided p value.
    pub p_value: Option<f64>,
    /// The normal statistic of an asymptotic rank test; `None` for the exact p value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub z: Option<f64>,
    /// The line, for a regression test.
    #[serde(flatten)]
    pub line: Option<RegressionLine>,
    /// What it assumes.
    pub assumes: &'static str,
    /// Whether it suits single proportions.
    pub suits_proportions: bool,
    /// What a reader should know before using the p value.
    pub note: Option<String>,
}

/// The line of a regression test, on the analysis scale and at its end on the display scale.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RegressionLine {
    /// The slope.
    pub slope: f64,
    /// Its standard error.
    pub slope_se: f64,
    /// The effect of an infinitely large study.
    pub limit: f64,
    /// Its standard error.
    pub limit_se: f64,
    /// That effect on the display scale.
    pub limit_estimate: f64,
    /// Lower limit of its interval, display scale.
    pub limit_lower: f64,
    /// Upper limit of its interval, display scale.
    pub limit_upper: f64,
}

/// Below this many studies a test has too little power to say anything (Sterne et al. 2011).
pub(super) const FEW: usize = 10;

impl BiasTest {
    pub(super) fn new(
        name: TestKind,
        statistic: impl Into<Option<f64>>,
        df: Option<f64>,
        p_value: impl Into<Option<f64>>,
        funnel: &Funnel,
    ) -> Self {
        let mut notes = Vec::new();
        if funnel.k() < FEW {
            notes.push(format!(
                "{} studies: below {FEW} a test of asymmetry has too little power to tell chance from small-study effects.",
                funnel.k()
            ));
        }
        if funnel.counts.is_some() && !name.suits_proportions() {
            notes.push(
                "The standard error of a proportion depends on the proportion, so that this test may reject without any small-study effect; prefer a test by size.".to_owned(),
            );
        }
        Self {
            name,
            statistic: statistic.into(),
            df,
            p_value: p_value.into(),
            z: None,
            line: None,
            assumes: name.assumes(),
            suits_proportions: name.suits_proportions(),
            note: (!notes.is_empty()).then(|| notes.join(" ")),
        }
    }

    fn of(name: TestKind, test: &RegressionTest, funnel: &Funnel) -> Self {
        let back = |y| funnel.back(y, test.limit_se);
        Self {
            line: Some(RegressionLine {
                slope: test.slope,
                slope_se: test.se,
                limit: test.limit,
                limit_se: test.limit_se,
                limit_estimate: back(test.limit),
                limit_lower: back(test.limit_lower),
                limit_upper: back(test.limit_upper),
            }),
            ..Self::new(name, test.statistic, test.df, test.p_value, funnel)
        }
    }
}

/// One test by name.
///
/// # Errors
/// Those of [`regression_test`] and [`begg`].
pub fn bias_test(funnel: &Funnel, kind: TestKind) -> Result<BiasTest, SmallStudyError> {
    let (predictor, dispersion) = match kind {
        TestKind::Size => (Predictor::InverseSize, Dispersion::Multiplicative),
        TestKind::SizeMixed => {
            (Predictor::InverseSize, Dispersion::Additive(funnel.choices().tau2))
        }
        TestKind::SizeRoot => (Predictor::RootInverseSize, Dispersion::Multiplicative),
        TestKind::Egger => (Predictor::Se, Dispersion::Multiplicative),
        TestKind::EggerMixed => (Predictor::Se, Dispersion::Additive(funnel.choices().tau2)),
        TestKind::ThompsonSharp => (Predictor::Se, Dispersion::AdditiveT(Tau2Method::Dl)),
        TestKind::Begg => return begg(funnel, false),
        TestKind::Peters => {
            let test = weighted_test(
                funnel,
                Predictor::InverseSize,
                Dispersion::Multiplicative,
                &peters_weights(funnel)?,
            )?;
            return Ok(BiasTest::of(kind, &test, funnel));
        }
    };
    Ok(BiasTest::of(kind, &regression_test(funnel, predictor, dispersion)?, funnel))
}

/// `x(n−x)/n`, the inverse variance of a logit; ½ is added where a cell is empty.
fn peters_weights(funnel: &Funnel) -> Result<Vec<f64>, SmallStudyError> {
    let counts =
        funnel.counts.as_ref().ok_or(SmallStudyError::NeedsSizes { method: "Peters' test" })?;
    Ok(counts
        .iter()
        .map(|c| {
            let add = if c.is_interior() { 0.0 } else { 0.5 };
            let (x, m) = (c.x() + add, c.n() - c.x() + add);
            x * m / (x + m)
        })
        .collect())
}

/// Every test that fits the studies; those that do not are left out, unless none fits.
///
/// # Errors
/// The reason of the first test where no test at all can be done.
///
/// ```
/// use resorb::analysis::small_study::{Funnel, TestKind, all_tests};
/// use resorb::{model::Settings, study::Studies};
/// let studies = Studies::from_counts([("A", 64, 84), ("B", 35, 77), ("C", 25, 36), ("D", 14, 15)])?;
/// let tests = all_tests(&Funnel::new(&studies, &Settings::two_step())?)?;
/// assert_eq!(tests[0].name, TestKind::Size);
/// assert!(tests.iter().all(|test| test.note.is_some()), "k < 10 is always said");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn all_tests(funnel: &Funnel) -> Result<Vec<BiasTest>, SmallStudyError> {
    let mut first = None;
    let mut tests = Vec::new();
    for kind in TestKind::ALL {
        match bias_test(funnel, kind) {
            Ok(test) => tests.push(test),
            Err(error) => first = first.or(Some(error)),
        }
    }
    match (tests.is_empty(), first) {
        (true, Some(error)) => Err(error),
        _ => Ok(tests),
    }
}
