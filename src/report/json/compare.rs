//! The document of `resorb compare-tools`.

use std::io::Write;

use serde::Serialize;

use super::{PooledKeys, serialise};
use crate::{
    analysis::{Compared, Step, Tool},
    model::Settings,
    report::{InputInfo, ReportError},
};

/// Writes what each tool prints and its steps.
pub(in crate::report) fn write_compared(
    out: &mut impl Write,
    tools: &[Compared],
    input: &InputInfo,
) -> Result<(), ReportError> {
    #[derive(Serialize)]
    struct ToolJson<'a> {
        tool: Tool,
        settings: &'a Settings,
        #[serde(flatten)]
        pooled: Option<PooledKeys<'a>>,
        error: Option<&'a str>,
        steps: &'a [Step],
    }
    #[derive(Serialize)]
    struct Document<'a> {
        schema: &'static str,
        command: &'static str,
        version: &'static str,
        input: &'a InputInfo,
        tools: Vec<ToolJson<'a>>,
    }
    let tools = tools.iter().map(|compared| ToolJson {
        tool: compared.tool,
        settings: &compared.settings,
        pooled: compared.fit.as_ref().ok().map(PooledKeys::of),
        error: compared.fit.as_ref().err().map(String::as_str),
        steps: &compared.steps,
    });
    serialise(
        out,
        &Document {
            schema: "resorb/1",
            command: "compare-tools",
            version: env!("CARGO_PKG_VERSION"),
            input,
            tools: tools.collect(),
        },
    )
}
