//! The one-step models: binomial-normal GLMM and beta-binomial.
mod edges;
mod intervals;
mod mpmath;
mod properties;
mod published;
mod rates;
mod software;

use resorb::{
    model::{Fit, Link, Model, ModelError, OneStepCi, QTest, Settings, pool},
    study::{Counts, Studies},
};

const PRITZ: [(u64, u64); 14] = [
    (16, 17),
    (10, 12),
    (4, 8),
    (43, 58),
    (10, 10),
    (25, 42),
    (13, 14),
    (12, 12),
    (22, 41),
    (4, 5),
    (5, 6),
    (18, 23),
    (58, 68),
    (6, 10),
];

const GLMM: Model = Model::Glmm { link: Link::Logit, ci: OneStepCi::T, q_test: QTest::Lrt };
const BETA_BINOMIAL: Model = Model::BetaBinomial { ci: OneStepCi::T };

/// Counts from `x/n` pairs.
fn counts(pairs: &[(u64, u64)]) -> Vec<Counts> {
    pairs.iter().map(|&(x, n)| Counts::new(x, n).unwrap()).collect()
}

fn studies(pairs: &[(u64, u64)]) -> Studies {
    let rows = pairs.iter().enumerate().map(|(i, &(x, n))| (format!("study {}", i + 1), x, n));
    Studies::from_counts(rows).unwrap()
}

fn try_fit(pairs: &[(u64, u64)], settings: Settings) -> Result<Fit, ModelError> {
    pool(&studies(pairs), &settings)
}

fn fit(pairs: &[(u64, u64)], model: Model) -> Fit {
    try_fit(pairs, Settings { model, ..Settings::default() }).unwrap()
}

/// The default GLMM with another interval.
fn glmm_by(ci: OneStepCi) -> Model {
    Model::Glmm { link: Link::Logit, ci, q_test: QTest::Lrt }
}

/// The data of a reference set, from its CSV.
fn reference(name: &str) -> Vec<(u64, u64)> {
    let path = crate::reference::folder().join(format!("{name}.csv"));
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines().map(|line| {
        line.split(',').map(|cell| cell.trim_matches('"').to_owned()).collect::<Vec<_>>()
    });
    let head = lines.next().unwrap();
    let column = |name: &str| head.iter().position(|cell| cell == name).unwrap();
    let (x, n) = (column("events"), column("total"));
    lines.map(|row| (row[x].parse().unwrap(), row[n].parse().unwrap())).collect()
}

#[track_caller]
fn close(what: &str, ours: f64, theirs: f64, tolerance: f64) {
    let error = (ours - theirs).abs() / theirs.abs().max(1e-300);
    assert!(error < tolerance, "{what}: ours {ours}, theirs {theirs}, relative {error:e}");
}

/// The warnings as one text.
fn warnings(fit: &Fit) -> String {
    let notes: Vec<String> = fit.diagnostics.warnings.iter().map(ToString::to_string).collect();
    notes.join("\n")
}
