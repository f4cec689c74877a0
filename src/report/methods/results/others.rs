//! Subgroups, sensitivity and small studies, as results.

use super::{
    super::{Context, Text, measure, questions::leading},
    Words, regression,
};
use crate::{
    analysis::{
        Sensitivity, Subgroups,
        small_study::{Bias, Side, TrimEstimator},
    },
    model::Fit,
    report::{
        Style,
        number::{Values, degrees, fixed, p_value},
        rows,
    },
};

/// Groups named one by one; of more only the range is told.
const NAMED: usize = 8;

pub(super) fn say(text: &mut Text, context: &Context<'_>, style: &Style) {
    let words = |fit: &Fit, values: Values| Words {
        values,
        noun: measure::noun(context.measure(&fit.settings)),
        level: fit.settings.level.percent(),
    };
    for subgroups in context.subgroups {
        let fits = subgroups.groups.iter().map(|group| &group.fit);
        let values = Values::of_fits(&subgroups.overall, fits, style);
        text.paragraph();
        groups(text, subgroups, words(&subgroups.overall, values));
    }
    for fit in context.regressions {
        text.paragraph();
        regression::say(text, fit);
    }
    if let Some(answer) = context.sensitivity {
        let others = answer.leave_one_out.iter().map(|left| &left.fit);
        let values = Values::of_fits(&answer.fit, others, style);
        text.paragraph();
        left_out(text, answer, words(&answer.fit, values));
    }
    if let Some(bias) = context.bias {
        let values = Values::of_fits(&bias.fit, std::iter::empty(), style);
        text.paragraph();
        small_studies(text, bias, words(&bias.fit, values));
    }
}

fn groups(text: &mut Text, subgroups: &Subgroups, words: Words) {
    let noun = words.noun;
    let by = subgroups.by.join(" and ");
    let named: Vec<String> = subgroups
        .groups
        .iter()
        .filter_map(|group| {
            let estimate = group.fit.random.map(|random| random.pooled).or(group.fit.common)?;
            let unit = rows::counted(group.fit.studies.studies());
            Some(format!("{} for {} ({unit})", words.with_interval(&estimate), group.group))
        })
        .collect();
    if named.len() <= NAMED {
        text.whole(&format!("By {by}, the pooled {noun} was {}.", named.join("; ")));
    } else {
        text.whole(&format!("By {by}, {} groups were pooled.", subgroups.groups.len()));
    }
    match subgroups.between.random.or(subgroups.between.common) {
        Some(test) => text.whole(&format!(
            "The test for subgroup differences, as if all rows were independent, gave Q = {} on {} \
             df, {}.",
            fixed(test.q, 2),
            degrees(test.df),
            p_value(test.p_value)
        )),
        None => text.whole("There is no test for subgroup differences."),
    }
    if let Some(dependence) = &subgroups.dependence {
        if let Some(test) = &dependence.robust.test {
            text.whole(&format!(
                "The cluster-robust test ({}, {}) gave F = {} on {} and {} df, {}.",
                dependence.robust.method,
                test.method,
                fixed(test.value.f, 2),
                degrees(test.value.df1),
                degrees(test.value.df2),
                p_value(test.value.p_value)
            ));
        }
        text.whole(&dependence.sentence);
    }
    if !subgroups.missing.is_empty() {
        text.whole(&format!(
            "{} no value of {by} and took no part.",
            rows::have(&subgroups.missing.iter().map(String::as_str).collect::<Vec<_>>())
        ));
    }
}

fn left_out(text: &mut Text, answer: &Sensitivity, words: Words) {
    let pooled = |fit: &Fit| fit.random.map(|random| random.pooled).or(fit.common);
    let mut all: Vec<_> = answer
        .leave_one_out
        .iter()
        .filter_map(|left| pooled(&left.fit).map(|estimate| (left.left_out.as_str(), estimate)))
        .collect();
    all.sort_by(|(_, a), (_, b)| a.estimate.total_cmp(&b.estimate));
    if let (Some((low, lowest)), Some((high, highest))) = (all.first(), all.last()) {
        text.whole(&format!(
            "With one study left out at a time, the pooled {} ranged from {} without {low} to {} \
             without {high}.",
            words.noun,
            words.with_interval(lowest),
            words.with_interval(highest)
        ));
    }
    let marked: Vec<&str> = answer
        .influence
        .iter()
        .filter(|row| !row.flags.is_empty())
        .map(|row| row.study.as_str())
        .collect();
    text.whole(&match marked.as_slice() {
        [] => "No study was influential by the usual rules.".to_owned(),
        [one] => format!("By the usual rules {one} was influential."),
        several => format!("By the usual rules {} were influential.", several.join(", ")),
    });
}

fn small_studies(text: &mut Text, bias: &Bias, words: Words) {
    if let Some((test, p)) = leading(&bias.tests).and_then(|test| Some((test, test.p_value?))) {
        let statistic = match (test.statistic, test.df) {
            (Some(t), Some(df)) => format!("t = {} on {} df, ", fixed(t, 2), degrees(df)),
            (Some(statistic), None) => format!("{}, ", fixed(statistic, 2)),
            (None, _) => String::new(),
        };
        text.whole(&format!(
            "The test of funnel asymmetry ({}) gave {statistic}{}.",
            test.name.label(),
            p_value(p)
        ));
        text.whole(test.note.as_deref().unwrap_or_default());
    }
    let filled = bias.trim_and_fill.iter().find(|filled| filled.estimator == TrimEstimator::L0);
    if let Some(filled) = filled.or(bias.trim_and_fill.first()) {
        let name = filled.estimator.name();
        match (filled.k0, filled.fit.random) {
            (0, _) => text.whole(&format!("Trim and fill ({name}) filled in no study.")),
            (k0, Some(random)) => {
                let side = match filled.side {
                    Side::Left => "low",
                    Side::Right => "high",
                };
                let studies = if k0 == 1 { "study" } else { "studies" };
                text.whole(&format!(
                    "Trim and fill ({name}) filled in {k0} {studies} with {side} values, and gave {}.",
                    words.with_interval(&random.pooled)
                ));
            }
            (_, None) => {}
        }
    }
}
