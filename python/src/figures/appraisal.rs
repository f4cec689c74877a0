//! Figures of what is no table of studies: judgements of the risk of bias, and the flow of a search.

use resorb::{
    data::{self, Sheet},
    figure::{
        Fonts, Look, Scene,
        forest::Tool,
        prisma::{Flow, FlowProblem, prisma},
        rob::{Appraisal, AppraisalProblem, Part, rob},
        svg,
    },
};

use super::{Drawn, look};
use crate::{failure::Failure, options::Options, source::Raw};

pub(super) const TOOLS: &[(&str, Tool)] =
    &[("rob2", Tool::Rob2), ("robins-i", Tool::RobinsI), ("jbi", Tool::Jbi)];

const PARTS: &[(&str, Part)] =
    &[("both", Part::Both), ("lights", Part::Lights), ("bars", Part::Bars)];

/// The usual width in mm; a flow with other sources needs a page's.
const WIDTH: f64 = 130.0;
const WIDE: f64 = 174.0;

/// Traffic lights of studies, bars of domains.
pub(super) fn judgements(raw: &Raw, options: &Options) -> Result<Drawn, Failure> {
    let sheet = sheet(raw)?;
    let columns = options.words("rob")?;
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let rows: Vec<(u64, Vec<String>)> =
        sheet.rows.into_iter().map(|row| (row.line, row.cells)).collect();
    let appraisal = Appraisal::read(
        &sheet.header,
        &rows,
        options.word("rob_tool", TOOLS)?.unwrap_or_default(),
        (!columns.is_empty()).then_some(columns.as_slice()),
        options.text("weight")?.as_deref(),
    );
    let appraisal = appraisal.map_err(|AppraisalProblem { message, help }| {
        let help = help.replace("--rob-tool", "`rob_tool`").replace("--rob", "`rob`");
        Failure::with_help(format!("{}: {message}", raw.name), help)
    })?;
    let part = options.word("part", PARTS)?.unwrap_or_default();
    let numbers = appraisal.csv();
    drawn(options, WIDTH, numbers, |look, fonts| Ok(rob(&appraisal, part, look, fonts)?))
}

/// From the search to the studies; the content is TOML where its name says so, else a table.
pub(super) fn flow(raw: &Raw, options: &Options) -> Result<Drawn, Failure> {
    let refused = |FlowProblem { message, help }| {
        Failure::with_help(format!("{}: {message}", raw.name), help)
    };
    let flow = if raw.name.to_ascii_lowercase().ends_with(".toml") {
        let text = std::str::from_utf8(&raw.content).map_err(|_| {
            Failure::with_help(format!("{} is not UTF-8 text", raw.name), "save it as UTF-8")
        })?;
        Flow::toml(text)
    } else {
        let sheet = sheet(raw)?;
        let rows: Vec<(u64, Vec<String>)> =
            sheet.rows.into_iter().map(|row| (row.line, row.cells)).collect();
        Flow::table(&sheet.header, &rows)
    };
    let flow = flow.map_err(refused)?;
    let usual = if flow.has_other() { WIDE } else { WIDTH };
    drawn(options, usual, flow.csv(), |look, fonts| Ok(prisma(&flow, look, fonts)?))
}

fn sheet(raw: &Raw) -> Result<Sheet, Failure> {
    data::sheet(&raw.content).map_err(|error| Failure::said(format!("{}: {error}", raw.name)))
}

fn drawn(
    options: &Options,
    usual: f64,
    numbers: String,
    draw: impl FnOnce(&Look, &Fonts<'_>) -> Result<Scene, Failure>,
) -> Result<Drawn, Failure> {
    let fonts = Fonts::bundled()?;
    let look = look::plain(options, usual)?;
    let scene = draw(&look, &fonts)?;
    let missing = look::missing_letters(&scene, &fonts);
    let notes = scene.remarks.iter().cloned().chain(missing).collect();
    let svg = svg(&scene, &fonts, look::embedding(options)?);
    Ok(Drawn { svg, numbers, notes, warnings: Vec::new() })
}
