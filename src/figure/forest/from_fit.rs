//! The forest plot of a fit.

use super::{
    Forest, Heterogeneity, Mark, Note, Row, Section, Statistic, Value, Values, methods::methods,
};
use crate::{
    effect::{Display, Measure},
    figure::Rich,
    model::{Estimate, Fit, Link, Model, QTest, Settings, StudyRow},
    study,
};

impl From<&Fit> for Forest {
    fn from(fit: &Fit) -> Self {
        let moderators = fit.studies.studies().moderators();
        let outcomes = fit.studies.studies().outcomes();
        let rows = fit.studies.iter().enumerate().map(|(i, study)| Row {
            moderators: moderators.iter().map(|m| value(&m.column, i)).collect(),
            groups: outcomes.cells(i),
            ..study_row(&study)
        });
        let section = Section { rows: rows.collect(), ..Section::default() };
        Self {
            effect: effect(fit).to_owned(),
            groups: outcomes.kind().groups().iter().map(|head| (*head).to_owned()).collect(),
            null: measure(&fit.settings).and_then(Measure::null),
            values: values(fit),
            level: fit.settings.level.percent(),
            moderators: moderators.iter().map(|m| m.name.clone()).collect(),
            sections: vec![section],
            overall: results(fit),
            notes: vec![
                Note::Heterogeneity(heterogeneity(fit)),
                Note::Text(Rich::plain(methods(fit))),
            ],
            reference: fit.random.as_ref().map(|random| random.pooled.estimate),
            ..Self::default()
        }
    }
}

/// Of what kind the results of a fit are.
pub(super) fn values(fit: &Fit) -> Values {
    match measure(&fit.settings).map(Measure::display) {
        None | Some(Display::Proportion) => Values::Rates,
        Some(Display::Ratio) => Values::Ratios,
        Some(Display::Difference | Display::Correlation | Display::Amount) => Values::Plain,
    }
}

/// What they are called.
pub(super) fn effect(fit: &Fit) -> &'static str {
    if let Model::TwoGroupGlmm { .. } = fit.settings.model {
        return fit.studies.measure().symbol();
    }
    match measure(&fit.settings) {
        Some(measure) if measure.display() != Display::Proportion => measure.symbol(),
        _ => "Rate",
    }
}

impl Section {
    /// A subgroup: its studies and its own results.
    #[must_use]
    pub fn subgroup(heading: impl Into<String>, fit: &Fit) -> Self {
        let forest = Forest::from(fit);
        Self {
            heading: Some(heading.into()),
            within: None,
            rows: forest.studies().cloned().collect(),
            summaries: forest.overall,
            // How results are made is said once, under the figure.
            notes: vec![Note::Heterogeneity(heterogeneity(fit))],
        }
    }
}

/// The pooled results of a fit: common, random, prediction. The sums stand once, beside the result
/// that leads.
pub(super) fn results(fit: &Fit) -> Vec<Row> {
    let groups = fit.studies.studies().outcomes().sum_cells();
    let counts = Row { events: fit.events, total: fit.total, groups, ..Row::default() };
    let mut rows = Vec::new();
    if let Some(common) = &fit.common {
        let alone = fit.random.is_none();
        let sums = if alone { counts.clone() } else { Row::default() };
        let sums = Row { weight: alone.then_some(100.0), weight_common: Some(100.0), ..sums };
        let label = match &fit.settings.model {
            own if own.common_only() => format!("Common effect ({})", model(own)),
            _ => "Common effect".to_owned(),
        };
        rows.push(pooled(label, Mark::Common, common, sums));
    }
    if let Some(random) = &fit.random {
        let label = format!("Random effects ({})", model(&fit.settings.model));
        let sums = Row { weight: Some(100.0), ..counts };
        rows.push(pooled(label, Mark::Random, &random.pooled, sums));
    }
    rows.extend(fit.prediction.as_ref().map(|prediction| Row {
        label: "Prediction interval".to_owned(),
        mark: Mark::Prediction,
        lower: Some(prediction.lower),
        upper: Some(prediction.upper),
        distribution: fit.predictive(80),
        ..Row::default()
    }));
    rows
}

fn pooled(label: String, mark: Mark, estimate: &Estimate, sums: Row) -> Row {
    Row {
        label,
        mark,
        estimate: Some(estimate.estimate),
        lower: estimate.ci_lower,
        upper: estimate.ci_upper,
        ..sums
    }
}

fn study_row(study: &StudyRow<'_>) -> Row {
    Row {
        label: study.study.to_owned(),
        events: study.events,
        total: study.total,
        estimate: Some(study.estimate),
        lower: Some(study.ci_lower),
        upper: Some(study.ci_upper),
        weight: study.weight_random.or(study.weight_common),
        weight_common: study.weight_common,
        ..Row::default()
    }
}

fn value(column: &study::Column, place: usize) -> Value {
    match column {
        study::Column::Number(values) => {
            values.get(place).copied().flatten().map_or(Value::Missing, Value::Number)
        }
        study::Column::Text(values) => values
            .get(place)
            .and_then(Option::as_deref)
            .map_or(Value::Missing, |text| Value::Text(text.to_owned())),
    }
}

fn heterogeneity(fit: &Fit) -> Heterogeneity {
    let h = &fit.heterogeneity;
    Heterogeneity {
        label: "Heterogeneity".to_owned(),
        tau: h.tau,
        tau_scale: h.tau.and(scale(fit)).map(str::to_owned),
        i2: h.i2,
        i2_limits: h.i2_lower.zip(h.i2_upper),
        q: h.q,
        statistic: statistic(&fit.settings.model),
        df: h.df,
        p_value: h.p_value,
    }
}

const fn measure(settings: &Settings) -> Option<Measure> {
    match &settings.model {
        Model::TwoStep(two_step) => Some(two_step.measure),
        Model::MantelHaenszel { measure, .. } => Some(*measure),
        Model::Peto | Model::TwoGroupGlmm { .. } => Some(Measure::Or),
        Model::RateGlmm { .. } => Some(Measure::Irln),
        Model::Glmm { .. } | Model::BetaBinomial { .. } => None,
    }
}

/// What `q` is.
const fn statistic(model: &Model) -> Statistic {
    match model {
        Model::TwoStep(_) | Model::MantelHaenszel { .. } | Model::Peto => Statistic::Q,
        Model::Glmm { q_test: QTest::Wald | QTest::WaldAll, .. } => Statistic::Wald,
        Model::Glmm { .. }
        | Model::BetaBinomial { .. }
        | Model::TwoGroupGlmm { .. }
        | Model::RateGlmm { .. } => Statistic::LikelihoodRatio,
    }
}

pub(super) fn model(model: &Model) -> &'static str {
    match model {
        Model::TwoStep(_) => "two-step",
        Model::Glmm { .. } | Model::RateGlmm { .. } => "GLMM",
        Model::BetaBinomial { .. } => "beta-binomial",
        Model::MantelHaenszel { .. } => "Mantel–Haenszel",
        Model::Peto => "Peto",
        Model::TwoGroupGlmm { kind, .. } => kind.code(),
    }
}

/// The scale on which τ is.
pub(super) fn scale(fit: &Fit) -> Option<&'static str> {
    match &fit.settings.model {
        // Differences and effects given as such stay on their own scale, which has no name.
        Model::TwoStep(two_step) => Some(two_step.measure.scale()).filter(|name| !name.is_empty()),
        Model::Glmm { link: Link::Logit, .. } => Some("logit"),
        Model::Glmm { link: Link::Probit, .. } => Some("probit"),
        Model::Glmm { link: Link::Cloglog, .. } => Some("cloglog"),
        Model::BetaBinomial { .. } | Model::MantelHaenszel { .. } | Model::Peto => None,
        Model::TwoGroupGlmm { .. } => Some("log ratio"),
        Model::RateGlmm { .. } => Some(Measure::Irln.scale()),
    }
}
