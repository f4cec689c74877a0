//! A subgroup analysis as a data frame.

use polars::prelude::DataFrame;

use super::{ReportError, floats, label_rows, line, lines, stack, study_rows, tidy_columns, words};
use crate::analysis::{Predictors, Subgroups};

/// The studies and pooled lines of every group (`group` names it; null for all studies together), then the
/// tests of differences: kinds `test` (`df2` is the denominator of an F), `robust` and `three-level`
/// (coefficients, `label` is the term) and `paired`.
///
/// # Errors
/// [`ReportError::Frame`] when polars refuses; no such case is known.
pub fn subgroups(subgroups: &Subgroups) -> Result<DataFrame, ReportError> {
    let mut frames = Vec::new();
    for group in &subgroups.groups {
        for mut frame in [study_rows(&group.fit)?, lines(&line::of_fit(&group.fit))?] {
            label_rows(&mut frame, "group", &group.group)?;
            frames.push(frame);
        }
    }
    frames.push(lines(&line::of_fit(&subgroups.overall))?);
    frames.push(tests(subgroups)?);
    let mut names = tidy_columns(&subgroups.overall);
    names.insert(0, "group");
    let place = names.iter().position(|name| *name == "df").map_or(names.len(), |df| df + 1);
    names.insert(place, "df2");
    stack(frames, &names)
}

/// The studies and pooled lines of every predictor; `predictor` names it. In rows of kind `absolute`,
/// `estimate` and its limits are the difference from the baseline risk.
///
/// # Errors
/// [`ReportError::Frame`] when polars refuses; no such case is known.
pub fn predictors(answer: &Predictors) -> Result<DataFrame, ReportError> {
    let mut frames = Vec::new();
    let mut names = Vec::new();
    for one in &answer.predictors {
        names = tidy_columns(&one.fit);
        let mut all = vec![study_rows(&one.fit)?, lines(&line::of_fit(&one.fit))?];
        if let Some(found) = one.absolute {
            let difference = found.difference;
            let columns = vec![
                words("kind", std::iter::once(Some("absolute"))),
                words("label", std::iter::once(Some("risk difference at the baseline"))),
                floats("estimate", std::iter::once(Some(difference.estimate))),
                floats("ci_lower", std::iter::once(difference.ci_lower)),
                floats("ci_upper", std::iter::once(difference.ci_upper)),
            ];
            all.push(DataFrame::new(1, columns)?);
        }
        for mut frame in all {
            label_rows(&mut frame, "predictor", &one.predictor)?;
            frames.push(frame);
        }
    }
    names.insert(0, "predictor");
    stack(frames, &names)
}

/// One row of what follows the groups.
#[derive(Default)]
struct Row {
    kind: &'static str,
    label: String,
    estimate: [Option<f64>; 4],
    statistic: Option<f64>,
    df: Option<f64>,
    df2: Option<f64>,
    p_value: Option<f64>,
}

fn tests(subgroups: &Subgroups) -> Result<DataFrame, ReportError> {
    let between = &subgroups.between;
    let plain = [
        ("q-between-random", between.random),
        ("q-between-without-single-studies", between.without_single_studies),
        ("q-between-common", between.common),
    ];
    let test = |label: &str, statistic, df, df2, p| Row {
        kind: "test",
        label: label.to_owned(),
        statistic: Some(statistic),
        df: Some(df),
        df2,
        p_value: Some(p),
        ..Row::default()
    };
    let mut rows: Vec<Row> = plain
        .into_iter()
        .filter_map(|(label, found)| {
            let found = found?;
            Some(test(label, found.q, found.df, None, found.p_value))
        })
        .collect();
    if let Some(dependence) = &subgroups.dependence {
        let robust = dependence.robust.test.map(|found| found.value);
        rows.extend(robust.map(|t| test("htz", t.f, t.df1, Some(t.df2), t.p_value)));
        let nested = dependence.three_level.as_ref().and_then(|fit| fit.test);
        rows.extend(nested.map(|t| test("three-level", t.statistic, t.df, None, t.p_value)));
        let glmm = dependence.glmm.as_ref().and_then(|fit| fit.test);
        rows.extend(glmm.map(|t| test("nested-glmm", t.statistic, t.df, None, t.p_value)));
        rows.extend(dependence.robust.coefficients.iter().map(|coefficient| Row {
            kind: "robust",
            label: coefficient.term.clone(),
            estimate: [Some(coefficient.value.estimate), coefficient.value.se, None, None],
            df: coefficient.value.df,
            p_value: coefficient.value.p_value,
            ..Row::default()
        }));
        let terms = dependence.three_level.iter().flat_map(|fit| &fit.coefficients);
        rows.extend(terms.map(|coefficient| Row {
            kind: "three-level",
            label: coefficient.term.clone(),
            estimate: [Some(coefficient.value.estimate), Some(coefficient.value.se), None, None],
            statistic: Some(coefficient.value.statistic),
            p_value: Some(coefficient.value.p_value),
            ..Row::default()
        }));
    }
    rows.extend(subgroups.paired.iter().map(|pair| Row {
        kind: "paired",
        label: pair.groups.join(" - "),
        estimate: [Some(pair.estimate), pair.se, pair.ci_lower, pair.ci_upper],
        df: pair.df,
        p_value: pair.p_value,
        ..Row::default()
    }));
    let estimate = |i: usize| rows.iter().map(move |row| row.estimate.get(i).copied().flatten());
    let columns = vec![
        words("kind", rows.iter().map(|row| Some(row.kind))),
        words("label", rows.iter().map(|row| Some(row.label.as_str()))),
        // Differences and coefficients stand on the analysis scale.
        floats("yi", estimate(0)),
        floats("se", estimate(1)),
        floats("ci_lower", estimate(2)),
        floats("ci_upper", estimate(3)),
        floats("statistic", rows.iter().map(|row| row.statistic)),
        floats("df", rows.iter().map(|row| row.df)),
        floats("df2", rows.iter().map(|row| row.df2)),
        floats("p_value", rows.iter().map(|row| row.p_value)),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}
