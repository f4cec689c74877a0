//! `resorb simulate`: studies that agree with a published summary, marked as simulated.

use std::{collections::BTreeMap, path::PathBuf};

use clap::Args;

use super::{
    args::{PlainArgs, brief, json},
    destination::{create, stdout},
    failure::{Failure, say},
    progress::Progress,
};
use crate::{
    analysis::{
        Blueprint, Grid, GroupPlan, Printed, SimulateError, Sizes, coverage, simulate,
        subgroup_power,
    },
    model::Settings,
    report::{self, Style},
};

const EXAMPLES: &str = "\
Examples:
  resorb simulate --sim-k 34 --sim-total 2199 --sim-rate 0.766 \\
                  --sim-min 0.20 --sim-max 0.962 --seed 1
  resorb simulate --sim-k 20 --sim-total 1000 --sim-rate 60% \\
                  --sim-group mild=3:40% --sim-group severe=1:80% table.csv
  resorb simulate --sim-k 10 --sim-total 600 --sim-rate 60% --sim-tau 1 \\
                  --coverage 1000
  resorb simulate --sim-k 20 --sim-total 1000 --sim-rate 60% \\
                  --sim-group mild=3:40% --sim-group severe=1:80% --power 1000";

/// Draw studies that agree with a published summary
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "The table says in its first line and in its column source that it is simulated.",
    after_long_help = EXAMPLES,
    override_usage = "resorb simulate [OPTIONS] [TABLE]",
    mut_args(|arg| brief(arg, SHORT))
)]
pub(super) struct Simulate {
    /// CSV file to write; without it, standard output
    #[arg(value_name = "TABLE")]
    file: Option<PathBuf>,

    /// Number of studies
    #[arg(long, value_name = "COUNT", help_heading = "Simulation")]
    sim_k: usize,

    /// Number of patients, kept exactly
    #[arg(long, value_name = "COUNT", help_heading = "Simulation")]
    sim_total: u64,

    /// Crude rate as printed: 0.766 or 76.6%
    #[arg(long, value_name = "RATE", help_heading = "Simulation")]
    sim_rate: String,

    /// Number of events [default: the nearest to the rate]
    #[arg(long, value_name = "COUNT", help_heading = "Simulation")]
    sim_events: Option<u64>,

    /// Smallest rate of a study, which one study has
    #[arg(long, value_name = "RATE", help_heading = "Simulation")]
    sim_min: Option<String>,

    /// Largest rate of a study, which another has
    #[arg(long, value_name = "RATE", help_heading = "Simulation")]
    sim_max: Option<String>,

    /// Standard deviation of the studies' logits [default: 1]
    #[arg(long, value_name = "TAU", help_heading = "Simulation")]
    sim_tau: Option<f64>,

    /// Standard deviation of log sizes, 0 for equal [default: 0.8]
    #[arg(long, value_name = "SIGMA", help_heading = "Simulation")]
    sim_sizes: Option<f64>,

    /// Smallest size of a study [default: 5]
    #[arg(long, value_name = "COUNT", help_heading = "Simulation")]
    sim_least: Option<u64>,

    /// Group of studies: share of patients and rate; repeatable
    #[arg(
        long,
        value_name = "GROUP",
        help_heading = "Simulation",
        long_help = "Group of studies with its share of the patients, in any unit, and its rate, \
                     as in extrusion=154:70%; repeat it for each group. Where the groups do not \
                     average to the rate of all, all of them are moved by the same log odds"
    )]
    sim_group: Vec<String>,

    /// Column of the groups [default: group]
    #[arg(long, value_name = "COL", help_heading = "Simulation")]
    sim_column: Option<String>,

    /// Seed of random procedures such as the bootstrap [default: 0]
    #[arg(long, value_name = "NUMBER", help_heading = "Simulation")]
    seed: Option<u64>,

    /// How often intervals hold the truth, over COUNT data sets
    #[arg(
        long,
        value_name = "COUNT",
        help_heading = "Scenario",
        conflicts_with_all = ["power", "file", "sim_min", "sim_max", "sim_events", "sim_group"],
        long_help = "Instead of one data set, draw COUNT of them and say how often the intervals \
                     of each method hold the truth: --sim-rate is the rate of the median study, \
                     --sim-tau the spread of the true logits, --sim-total the mean total"
    )]
    coverage: Option<u32>,

    /// Power of the test of groups, over COUNT data sets
    #[arg(
        long,
        value_name = "COUNT",
        help_heading = "Scenario",
        requires = "sim_group",
        conflicts_with_all = ["file", "sim_min", "sim_max", "sim_events"],
        long_help = "Instead of one data set, draw COUNT of them and say how often the test for \
                     subgroup differences finds the groups of --sim-group to differ; each has its \
                     share of the studies, and its rate is that of its median study"
    )]
    power: Option<u32>,

    #[command(flatten)]
    plain: PlainArgs,

    /// Replace the file if it exists
    #[arg(long)]
    force: bool,
}

/// The options of `-h`.
const SHORT: &[&str] = &[
    "sim_k",
    "sim_total",
    "sim_rate",
    "sim_events",
    "sim_min",
    "sim_max",
    "sim_tau",
    "sim_group",
    "coverage",
    "power",
    "seed",
    "force",
    "help",
];

fn rate(text: &str) -> Result<Printed, Failure> {
    Printed::rate(text).map_err(|error| Failure::Refused(error.to_string()))
}

/// `extrusion=154:70%`.
fn group(text: &str) -> Result<GroupPlan, Failure> {
    let refuse = || Failure::Usage {
        message: format!("`{text}` is not a group"),
        help: "give a name, a share and a rate, as in extrusion=154:70%".to_owned(),
    };
    let (name, rest) = text.split_once('=').ok_or_else(refuse)?;
    let (share, value) = rest.split_once(':').ok_or_else(refuse)?;
    Ok(GroupPlan {
        name: name.trim().to_owned(),
        share: share.trim().trim_end_matches('%').parse().map_err(|_| refuse())?,
        rate: rate(value)?.value(),
    })
}

impl Simulate {
    fn seed(&self) -> u64 {
        self.seed.unwrap_or_default()
    }

    fn coverage(&self, blueprint: &Blueprint, replicates: u32) -> Result<(), Failure> {
        let refused = |error: SimulateError| Failure::Refused(error.to_string());
        let scenario = blueprint.scenario(replicates).map_err(refused)?;
        let mut progress = Progress::new();
        let found = coverage(&scenario, &Grid::usual(), &mut |done, all| progress.tell(done, all))
            .map_err(refused)?;
        drop(progress);
        if self.plain.is_json() {
            return json("simulate", BTreeMap::from([("coverage", found)]));
        }
        let title = self.title(&blueprint.rate, blueprint.tau, replicates);
        let style = Style::default();
        stdout(|mut out| report::write_performance(&mut out, &found, title, &style))
    }

    fn power(&self, blueprint: &Blueprint, replicates: u32) -> Result<(), Failure> {
        let refused = |error: SimulateError| Failure::Refused(error.to_string());
        let groups = blueprint.power_groups().map_err(refused)?;
        let settings = Settings { seed: self.seed(), ..Settings::two_step() };
        let mut progress = Progress::new();
        let tell = &mut |done, all| progress.tell(done, all);
        let found =
            subgroup_power(&groups, blueprint.tau, replicates, &settings, tell).map_err(refused)?;
        drop(progress);
        if self.plain.is_json() {
            return json("simulate", BTreeMap::from([("power", found)]));
        }
        let title = self.title(&blueprint.rate, blueprint.tau, replicates);
        let style = Style::default();
        stdout(|mut out| report::write_power(&mut out, &found, title, &style))
    }

    fn title(&self, rate: &Printed, tau: f64, replicates: u32) -> String {
        format!(
            "simulated data: {} studies, {} patients, rate {}, τ {tau}; {replicates} data sets, seed {}",
            self.sim_k,
            self.sim_total,
            rate.percent(),
            self.seed()
        )
    }

    pub(super) fn run(&self) -> Result<(), Failure> {
        let usual = Blueprint::new(self.sim_k, self.sim_total, rate(&self.sim_rate)?);
        let blueprint = Blueprint {
            events: self.sim_events,
            smallest: self.sim_min.as_deref().map(rate).transpose()?,
            largest: self.sim_max.as_deref().map(rate).transpose()?,
            tau: self.sim_tau.unwrap_or(usual.tau),
            sizes: match self.sim_sizes {
                None => usual.sizes,
                Some(0.0) => Sizes::Equal,
                Some(sigma) => Sizes::LogNormal(sigma),
            },
            least_size: self.sim_least.unwrap_or(usual.least_size),
            groups: self.sim_group.iter().map(|text| group(text)).collect::<Result<_, _>>()?,
            seed: self.seed.unwrap_or(usual.seed),
            ..usual
        };
        if let Some(replicates) = self.coverage {
            return self.coverage(&blueprint, replicates);
        }
        if let Some(replicates) = self.power {
            return self.power(&blueprint, replicates);
        }
        let made = simulate(&blueprint).map_err(|error| Failure::Refused(error.to_string()))?;
        let column = self.sim_column.as_deref().unwrap_or("group");
        match &self.file {
            Some(path) if path.as_os_str() != "-" => {
                create(path, self.force, |mut out| {
                    report::write_simulated(&mut out, &made, &blueprint, column)
                })?;
                say(&format!("simulated data written to {}\n", path.display()));
                Ok(())
            }
            _ => stdout(|mut out| report::write_simulated(&mut out, &made, &blueprint, column)),
        }
    }
}
