//! `resorb plot prisma`: how the records of a search became the studies of a review.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{File, file, options::FigureArgs};
use crate::{
    cli::{failure::Failure, source},
    data,
    figure::{
        Look, Scale,
        prisma::{Flow, FlowProblem, prisma},
    },
};

const FORMAT: &str = concat!(
    "FLOW as TOML: one step a line, or a table of its parts by name:\n\n",
    include_str!("../flow.toml"),
    "\n\
FLOW as CSV has the columns step, name and n; a step has a row, or one for each
of its parts.

What a step leaves must be the next one: records screened less those excluded
are the reports sought, and so on; reports are those assessed less those
excluded. Steps that start with other, sought, not_retrieved, removed and
reports may be left out. `resorb init` writes such a file to be filled in."
);

/// PRISMA 2020 flow diagram: from the search to the studies
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "--help shows what a FLOW file looks like.",
    after_long_help = FORMAT,
    mut_arg("scale", |option| option.hide(true)),
    mut_arg("save", |option| option.hide(true)),
    mut_arg("force", |option| option.hide(true))
)]
pub(super) struct PrismaPlot {
    /// TOML or CSV file with the counts, or - for CSV of standard input
    #[arg(value_name = "FLOW")]
    flow: PathBuf,
    #[command(flatten)]
    figure: FigureArgs,
}

impl PrismaPlot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let file = File::try_from(&self.figure)?;
        let fonts = file::fonts(&self.figure.font)?;
        let fonts = file::with_fonts(&fonts)?;
        let flow = read(&self.flow)?;
        let width = self.figure.width(if flow.has_other() { 174.0 } else { 130.0 });
        let look = Look { style: self.figure.style(), width, scale: Scale::Plain };
        let scene = prisma(&flow, &look, &fonts)?;
        file.write(std::slice::from_ref(&scene), &fonts)?;
        let numbers = self.figure.data_out.as_ref();
        numbers.map_or(Ok(()), |path| file::write(path, flow.csv().as_bytes()))
    }
}

/// Reads a flow by the extension of its file.
fn read(path: &Path) -> Result<Flow, Failure> {
    let input = source::open(path)?;
    let name = &input.source_name;
    let refused = |FlowProblem { message, help }| Failure::Usage {
        message: format!("{name}: {message}"),
        help,
    };
    let toml = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    if toml {
        let text = std::str::from_utf8(&input.bytes).map_err(|_| Failure::Usage {
            message: format!("{name} is not UTF-8 text"),
            help: "save it as UTF-8".to_owned(),
        })?;
        return Flow::toml(text).map_err(refused);
    }
    let sheet = data::sheet(&input.bytes).map_err(|error| Failure::Usage {
        message: format!("{name}: {error}"),
        help: "write a table with the columns step, name and n".to_owned(),
    })?;
    let rows: Vec<(u64, Vec<String>)> =
        sheet.rows.into_iter().map(|row| (row.line, row.cells)).collect();
    Flow::table(&sheet.header, &rows).map_err(refused)
}
