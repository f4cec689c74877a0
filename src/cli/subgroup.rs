//! `resorb subgroup`: a pooled rate for each group, and whether the groups differ.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{
    args::{AnalysisArgs, ClusterArgs, GroupsArgs, brief},
    choice::Choice,
    destination::Destination,
    failure::{Failure, say},
    source::{self, Source},
};
use crate::{
    analysis::{Grouping, SubgroupError},
    data::Mapping,
    plan::{Choices, SubgroupPlan},
    report::{self, Format},
};

/// The bundled data that stand in where DATA is not given, and what they are grouped by.
const LUMBAR: (&str, &str) = ("ldh_resorption_by_type", "herniation_type");

const EXAMPLES: &str = "\
Examples:
  resorb subgroup
  resorb subgroup studies.csv --by design
  resorb subgroup studies.csv --by country --by design -o result.json
  resorb subgroup studies.csv --by type --order \"mild,severe\" --tau2-common
  resorb subgroup studies.csv --by type --model two-step --cluster team";

/// What `-h` shows.
const BRIEF: &[&str] = &[
    "help",
    "by",
    "order",
    "tau2_common",
    "study",
    "events",
    "total",
    "filters",
    "exclude_study",
    "missing",
    "model",
    "measure",
    "tau2",
    "ci",
    "prediction",
    "level",
    "format",
    "output",
    "scale",
];

/// Pool each group of studies and test whether the groups differ
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "The first of several values is the default; --help explains all of them.",
    after_long_help = EXAMPLES,
    mut_args(|arg| brief(arg, BRIEF))
)]
pub(super) struct Subgroup {
    /// CSV or .xlsx file, - for standard input, or a bundled data set
    #[arg(
        value_name = "DATA",
        long_help = "CSV or .xlsx file with one row for each group of a study, - for standard \
                     input, or the name of a bundled data set (see `resorb datasets`); an existing \
                     file wins. Without DATA the bundled lumbar data are grouped by type of \
                     herniation"
    )]
    data: Option<PathBuf>,

    /// Column that makes the groups; repeat it to nest
    #[arg(
        long,
        value_name = "COL",
        help_heading = "Groups",
        long_help = "Column whose values are the groups. Repeat it to nest: every combination of \
                     values that occurs is a group"
    )]
    by: Vec<String>,

    #[command(flatten)]
    groups: GroupsArgs,
    #[command(flatten)]
    clusters: ClusterArgs,
    #[command(flatten)]
    shared: AnalysisArgs,
}

impl Subgroup {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.shared.save.ready(self.data.as_deref())?;
        let choice = Choice::try_from(&self.shared.settings)?;
        let mut destination = Destination::try_from(&self.shared.output)?;
        destination.style.model_remark =
            choice.selected_by.map(|option| format!("selected by {option}"));
        let (lumbar, herniation_type) = LUMBAR;
        let by = match (&self.data, self.by.as_slice()) {
            (None, []) => vec![herniation_type.to_owned()],
            (_, by) => by.to_vec(),
        };
        let mapping = Mapping {
            grouping: by.first().cloned(),
            needed: by.iter().skip(1).chain(&self.clusters.cluster).cloned().collect(),
            ..Mapping::from(&self.shared.reading)
        };
        let data = self.data.as_deref().unwrap_or(Path::new(lumbar));
        let Source { table, mut info } = source::read_as(data, &mapping)?;
        let choice = Choice::suited(&self.shared.settings, &table)?;
        let Grouping { order, tau2_common, .. } = self.groups.grouping();
        let ClusterArgs { robust, cluster } = self.clusters.clone();
        let part = SubgroupPlan { by, order, tau2_common, robust, cluster };
        let subgroups = part.run(&table.studies, &choice.settings).map_err(with_help)?;
        let machine = matches!(destination.format, Format::Json | Format::Csv);
        if self.data.is_none() && machine {
            say("no DATA was given: these are the bundled lumbar data by type of herniation\n");
        } else if self.data.is_none() {
            info.source = format!("bundled lumbar data {}", info.source);
        }
        destination.write(|mut out| {
            report::write_subgroups(
                &mut out,
                &subgroups,
                &info,
                destination.format,
                &destination.style,
            )
        })?;
        let settings = Choices::from(&choice.settings);
        self.shared.save.write(
            (data, &self.shared.reading),
            settings,
            &self.shared.output,
            |plan| {
                plan.subgroup.push(part);
            },
        )
    }
}

/// What to type where no column was named.
fn with_help(error: SubgroupError) -> Failure {
    match error {
        SubgroupError::NoColumn { available } => Failure::Usage {
            message: "no grouping column was named".to_owned(),
            help: match available.as_slice() {
                [] => "the table has no columns besides its studies and counts".to_owned(),
                names => format!("add --by with one of {}", names.join(", ")),
            },
        },
        // The table was read, so the column is there: it is no moderator.
        SubgroupError::UnknownColumn { name, available, .. } => Failure::Usage {
            message: format!(
                "`{name}` holds the studies' names or counts and makes no groups: every study would be its own"
            ),
            help: match available.as_slice() {
                [] => "the table has no other columns".to_owned(),
                names => format!("group by one of {}", names.join(", ")),
            },
        },
        error => error.into(),
    }
}
