//! Why tools print different numbers for the same table: each tool's choices, taken over one by one.

mod tool;

pub use tool::Tool;

use serde::Serialize;

use crate::{
    model::{Fit, I2, Model, ModelError, Settings, TwoStep, pool},
    study::Studies,
};

/// What a tool prints, and how it gets there from the first tool.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The tool.
    pub tool: Tool,
    /// Its choices.
    pub settings: Settings,
    /// What they give, or the sentence that says why there is nothing.
    pub fit: Result<Fit, String>,
    /// The choices that differ from the first tool's, one after the other.
    pub steps: Vec<Step>,
}

/// One choice taken over, on top of those before it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Which.
    pub choice: Changed,
    /// The result with it, or the sentence that says why there is none.
    #[serde(flatten)]
    pub result: Printout,
}

/// A choice in which two tools differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Changed {
    /// The model, with its interval and test.
    Model,
    /// The scale and, for Freeman–Tukey, its inversion.
    Measure,
    /// The estimator of `τ²`.
    Tau2,
    /// The interval of the pooled value.
    Interval,
    /// The prediction interval.
    Prediction,
    /// Which I² is printed.
    I2,
}

/// The numbers that tools print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Printout {
    /// The pooled rate.
    pub estimate: Option<f64>,
    /// Lower limit.
    pub ci_lower: Option<f64>,
    /// Upper limit.
    pub ci_upper: Option<f64>,
    /// Lower limit for a new study.
    pub lower: Option<f64>,
    /// Upper limit for a new study.
    pub upper: Option<f64>,
    /// `τ²`.
    pub tau2: Option<f64>,
    /// The I² that the tool prints, percent.
    pub i2: Option<f64>,
}

impl Printout {
    /// The numbers of a fit, with the I² that its settings lead with.
    #[must_use]
    pub fn of(fit: &Fit) -> Self {
        let random = fit.random.map(|random| random.pooled);
        let found = &fit.heterogeneity;
        Self {
            estimate: random.map(|random| random.estimate),
            ci_lower: random.and_then(|random| random.ci_lower),
            ci_upper: random.and_then(|random| random.ci_upper),
            lower: fit.prediction.map(|prediction| prediction.lower),
            upper: fit.prediction.map(|prediction| prediction.upper),
            tau2: found.tau2,
            i2: match fit.settings.i2 {
                I2::Tau2 => found.i2,
                I2::Q => found.i2_q,
            },
        }
    }
}

/// What every tool prints for `studies`, and which of its choices make the difference from the first.
///
/// # Errors
/// [`ModelError`] where the first tool's choices give nothing; the others say so in their place.
///
/// ```
/// use resorb::{analysis::{Tool, compare_tools}, study::Studies};
/// let studies = Studies::from_counts([("A", 64, 84), ("B", 35, 77), ("C", 25, 36), ("D", 12, 30)])?;
/// let tools = compare_tools(&studies)?;
/// let revman = tools.iter().find(|tool| tool.tool == Tool::Revman).ok_or("no RevMan")?;
/// assert_eq!(revman.steps.len(), 2); // the interval and the prediction interval
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare_tools(studies: &Studies) -> Result<Vec<Compared>, ModelError> {
    let first = Tool::ALL[0].settings();
    pool(studies, &first)?;
    Ok(Tool::ALL
        .into_iter()
        .map(|tool| {
            let settings = tool.settings();
            let path = path(first, settings);
            let steps = path.into_iter().map(|(choice, settings)| Step {
                choice,
                result: pool(studies, &settings)
                    .map_or_else(|_| Printout::default(), |fit| Printout::of(&fit)),
            });
            Compared {
                tool,
                settings,
                fit: pool(studies, &settings).map_err(|error| error.to_string()),
                steps: steps.collect(),
            }
        })
        .collect())
}

/// From one tool's choices to another's, one choice at a time; the last settings are the other's.
fn path(from: Settings, to: Settings) -> Vec<(Changed, Settings)> {
    let mut at = from;
    let mut steps = Vec::new();
    let mut step = |choice, settings: Settings| {
        if settings != at {
            at = settings;
            steps.push((choice, settings));
        }
        at
    };
    match (from.model, to.model) {
        (Model::TwoStep(own), Model::TwoStep(other)) => {
            let with =
                |choices: TwoStep, at: Settings| Settings { model: Model::TwoStep(choices), ..at };
            let mut choices = TwoStep {
                measure: other.measure,
                inversion: other.inversion,
                correction: other.correction,
                ..own
            };
            let mut now = step(Changed::Measure, with(choices, from));
            choices.tau2 = other.tau2;
            now = step(Changed::Tau2, with(choices, now));
            choices.ci = other.ci;
            now = step(Changed::Interval, with(choices, now));
            now = step(Changed::Prediction, Settings { prediction: to.prediction, ..now });
            step(Changed::I2, Settings { i2: to.i2, ..now });
        }
        (_, model) => {
            let mut now = step(Changed::Model, Settings { model, ..from });
            now = step(Changed::Prediction, Settings { prediction: to.prediction, ..now });
            step(Changed::I2, Settings { i2: to.i2, ..now });
        }
    }
    steps
}
