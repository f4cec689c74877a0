//! The multiverse: every reasonable analysis of the same data, side by side.

mod advice;
mod engine;
mod grid;
mod method;
mod row_sets;
mod scale;
mod specification;
mod summary;
mod two_groups;

pub use advice::{Advice, AdviceSet};
pub use grid::{Family, Grid, RowChoices};
pub use method::{Choice, Method};
pub use row_sets::{Dimension, RowSet};
pub use specification::Specification;
pub use summary::{AdviceCount, ChoiceShare, Holding, LevelSummary, MultiverseSummary};

use std::borrow::Cow;

use engine::{Engine, Task};
use grid::quantity;

use crate::{
    effect::{Correction, Display, EffectError, Measure},
    model::Level,
    numeric::parallel,
    study::{FilterError, Studies},
};

/// One analysis of the grid with its result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// Which studies: a number of [`Multiverse::row_sets`].
    pub rows: u32,
    /// How they were analysed.
    pub method: Method,
    /// How many studies.
    pub k: usize,
    /// The pooled value: a rate, a ratio, a difference, whatever [`Multiverse::measure`] displays.
    pub estimate: f64,
    /// Lower limit of its interval.
    pub ci_lower: f64,
    /// Upper limit.
    pub ci_upper: f64,
    /// Limits for the true value of a new study, where the model has them.
    pub prediction: Option<[f64; 2]>,
    /// `τ²`, where the model has it.
    pub tau2: Option<f64>,
    /// I² from `τ²`, percent.
    pub i2: Option<f64>,
    /// I² from the leading test of heterogeneity (Q, or the likelihood ratio of a one-step model),
    /// percent.
    pub i2_q: Option<f64>,
    /// What speaks against it on these data.
    pub advice: AdviceSet,
}

/// An analysis of the grid that could not be done.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Failed {
    /// The part of the grid: `two-step, PLN`.
    pub part: String,
    /// Why.
    pub reason: String,
    /// With how many choices of rows or estimators.
    pub times: usize,
}

/// All analyses of a grid, in its order: rows, family, scale, correction, estimator, interval,
/// inversion, prediction.
#[derive(Clone, Debug, PartialEq)]
pub struct Multiverse {
    /// The measure that stands for the quantity that is estimated: PLO for rates, OR for odds ratios.
    pub measure: Measure,
    /// The questions about rows.
    pub dimensions: Vec<Dimension>,
    /// The choices of rows.
    pub row_sets: Vec<RowSet>,
    /// The analyses.
    pub outcomes: Vec<Outcome>,
    /// Those that could not be done.
    pub failed: Vec<Failed>,
    /// The level of the intervals.
    pub level: Level,
}

/// Why there is no grid.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum MultiverseError {
    /// Measures whose values do not belong in one range.
    #[error(
        "{first} and {other} estimate different quantities, which make no one range; give measures of one of them"
    )]
    Quantities {
        /// The first measure.
        first: &'static str,
        /// Another.
        other: &'static str,
    },
    /// A family of models for another kind of outcome.
    #[error(
        "the family {family} is not for {given}; possible are {}", .possible.join(", ")
    )]
    Family {
        /// The family.
        family: &'static str,
        /// What the studies give.
        given: &'static str,
        /// The families for it.
        possible: Vec<&'static str>,
    },
    /// A measure for another kind of outcome.
    #[error(transparent)]
    Measure(EffectError),
    /// One study has nothing to pool.
    #[error("the grid of analyses needs two studies or more; there is {k}")]
    TooFew {
        /// Studies.
        k: usize,
    },
    /// The choices exclude one another.
    #[error(
        "the grid is empty: no combination of these choices goes together; `kr` needs REML, `pl` ML or REML, `hc` DL, and links belong to the GLMM"
    )]
    Empty,
    /// Nothing could be computed.
    #[error("no analysis of the grid can be done: {reason}")]
    NothingDone {
        /// The first reason.
        reason: String,
    },
    /// A column that is not there.
    #[error("there is no column `{name}` to vary by; {}", known(.available))]
    UnknownColumn {
        /// The column.
        name: String,
        /// The columns there are.
        available: Vec<String>,
    },
    /// A predicate that does not fit the table.
    #[error(transparent)]
    Filter(FilterError),
    /// Too many combinations.
    #[error("the choices of rows have more than 100,000 combinations; vary fewer things at once")]
    TooMany,
}

fn known(available: &[String]) -> String {
    match available {
        [] => "the table has no columns besides its studies and counts".to_owned(),
        names => format!("the columns are {}", names.join(", ")),
    }
}

/// Tasks between two reports of progress.
const WAVE: usize = 128;

/// Carries out every analysis of `grid`; intervals are at `level`. `progress` hears of the parts done
/// and of all there are. The order does not depend on the number of threads.
///
/// # Errors
/// [`MultiverseError`]; an analysis that cannot be done is listed in the result instead.
pub fn multiverse(
    studies: &Studies,
    grid: &Grid,
    level: Level,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Multiverse, MultiverseError> {
    if studies.k() < 2 {
        return Err(MultiverseError::TooFew { k: studies.k() });
    }
    let measure = suited(studies, grid)?;
    let (dimensions, row_sets) = row_sets::row_sets(studies, &grid.rows)?;
    let subsets: Vec<Studies> =
        row_sets.iter().filter_map(|set| studies.subset(&set.mask).ok()).collect();
    let tasks = Task::all(grid);
    let work: Vec<(usize, Task)> =
        (0..subsets.len()).flat_map(|rows| tasks.iter().map(move |task| (rows, *task))).collect();
    let work: Vec<(usize, Task)> = work
        .into_iter()
        .filter(|(rows, task)| {
            let without = row_sets.get(*rows).is_some_and(|set| set.without_double_zeros);
            !(without && task.drops_double_zeros())
        })
        .collect();
    let mut outcomes = Vec::new();
    let mut failed: Vec<Failed> = Vec::new();
    let mut done = 0;
    for wave in work.chunks(WAVE) {
        let parts = parallel::map(u32::try_from(wave.len()).unwrap_or(0), |i| {
            let (rows, task) = wave.get(i as usize).copied()?;
            let (set, studies) = (row_sets.get(rows)?, subsets.get(rows)?);
            Some(Engine::new(grid, level, (rows, set), studies).run(task))
        });
        for part in parts.into_iter().flatten() {
            outcomes.extend(part.outcomes);
            for (part, reason) in part.failures {
                match failed.iter_mut().find(|f| f.part == part && f.reason == reason) {
                    Some(same) => same.times += 1,
                    None => failed.push(Failed { part, reason, times: 1 }),
                }
            }
        }
        done += wave.len() as u64;
        progress(done, work.len() as u64);
    }
    if outcomes.is_empty() {
        return Err(match failed.into_iter().next() {
            Some(first) => MultiverseError::NothingDone { reason: first.reason },
            None => MultiverseError::Empty,
        });
    }
    Ok(Multiverse { measure, dimensions, row_sets, outcomes, failed, level })
}

/// The quantity that the grid estimates, one that families and measures agree on.
fn suited(studies: &Studies, grid: &Grid) -> Result<Measure, MultiverseError> {
    let kind = studies.outcomes().kind();
    let possible = Family::of_kind(kind);
    if let Some(family) = grid.models.iter().find(|family| !possible.contains(family)) {
        return Err(MultiverseError::Family {
            family: family.name(),
            given: kind.name(),
            possible: possible.iter().map(|family| family.name()).collect(),
        });
    }
    let lead = grid.measures.first().copied().unwrap_or(Measure::default_for(kind));
    for measure in &grid.measures {
        if !measure.suits(kind)
            && let Err(error) = measure.effects(studies, Correction::default())
        {
            return Err(MultiverseError::Measure(error));
        }
        if quantity(*measure) != quantity(lead) {
            return Err(MultiverseError::Quantities { first: lead.code(), other: measure.code() });
        }
    }
    Ok(quantity(lead))
}

impl Multiverse {
    /// Whether values are rates, which people read in percent.
    #[must_use]
    pub const fn is_of_rates(&self) -> bool {
        matches!(self.measure.display(), Display::Proportion)
    }

    /// What the rows of an outcome are called.
    #[must_use]
    pub fn rows_of(&self, outcome: &Outcome) -> &str {
        self.row_sets.get(outcome.rows as usize).map_or("", |set| set.name.as_str())
    }

    /// What was chosen; `None` where the model has no such choice.
    #[must_use]
    pub fn chosen(&self, outcome: &Outcome, choice: Choice) -> Option<Cow<'_, str>> {
        match choice {
            Choice::Rows(dimension) => {
                let set = self.row_sets.get(outcome.rows as usize)?;
                let level = *set.levels.get(dimension)?;
                let name = self.dimensions.get(dimension)?.levels.get(level)?;
                Some(Cow::Borrowed(name.as_str()))
            }
            choice => outcome.method.chosen(choice),
        }
    }

    /// Every choice of this grid: rows first, then methods.
    pub fn choices(&self) -> impl Iterator<Item = Choice> + use<> {
        (0..self.dimensions.len()).map(Choice::Rows).chain(Choice::METHODS)
    }

    /// What a choice is called: its column, or the dimension of its rows.
    #[must_use]
    pub fn name_of(&self, choice: Choice) -> &str {
        match choice {
            Choice::Rows(i) => self.dimensions.get(i).map_or("rows", |d| d.name.as_str()),
            choice => choice.name(),
        }
    }
}
