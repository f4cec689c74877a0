//! A meta-regression as a data frame.

use polars::prelude::DataFrame;

use super::{ReportError, floats, words};
use crate::model::{Coefficient, Combination, LikelihoodRatio, Omnibus, Regression};

/// A row; what it has no value for is `None`.
#[derive(Default)]
struct Row {
    kind: &'static str,
    label: String,
    estimate: Option<f64>,
    se: Option<f64>,
    ci_lower: Option<f64>,
    ci_upper: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    statistic: Option<f64>,
    df: Option<f64>,
    df2: Option<f64>,
    p_value: Option<f64>,
    p_adjusted: Option<f64>,
    p_permutation: Option<f64>,
    vif: Option<f64>,
}

/// A regression, one row each: kinds `coefficient`, `robust`, `contrast` and `trend` (on the analysis
/// scale), `test` (of all moderators, of terms, of the residual heterogeneity), `heterogeneity`, and
/// `prediction` (on the display scale; `lower` and `upper` are for a new study).
///
/// # Errors
/// [`ReportError::Frame`] when polars refuses; no such case is known.
pub fn regression(regression: &Regression) -> Result<DataFrame, ReportError> {
    let rows = rows(regression);
    let float = |name, of: fn(&Row) -> Option<f64>| floats(name, rows.iter().map(of));
    let columns = vec![
        words("kind", rows.iter().map(|row| Some(row.kind))),
        words("label", rows.iter().map(|row| Some(row.label.as_str()))),
        float("estimate", |row| row.estimate),
        float("se", |row| row.se),
        float("ci_lower", |row| row.ci_lower),
        float("ci_upper", |row| row.ci_upper),
        float("lower", |row| row.lower),
        float("upper", |row| row.upper),
        float("statistic", |row| row.statistic),
        float("df", |row| row.df),
        float("df2", |row| row.df2),
        float("p_value", |row| row.p_value),
        float("p_adjusted", |row| row.p_adjusted),
        float("p_permutation", |row| row.p_permutation),
        float("vif", |row| row.vif),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}

fn rows(fit: &Regression) -> Vec<Row> {
    let permuted = fit.permutation.as_ref();
    let mut rows: Vec<Row> = fit
        .coefficients
        .iter()
        .enumerate()
        .map(|(i, coefficient)| Row {
            p_permutation: permuted.and_then(|p| p.coefficients.get(i)).copied(),
            ..of("coefficient", coefficient)
        })
        .collect();
    rows.extend(fit.test.map(|test| Row {
        p_permutation: permuted.and_then(|p| p.test),
        ..omnibus("moderators", &test)
    }));
    rows.extend(fit.terms.iter().map(|term| omnibus(&term.term, &term.test)));
    rows.extend(fit.lr_test.as_ref().map(|test| ratio("likelihood-ratio", test)));
    let h = &fit.heterogeneity;
    rows.push(Row {
        kind: "heterogeneity",
        label: "tau2".to_owned(),
        estimate: h.tau2,
        se: h.tau2_se,
        ci_lower: h.tau2_lower,
        ci_upper: h.tau2_upper,
        ..Row::default()
    });
    let shares = [("i2", h.i2), ("i2_q", h.i2_q), ("r2", fit.r2)];
    rows.extend(shares.into_iter().map(|(label, estimate)| Row {
        kind: "heterogeneity",
        label: label.to_owned(),
        estimate,
        ..Row::default()
    }));
    rows.push(Row {
        kind: "test",
        label: "residual-heterogeneity".to_owned(),
        statistic: h.q,
        df: h.df,
        p_value: h.p_value,
        ..Row::default()
    });
    if let Some(robust) = &fit.robust {
        rows.extend(robust.coefficients.iter().map(|found| combined("robust", found)));
        rows.extend(fit.terms.iter().filter_map(|term| {
            let test = term.robust?;
            Some(Row {
                kind: "test",
                label: format!("htz {}", term.term),
                statistic: Some(test.f),
                df: Some(test.df1),
                df2: Some(test.df2),
                p_value: Some(test.p_value),
                ..Row::default()
            })
        }));
        rows.extend(robust.test.map(|test| Row {
            kind: "test",
            label: "htz".to_owned(),
            statistic: Some(test.value.f),
            df: Some(test.value.df1),
            df2: Some(test.value.df2),
            p_value: Some(test.value.p_value),
            ..Row::default()
        }));
    }
    rows.extend(fit.contrasts.iter().map(|contrast| Row {
        p_adjusted: contrast.p_adjusted,
        ..combined("contrast", &contrast.value)
    }));
    if let Some(trend) = &fit.trend {
        rows.push(combined("trend", &trend.slope));
        rows.extend(trend.departure.as_ref().map(|test| omnibus("departure from the trend", test)));
    }
    rows.extend(fit.predictions.iter().map(|predicted| Row {
        kind: "prediction",
        label: predicted.at.clone(),
        estimate: Some(predicted.estimate),
        ci_lower: predicted.ci_lower,
        ci_upper: predicted.ci_upper,
        lower: predicted.lower,
        upper: predicted.upper,
        df: predicted.prediction_df,
        ..Row::default()
    }));
    rows
}

fn of(kind: &'static str, coefficient: &Coefficient) -> Row {
    Row {
        kind,
        label: coefficient.term.clone(),
        estimate: Some(coefficient.estimate),
        se: Some(coefficient.se),
        ci_lower: Some(coefficient.ci_lower),
        ci_upper: Some(coefficient.ci_upper),
        statistic: coefficient.statistic,
        df: coefficient.df,
        p_value: coefficient.p_value,
        vif: coefficient.vif,
        ..Row::default()
    }
}

fn combined(kind: &'static str, value: &Combination) -> Row {
    Row {
        kind,
        label: value.term.clone(),
        estimate: Some(value.estimate),
        se: value.se,
        ci_lower: value.ci_lower,
        ci_upper: value.ci_upper,
        statistic: value.statistic,
        df: value.df,
        p_value: value.p_value,
        ..Row::default()
    }
}

fn omnibus(label: &str, test: &Omnibus) -> Row {
    Row {
        kind: "test",
        label: label.to_owned(),
        statistic: Some(test.statistic),
        df: Some(test.df1),
        df2: test.df2,
        p_value: Some(test.p_value),
        ..Row::default()
    }
}

fn ratio(label: &str, test: &LikelihoodRatio) -> Row {
    Row {
        kind: "test",
        label: label.to_owned(),
        statistic: Some(test.statistic),
        df: Some(test.df),
        p_value: Some(test.p_value),
        ..Row::default()
    }
}
