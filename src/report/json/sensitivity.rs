//! The documents of `resorb sensitivity`, `resorb bias` and `resorb gosh`.

use std::io::Write;

use serde::Serialize;

use super::{DiagnosticsJson, PooledKeys, serialise};
use crate::{
    analysis::{
        BaujatPoint, Bootstrap, GoshEstimator, Influence, Quantiles, Sensitivity, Separation,
        Threshold,
        small_study::{
            Adjusted, Bias, BiasTest, Copas, Doi, ExcessSignificance, FailSafe, Filled, Limit,
            Selection, Side, TrimEstimator,
        },
    },
    model::{Estimate, Fit, Settings},
    report::{GoshSummary, InputInfo, ReportError, bias, gosh, sensitivity},
};

/// What every document starts with.
#[derive(Serialize)]
struct Head<'a> {
    schema: &'static str,
    command: &'static str,
    version: &'static str,
    input: &'a InputInfo,
    settings: &'a Settings,
    #[serde(flatten)]
    pooled: PooledKeys<'a>,
}

impl<'a> Head<'a> {
    fn of(command: &'static str, input: &'a InputInfo, fit: &'a Fit) -> Self {
        Self {
            schema: "resorb/1",
            command,
            version: env!("CARGO_PKG_VERSION"),
            input,
            settings: &fit.settings,
            pooled: PooledKeys::of(fit),
        }
    }
}

fn diagnostics(fit: &Fit, warnings: Vec<String>) -> DiagnosticsJson {
    DiagnosticsJson { warnings, ..DiagnosticsJson::of(&fit.diagnostics, std::iter::empty()) }
}

/// A result in a list, with the diagnostics of its own.
#[derive(Serialize)]
struct Part<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<&'a str>,
    #[serde(flatten)]
    pooled: PooledKeys<'a>,
    diagnostics: DiagnosticsJson,
}

impl<'a> Part<'a> {
    fn of(left_out: Option<&'a str>, added: Option<&'a str>, fit: &'a Fit) -> Self {
        let diagnostics = DiagnosticsJson::of(&fit.diagnostics, std::iter::empty());
        Self { left_out, added, pooled: PooledKeys::of(fit), diagnostics }
    }
}

/// Writes `answer`.
pub(in crate::report) fn write_sensitivity(
    out: &mut impl Write,
    answer: &Sensitivity,
    input: &InputInfo,
) -> Result<(), ReportError> {
    #[derive(Serialize)]
    struct Document<'a> {
        #[serde(flatten)]
        head: Head<'a>,
        leave_one_out: Vec<Part<'a>>,
        cumulative: Vec<Part<'a>>,
        influence: &'a [Influence],
        baujat: &'a [BaujatPoint],
        threshold: Option<Threshold>,
        bootstrap: Option<&'a Bootstrap>,
        diagnostics: DiagnosticsJson,
    }
    let left = answer.leave_one_out.iter();
    let added = answer.cumulative.iter();
    serialise(
        out,
        &Document {
            head: Head::of("sensitivity", input, &answer.fit),
            leave_one_out: left.map(|l| Part::of(Some(&l.left_out), None, &l.fit)).collect(),
            cumulative: added.map(|a| Part::of(None, Some(&a.added), &a.fit)).collect(),
            influence: &answer.influence,
            baujat: &answer.baujat,
            threshold: answer.threshold,
            bootstrap: answer.bootstrap.as_ref(),
            diagnostics: diagnostics(&answer.fit, sensitivity::notes(answer)),
        },
    )
}

/// Writes `answer`.
pub(in crate::report) fn write_bias(
    out: &mut impl Write,
    answer: &Bias,
    input: &InputInfo,
) -> Result<(), ReportError> {
    #[derive(Serialize)]
    struct TrimJson<'a> {
        estimator: TrimEstimator,
        k0: usize,
        k0_se: f64,
        side: Side,
        filled: &'a [Filled],
        #[serde(flatten)]
        pooled: PooledKeys<'a>,
    }
    #[derive(Serialize)]
    struct Document<'a> {
        #[serde(flatten)]
        head: Head<'a>,
        tests: &'a [BiasTest],
        trim_and_fill: Vec<TrimJson<'a>>,
        selection: &'a [Selection],
        pet: Option<Adjusted>,
        peese: Option<Adjusted>,
        limit: Option<&'a Limit>,
        copas: Option<&'a Copas>,
        henmi_copas: Option<Estimate>,
        excess_significance: Option<&'a ExcessSignificance>,
        lfk: Option<&'a Doi>,
        fail_safe_n: &'a [FailSafe],
        threshold: Option<Threshold>,
        diagnostics: DiagnosticsJson,
    }
    let filled = answer.trim_and_fill.iter().map(|t| TrimJson {
        estimator: t.estimator,
        k0: t.k0,
        k0_se: t.k0_se,
        side: t.side,
        filled: &t.filled,
        pooled: PooledKeys::of(&t.fit),
    });
    serialise(
        out,
        &Document {
            head: Head::of("bias", input, &answer.fit),
            tests: &answer.tests,
            trim_and_fill: filled.collect(),
            selection: &answer.selection,
            pet: answer.pet,
            peese: answer.peese,
            limit: answer.limit.as_ref(),
            copas: answer.copas.as_ref(),
            henmi_copas: answer.henmi_copas,
            excess_significance: answer.excess_significance.as_ref(),
            lfk: answer.lfk.as_ref(),
            fail_safe_n: &answer.fail_safe_n,
            threshold: answer.threshold,
            diagnostics: diagnostics(&answer.fit, bias::notes(answer)),
        },
    )
}

/// Writes `summary`.
pub(in crate::report) fn write_gosh(
    out: &mut impl Write,
    summary: &GoshSummary<'_>,
    input: &InputInfo,
) -> Result<(), ReportError> {
    #[derive(Serialize)]
    struct Document<'a> {
        #[serde(flatten)]
        head: Head<'a>,
        subsets: usize,
        exhaustive: bool,
        seed: Option<u64>,
        estimator: GoshEstimator,
        quantiles: Quantiles,
        by_study: &'a [Separation],
        diagnostics: DiagnosticsJson,
    }
    serialise(
        out,
        &Document {
            head: Head::of("gosh", input, summary.fit),
            subsets: summary.gosh.len(),
            exhaustive: summary.gosh.is_exhaustive(),
            seed: summary.gosh.seed,
            estimator: summary.gosh.estimator,
            quantiles: summary.quantiles,
            by_study: &summary.by_study,
            diagnostics: diagnostics(summary.fit, gosh::notes(summary)),
        },
    )
}
