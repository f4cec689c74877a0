//! The groups, one row each, and how much the studies differ within them.

use super::{
    super::{
        document::{Align, Block, Cell, Column, Facts, Group, Label, Row, Table},
        number::{UNDEFINED, degrees, fixed, p_cell, precise},
        pool::{found, limits},
        rows,
    },
    Context, right,
};
use crate::{
    analysis::Subgroups,
    model::{Fit, Model},
};

/// The groups and, under them, all studies together.
pub(super) fn table(context: Context<'_>) -> Table {
    let Context { subgroups, values } = context;
    let level = context.settings().level.percent();
    let has_counts = subgroups.overall.events.is_some();
    let heading = subgroups.by.join(" / ");
    let mut columns = vec![
        Column { label: Label::term(heading, "subgroup"), align: Align::Left },
        right(Label::term("k", "k")),
    ];
    if has_counts {
        columns.push(right(Label::term("Events/total", "events")));
    }
    columns.push(right(Label::term(values.heading(), if has_counts { "rate" } else { "yi" })));
    columns.push(right(Label::term(format!("{level} % CI"), "confidence-interval")));
    let predicted = subgroups.groups.iter().any(|group| group.fit.prediction.is_some());
    if predicted {
        columns.push(right(Label::term(format!("{level} % prediction"), "prediction-interval")));
    }
    let row = |label: Label, fit: &Fit, headline: bool| {
        let mut cells = vec![Cell::Text(fit.k.to_string())];
        if let Some((events, total)) = fit.events.zip(fit.total) {
            cells.push(Cell::Text(format!("{events}/{total}")));
        }
        let (estimate, interval) = value(context, fit);
        cells.extend([estimate, interval]);
        if predicted {
            let p = fit.prediction.as_ref();
            cells.push(limits(values, p.map(|p| p.lower), p.map(|p| p.upper)));
        }
        Row { label, indent: 0, cells, headline }
    };
    let groups = subgroups
        .groups
        .iter()
        .map(|group| row(Label::Data(group.group.clone()), &group.fit, false));
    let all = row(all(subgroups), &subgroups.overall, true);
    Table {
        heading: None,
        columns,
        groups: vec![
            Group { rows: groups.collect(), after: None },
            Group { rows: vec![all], after: None },
        ],
    }
}

/// What heads the results over all groups.
fn all(subgroups: &Subgroups) -> Label {
    let unit = rows::unit(subgroups.overall.studies.studies());
    Label::term(format!("All {unit}"), "random-effects")
}

/// A group's pooled value; for one study the study itself, for groups without a finite value its bound.
fn value(context: Context<'_>, fit: &Fit) -> (Cell, Cell) {
    let values = context.values;
    let show = |value| Cell::Text(values.show(value));
    if let Some(random) = &fit.random {
        let pooled = &random.pooled;
        return (show(pooled.estimate), limits(values, pooled.ci_lower, pooled.ci_upper));
    }
    if fit.k == 1
        && let Some(study) = fit.studies.get(0)
    {
        let interval = limits(values, Some(study.ci_lower), Some(study.ci_upper));
        return (show(study.estimate), interval);
    }
    fit.common.as_ref().map_or((Cell::Empty, Cell::Empty), |common| {
        (show(common.estimate), limits(values, common.ci_lower, common.ci_upper))
    })
}

/// A line a group, or one set of facts where all groups share `τ²`.
pub(super) fn heterogeneity(context: Context<'_>) -> Block {
    let Some(within) = &context.subgroups.within else {
        return Block::Table(separate(context));
    };
    let mut facts = found(context.settings(), within);
    for (label, _) in &mut facts {
        if label.text() == "Q" {
            *label = Label::term("Q within", "qe");
        }
    }
    let overall = found(context.settings(), &context.subgroups.overall.heterogeneity);
    let whole = overall.into_iter().take(1).map(|(_, text)| text);
    facts.extend(whole.map(|text| (Label::term("no groups", "tau"), text)));
    Block::Facts(Facts {
        heading: Label::term("Heterogeneity within groups, one τ² for all", "common-tau2"),
        facts,
    })
}

fn separate(context: Context<'_>) -> Table {
    let level = context.settings().level.percent();
    let beta_binomial = matches!(context.settings().model, Model::BetaBinomial { .. });
    let (spread, term) = if beta_binomial { ("ρ", "rho") } else { ("τ²", "tau2") };
    let test = match context.settings().model {
        Model::TwoStep(_) | Model::MantelHaenszel { .. } | Model::Peto => Label::term("Q", "q"),
        Model::Glmm { .. }
        | Model::BetaBinomial { .. }
        | Model::TwoGroupGlmm { .. }
        | Model::RateGlmm { .. } => Label::term("LRT", "lrt"),
    };
    let columns = vec![
        Column { label: Label::plain("Group"), align: Align::Left },
        right(Label::term(spread, term)),
        right(Label::term(format!("{level} % CI"), "confidence-interval")),
        right(Label::term("I² %", "i2")),
        right(test),
        right(Label::term("df", "df")),
        right(Label::term("p", "p-value")),
    ];
    let row = |label: Label, fit: &Fit| {
        let h = &fit.heterogeneity;
        let (value, lower, upper) = if beta_binomial {
            (h.rho, h.rho_lower, h.rho_upper)
        } else {
            (h.tau2, h.tau2_lower, h.tau2_upper)
        };
        let number = |value: Option<f64>, show: &dyn Fn(f64) -> String| {
            Cell::Text(value.map_or_else(|| UNDEFINED.to_owned(), show))
        };
        let interval = lower.map_or(Cell::Empty, |lower| Cell::Interval {
            lower: precise(lower, 3),
            upper: upper.map_or_else(|| "∞".to_owned(), |upper| precise(upper, 3)),
        });
        let several = fit.k > 1;
        Row {
            label,
            indent: 0,
            cells: vec![
                number(value, &|v| precise(v, 3)),
                interval,
                number(h.i2, &|v| fixed(v, 1)),
                number(h.q.filter(|_| several), &|v| fixed(v, 2)),
                number(h.df.filter(|_| several), &degrees),
                number(h.p_value.filter(|_| several), &p_cell),
            ],
            headline: false,
        }
    };
    let subgroups = context.subgroups;
    let groups =
        subgroups.groups.iter().map(|group| row(Label::Data(group.group.clone()), &group.fit));
    let together = row(all(subgroups), &subgroups.overall);
    Table {
        heading: Some(Label::term("Heterogeneity", "heterogeneity")),
        columns,
        groups: vec![
            Group { rows: groups.collect(), after: None },
            Group { rows: vec![together], after: None },
        ],
    }
}
