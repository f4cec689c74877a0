//! The document of `resorb regress`.

use std::io::Write;

use serde::Serialize;

use super::{DiagnosticsJson, serialise};
use crate::{
    model::{
        ClusterRobust, Coefficient, Contrast, Heterogeneity, LikelihoodRatio, Omnibus, Permutation,
        Predicted, Reference, Regression, Settings, TermTest, Trend,
    },
    report::{InputInfo, ReportError, regress::notes},
};

/// Writes `regression`.
pub(in crate::report) fn write_regression(
    out: &mut impl Write,
    regression: &Regression,
    input: &InputInfo,
) -> Result<(), ReportError> {
    let Regression {
        settings,
        formula,
        k,
        p,
        references,
        coefficients,
        test,
        terms,
        heterogeneity,
        r2,
        lr_test,
        robust,
        permutation,
        contrasts,
        trend,
        predictions,
        diagnostics,
        ..
    } = regression;
    let warnings = notes::sentences(regression);
    serialise(
        out,
        &Document {
            schema: "resorb/1",
            command: "regress",
            version: env!("CARGO_PKG_VERSION"),
            input,
            settings,
            formula,
            k: *k,
            p: *p,
            references,
            hk_scale: regression.hk_scale(),
            coefficients,
            test: test.as_ref(),
            terms,
            heterogeneity,
            r2: *r2,
            lr_test: lr_test.as_ref(),
            robust: robust.as_ref(),
            permutation: permutation.as_ref(),
            contrasts,
            trend: trend.as_ref(),
            predictions,
            diagnostics: DiagnosticsJson {
                warnings,
                ..DiagnosticsJson::of(diagnostics, std::iter::empty())
            },
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
    formula: &'a str,
    k: usize,
    p: usize,
    references: &'a [Reference],
    hk_scale: Option<f64>,
    coefficients: &'a [Coefficient],
    test: Option<&'a Omnibus>,
    terms: &'a [TermTest],
    heterogeneity: &'a Heterogeneity,
    r2: Option<f64>,
    lr_test: Option<&'a LikelihoodRatio>,
    robust: Option<&'a ClusterRobust>,
    permutation: Option<&'a Permutation>,
    contrasts: &'a [Contrast],
    trend: Option<&'a Trend>,
    predictions: &'a [Predicted],
    diagnostics: DiagnosticsJson,
}
