//! The document of `resorb multiverse`.

use std::io::Write;

use serde::{Serialize, Serializer, ser::SerializeSeq};

use super::serialise;
use crate::{
    analysis::{AdviceCount, ChoiceShare, Failed, Holding, Multiverse, MultiverseSummary},
    model::Level,
    report::{InputInfo, ReportError},
};

struct Rows<'a>(&'a Multiverse);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.outcomes.len()))?;
        for outcome in &self.0.outcomes {
            list.serialize_element(&self.0.specification(outcome))?;
        }
        list.end()
    }
}

/// Writes the summary, and every analysis where `rows`.
pub(in crate::report) fn write_multiverse(
    out: &mut impl Write,
    all: &Multiverse,
    summary: &MultiverseSummary,
    input: &InputInfo,
    rows: bool,
) -> Result<(), ReportError> {
    #[derive(Serialize)]
    struct Document<'a> {
        schema: &'static str,
        command: &'static str,
        version: &'static str,
        input: &'a InputInfo,
        measure: &'static str,
        level: Level,
        specifications: usize,
        distinct_estimates: usize,
        range: [f64; 2],
        median: f64,
        quartiles: [f64; 2],
        ci_range: [f64; 2],
        unflagged: usize,
        unflagged_range: Option<[f64; 2]>,
        holds: Option<Holding>,
        choices: &'a [ChoiceShare],
        interactions: Option<f64>,
        advice: &'a [AdviceCount],
        failed: &'a [Failed],
        #[serde(skip_serializing_if = "Option::is_none")]
        rows: Option<Rows<'a>>,
    }
    serialise(
        out,
        &Document {
            schema: "resorb/1",
            command: "multiverse",
            version: env!("CARGO_PKG_VERSION"),
            input,
            measure: all.measure.code(),
            level: all.level,
            specifications: summary.specifications,
            distinct_estimates: summary.distinct_estimates,
            range: summary.range,
            median: summary.median,
            quartiles: summary.quartiles,
            ci_range: summary.ci_range,
            unflagged: summary.unflagged,
            unflagged_range: summary.unflagged_range,
            holds: summary.holds,
            choices: &summary.choices,
            interactions: summary.interactions,
            advice: &summary.advice,
            failed: &all.failed,
            rows: rows.then_some(Rows(all)),
        },
    )
}
