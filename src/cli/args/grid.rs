//! The grid of all analyses: the alternatives of each choice.

use clap::Args;

use crate::{
    analysis::{Family, Grid, RowChoices},
    cli::{
        choice,
        values::{Ci, described},
    },
    data::Table,
    effect::{Correction, CorrectionRule, Inversion, Measure},
    model::{Level, Link, OneStepCi, PredictionMethod, Tau2Method, TwoStepCi},
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

/// What was given, or else what stands there already.
fn given<T: Clone>(values: &[T], otherwise: Vec<T>) -> Vec<T> {
    if values.is_empty() { otherwise } else { values.to_vec() }
}

impl GridArgs {
    /// The grid for a table: what was given, and for the rest what suits the table.
    pub(in crate::cli) fn grid(&self, table: &Table) -> Grid {
        let usual = Grid::of(table.studies.outcomes().kind());
        // Effects computed elsewhere are of the measure that their column states.
        let measures = table.stated.map_or(usual.measures, |stated| vec![choice::stated(stated)]);
        self.within(Grid { measures, ..usual })
    }

    /// What was given, and else the choices of `all`.
    fn within(&self, all: Grid) -> Grid {
        let args = self;
        let corrections: Vec<Correction> =
            args.corrections.iter().map(|&to| Correction { to, ..Correction::default() }).collect();
        let (intervals, one_step_intervals) = if args.intervals.is_empty() {
            (all.intervals, all.one_step_intervals)
        } else {
            (
                args.intervals.iter().copied().map(two_step).collect(),
                args.intervals.iter().copied().filter_map(one_step).collect(),
            )
        };
        Grid {
            models: given(&args.families, all.models),
            measures: given(&args.measures, all.measures),
            corrections: given(&corrections, all.corrections),
            tau2: given(&args.estimators, all.tau2),
            intervals,
            one_step_intervals,
            crude_intervals: all.crude_intervals,
            inversions: given(&args.inversions, all.inversions),
            links: given(&args.links, all.links),
            predictions: given(&args.predictions, all.predictions),
            rows: RowChoices {
                by: args.vary_by.clone(),
                filters: args.vary_where.clone(),
                leave_one_out: args.vary_studies,
                ..all.rows
            },
        }
    }
}

const fn two_step(ci: Ci) -> TwoStepCi {
    match ci {
        Ci::Z => TwoStepCi::Z,
        Ci::T => TwoStepCi::T,
        Ci::Hk => TwoStepCi::Hk,
        Ci::Adhoc => TwoStepCi::Adhoc,
        Ci::Kr => TwoStepCi::Kr,
        Ci::Pl => TwoStepCi::Pl,
        Ci::Hc => TwoStepCi::Hc,
        Ci::Bootstrap => TwoStepCi::Bootstrap,
    }
}

const fn one_step(ci: Ci) -> Option<OneStepCi> {
    match ci {
        Ci::Z => Some(OneStepCi::Z),
        Ci::T => Some(OneStepCi::T),
        Ci::Pl => Some(OneStepCi::Pl),
        Ci::Bootstrap => Some(OneStepCi::Bootstrap),
        Ci::Hk | Ci::Adhoc | Ci::Kr | Ci::Hc => None,
    }
}
