//! `resorb regress`: how rates depend on what the studies are.

use clap::Args;

use super::{
    args::{AnalysisArgs, ClusterArgs, DataFile, brief},
    choice::{self, Choice},
    destination::Destination,
    failure::Failure,
    source::{self, Source},
    values::described,
};
use crate::{
    data::{Mapping, Table},
    model::{Adjust, DesignError, Formula, RegressionError},
    plan::{Choices, RegressPlan},
    report,
};

const EXAMPLES: &str = "\
Examples:
  resorb regress studies.csv --on year
  resorb regress studies.csv --on \"design + center(year)\" --reference design=cohort
  resorb regress studies.csv --on \"design * year\" --at \"year=2020,design=trial\"
  resorb regress studies.csv --on type --pairs --trend \"mild<moderate<severe\"
  resorb regress studies.csv --on year --model two-step --permutations 9999 --seed 1";

const ON: &str = "\
Terms with + between them: a column, a:b for an interaction, a*b for a + b + a:b. A text column makes a \
coefficient for each level but its reference. center(a) and scale(a) subtract the mean and divide by the \
standard deviation, poly(a, 2) adds powers, rcs(a, 3) is a restricted cubic spline with 3 knots. 0 + a \
leaves the intercept out. Names with spaces go into backquotes";

/// What `-h` shows.
const BRIEF: &[&str] = &[
    "help",
    "on",
    "reference",
    "at",
    "contrast",
    "pairs",
    "trend",
    "study",
    "events",
    "total",
    "filters",
    "missing",
    "model",
    "tau2",
    "ci",
    "level",
    "format",
    "output",
];

/// Regress the rates on columns of the table (meta-regression)
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "The first of several values is the default; --help explains all of them.",
    after_long_help = EXAMPLES,
    mut_args(|arg| brief(arg, BRIEF))
)]
pub(super) struct Regress {
    #[command(flatten)]
    file: DataFile,

    /// What to regress on: "type + year"
    #[arg(long, value_name = "TERMS", help_heading = "Moderators", long_help = ON)]
    on: Formula,

    /// Level to compare with: type=bulge (repeatable)
    #[arg(
        long, value_name = "COL=LEVEL", value_parser = reference, help_heading = "Moderators",
        long_help = "Level of a column that its other levels are compared with; the first by name \
                     otherwise. A numeric column with a reference becomes categorical. Repeatable"
    )]
    reference: Vec<(String, String)>,

    /// Predict at values: "year=2020,type=bulge" (repeatable)
    #[arg(
        long,
        value_name = "VALUES",
        help_heading = "Moderators",
        long_help = "Predict the pooled value at these values, with its interval and that of a new \
                     study; every moderator needs one. Repeatable"
    )]
    at: Vec<String>,

    /// Difference of two levels: "a - b" (repeatable)
    #[arg(
        long,
        value_name = "DIFFERENCE",
        help_heading = "Moderators",
        long_help = "Difference of two levels of a categorical term, such as \"a - b\", or \
                     \"type: a - b\" where two columns have such levels. Repeatable"
    )]
    contrast: Vec<String>,

    /// All differences between levels
    #[arg(long, help_heading = "Moderators", conflicts_with = "contrast")]
    pairs: bool,

    /// Adjust p values of differences: holm, bh or none
    #[arg(
        long, value_name = "METHOD", ignore_case = true, hide_possible_values = true,
        hide_short_help = true, help_heading = "Moderators",
        long_help = described::<Adjust>(
            "How p values of several differences are adjusted for one another [default: holm]"
        )
    )]
    adjust: Option<Adjust>,

    /// Trend over ordered levels: "a<b<c"
    #[arg(
        long,
        value_name = "ORDER",
        help_heading = "Moderators",
        long_help = "Trend over levels of a categorical term from the lowest to the highest, such \
                     as \"mild<moderate<severe\": the slope a step, and whether the levels depart \
                     from a line"
    )]
    trend: Option<String>,

    /// Permutation test with at most COUNT permutations
    #[arg(
        long, value_name = "COUNT", hide_short_help = true, help_heading = "Moderators",
        value_parser = clap::value_parser!(u32).range(1..=10_000_000),
        long_help = "Permutation test (two-step): exact where all permutations are at most COUNT, \
                     else COUNT sampled ones, with --seed"
    )]
    permutations: Option<u32>,

    #[command(flatten)]
    clusters: ClusterArgs,
    #[command(flatten)]
    shared: AnalysisArgs,
}

fn reference(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((column, level)) if !column.trim().is_empty() && !level.trim().is_empty() => {
            Ok((column.trim().to_owned(), level.trim().to_owned()))
        }
        _ => Err("write a column, an equals sign and one of its levels, as in type=bulge".into()),
    }
}

impl From<&Regress> for RegressPlan {
    fn from(args: &Regress) -> Self {
        Self {
            on: args.on.clone(),
            reference: args.reference.clone(),
            at: args.at.clone(),
            contrast: args.contrast.clone(),
            pairs: args.pairs,
            adjust: args.adjust.unwrap_or_default(),
            trend: args.trend.clone(),
            permutations: args.permutations,
            robust: args.clusters.robust,
            cluster: args.clusters.cluster.clone(),
        }
    }
}

impl Regress {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.shared.save.ready(Some(&self.file.data))?;
        let (_, remark) = self.choice(None)?;
        let mut destination = Destination::try_from(&self.shared.output)?;
        destination.style.model_remark = remark;
        // The first moderator may tell rows of one study apart, as the groups of a study do.
        let mut columns = self.on.columns().into_iter().map(str::to_owned);
        let mapping = Mapping {
            grouping: columns.next(),
            needed: columns.chain(self.clusters.cluster.clone()).collect(),
            ..Mapping::from(&self.shared.reading)
        };
        let Source { table, info } = source::read_as(&self.file.data, &mapping)?;
        let (choice, _) = self.choice(Some(&table))?;
        let part = RegressPlan::from(self);
        let fit = part
            .run(&table.studies, &choice.settings)
            .map_err(|error| no_moderator(error, &self.on))?;
        destination.write(|mut out| {
            report::write_regression(&mut out, &fit, &info, destination.format, &destination.style)
        })?;
        let (read, settings) =
            ((&*self.file.data, &self.shared.reading), Choices::from(&choice.settings));
        self.shared.save.write(read, settings, &self.shared.output, |plan| plan.regress.push(part))
    }

    /// The settings, and what selected the model where no option of the model did.
    fn choice(&self, table: Option<&Table>) -> Result<(Choice, Option<String>), Failure> {
        let only_two_step = match (self.clusters.robust, self.permutations) {
            (Some(_), _) => Some("--robust"),
            (None, Some(_)) => Some("--permutations"),
            (None, None) => None,
        };
        if self.clusters.cluster.is_some() && self.clusters.robust.is_none() {
            return Err(Failure::Usage {
                message:
                    "`--cluster` says what the clusters of a robust test are, and none is asked for"
                        .to_owned(),
                help: "add --robust".to_owned(),
            });
        }
        choice::of_two_step(&self.shared.settings, only_two_step, table)
    }
}

/// The table was read, so that every column of the formula is there: one that is not found holds names or
/// counts.
fn no_moderator(error: RegressionError, on: &Formula) -> Failure {
    match error {
        RegressionError::Design(DesignError::UnknownColumn { column, available, .. })
            if on.columns().contains(&column.as_str()) =>
        {
            Failure::Usage {
                message: format!(
                    "`{column}` holds the studies' names or counts and is no moderator"
                ),
                help: match available.as_slice() {
                    [] => "the table has no other columns".to_owned(),
                    names => format!("regress on {}", names.join(", ")),
                },
            }
        }
        error => error.into(),
    }
}
