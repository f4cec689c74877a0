//! The grid of all analyses: the alternatives of each choice.

use clap::Args;

use crate::{
    analysis::{Family, Grid},
    cli::values::{Ci, described},
    data::Table,
    effect::{CorrectionRule, Inversion, Measure},
    model::{Level, Link, PredictionMethod, Tau2Method},
    plan::GridPlan,
    study::Filter,
};

/// Options of a grid; one that is not given has all alternatives.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Grid")]
pub(in crate::cli) struct GridArgs {
    /// Columns whose levels are analysed alone and left out
    #[arg(
        long,
        value_name = "COLS",
        value_delimiter = ',',
        long_help = "Columns, separated by commas: beside all studies, those of each level alone, \
                     and all but those of each level"
    )]
    vary_by: Vec<String>,

    /// Predicate: all studies, and those where it holds
    #[arg(long, value_name = "PRED", value_parser = Filter::parse)]
    vary_where: Vec<Filter>,

    /// All studies, and all but each one
    #[arg(long)]
    vary_studies: bool,

    /// Families of models: common, two-step, glmm, …
    #[arg(
        long, value_name = "FAMILIES", value_delimiter = ',', ignore_case = true,
        hide_possible_values = true,
        long_help = described::<Family>(
            "Families of models, separated by commas [default: all that suit the data]"
        )
    )]
    families: Vec<Family>,

    /// Scales of the two-step models: PLO,PAS,…
    #[arg(
        long, value_name = "CODES", value_delimiter = ',', ignore_case = true,
        hide_possible_values = true,
        long_help = described::<Measure>(
            "Effect measures of one quantity, such as OR,PETO [default: all scales of a single rate, \
             mean or correlation; OR, IRR or MD of two groups]"
        )
    )]
    measures: Vec<Measure>,

    /// Estimators of τ²: REML,DL,…
    #[arg(
        long, value_name = "ESTIMATORS", value_delimiter = ',', ignore_case = true,
        hide_possible_values = true,
        long_help = described::<Tau2Method>("Estimators of τ² [default: all but EB, which is PM]")
    )]
    estimators: Vec<Tau2Method>,

    /// Intervals of the pooled value: z,hk,…
    #[arg(
        long, value_name = "METHODS", value_delimiter = ',', ignore_case = true,
        hide_possible_values = true,
        long_help = described::<Ci>(
            "Intervals of the pooled value; one that a model or an estimator does not have is left \
             out there [default: all but bootstrap]"
        )
    )]
    intervals: Vec<Ci>,

    /// Prediction intervals: t,hts,…
    #[arg(
        long, value_name = "METHODS", value_delimiter = ',', ignore_case = true,
        hide_possible_values = true, hide_short_help = true,
        long_help = described::<PredictionMethod>("Prediction intervals [default: t, hts, normal]")
    )]
    predictions: Vec<PredictionMethod>,

    /// Continuity corrections: only0,all,…
    #[arg(
        long, value_name = "RULES", value_delimiter = ',', ignore_case = true,
        hide_possible_values = true, hide_short_help = true,
        long_help = described::<CorrectionRule>(
            "Continuity corrections; one that changes no study is left out [default: only0, \
             if0all, all]"
        )
    )]
    corrections: Vec<CorrectionRule>,

    /// Inversions of the Freeman–Tukey scale
    #[arg(
        long, value_name = "SIZES", value_delimiter = ',', ignore_case = true,
        hide_possible_values = true, hide_short_help = true,
        long_help = described::<Inversion>("Inversions of the Freeman–Tukey scale [default: all]")
    )]
    inversions: Vec<Inversion>,

    /// Links of the GLMM
    #[arg(
        long, value_name = "LINKS", value_delimiter = ',', ignore_case = true,
        hide_possible_values = true, hide_short_help = true,
        long_help = described::<Link>("Links of the GLMM [default: all]")
    )]
    links: Vec<Link>,

    /// Confidence level of every interval: 95 or .95
    #[arg(
        long,
        value_name = "LEVEL",
        long_help = "Confidence level of every interval, in percent or as a proportion: 95 and .95 \
                     are the same [default: 95]"
    )]
    pub(in crate::cli) level: Option<Level>,
}

impl From<&GridArgs> for GridPlan {
    fn from(args: &GridArgs) -> Self {
        Self {
            vary_by: args.vary_by.clone(),
            vary_where: args.vary_where.clone(),
            vary_studies: args.vary_studies,
            families: args.families.clone(),
            measures: args.measures.clone(),
            estimators: args.estimators.clone(),
            intervals: args.intervals.clone(),
            predictions: args.predictions.clone(),
            corrections: args.corrections.clone(),
            inversions: args.inversions.clone(),
            links: args.links.clone(),
        }
    }
}

impl GridArgs {
    /// The grid for a table: what was given, and for the rest what suits the table.
    pub(in crate::cli) fn grid(&self, table: &Table) -> Grid {
        GridPlan::from(self).of(table)
    }
}
