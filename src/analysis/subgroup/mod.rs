//! Subgroups: a fit for each level of a column, the test whether they differ, and which studies sit
//! in several groups.

mod between;
mod dependence;
mod levels;

pub use between::{Between, BetweenTest};
pub use dependence::{
    Dependence, RobustGroups, RobustMean, RobustTerm, RobustTest, ThreeLevelGroups, ThreeLevelTerm,
};
pub use levels::{LevelOrder, Overlap};

use serde::Serialize;

use crate::{
    model::{Fit, Model, ModelError, Settings, Small, TwoStep, pool},
    study::{Studies, StudyError, nearest},
};

/// One level of the grouping column with its own fit, its own `τ²` included.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// The level; several columns are joined by ` / `.
    pub group: String,
    /// Its result. A group of one study has no random-effects part.
    #[serde(flatten)]
    pub fit: Fit,
}

/// A subgroup analysis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Subgroups {
    /// The grouping columns.
    pub by: Vec<String>,
    /// All studies that carry a level, pooled together.
    #[serde(skip)]
    pub overall: Fit,
    /// A fit for each level.
    pub groups: Vec<Group>,
    /// Whether the groups differ, as if their rows were independent.
    pub between: Between,
    /// Studies that give rows to more than one group: they break that independence.
    pub overlap: Vec<Overlap>,
    /// Tests that respect that; `None` where no study gives rows to several groups.
    #[serde(flatten)]
    pub dependence: Option<Dependence>,
    /// Studies left out because their level is missing, by name.
    pub missing: Vec<String>,
}

/// Why a subgroup analysis cannot be done.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SubgroupError {
    /// No grouping column was named.
    #[error("no grouping column: name one that the table has{}", columns(.available))]
    NoColumn {
        /// The columns there are.
        available: Vec<String>,
    },
    /// The grouping column is not there.
    #[error("there is no column `{name}`{}{}", hint(.nearest.as_deref()), columns(.available))]
    UnknownColumn {
        /// The name asked for.
        name: String,
        /// The nearest name.
        nearest: Option<String>,
        /// The columns there are.
        available: Vec<String>,
    },
    /// A level named in an order does not occur.
    #[error("no study has the level `{level}`; the levels are {}", .available.join(", "))]
    UnknownLevel {
        /// The level asked for.
        level: String,
        /// The levels there are.
        available: Vec<String>,
    },
    /// A level is missing and that is an error.
    #[error(transparent)]
    Study(#[from] StudyError),
    /// A group cannot be pooled.
    #[error("group `{group}`: {source}")]
    Group {
        /// Its level.
        group: String,
        /// Why.
        #[source]
        source: ModelError,
    },
    /// The studies together cannot be pooled.
    #[error(transparent)]
    Overall(ModelError),
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

fn columns(available: &[String]) -> String {
    match available {
        [] => "; the table has no columns besides its studies and counts".to_owned(),
        names => format!("; the columns are {}", names.join(", ")),
    }
}

/// Pools each level of the columns `by` on its own and tests whether the levels differ.
///
/// A study whose level is missing takes no part and is named in `missing`.
///
/// # Errors
/// [`SubgroupError`]: a column or level that is not there, or a group that cannot be pooled.
///
/// ```
/// use resorb::{analysis::{LevelOrder, subgroups}, data, model::Settings};
/// let csv = b"study,events,total,type\nA,4,22,bulge\nB,3,25,bulge\nC,64,84,extrusion\nD,7,27,extrusion\n";
/// let table = data::read(csv, &data::Mapping::default())?;
/// let by = subgroups(&table.studies, &["type"], &LevelOrder::Data, &Settings::two_step())?;
/// assert_eq!(by.groups.len(), 2);
/// assert!(by.overlap.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn subgroups(
    studies: &Studies,
    by: &[&str],
    order: &LevelOrder,
    settings: &Settings,
) -> Result<Subgroups, SubgroupError> {
    let available = || studies.moderators().iter().map(|m| m.name.clone()).collect::<Vec<_>>();
    if by.is_empty() {
        return Err(SubgroupError::NoColumn { available: available() });
    }
    let columns = by
        .iter()
        .map(|name| {
            studies.moderator(name).ok_or_else(|| SubgroupError::UnknownColumn {
                name: (*name).to_owned(),
                nearest: nearest(name, available().iter().map(String::as_str)).map(str::to_owned),
                available: available(),
            })
        })
        .collect::<Result<Vec<_>, _>>()?;
    let levels = levels::of(studies.k(), &columns);
    let names = levels::ordered(&levels, order)?;
    let carries: Vec<bool> = levels.iter().map(Option::is_some).collect();
    let overall = pool(&studies.subset(&carries)?, settings).map_err(SubgroupError::Overall)?;
    let mut groups = Vec::with_capacity(names.len());
    for name in names {
        let mask: Vec<bool> = levels.iter().map(|level| level.as_ref() == Some(&name)).collect();
        let fit = pool(&studies.subset(&mask)?, settings)
            .map_err(|source| SubgroupError::Group { group: name.clone(), source })?;
        groups.push(Group { group: name, fit });
    }
    let between = Between::of(&groups);
    let overlap = levels::overlap(studies.labels(), &levels);
    let dependence = if overlap.is_empty() || groups.len() < 2 {
        None
    } else {
        let plain = between.random.or(between.common).map(|test| test.p_value);
        Some(dependence(studies, &levels, &groups, settings, plain)?)
    };
    Ok(Subgroups {
        by: by.iter().map(|&name| name.to_owned()).collect(),
        missing: levels::missing(studies.labels(), &levels),
        between,
        overlap,
        dependence,
        overall,
        groups,
    })
}

/// The tests that respect shared studies, on the effects of the two-step model: the settings' own or,
/// for a one-step model, the default's.
fn dependence(
    studies: &Studies,
    levels: &[Option<String>],
    groups: &[Group],
    settings: &Settings,
    plain: Option<f64>,
) -> Result<Dependence, SubgroupError> {
    let choices = match settings.model {
        Model::TwoStep(choices) => choices,
        Model::Glmm { .. } | Model::BetaBinomial { .. } => TwoStep::default(),
    };
    let carries: Vec<bool> = levels.iter().map(Option::is_some).collect();
    let used = studies.subset(&carries)?;
    let names: Vec<String> = groups.iter().map(|group| group.group.clone()).collect();
    let places: Vec<usize> = levels
        .iter()
        .flatten()
        .filter_map(|level| names.iter().position(|name| name == level))
        .collect();
    let labels: Vec<&str> = used.labels().iter().map(String::as_str).collect();
    let effects = choices
        .measure
        .effects(&used, choices.correction)
        .map_err(|error| SubgroupError::Overall(error.into()))?;
    Dependence::of(
        &effects,
        &labels,
        (&names, &places),
        &choices,
        (Small::Cr2, settings.level),
        plain,
    )
    .map_err(SubgroupError::Overall)
}
