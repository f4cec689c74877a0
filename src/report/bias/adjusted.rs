//! What the result would be without small-study effects, by each method.

use super::{
    super::{
        document::{Align, Cell, Column, Group, Label, Row, Table},
        number::fixed,
        pool::limits,
    },
    Context, right,
};
use crate::analysis::small_study::Side;

pub(super) fn table(context: Context<'_>) -> Table {
    let Context { bias, values } = context;
    let row = |label, estimate: f64, lower, upper, remark: String, headline| Row {
        label,
        indent: 0,
        cells: vec![
            Cell::Text(values.show(estimate)),
            limits(values, lower, upper),
            Cell::Text(remark),
        ],
        headline,
    };
    let own = bias.fit.random.map(|random| {
        let p = random.pooled;
        let label = Label::term("as analysed", "random-effects");
        row(label, p.estimate, p.ci_lower, p.ci_upper, String::new(), true)
    });
    let filled = bias.trim_and_fill.iter().filter_map(|filled| {
        let p = filled.fit.random?.pooled;
        let side = match filled.side {
            Side::Left => "low",
            Side::Right => "high",
        };
        let remark = match filled.k0 {
            0 => "nothing filled in".to_owned(),
            1 => format!("1 {side} study filled in"),
            k0 => format!("{k0} {side} studies filled in"),
        };
        let label =
            Label::term(format!("trim and fill, {}", filled.estimator.name()), "trim-and-fill");
        Some(row(label, p.estimate, p.ci_lower, p.ci_upper, remark, false))
    });
    let lines = [
        ("PET", bias.pet, "no sampling error, by se"),
        ("PEESE", bias.peese, "no sampling error, by vi"),
    ];
    let lines = lines.into_iter().filter_map(|(name, found, remark)| {
        let p = found?;
        let label = Label::term(name, "pet-peese");
        Some(row(label, p.estimate, Some(p.ci_lower), Some(p.ci_upper), remark.to_owned(), false))
    });
    let limit = bias.limit.iter().map(|p| {
        let label = Label::term("limit meta-analysis", "limit-meta-analysis");
        let remark = format!("G² {:.1} % is left", p.g2);
        row(label, p.estimate, Some(p.ci_lower), Some(p.ci_upper), remark, false)
    });
    let henmi = bias.henmi_copas.iter().map(|p| {
        let label = Label::term("Henmi–Copas", "hc");
        row(
            label,
            p.estimate,
            p.ci_lower,
            p.ci_upper,
            "common-effect weights, DL".to_owned(),
            false,
        )
    });
    let copas = bias.copas.iter().filter_map(|copas| copas.adjusted).map(|p| {
        let label = Label::term("Copas", "copas");
        let remark = format!("{:.0} % of the least precise seen", 100.0 * p.publication);
        row(label, p.estimate, p.ci_lower, p.ci_upper, remark, false)
    });
    let selected = bias.selection.iter().map(|p| {
        let label = Label::term(format!("selection, {}", p.kind.label()), "selection-model");
        let remark = format!("log-likelihood {}", fixed(p.log_likelihood, 2));
        row(label, p.estimate, p.ci_lower, p.ci_upper, remark, false)
    });
    let level = bias.fit.settings.level.percent();
    let rest = filled.chain(lines).chain(limit).chain(henmi).chain(copas).chain(selected);
    Table {
        heading: Some(Label::term("Adjusted for small-study effects", "small-study-effects")),
        columns: vec![
            Column { label: Label::plain("Method"), align: Align::Left },
            right(Label::term(values.heading(), "rate")),
            right(Label::term(format!("{level} % CI"), "confidence-interval")),
            right(Label::plain("")),
        ],
        groups: vec![
            Group { rows: own.into_iter().collect(), after: None },
            Group { rows: rest.collect(), after: None },
        ],
    }
}
