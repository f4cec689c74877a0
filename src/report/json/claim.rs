//! The document of `resorb claim`.

use std::io::Write;

use serde::Serialize;

use super::serialise;
use crate::{
    analysis::{Examined, ExaminedEffect},
    report::{InputInfo, ReportError},
};

/// Writes one claim at the top level, several under `claims`.
pub(in crate::report) fn write_claims(
    out: &mut impl Write,
    claims: &[Examined],
    input: Option<&InputInfo>,
) -> Result<(), ReportError> {
    #[derive(Serialize)]
    struct Document<'a> {
        schema: &'static str,
        command: &'static str,
        version: &'static str,
        input: Option<&'a InputInfo>,
        #[serde(flatten)]
        one: Option<&'a Examined>,
        #[serde(skip_serializing_if = "Option::is_none")]
        claims: Option<&'a [Examined]>,
    }
    let (one, claims) = match claims {
        [one] => (Some(one), None),
        several => (None, Some(several)),
    };
    serialise(
        out,
        &Document {
            schema: "resorb/1",
            command: "claim",
            version: env!("CARGO_PKG_VERSION"),
            input,
            one,
            claims,
        },
    )
}

/// Writes a claim about an effect.
pub(in crate::report) fn write_effect_claim(
    out: &mut impl Write,
    examined: &ExaminedEffect,
    input: &InputInfo,
) -> Result<(), ReportError> {
    #[derive(Serialize)]
    struct Document<'a> {
        schema: &'static str,
        command: &'static str,
        version: &'static str,
        input: &'a InputInfo,
        #[serde(flatten)]
        examined: &'a ExaminedEffect,
    }
    let version = env!("CARGO_PKG_VERSION");
    serialise(out, &Document { schema: "resorb/1", command: "claim", version, input, examined })
}
