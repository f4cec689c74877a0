//! The main table: one row a study, then the pooled lines.

use super::{
    super::{
        document::{Align, Cell, Column, Group, Label, Row, Table},
        number::{UNDEFINED, Values, degrees, grouped},
    },
    Context,
};
use crate::model::{Estimand, Fit, Note, Rate, StudyRow};

/// More studies than this are not all shown.
const SHOW_ALL: usize = 100;
/// How many of them are.
const SHOW_FIRST: usize = 50;

/// The studies and the pooled lines.
pub(super) fn table(context: Context<'_>) -> Table {
    let Context { fit, values } = context;
    let mut columns = vec![Column { label: Label::term("Study", "k"), align: Align::Left }];
    if fit.events.is_some() {
        columns.push(right(Label::term("Events/total", "events")));
    }
    let value_term = if matches!(values, Values::Rates { .. }) { "rate" } else { "yi" };
    columns.push(right(Label::term(values.heading(), value_term)));
    columns.push(right(context.ci_label()));
    columns.push(right(Label::term("Weight %", "weight")));
    Table { heading: None, columns, groups: vec![study_rows(context), pooled_rows(context)] }
}

fn right(label: Label) -> Column {
    Column { label, align: Align::Right }
}

fn study_rows(context: Context<'_>) -> Group {
    let studies = &context.fit.studies;
    let shown = if studies.len() > SHOW_ALL { SHOW_FIRST } else { studies.len() };
    let rows = studies.iter().take(shown).map(|study| study_row(context, &study)).collect();
    let hidden = studies.len() - shown;
    let after = (hidden > 0)
        .then(|| format!("… {} more (all with --format csv or json)", grouped(hidden)));
    Group { rows, after }
}

fn study_row(context: Context<'_>, study: &StudyRow<'_>) -> Row {
    let Context { fit, values } = context;
    let weight = if fit.random.is_some() { study.weight_random } else { study.weight_common };
    let counts = study.events.zip(study.total);
    let cells = counts
        .map(|(events, total)| Cell::Text(format!("{events}/{total}")))
        .into_iter()
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

/// A pooled line: the counts cell stays empty except where `counts` says otherwise.
fn line(context: Context<'_>, label: Label, indent: usize, counts: Cell, rest: [Cell; 2]) -> Row {
    let counts = context.fit.events.map(|_| counts);
    Row { label, indent, cells: counts.into_iter().chain(rest).collect(), headline: false }
}

fn pooled_rows(context: Context<'_>) -> Group {
    let Context { fit, values } = context;
    let show = |value: f64| Cell::Text(values.show(value));
    let mut rows = Vec::new();
    let mut counts = fit
        .events
        .zip(fit.total)
        .map_or(Cell::Empty, |(events, total)| Cell::Text(format!("{events}/{total}")));
    if let Some(random) = &fit.random {
        let pooled = &random.pooled;
        let two = two_intervals(fit);
        let interval = match two {
            Some(_) => Cell::Empty,
            None => limits(values, pooled.ci_lower, pooled.ci_upper),
        };
        let label = Label::term(headline(fit, random.estimand), "random-effects");
        let counts = std::mem::replace(&mut counts, Cell::Empty);
        let rest = [show(pooled.estimate), interval];
        rows.push(Row { headline: true, ..line(context, label, 0, counts, rest) });
        if let Some((t, z)) = two {
            for (text, term, (lower, upper)) in
                [("t interval, 1 df", "t", t), ("Wald interval", "z", z)]
            {
                let rest = [Cell::Empty, limits(values, Some(lower), Some(upper))];
                rows.push(line(context, Label::term(text, term), 1, Cell::Empty, rest));
            }
        }
        rows.extend(other_estimand(context));
    }
    if let Some(prediction) = &fit.prediction {
        let label = Label::term(prediction_label(prediction.df), "prediction-interval");
        let rest =
            [Cell::Empty, limits(values, Some(prediction.lower), Some(prediction.upper))];
        rows.push(line(context, label, 1, Cell::Empty, rest));
    }
    if let Some(common) = &fit.common {
        let label = Label::term("Common effect", "common-effect");
        let counts = std::mem::replace(&mut counts, Cell::Empty);
        let rest = [show(common.estimate), limits(values, common.ci_lower, common.ci_upper)];
        rows.push(line(context, label, 0, counts, rest));
    }
    if let Some(Rate { estimate, ci_lower, ci_upper }) = fit.crude {
        let label = Label::term("Crude rate", "crude");
        let rest = [show(estimate), limits(values, ci_lower, ci_upper)];
        rows.push(line(context, label, 0, counts, rest));
    }
    Group { rows, after: None }
}

/// The name of the line to read first, with what it estimates.
fn headline(fit: &Fit, estimand: Estimand) -> &'static str {
    match estimand {
        _ if super::super::number::is_generic(fit) => "Random effects",
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
            let interval = limits(values, mean.ci_lower, mean.ci_upper);
            (Label::term("mean over studies", "marginal-mean"), mean.estimate, interval)
        }
        Estimand::Mean => {
            (Label::term("median study", "median"), random.median?, Cell::Empty)
        }
    };
    let rest = [Cell::Text(values.show(estimate)), interval];
    Some(line(context, label, 1, Cell::Empty, rest))
}

fn prediction_label(df: Option<f64>) -> String {
    df.map_or_else(
        || "new study (prediction)".to_owned(),
        |df| format!("new study (prediction, {} df)", degrees(df)),
    )
}

/// Of two studies, the t-based and the Wald interval: neither leads.
fn two_intervals(fit: &Fit) -> Option<((f64, f64), (f64, f64))> {
    fit.diagnostics.warnings.iter().find_map(|note| match note {
        Note::TwoStudies { t, z } => Some((*t, *z)),
        _ => None,
    })
}

/// Two limits, or the one there is.
pub(super) fn limits(values: Values, lower: Option<f64>, upper: Option<f64>) -> Cell {
    match (lower, upper) {
        (Some(lower), Some(upper)) => {
            Cell::Interval { lower: values.show(lower), upper: values.show(upper) }
        }
        (None, Some(upper)) => Cell::Text(format!("≤ {}", values.show(upper))),
        (Some(lower), None) => Cell::Text(format!("≥ {}", values.show(lower))),
        (None, None) => Cell::Empty,
    }
}
