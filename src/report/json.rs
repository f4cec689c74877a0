//! JSON, schema `resorb/1`: full precision, `null` where a number is not defined.

mod check;
mod claim;
mod compare;
mod layout;
mod multiverse;
mod predictors;
mod regress;
mod sensitivity;
mod subgroup;

pub use check::Checked;
pub(super) use claim::{write_claims, write_effect_claim};
pub(super) use compare::write_compared;
pub(super) use multiverse::write_multiverse;
pub(super) use predictors::write_predictors;
pub(super) use regress::write_regression;
pub(super) use sensitivity::{write_bias, write_gosh, write_sensitivity};
pub(super) use subgroup::write_subgroups;

use std::io::Write;

use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};
use serde_json::ser::Serializer as JsonSerializer;

use super::{InputInfo, ReportError, pool};
use crate::{
    analysis::{Alternative, AlternativeName, Pooled, SignChanges},
    model::{
        Diagnostics, Estimate, Fit, Heterogeneity, Numbers, Prediction, RandomEstimate, Rate,
        Resamples, Settings, StudyRows,
    },
    study::OutcomeKind,
};

/// Writes `pooled`; the studies are made one at a time, so a million of them need no memory.
pub(super) fn write(
    out: &mut impl Write,
    pooled: &Pooled,
    input: &InputInfo,
) -> Result<(), ReportError> {
    let remarks = pooled.remarks.iter().map(ToString::to_string);
    let more = remarks.chain(pool::several_rows(&pooled.fit)).chain(pool::failed(pooled));
    let document = PoolJson {
        schema: "resorb/1",
        command: "pool",
        version: env!("CARGO_PKG_VERSION"),
        input,
        settings: &pooled.fit.settings,
        pooled: PooledKeys::of(&pooled.fit),
        studies: &pooled.fit.studies,
        alternatives: Alternatives(&pooled.alternatives),
        permutation: pooled.permutation,
        diagnostics: DiagnosticsJson::of(&pooled.fit.diagnostics, more),
    };
    serialise(out, &document)
}

fn serialise(out: &mut impl Write, document: &impl Serialize) -> Result<(), ReportError> {
    let mut serializer = JsonSerializer::with_formatter(&mut *out, layout::Layout::default());
    document.serialize(&mut serializer).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

#[derive(Serialize)]
struct PoolJson<'a> {
    schema: &'static str,
    command: &'static str,
    version: &'static str,
    input: &'a InputInfo,
    settings: &'a Settings,
    #[serde(flatten)]
    pooled: PooledKeys<'a>,
    studies: &'a StudyRows,
    alternatives: Alternatives<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    permutation: Option<SignChanges>,
    diagnostics: DiagnosticsJson,
}

/// The keys that every pooled result has, without its studies.
#[derive(Serialize)]
struct PooledKeys<'a> {
    k: usize,
    #[serde(flatten)]
    patients: Patients<'a>,
    #[serde(flatten)]
    sums: Numbers,
    crude: Option<Rate>,
    common: Option<Estimate>,
    random: Option<RandomEstimate>,
    prediction: Option<Prediction>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resamples: Option<Resamples>,
    heterogeneity: &'a Heterogeneity,
}

impl<'a> PooledKeys<'a> {
    fn of(fit: &'a Fit) -> Self {
        Self {
            k: fit.k,
            patients: Patients(fit),
            sums: Numbers::sums(fit.studies.studies().outcomes()),
            crude: fit.crude,
            common: fit.common,
            random: fit.random,
            prediction: fit.prediction,
            resamples: fit.resamples(),
            heterogeneity: &fit.heterogeneity,
        }
    }
}

/// The keys `events` and `total` of single proportions: null for other kinds, but for a name that they
/// have themselves, which stands once.
struct Patients<'a>(&'a Fit);

impl Serialize for Patients<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(fit) = self;
        let columns: &[&str] = match fit.studies.studies().outcomes().kind() {
            OutcomeKind::Proportions => &[],
            kind => kind.columns(),
        };
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in [("events", fit.events), ("total", fit.total)] {
            if !columns.contains(&name) {
                map.serialize_entry(name, &value)?;
            }
        }
        map.end()
    }
}

/// The methods that gave a result; the others are sentences among the warnings.
struct Alternatives<'a>(&'a [Alternative]);

impl Serialize for Alternatives<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for Alternative { name, settings, fit } in self.0 {
            if let Ok(fit) = fit {
                let diagnostics = DiagnosticsJson::of(&fit.diagnostics, std::iter::empty());
                list.serialize_element(&AlternativeJson {
                    name: *name,
                    settings,
                    pooled: PooledKeys::of(fit),
                    diagnostics,
                })?;
            }
        }
        list.end()
    }
}

#[derive(Serialize)]
struct AlternativeJson<'a> {
    name: AlternativeName,
    settings: &'a Settings,
    #[serde(flatten)]
    pooled: PooledKeys<'a>,
    diagnostics: DiagnosticsJson,
}

#[derive(Serialize)]
struct DiagnosticsJson {
    converged: bool,
    boundary: bool,
    modes: usize,
    iterations: usize,
    warnings: Vec<String>,
}

impl DiagnosticsJson {
    /// The diagnostics of a fit with `more` sentences after its own.
    fn of(diagnostics: &Diagnostics, more: impl Iterator<Item = String>) -> Self {
        let Diagnostics { converged, boundary, modes, iterations, warnings } = diagnostics;
        let warnings = warnings.iter().map(ToString::to_string).chain(more).collect();
        Self {
            converged: *converged,
            boundary: *boundary,
            modes: *modes,
            iterations: *iterations,
            warnings,
        }
    }
}
