//! The main table: one row a study, then the pooled lines.

use super::{
    super::{
        document::{Align, Cell, Column, Group, Label, Row, Table},
        number::{UNDEFINED, Values, degrees, effect_symbol, grouped},
    },
    Context, outcome,
};
use crate::model::{Estimand, Fit, Note, Rate, StudyRow};

/// More studies than this are not all shown.
const SHOW_ALL: usize = 100;
/// How many of them are.
const SHOW_FIRST: usize = 50;

/// How many studies a table shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Shown {
    /// The first of many.
    First,
    /// All of them.
    All,
}

/// The studies and the pooled lines.
pub(super) fn table(context: Context<'_>, shown: Shown) -> Table {
    let Context { fit, values } = context;
    let mut columns = vec![Column { label: Label::term("Study", "k"), align: Align::Left }];
    let heads = outcome::columns(fit.studies.studies().outcomes().kind());
    columns.extend(heads.iter().map(|(label, term)| right(Label::term(*label, term))));
    let value_term = if matches!(values, Values::Rates { .. }) { "rate" } else { "yi" };
    columns.push(right(Label::term(values.heading(), value_term)));
    columns.push(right(context.ci_label()));
    columns.push(right(Label::term("Weight %", "weight")));
    let groups = [study_rows(context, shown), random_rows(context), other_rows(context)];
    let groups = groups.into_iter().filter(|group| !group.rows.is_empty()).collect();
    Table { heading: None, columns, groups }
}

fn right(label: Label) -> Column {
    Column { label, align: Align::Right }
}

fn study_rows(context: Context<'_>, shown: Shown) -> Group {
    let studies = &context.fit.studies;
    let cut = shown == Shown::First && studies.len() > SHOW_ALL;
    let shown = if cut { SHOW_FIRST } else { studies.len() };
    let rows = studies.iter().take(shown).enumerate();
    let rows = rows.map(|(place, study)| study_row(context, place, &study)).collect();
    let hidden = studies.len() - shown;
    let after =
        (hidden > 0).then(|| format!("… {} more (all with --format csv or json)", grouped(hidden)));
    Group { rows, after }
}

fn study_row(context: Context<'_>, place: usize, study: &StudyRow<'_>) -> Row {
    let Context { fit, values } = context;
    let weight = if fit.random.is_some() { study.weight_random } else { study.weight_common };
    let counts = study.events.zip(study.total).map(|(events, total)| format!("{events}/{total}"));
    let cells = counts
        .into_iter()
        .chain(fit.studies.studies().outcomes().cells(place))
        .map(Cell::Text)
        .chain([
            Cell::Text(values.show(study.estimate)),
            Cell::Interval {
                lower: values.show(study.ci_lower),
                upper: values.show(study.ci_upper),
            },
            Cell::Text(weight.map_or_else(|| UNDEFINED.to_owned(), |w| PERCENT.show(w / 100.0))),
        ])
        .collect();
    Row { label: Label::Data(study.study.to_owned()), indent: 0, cells, headline: false }
}

/// How weights are shown.
const PERCENT: Values = Values::Rates { scale: super::super::Scale::Percent, decimals: 1 };

/// A pooled line with what all studies give together, or empty cells.
fn line(
    context: Context<'_>,
    label: Label,
    indent: usize,
    sums: Option<Vec<Cell>>,
    rest: [Cell; 2],
) -> Row {
    let columns = outcome::columns(context.fit.studies.studies().outcomes().kind()).len();
    let sums = sums.unwrap_or_else(|| vec![Cell::Empty; columns]);
    Row { label, indent, cells: sums.into_iter().chain(rest).collect(), headline: false }
}

/// The headline, what else the model says about its mean or median, and the prediction.
fn random_rows(context: Context<'_>) -> Group {
    let Context { fit, values } = context;
    let mut rows = Vec::new();
    if let Some(random) = &fit.random {
        let pooled = &random.pooled;
        let two = two_intervals(fit);
        let interval = match &two {
            Some(_) => Cell::Empty,
            None => limits(values, pooled.ci_lower, pooled.ci_upper),
        };
        let label = Label::term(headline(fit, random.estimand), "random-effects");
        let rest = [Cell::Text(values.show(pooled.estimate)), interval];
        rows.push(Row { headline: true, ..line(context, label, 0, Some(sums(fit)), rest) });
        for (label, (lower, upper)) in two.into_iter().flatten() {
            let rest = [Cell::Empty, limits(values, Some(lower), Some(upper))];
            rows.push(line(context, label, 1, None, rest));
        }
        rows.extend(other_estimand(context));
    }
    if let Some(prediction) = &fit.prediction {
        let label = Label::term(prediction_label(fit, prediction.df), "prediction-interval");
        let rest = [Cell::Empty, limits(values, Some(prediction.lower), Some(prediction.upper))];
        rows.push(line(context, label, 1, None, rest));
    }
    Group { rows, after: None }
}

/// What other readings of the same counts give: they stand below the headline.
fn other_rows(context: Context<'_>) -> Group {
    let Context { fit, values } = context;
    let leads = fit.random.is_none();
    let counts = || leads.then(|| sums(fit));
    let show = |value| Cell::Text(values.show(value));
    let common = fit.common.map(|common| {
        let label = Label::term("Common effect", "common-effect");
        let rest = [show(common.estimate), limits(values, common.ci_lower, common.ci_upper)];
        Row { headline: leads, ..line(context, label, 0, counts(), rest) }
    });
    let crude = fit.crude.map(|Rate { estimate, ci_lower, ci_upper }| {
        let label = Label::term("Crude rate", "crude");
        let rest = [show(estimate), limits(values, ci_lower, ci_upper)];
        line(context, label, 0, counts(), rest)
    });
    Group { rows: common.into_iter().chain(crude).collect(), after: None }
}

/// What all studies give together.
fn sums(fit: &Fit) -> Vec<Cell> {
    let counts = fit.events.zip(fit.total).map(|(events, total)| format!("{events}/{total}"));
    let groups = fit.studies.studies().outcomes().sum_cells();
    counts.into_iter().chain(groups).map(Cell::Text).collect()
}

/// The name of the line to read first, with what it estimates.
fn headline(fit: &Fit, estimand: Estimand) -> &'static str {
    match estimand {
        // The columns of two groups leave no room for more, and JSON says what it is.
        _ if effect_symbol(&fit.settings).is_some() => "Random effects",
        Estimand::Median => "Random effects (median study)",
        Estimand::Mean => "Random effects (mean)",
    }
}

/// The line under the headline: the mean where that is a median, the median where it is a mean.
fn other_estimand(context: Context<'_>) -> Option<Row> {
    let Context { fit, values } = context;
    let random = fit.random.as_ref()?;
    let (label, estimate, interval) = match random.estimand {
        Estimand::Median => {
            let mean = random.marginal_mean?;
            // Where neither interval leads, the mean has none that could.
            let interval = match two_intervals(fit) {
                Some(_) => Cell::Empty,
                None => limits(values, mean.ci_lower, mean.ci_upper),
            };
            (Label::term("mean over studies", "marginal-mean"), mean.estimate, interval)
        }
        Estimand::Mean => {
            let median = random.median.filter(|median| *median != random.pooled.estimate)?;
            (Label::term("median study", "median"), median, Cell::Empty)
        }
    };
    let rest = [Cell::Text(values.show(estimate)), interval];
    Some(line(context, label, 1, None, rest))
}

/// Short beside the columns of two groups.
fn prediction_label(fit: &Fit, df: Option<f64>) -> String {
    let name = if fit.studies.studies().outcomes().kind().two_groups() {
        "prediction"
    } else {
        "prediction, new study"
    };
    df.map_or_else(|| name.to_owned(), |df| format!("{name} ({} df)", degrees(df)))
}

/// Of two studies, the t-based and the Wald interval: neither leads.
fn two_intervals(fit: &Fit) -> Option<Vec<(Label, (f64, f64))>> {
    fit.diagnostics.warnings.iter().find_map(|note| match note {
        Note::TwoStudies { t, z, own } => {
            let own = own.map(|(name, own)| (Label::plain(format!("{name} interval")), own));
            let both = [
                (Label::term("interval with 1 df", "t"), *t),
                (Label::term("Wald interval", "z"), *z),
            ];
            Some(both.into_iter().chain(own).collect())
        }
        _ => None,
    })
}

/// Two limits, or the one there is.
pub(in crate::report) fn limits(values: Values, lower: Option<f64>, upper: Option<f64>) -> Cell {
    match (lower, upper) {
        (Some(lower), Some(upper)) => {
            Cell::Interval { lower: values.show(lower), upper: values.show(upper) }
        }
        (None, Some(upper)) => Cell::Text(format!("≤ {}", values.show(upper))),
        (Some(lower), None) => Cell::Text(format!("≥ {}", values.show(lower))),
        (None, None) => Cell::Empty,
    }
}
