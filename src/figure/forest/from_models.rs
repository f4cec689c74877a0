//! The same data by several methods: one row for each.

use super::{
    Column, Forest, Mark, Note, Row, Section, Value,
    from_fit::{effect, model, scale, values},
};
use crate::{
    analysis::{AlternativeName, Pooled},
    figure::Rich,
    model::{Estimand, Fit},
};

impl Forest {
    /// A row for the headline and for each alternative that could be computed, with interval and
    /// prediction interval; those that could not be say why in a note.
    #[must_use]
    pub fn models(pooled: &Pooled) -> Self {
        let headline = row(format!("{} (headline)", name(&pooled.fit)), &pooled.fit);
        let mut rows: Vec<Row> = headline.into_iter().collect();
        let mut notes = Vec::new();
        for other in &pooled.alternatives {
            match &other.fit {
                Ok(fit) => rows.extend(row(other.name.label().to_owned(), fit)),
                Err(why) => {
                    notes.push(Note::Text(Rich::plain(format!("{}: {why}", other.name.label()))));
                }
            }
        }
        rows.extend(plain(&pooled.fit));
        let percent = |rate: f64| format!("{:.1}%", 100.0 * rate);
        notes.extend(pooled.remarks.iter().map(|r| Note::Text(Rich::plain(r.sentence(percent)))));
        Self {
            effect: effect(&pooled.fit).to_owned(),
            values: values(&pooled.fit),
            level: pooled.fit.settings.level.percent(),
            head: Some("Method".to_owned()),
            moderators: vec!["estimand".to_owned()],
            columns: Some((
                vec![Column::Study, Column::Moderator(0)],
                vec![Column::Rate, Column::Prediction],
            )),
            sections: vec![Section { rows, ..Section::default() }],
            notes,
            reference: pooled.fit.random.as_ref().map(|random| random.pooled.estimate),
            ..Self::default()
        }
    }
}

fn name(fit: &Fit) -> String {
    let known = AlternativeName::ALL.into_iter().find(|name| name.model() == fit.settings.model);
    known.map_or_else(
        || {
            let measure = scale(fit).map_or_else(String::new, |scale| format!(", {scale}"));
            format!("{}{measure}", model(&fit.settings.model))
        },
        |name| name.label().to_owned(),
    )
}

/// What takes all studies as one, for comparison: the common effect and the crude rate.
fn plain(fit: &Fit) -> Vec<Row> {
    let common = fit.common.as_ref().filter(|_| fit.random.is_some()).map(|common| Row {
        label: "common effect".to_owned(),
        mark: Mark::Result,
        estimate: Some(common.estimate),
        lower: common.ci_lower,
        upper: common.ci_upper,
        moderators: vec![Value::Text("one rate for all".to_owned())],
        ..Row::default()
    });
    let crude = fit.crude.as_ref().map(|crude| Row {
        label: "crude rate".to_owned(),
        mark: Mark::Result,
        estimate: Some(crude.estimate),
        lower: crude.ci_lower,
        upper: crude.ci_upper,
        moderators: vec![Value::Text("mean over patients".to_owned())],
        ..Row::default()
    });
    common.into_iter().chain(crude).collect()
}

/// The random-effects result; the common one where it is all there is.
fn row(label: String, fit: &Fit) -> Option<Row> {
    let pooled = fit.random.as_ref().map(|random| &random.pooled).or(fit.common.as_ref())?;
    let estimand = match fit.random.as_ref().map(|random| random.estimand) {
        Some(Estimand::Mean) => "mean over studies",
        Some(Estimand::Median) => "median study",
        None => "one study",
    };
    Some(Row {
        label,
        mark: Mark::Result,
        estimate: Some(pooled.estimate),
        lower: pooled.ci_lower,
        upper: pooled.ci_upper,
        prediction: fit.prediction.as_ref().map(|p| (p.lower, p.upper)),
        moderators: vec![Value::Text(estimand.to_owned())],
        ..Row::default()
    })
}
