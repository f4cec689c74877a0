//! Subgroups: a fit for each level of a column, the test whether they differ, and which studies sit
//! in several groups.

mod between;
mod common_tau2;
mod dependence;
mod error;
pub(super) mod levels;
mod paired;

pub use between::{Between, BetweenTest};
pub use dependence::{
    Dependence, Difference, Differences, NestedGroups, RobustGroups, RobustMean, RobustTerm,
    ThreeLevelGroups, ThreeLevelTerm,
};
pub use error::SubgroupError;
pub use levels::{LevelOrder, Overlap};
pub use paired::Paired;

use serde::Serialize;

use crate::{
    model::{ClusteredBy, Fit, Heterogeneity, Settings, Small, TwoStep, pool},
    study::{Studies, nearest},
};

/// How studies are grouped and what is asked of the groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grouping {
    /// The order of the groups.
    pub order: LevelOrder,
    /// Whether one `τ²` serves all groups; each has its own otherwise.
    pub tau2_common: bool,
    /// The column whose equal values share patients or teams; the study's name without one.
    pub cluster: Option<String>,
    /// The small-sample correction of the cluster-robust tests. `None` makes them (with CR2) only where
    /// a cluster gives rows to several groups.
    pub robust: Option<Small>,
}

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
    /// Whether one `τ²` serves all groups.
    pub tau2_common: bool,
    /// All studies that carry a level, pooled together.
    #[serde(skip)]
    pub overall: Fit,
    /// A fit for each level.
    pub groups: Vec<Group>,
    /// What the groups leave together, where one `τ²` serves all of them: `q` adds theirs up.
    pub within: Option<Heterogeneity>,
    /// Whether the groups differ, as if their rows were independent.
    pub between: Between,
    /// What depends on one another: rows of a study, or of a value of a column.
    #[serde(rename = "cluster")]
    pub clustered_by: ClusteredBy,
    /// Studies (or clusters) that give rows to more than one group: they break that independence.
    pub overlap: Vec<Overlap>,
    /// Tests that respect that; `None` where no study gives rows to several groups.
    #[serde(flatten)]
    pub dependence: Option<Dependence>,
    /// Comparisons within studies alone, for pairs of groups that at least two studies have both of.
    pub paired: Vec<Paired>,
    /// Studies left out because their level is missing, by name.
    pub missing: Vec<String>,
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
    subgroups_by(studies, by, &Grouping { order: order.clone(), ..Grouping::default() }, settings)
}

/// [`subgroups`] with every choice of a [`Grouping`].
///
/// # Errors
/// Those of [`subgroups`], and [`SubgroupError::CommonTau2`] where the groups cannot share one `τ²`.
pub fn subgroups_by(
    studies: &Studies,
    by: &[&str],
    grouping: &Grouping,
    settings: &Settings,
) -> Result<Subgroups, SubgroupError> {
    let available = || studies.moderators().iter().map(|m| m.name.clone()).collect::<Vec<_>>();
    if by.is_empty() {
        return Err(SubgroupError::NoColumn { available: available() });
    }
    let find = |name: &str| {
        studies.moderator_in_any_case(name).ok_or_else(|| SubgroupError::UnknownColumn {
            name: name.to_owned(),
            nearest: nearest(name, available().iter().map(String::as_str)).map(str::to_owned),
            available: available(),
        })
    };
    let columns = by.iter().map(|name| find(name)).collect::<Result<Vec<_>, _>>()?;
    for (i, column) in columns.iter().enumerate() {
        if columns.iter().take(i).any(|earlier| earlier.name == column.name) {
            return Err(SubgroupError::SameColumn { name: column.name.clone() });
        }
    }
    let cluster = grouping.cluster.as_deref().map(find).transpose()?;
    let all_levels = levels::of(studies.k(), &columns);
    let missing = levels::missing(studies.labels(), &all_levels);
    let carries: Vec<bool> = all_levels.iter().map(Option::is_some).collect();
    let used = studies.subset(&carries)?;
    let labels = levels::clusters(studies, cluster, &carries);
    let levels: Vec<String> = all_levels.into_iter().flatten().collect();
    let names = levels::ordered(&levels, &grouping.order)?;
    let overall = pool(&used, settings).map_err(SubgroupError::Overall)?;
    let mut groups = Vec::with_capacity(names.len());
    for name in names {
        let mask: Vec<bool> = levels.iter().map(|level| *level == name).collect();
        let fit = pool(&used.subset(&mask)?, settings)
            .map_err(|source| SubgroupError::Group { group: name.clone(), source })?;
        groups.push(Group { group: name, fit });
    }
    let within = if grouping.tau2_common {
        common_tau2::apply(&mut groups, &used, &levels, settings)?
    } else {
        None
    };
    let between = Between::of(&groups);
    let overlap = levels::overlap(&labels, &levels);
    let clustered_by = ClusteredBy::from(cluster.map(|moderator| moderator.name.as_str()));
    let wanted = grouping.robust.is_some() || !overlap.is_empty();
    let (dependence, paired) = if wanted && groups.len() > 1 {
        let rows = Rows::of(&used, &labels, &levels, &groups);
        let small = grouping.robust.unwrap_or_default();
        let plain = between.random.or(between.common).map(|test| test.p_value);
        (
            Some(Dependence::of(&rows, &clustered_by, small, settings, plain)?),
            paired::all(&rows, settings)?,
        )
    } else {
        (None, Vec::new())
    };
    Ok(Subgroups {
        by: columns.iter().map(|column| column.name.clone()).collect(),
        tau2_common: grouping.tau2_common,
        overall,
        groups,
        within,
        between,
        clustered_by,
        overlap,
        dependence,
        paired,
        missing,
    })
}

/// The rows of all groups, with what the tests need that do not call them independent.
struct Rows<'a> {
    studies: &'a Studies,
    /// The names of the groups.
    names: Vec<&'a str>,
    /// The group of each row, as a place among the names.
    places: Vec<usize>,
    /// What each row belongs to.
    labels: &'a [String],
}

impl<'a> Rows<'a> {
    fn of(
        studies: &'a Studies,
        labels: &'a [String],
        levels: &[String],
        groups: &'a [Group],
    ) -> Self {
        let names: Vec<&str> = groups.iter().map(|group| group.group.as_str()).collect();
        let places =
            levels.iter().filter_map(|level| names.iter().position(|name| name == level)).collect();
        Self { studies, names, places, labels }
    }
}

/// The two-step model that the tests of differences use: the settings' own or, for a one-step model,
/// the default's.
fn two_step(settings: &Settings) -> TwoStep {
    settings.model.as_two_step()
}
