//! The document of `resorb predictors`.

use std::io::Write;

use serde::Serialize;

use super::{DiagnosticsJson, PooledKeys, serialise};
use crate::{
    analysis::{Absolute, Overlap, Predictor, Predictors},
    model::{Settings, StudyRows},
    report::{InputInfo, ReportError, predictors::sentences},
};

/// Writes `answer`.
pub(in crate::report) fn write_predictors(
    out: &mut impl Write,
    answer: &Predictors,
    input: &InputInfo,
) -> Result<(), ReportError> {
    serialise(
        out,
        &Document {
            schema: "resorb/1",
            command: "predictors",
            version: env!("CARGO_PKG_VERSION"),
            input,
            settings: &answer.settings,
            by: &answer.by,
            baseline: answer.baseline,
            predictors: answer.predictors.iter().map(One::of).collect(),
            overlap: &answer.overlap,
            missing: &answer.missing,
            warnings: sentences(answer),
        },
    )
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    command: &'static str,
    version: &'static str,
    input: &'a InputInfo,
    settings: &'a Settings,
    by: &'a str,
    baseline: Option<f64>,
    predictors: Vec<One<'a>>,
    overlap: &'a [Overlap],
    missing: &'a [String],
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct One<'a> {
    predictor: &'a str,
    #[serde(flatten)]
    pooled: PooledKeys<'a>,
    absolute: Option<Absolute>,
    studies: &'a StudyRows,
    diagnostics: DiagnosticsJson,
}

impl<'a> One<'a> {
    fn of(one: &'a Predictor) -> Self {
        Self {
            predictor: &one.predictor,
            pooled: PooledKeys::of(&one.fit),
            absolute: one.absolute,
            studies: &one.fit.studies,
            diagnostics: DiagnosticsJson::of(&one.fit.diagnostics, std::iter::empty()),
        }
    }
}
