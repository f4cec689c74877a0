//! Which file to read and how: columns, rows, conventions.

use clap::Args;

use crate::{
    cli::values::described,
    data::{ConvertTo, Decimal, Mapping, Missing},
    plan::Reading,
    study::{Filter, OutcomeKind},
};

/// Options of the data.
#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Data")]
pub(in crate::cli) struct DataArgs {
    /// Column of study names [default: found by its name]
    #[arg(
        long,
        value_name = "COL",
        long_help = "Column of study names [default: the first of study, author, trial, label]"
    )]
    study: Option<String>,

    /// Column of events [default: found by its name]
    #[arg(
        long,
        value_name = "COL",
        long_help = "Column of events [default: the first of events, cases, resorbed, responders, xi]"
    )]
    events: Option<String>,

    /// Column of totals [default: found by its name]
    #[arg(
        long,
        value_name = "COL",
        long_help = "Column of totals [default: the first of total, n, patients, ni, sample]"
    )]
    total: Option<String>,

    /// Kind of outcome: proportions, two-proportions, …
    #[arg(
        long, value_name = "KIND", ignore_case = true, hide_possible_values = true,
        hide_short_help = true,
        long_help = described::<OutcomeKind>(
            "Kind of outcome [default: the one whose columns are complete]"
        )
    )]
    kind: Option<OutcomeKind>,

    /// Column of part of an outcome, as in events1=cured
    #[arg(
        long, value_name = "FIELD=COL", value_parser = field, hide_short_help = true,
        long_help = "Column of one part of an outcome; repeatable. FIELD is events1, total1, \
                     nonevents1, time1, mean1, sd1, se1, lower1, upper1, median1, q11, q31, min1, \
                     max1 (2 for the second group, no number for a single one), r, t, \
                     p_value, direction, yi, vi, measure, or, rr, irr, hr or ratio"
    )]
    column: Vec<(String, String)>,

    /// Column of publication years [default: year]
    #[arg(long, value_name = "COL")]
    year: Option<String>,

    /// Use rows where PRED holds, as in "year >= 2000"
    #[arg(
        long = "where", value_name = "PRED", value_parser = Filter::parse,
        long_help = "Use rows where PRED holds: a column, one of = != < <= > >=, and a value, \
                     or `col in a|b`. Repeat it to ask for several things at once. A missing cell \
                     never matches\n\n  --where \"year >= 2000\" --where \"design in prospective|cohort\""
    )]
    filters: Vec<Filter>,

    /// Leave out the study of that name; repeatable
    #[arg(long, value_name = "NAME")]
    exclude_study: Vec<String>,

    /// Use the rows that a column `include` leaves out
    #[arg(long, long_help = "Use every row, whatever a column `include` (yes or no) says")]
    all_rows: bool,

    /// Rows with missing values: error or drop
    #[arg(
        long, value_name = "WHAT", ignore_case = true, hide_possible_values = true,
        long_help = described::<Missing>(
            "What to do with a row in which a value is missing that is used [default: error]"
        )
    )]
    missing: Option<Missing>,

    /// Leave out studies without events (or only events) in both groups
    #[arg(
        long,
        hide_short_help = true,
        long_help = "Leave out studies of two groups in which nobody, or everybody, has the event; \
                     inverse variance keeps them unless this is given"
    )]
    drop00: bool,

    /// Scale that effects of several measures are taken to: SMD, OR or ZCOR
    #[arg(
        long, value_name = "MEASURE", ignore_case = true, hide_possible_values = true,
        hide_short_help = true,
        long_help = described::<ConvertTo>(
            "Scale that effects computed elsewhere are taken to, each from what its cell of the \
             column `measure` says: OR (a logarithm beside vi or sei, a ratio beside its limits), \
             SMD, COR or ZCOR. What that assumes is printed"
        )
    )]
    convert_to: Option<ConvertTo>,

    /// Decimal mark where a cell has two readings: comma or point
    #[arg(
        long, value_name = "MARK", ignore_case = true, hide_possible_values = true,
        hide_short_help = true,
        long_help = described::<Decimal>(
            "Decimal mark, where a cell such as 1,234 can be read in two ways; the other of the \
             two characters separates thousands"
        )
    )]
    decimal: Option<Decimal>,

    /// Sheet of an .xlsx workbook [default: the first]
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    sheet: Option<String>,

    /// Say nothing about the data
    #[arg(long, hide = true)]
    pub(in crate::cli) quiet: bool,
}

impl From<&DataArgs> for Reading {
    fn from(args: &DataArgs) -> Self {
        Self {
            study: args.study.clone(),
            events: args.events.clone(),
            total: args.total.clone(),
            kind: args.kind,
            column: args.column.clone(),
            year: args.year.clone(),
            filters: args.filters.clone(),
            exclude_study: args.exclude_study.clone(),
            all_rows: args.all_rows,
            missing: args.missing.unwrap_or_default(),
            drop00: args.drop00,
            convert_to: args.convert_to,
            decimal: args.decimal,
            sheet: args.sheet.clone(),
        }
    }
}

impl From<&DataArgs> for Mapping {
    fn from(args: &DataArgs) -> Self {
        Self::from(&Reading::from(args))
    }
}

/// `FIELD=COL`.
fn field(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, column)) if !field.trim().is_empty() && !column.trim().is_empty() => {
            Ok((field.trim().to_owned(), column.trim().to_owned()))
        }
        _ => Err("write a field and its column, as in events1=cured".to_owned()),
    }
}
