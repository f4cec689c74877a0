//! The tests of funnel asymmetry as one list, each with its result.

use serde::Serialize;

use super::{
    Dispersion, Funnel, MacaskillWeights, Predictor, SmallStudyError, TestKind, begg, deeks,
    harbord, macaskill, peters, pustejovsky_rodgers,
    regression::{RegressionTest, regression_test, weighted_test},
    test_kind::Made,
    two_groups,
};
use crate::model::Tau2Method;

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
    /// Whether it suits effects like these: what it goes by does not depend on them. True for effects
    /// computed elsewhere, of which that is not known.
    pub suits: bool,
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
        let made = Made::of(funnel);
        let suits = name.suits(made);
        if !suits {
            notes.extend(made.warning().map(str::to_owned));
        }
        if let Some(left_out @ 1..) = name.of_odds_ratios(funnel).map(two_groups::left_out) {
            notes.push(format!(
                "{left_out} of {} studies without events in either group, or with nothing else, say nothing about an odds ratio and are left out.",
                funnel.k()
            ));
        }
        Self {
            name,
            statistic: statistic.into(),
            df,
            p_value: p_value.into(),
            z: None,
            line: None,
            assumes: name.assumes(),
            suits,
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
/// Those of [`regression_test`] and [`begg`]; [`SmallStudyError::NeedsGroups`] for a test of two groups.
pub fn bias_test(funnel: &Funnel, kind: TestKind) -> Result<BiasTest, SmallStudyError> {
    let level = funnel.level();
    let line = |test: RegressionTest| Ok(BiasTest::of(kind, &test, funnel));
    // The end of a line that grows with size is not the effect of a large study.
    let slope =
        |test: RegressionTest| Ok(BiasTest { line: None, ..BiasTest::of(kind, &test, funnel) });
    let by = |predictor, dispersion| line(regression_test(funnel, predictor, dispersion)?);
    let own = Dispersion::Additive(funnel.choices().tau2);
    let groups = || funnel.groups.as_deref().ok_or(NO_COUNTS);
    match kind {
        TestKind::Size => by(Predictor::InverseSize, Dispersion::Multiplicative),
        TestKind::SizeMixed => by(Predictor::InverseSize, own),
        TestKind::SizeRoot => by(Predictor::RootInverseSize, Dispersion::Multiplicative),
        TestKind::Egger => by(Predictor::Se, Dispersion::Multiplicative),
        TestKind::EggerMixed => by(Predictor::Se, own),
        TestKind::ThompsonSharp => by(Predictor::Se, Dispersion::AdditiveT(Tau2Method::Dl)),
        TestKind::Begg => begg(funnel, false),
        TestKind::Peters => line(match &funnel.groups {
            Some(groups) => peters(groups, level)?,
            None => weighted_test(
                funnel,
                Predictor::InverseSize,
                Dispersion::Multiplicative,
                &peters_weights(funnel)?,
            )?,
        }),
        TestKind::Harbord => line(harbord(groups()?, level)?),
        TestKind::MacaskillFpv => {
            slope(macaskill(groups()?, MacaskillWeights::PooledVariance, level)?)
        }
        TestKind::MacaskillFiv => {
            slope(macaskill(groups()?, MacaskillWeights::InverseVariance, level)?)
        }
        TestKind::Deeks => line(deeks(groups()?, level)?),
        TestKind::PustejovskyRodgers => {
            let sizes = funnel.group_sizes.as_deref().ok_or(NO_MEANS)?;
            line(pustejovsky_rodgers(funnel.yi(), sizes, level)?)
        }
    }
}

const NO_COUNTS: SmallStudyError = SmallStudyError::NeedsGroups {
    method: "a test for odds ratios",
    what: "events and totals of two groups",
};
const NO_MEANS: SmallStudyError = SmallStudyError::NeedsGroups {
    method: "the test of Pustejovsky and Rodgers",
    what: "the sizes of two groups",
};

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
