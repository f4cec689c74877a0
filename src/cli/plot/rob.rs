//! `resorb plot rob`: the risk of bias of the studies, judgement by judgement.

use std::path::PathBuf;

use clap::Args;

use super::{File, file, options::FigureArgs};
use crate::{
    cli::{failure::Failure, source, values::described},
    data,
    figure::{
        Look, Scale,
        forest::Tool,
        rob::{Appraisal, AppraisalProblem, Part, rob},
    },
};

const EXAMPLES: &str = concat!(
    "\
JUDGEMENTS has a row for each study: its name in a column `study`, and a column for
each domain; one called `overall` is the judgement of the whole study. Columns in
which every text is a judgement of the tool are found by themselves.

",
    include_str!("../judgements.csv"),
    "
Examples:
  resorb plot rob judgements.csv -o rob.svg
  resorb plot rob judgements.csv --rob-tool jbi --part lights -o rob.pdf
  resorb plot rob judgements.csv --weight weight --part bars --width 174 -o rob.png"
);

/// Risk of bias: traffic lights of the studies, bars of the domains
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "--help shows what a file of JUDGEMENTS looks like.",
    after_long_help = EXAMPLES,
    mut_arg("scale", |option| option.hide(true)),
    mut_arg("save", |option| option.hide(true)),
    mut_arg("force", |option| option.hide(true))
)]
pub(super) struct RobPlot {
    /// CSV file with a row for each study, or - for standard input
    #[arg(value_name = "JUDGEMENTS")]
    judgements: PathBuf,

    /// Columns of risk-of-bias judgements: "d1,d2,overall"
    #[arg(long, value_name = "COLUMNS", help_heading = "Figure")]
    rob: Option<String>,

    /// Tool of the judgements: rob2, robins-i or jbi
    #[arg(
        long, value_name = "TOOL", ignore_case = true, hide_possible_values = true,
        help_heading = "Figure",
        long_help = described::<Tool>("Tool of the judgements [default: rob2]")
    )]
    rob_tool: Option<Tool>,

    /// What is drawn: both, lights or bars
    #[arg(
        long, value_name = "PART", ignore_case = true, hide_possible_values = true,
        help_heading = "Figure", long_help = described::<Part>("What is drawn [default: both]")
    )]
    part: Option<Part>,

    /// Column of weights, by which the bars are cut
    #[arg(
        long,
        value_name = "COL",
        help_heading = "Figure",
        long_help = "Column of weights, by which the bars are cut; every study counts the same \
                     without it. The weights of `resorb pool --format csv` are such numbers"
    )]
    weight: Option<String>,

    #[command(flatten)]
    figure: FigureArgs,
}

impl RobPlot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let file = File::try_from(&self.figure)?;
        let fonts = file::fonts(&self.figure.font)?;
        let fonts = file::with_fonts(&fonts)?;
        let input = source::open(&self.judgements)?;
        let sheet = data::sheet(&input.bytes).map_err(|error| Failure::Usage {
            message: format!("{}: {error}", input.source_name),
            help: "write a CSV file with a row for each study".to_owned(),
        })?;
        let columns: Option<Vec<&str>> = self.rob.as_deref().map(|columns| {
            columns.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
        });
        let rows: Vec<(u64, Vec<String>)> =
            sheet.rows.into_iter().map(|row| (row.line, row.cells)).collect();
        let appraisal = Appraisal::read(
            &sheet.header,
            &rows,
            self.rob_tool.unwrap_or_default(),
            columns.as_deref(),
            self.weight.as_deref(),
        )
        .map_err(|AppraisalProblem { message, help }| Failure::Usage {
            message: format!("{}: {message}", input.source_name),
            help,
        })?;
        let width = self.figure.width(130.0);
        let look = Look { style: self.figure.style(), width, scale: Scale::Plain };
        let scene = rob(&appraisal, self.part.unwrap_or_default(), &look, &fonts)?;
        file.write(std::slice::from_ref(&scene), &fonts)?;
        let numbers = self.figure.data_out.as_ref();
        numbers.map_or(Ok(()), |path| file::write(path, appraisal.csv().as_bytes()))
    }
}
