//! What a forest plot shows: the studies, groups of them, parts of them, or several methods.

use clap::{Args, ValueEnum};

use super::common::Material;
use crate::{
    analysis::{self, Grouping, LevelOrder, Order, Unit, cumulative, leave_one_out, subgroups_by},
    cli::{args::ORDER, failure::Failure},
    figure::forest::{Forest, JudgementProblem, Tool},
    model::pool,
};

/// What the rows of a forest plot are.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Figure")]
pub(super) struct Content {
    /// Column that makes the groups; repeat it to nest
    #[arg(long, value_name = "COL", conflicts_with_all = ["cumulative", "leave_one_out", "models"])]
    by: Vec<String>,

    /// Order of the groups: data, name or "a,b,c"
    #[arg(long, value_name = "ORDER", hide_short_help = true, requires = "by", long_help = ORDER)]
    order: Option<LevelOrder>,

    /// One τ² for all groups instead of one for each
    #[arg(long, hide_short_help = true, requires = "by")]
    tau2_common: bool,

    /// Order in which studies come in: data, name, size or a column
    #[arg(
        long,
        hide_short_help = true,
        value_name = "ORDER",
        conflicts_with_all = ["leave_one_out", "models"],
        long_help = "Order in which studies come into a cumulative plot: data (as in the file), \
                     name, size (the largest first), or the name of a column, such as year"
    )]
    cumulative: Option<Order>,

    /// Results without each study in turn
    #[arg(
        long,
        hide_short_help = true,
        value_name = "UNIT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "row",
        ignore_case = true,
        hide_possible_values = true,
        conflicts_with = "models",
        long_help = "Results without each row of the table in turn, or, with --leave-one-out=study, \
                     without all rows that share a study's name"
    )]
    leave_one_out: Option<UnitArg>,

    /// The same data by several methods
    #[arg(
        long,
        hide_short_help = true,
        long_help = "The same data by several methods, one row for each, with the common effect and \
                     the crude rate"
    )]
    models: bool,

    /// Columns of risk-of-bias judgements: "d1,d2,overall"
    #[arg(
        long,
        value_name = "COLUMNS",
        hide_short_help = true,
        conflicts_with_all = ["cumulative", "leave_one_out", "models"]
    )]
    rob: Option<String>,

    /// Tool of the judgements: rob2, robins-i or jbi
    #[arg(
        long, value_name = "TOOL", ignore_case = true, hide_possible_values = true,
        hide_short_help = true, requires = "rob",
        long_help = crate::cli::values::described::<Tool>("Tool of the judgements [default: rob2]")
    )]
    rob_tool: Option<Tool>,
}

/// What is left out at a time, as it is typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum UnitArg {
    Row,
    Study,
}

impl Content {
    /// The forest plot's input.
    pub(super) fn forest(&self, m: &Material<'_>) -> Result<Forest, Failure> {
        let mut forest = if self.models {
            Forest::models(&analysis::pooled(m.studies, m.settings, true)?)
        } else if let Some(order) = &self.cumulative {
            let whole = pool(m.studies, m.settings)?;
            Forest::cumulative(&whole, &cumulative(m.studies, m.settings, order)?)
        } else if let Some(unit) = self.leave_one_out {
            let unit = match unit {
                UnitArg::Row => Unit::Row,
                UnitArg::Study => Unit::Study,
            };
            let whole = pool(m.studies, m.settings)?;
            Forest::leave_one_out(&whole, &leave_one_out(m.studies, m.settings, unit)?)
        } else if self.by.is_empty() {
            Forest::from(&pool(m.studies, m.settings)?)
        } else {
            let by: Vec<&str> = self.by.iter().map(String::as_str).collect();
            let grouping = Grouping {
                order: self.order.clone().unwrap_or_default(),
                tau2_common: self.tau2_common,
                ..Grouping::default()
            };
            Forest::from(&subgroups_by(m.studies, &by, &grouping, m.settings)?)
        };
        if let Some(columns) = &self.rob {
            let names: Vec<&str> =
                columns.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
            forest
                .judge(&names, self.rob_tool.unwrap_or_default())
                .map_err(|JudgementProblem { message, help }| Failure::Usage { message, help })?;
        }
        Ok(forest)
    }
}
