//! Leave-one-out and cumulative results as rows.

use super::{
    Column, Forest, Mark, Note, Row, Section, Value,
    from_fit::{effect, results, values},
    methods::pooling,
};
use crate::{
    analysis::{Added, LeftOut},
    figure::Rich,
    model::Fit,
};

impl Forest {
    /// A row for the result without each study, and the result of all of them below.
    #[must_use]
    pub fn leave_one_out(whole: &Fit, parts: &[LeftOut]) -> Self {
        let rows = parts.iter().map(|part| row(part.left_out.clone(), &part.fit)).collect();
        Self {
            overall: results(whole)
                .into_iter()
                .filter(|row| row.mark == Mark::Random)
                .map(|row| Row { moderators: spread(whole), ..row })
                .collect(),
            ..steps("Left out", LEFT_OUT, rows, whole)
        }
    }

    /// A row for the result after each study; the last one is that of all studies, `whole`.
    #[must_use]
    pub fn cumulative(whole: &Fit, steps_of: &[Added]) -> Self {
        let rows = steps_of
            .iter()
            .enumerate()
            .map(|(i, step)| {
                let sign = if i == 0 { "" } else { "+ " };
                row(format!("{sign}{}", step.added), &step.fit)
            })
            .collect();
        steps("Added", ADDED, rows, whole)
    }
}

const LEFT_OUT: &str = "Each row is the result of all studies but the one named.";
const ADDED: &str = "Each row is the result of the study named and all above it.";

fn steps(head: &str, rule: &str, rows: Vec<Row>, whole: &Fit) -> Forest {
    let left = vec![Column::Study, Column::Moderator(0), Column::Events, Column::Total];
    let right = vec![Column::Rate, Column::Moderator(1), Column::Moderator(2)];
    Forest {
        effect: effect(whole).to_owned(),
        values: values(whole),
        level: whole.settings.level.percent(),
        head: Some(head.to_owned()),
        moderators: ["studies", "τ", "I², %"].map(str::to_owned).to_vec(),
        columns: Some((left, right)),
        sections: vec![Section { rows, ..Section::default() }],
        notes: vec![Note::Text(Rich::plain(
            std::iter::once(rule.to_owned()).chain(pooling(whole)).collect::<Vec<_>>().join(" "),
        ))],
        reference: whole.random.as_ref().map(|random| random.pooled.estimate),
        ..Forest::default()
    }
}

/// The random-effects result, the common one where it is all there is, with its heterogeneity.
fn row(label: String, fit: &Fit) -> Row {
    let pooled = fit.random.as_ref().map(|random| &random.pooled).or(fit.common.as_ref());
    Row {
        label,
        events: fit.events,
        total: fit.total,
        estimate: pooled.map(|p| p.estimate),
        lower: pooled.and_then(|p| p.ci_lower),
        upper: pooled.and_then(|p| p.ci_upper),
        moderators: spread(fit),
        ..Row::default()
    }
}

/// Number of studies, τ and I².
fn spread(fit: &Fit) -> Vec<Value> {
    let fixed = |x: Option<f64>, digits| x.map_or(Value::Missing, |x| Value::Fixed(x, digits));
    let h = &fit.heterogeneity;
    vec![Value::Fixed(fit.k as f64, 0), fixed(h.tau, 2), fixed(h.i2, 1)]
}
