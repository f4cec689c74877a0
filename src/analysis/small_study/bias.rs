//! Every question about small studies at once: the answer of `resorb bias`.

use super::{
    Adjusted, BiasTest, Copas, Direction, Doi, ExcessSignificance, FailSafe, FailSafeMethod,
    Funnel, Limit, Selection, SelectionKind, Side, SmallStudyError, TrimAndFill, TrimEstimator,
    all_tests, bias_test::FEW, copas, doi, excess_significance, fail_safe_n, limit, peese, pet,
    selection, trim_and_fill,
};
use crate::{
    analysis::{Threshold, threshold},
    model::{
        Estimate, Fit, Model, PredictionMethod, Settings, Tau2Ci, Tau2Method, TwoStep, TwoStepCi,
        pool,
    },
    study::Studies,
};

/// What to ask.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BiasOptions {
    /// The rate that means "no effect": what presumes one is left out without it.
    pub null: Option<f64>,
    /// The side on which studies are missing; detected when `None`.
    pub side: Option<Side>,
    /// Cut points of the step function; .025 when empty.
    pub cut_points: Vec<f64>,
    /// Which studies selection models take to be more likely seen.
    pub direction: Direction,
    /// A rate of interest.
    pub threshold: Option<f64>,
}

/// The answers; what the studies do not allow is a sentence in `notes`.
#[derive(Clone, Debug, PartialEq)]
pub struct Bias {
    /// All studies together, by the two-step model.
    pub fit: Fit,
    /// Tests of funnel asymmetry.
    pub tests: Vec<BiasTest>,
    /// By each estimator that has a value.
    pub trim_and_fill: Vec<TrimAndFill>,
    /// Selection models; empty without a null value.
    pub selection: Vec<Selection>,
    /// The intercept on the standard error.
    pub pet: Option<Adjusted>,
    /// The intercept on the variance.
    pub peese: Option<Adjusted>,
    /// Limit meta-analysis.
    pub limit: Option<Limit>,
    /// The Copas selection model.
    pub copas: Option<Copas>,
    /// The interval of Henmi and Copas.
    pub henmi_copas: Option<Estimate>,
    /// The test of excess significance; `None` without a null value.
    pub excess_significance: Option<ExcessSignificance>,
    /// The LFK index with its plot.
    pub lfk: Option<Doi>,
    /// Fail-safe N; empty without a null value.
    pub fail_safe_n: Vec<FailSafe>,
    /// How likely rates above a threshold are.
    pub threshold: Option<Threshold>,
    /// What was left out and why, and what to be careful about.
    pub notes: Vec<String>,
}

/// Asks everything that the studies allow.
///
/// # Errors
/// [`SmallStudyError`] for fewer than two studies, and for options that cannot be used.
///
/// ```
/// use resorb::analysis::small_study::{BiasOptions, bias};
/// use resorb::{model::Settings, study::Studies};
/// let studies = Studies::from_counts([("A", 64, 84), ("B", 35, 77), ("C", 25, 36), ("D", 14, 15)])?;
/// let answer = bias(&studies, &Settings::two_step(), &BiasOptions::default())?;
/// assert!(answer.fail_safe_n.is_empty(), "a proportion has no null value of its own");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn bias(
    studies: &Studies,
    settings: &Settings,
    options: &BiasOptions,
) -> Result<Bias, SmallStudyError> {
    let funnel = Funnel::new(studies, settings)?;
    let fit = pool(studies, &funnel.settings)?;
    let threshold = options.threshold.map(|c| threshold(&fit, c)).transpose()?;
    let (tests, mut left_out) = match all_tests(&funnel) {
        Ok(tests) => (tests, None),
        Err(
            error @ (SmallStudyError::TooFew { .. }
            | SmallStudyError::NoSpread { .. }
            | SmallStudyError::SameEffects { .. }
            | SmallStudyError::EmptyCells { .. }),
        ) if funnel.k() > 1 => (Vec::new(), Some(error)),
        Err(error) => return Err(error),
    };
    let mut notes = Vec::new();
    if !tests.is_empty() && funnel.k() < FEW {
        notes.push(format!(
            "{} studies: below {FEW} tests of asymmetry have too little power to tell chance from small-study effects.",
            funnel.k()
        ));
    }
    if !tests.is_empty() && funnel.counts.is_some() {
        notes.push(
            "The standard error of a proportion depends on the proportion: Egger, Thompson–Sharp and Begg may reject without any small-study effect. Tests by size keep to their error rate where rates are away from 0 and 1.".to_owned(),
        );
    }
    notes.extend(funnel.empty_cells());
    notes.push("Asymmetry has other causes than publication bias: small studies often treat other patients, and rates differ between them.".to_owned());
    let mut kept = |error: SmallStudyError| {
        // A note on empty cells says it once for all methods.
        let note = format!("Left out: {error}.");
        if !matches!(error, SmallStudyError::EmptyCells { .. }) && !notes.contains(&note) {
            notes.push(note);
        }
    };
    left_out.take().into_iter().for_each(&mut kept);
    let trim_and_fill: Vec<TrimAndFill> = TrimEstimator::ALL
        .into_iter()
        .filter_map(|estimator| {
            trim_and_fill(&funnel, estimator, options.side, false).map_err(&mut kept).ok()
        })
        .collect();
    let pet = pet(&funnel).map_err(&mut kept).ok();
    let peese = peese(&funnel).map_err(&mut kept).ok();
    let limit = limit(&funnel).map_err(&mut kept).ok();
    let copas = copas(&funnel).map_err(&mut kept).ok();
    let lfk = doi(&funnel).map_err(&mut kept).ok();
    let henmi_copas = henmi_copas(studies, &funnel)?;
    let (mut selected, mut fail_safe, mut excess) = (Vec::new(), Vec::new(), None);
    if options.null.is_some() || funnel.counts.is_none() {
        let cuts = match options.cut_points.as_slice() {
            [] => vec![0.025],
            cuts => cuts.to_vec(),
        };
        for kind in [
            SelectionKind::Step(cuts),
            SelectionKind::Beta,
            SelectionKind::HalfNormal,
            SelectionKind::NegativeExponential,
        ] {
            match selection(&funnel, kind, options.null, options.direction) {
                Ok(fit) => selected.push(fit),
                Err(error @ (SmallStudyError::TooFew { .. } | SmallStudyError::Numeric { .. })) => {
                    kept(error);
                }
                Err(error) => return Err(error),
            }
        }
        for method in FailSafeMethod::ALL {
            fail_safe.push(fail_safe_n(&funnel, method, options.null, None)?);
        }
        excess = Some(excess_significance(&funnel, options.null)?);
    } else {
        notes.push("Selection models, fail-safe N and excess significance ask which studies differ from a null value, and a single proportion has none: name one with --null to have them.".to_owned());
    }
    if copas.as_ref().is_some_and(|copas| copas.path.iter().any(|point| point.se.is_none())) {
        notes.push("Copas model: where both τ² and the correlation of a result with its chance to be seen end at their limits, the likelihood is a step in the mean and gives no interval.".to_owned());
    }
    Ok(Bias {
        fit,
        tests,
        trim_and_fill,
        selection: selected,
        pet,
        peese,
        limit,
        copas,
        henmi_copas,
        excess_significance: excess,
        lfk,
        fail_safe_n: fail_safe,
        threshold,
        notes,
    })
}

/// The interval of Henmi and Copas, which goes with DL; `None` for one study.
fn henmi_copas(studies: &Studies, funnel: &Funnel) -> Result<Option<Estimate>, SmallStudyError> {
    let choices = TwoStep {
        tau2: Tau2Method::Dl,
        tau2_ci: Tau2Ci::Qp,
        ci: TwoStepCi::Hc,
        ..*funnel.choices()
    };
    let model = Model::TwoStep(choices);
    let settings = Settings { model, prediction: PredictionMethod::None, ..funnel.settings };
    Ok(pool(studies, &settings)?.random.map(|random| random.pooled))
}
