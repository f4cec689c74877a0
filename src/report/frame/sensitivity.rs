//! Sensitivity analyses, tests of small studies and subsets as data frames.

use polars::prelude::{BooleanChunked, Column, DataFrame, IntoColumn, NewChunkedArray};

use super::{ReportError, floats, stack, wholes, words};
use crate::{
    analysis::{Gosh, Sensitivity, small_study::Bias},
    model::Fit,
};

/// The result without each study (`kind` is `leave-one-out`) with what the study does to it, then the
/// result as the studies come in (`cumulative`); `all` is the result with all of them.
///
/// # Errors
/// [`ReportError::Frame`] when polars refuses; no such case is known.
pub fn sensitivity(answer: &Sensitivity) -> Result<DataFrame, ReportError> {
    let all = results("all", std::iter::once(("", &answer.fit)))?;
    let left = answer.leave_one_out.iter().map(|left| (left.left_out.as_str(), &left.fit));
    let mut left = results("leave-one-out", left)?;
    if answer.influence.len() == answer.leave_one_out.len() {
        let rows = || answer.influence.iter();
        let moves = answer.baujat.iter();
        for column in [
            floats("rstudent", rows().map(|row| row.rstudent)),
            floats("dffits", rows().map(|row| row.dffits)),
            floats("cook_d", rows().map(|row| row.cook_d)),
            floats("cov_ratio", rows().map(|row| row.cov_ratio)),
            floats("dfbetas", rows().map(|row| row.dfbetas)),
            floats("hat", rows().map(|row| row.hat)),
            floats("weight", rows().map(|row| row.weight)),
            floats("baujat_x", moves.clone().map(|point| Some(point.x))),
            floats("baujat_y", moves.map(|point| point.y)),
        ] {
            left.with_column(column)?;
        }
    }
    let added = answer.cumulative.iter().map(|step| (step.added.as_str(), &step.fit));
    stack(vec![all, left, results("cumulative", added)?], &SENSITIVITY)
}

const SENSITIVITY: [&str; 24] = [
    "kind",
    "study",
    "k",
    "yi",
    "se",
    "estimate",
    "ci_lower",
    "ci_upper",
    "lower",
    "upper",
    "tau2",
    "i2",
    "i2_q",
    "rho",
    "q",
    "rstudent",
    "dffits",
    "cook_d",
    "cov_ratio",
    "dfbetas",
    "hat",
    "weight",
    "baujat_x",
    "baujat_y",
];

/// Pooled results, a row each; `lower` and `upper` are prediction limits.
fn results<'a>(
    kind: &'static str,
    fits: impl Iterator<Item = (&'a str, &'a Fit)>,
) -> Result<DataFrame, ReportError> {
    let fits: Vec<(&str, &Fit)> = fits.collect();
    let of = |name: &str, value: fn(&Fit) -> Option<f64>| {
        floats(name, fits.iter().map(|(_, fit)| value(fit)))
    };
    let columns = vec![
        words("kind", fits.iter().map(|_| Some(kind))),
        words("study", fits.iter().map(|(study, _)| Some(*study).filter(|s| !s.is_empty()))),
        wholes("k", fits.iter().map(|(_, fit)| u64::try_from(fit.k).ok())),
        of("yi", |fit| line(fit).and_then(|e| e.yi)),
        of("se", |fit| line(fit).and_then(|e| e.se)),
        of("estimate", |fit| line(fit).map(|e| e.estimate)),
        of("ci_lower", |fit| line(fit).and_then(|e| e.ci_lower)),
        of("ci_upper", |fit| line(fit).and_then(|e| e.ci_upper)),
        of("lower", |fit| fit.prediction.map(|p| p.lower)),
        of("upper", |fit| fit.prediction.map(|p| p.upper)),
        of("tau2", |fit| fit.heterogeneity.tau2),
        of("i2", |fit| fit.heterogeneity.i2),
        of("i2_q", |fit| fit.heterogeneity.i2_q),
        of("rho", |fit| fit.heterogeneity.rho),
        of("q", |fit| fit.heterogeneity.q),
    ];
    Ok(DataFrame::new(fits.len(), columns)?)
}

fn line(fit: &Fit) -> Option<crate::model::Estimate> {
    fit.random.map_or(fit.common, |random| Some(random.pooled))
}

/// Tests (`kind` is `test`), then adjusted results (`as-analysed`, `trim-and-fill`, `pet`, `peese`,
/// `limit`, `henmi-copas`, `copas`, `selection`).
///
/// # Errors
/// [`ReportError::Frame`] when polars refuses; no such case is known.
pub fn bias(bias: &Bias) -> Result<DataFrame, ReportError> {
    let tests = bias.tests.iter();
    let tests = DataFrame::new(
        bias.tests.len(),
        vec![
            words("kind", tests.clone().map(|_| Some("test"))),
            words("label", tests.clone().map(|test| Some(test.name.label()))),
            floats("statistic", tests.clone().map(|test| test.statistic)),
            floats("df", tests.clone().map(|test| test.df)),
            floats("p_value", tests.map(|test| test.p_value)),
        ],
    )?;
    let rows = adjusted(bias);
    let of = |name: &str, i: usize| {
        floats(name, rows.iter().map(move |row| row.2.get(i).copied().flatten()))
    };
    let adjusted = DataFrame::new(
        rows.len(),
        vec![
            words("kind", rows.iter().map(|row| Some(row.0))),
            words("label", rows.iter().map(|row| Some(row.1.as_str()))),
            of("yi", 0),
            of("se", 1),
            of("estimate", 2),
            of("ci_lower", 3),
            of("ci_upper", 4),
            of("tau2", 5),
            of("log_likelihood", 6),
        ],
    )?;
    let names = [
        "kind",
        "label",
        "statistic",
        "df",
        "p_value",
        "yi",
        "se",
        "estimate",
        "ci_lower",
        "ci_upper",
        "tau2",
        "log_likelihood",
    ];
    stack(vec![tests, adjusted], &names)
}

/// Kind, label, and `yi`, `se`, `estimate`, `ci_lower`, `ci_upper`, `tau2`, `log_likelihood`.
type Adjusted = (&'static str, String, [Option<f64>; 7]);

fn adjusted(bias: &Bias) -> Vec<Adjusted> {
    let of_fit = |fit: &Fit| {
        let p = fit.random.map(|random| random.pooled);
        [
            p.and_then(|p| p.yi),
            p.and_then(|p| p.se),
            p.map(|p| p.estimate),
            p.and_then(|p| p.ci_lower),
            p.and_then(|p| p.ci_upper),
            fit.heterogeneity.tau2,
            fit.heterogeneity.log_likelihood,
        ]
    };
    let mut rows = vec![("as-analysed", String::new(), of_fit(&bias.fit))];
    rows.extend(
        bias.trim_and_fill
            .iter()
            .map(|t| ("trim-and-fill", t.estimator.name().to_owned(), of_fit(&t.fit))),
    );
    for (kind, line) in [("pet", bias.pet), ("peese", bias.peese)] {
        rows.extend(line.map(|p| {
            let limits = [Some(p.ci_lower), Some(p.ci_upper)];
            let [lower, upper] = limits;
            (
                kind,
                String::new(),
                [Some(p.yi), Some(p.se), Some(p.estimate), lower, upper, None, None],
            )
        }));
    }
    rows.extend(bias.limit.as_ref().map(|p| {
        let numbers = [
            Some(p.yi),
            Some(p.se),
            Some(p.estimate),
            Some(p.ci_lower),
            Some(p.ci_upper),
            Some(p.tau2),
            None,
        ];
        ("limit", String::new(), numbers)
    }));
    rows.extend(bias.henmi_copas.map(|p| {
        let numbers = [p.yi, p.se, Some(p.estimate), p.ci_lower, p.ci_upper, None, None];
        ("henmi-copas", String::new(), numbers)
    }));
    rows.extend(bias.copas.iter().flat_map(|copas| &copas.path).map(|p| {
        let numbers = [
            Some(p.yi),
            p.se,
            Some(p.estimate),
            p.ci_lower,
            p.ci_upper,
            Some(p.tau2),
            Some(p.log_likelihood),
        ];
        ("copas", format!("{}", p.publication), numbers)
    }));
    rows.extend(bias.selection.iter().map(|p| {
        let numbers = [
            Some(p.yi),
            p.se,
            Some(p.estimate),
            p.ci_lower,
            p.ci_upper,
            Some(p.tau2),
            Some(p.log_likelihood),
        ];
        ("selection", p.kind.label().to_owned(), numbers)
    }));
    rows
}

/// Every subset, a row each: its size, result and, a column a study, who is in it. Columns of studies
/// have their names, with a number where a name stands twice.
///
/// # Errors
/// [`ReportError::Frame`] when polars refuses; no such case is known.
pub fn gosh(gosh: &Gosh) -> Result<DataFrame, ReportError> {
    let all = || 0..gosh.len();
    let mut columns: Vec<Column> = vec![
        wholes("k", all().map(|i| u64::try_from(gosh.members.size(i)).ok())),
        floats("yi", gosh.yi.iter().copied().map(Some)),
        floats("estimate", gosh.estimate.iter().copied().map(Some)),
        floats("tau2", all().map(|i| gosh.tau2(i))),
        floats("i2", all().map(|i| gosh.i2(i))),
    ];
    let mut names: Vec<String> = ["k", "yi", "estimate", "tau2", "i2"].map(str::to_owned).to_vec();
    for (study, label) in gosh.labels.iter().enumerate() {
        let mut name = label.clone();
        let mut number = 2;
        while names.contains(&name) {
            name = format!("{label} ({number})");
            number += 1;
        }
        let inside = all().map(|i| Some(gosh.members.contains(i, study)));
        columns.push(BooleanChunked::from_iter_options(name.as_str().into(), inside).into_column());
        names.push(name);
    }
    Ok(DataFrame::new(gosh.len(), columns)?)
}
