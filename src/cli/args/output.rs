//! How and where results are written.

use std::path::PathBuf;

use clap::Args;

use crate::{
    cli::values::described,
    report::{Format, Scale},
};

/// Options of the output.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Output")]
pub(in crate::cli) struct OutputArgs {
    /// Format: table, json, csv, markdown or latex
    #[arg(
        long, value_name = "FORMAT", ignore_case = true, hide_possible_values = true,
        long_help = described::<Format>(
            "Format [default: what the extension of --output says, else table]"
        )
    )]
    pub(in crate::cli) format: Option<Format>,

    /// Write to FILE; .txt .json .csv .md .tex set the format
    #[arg(
        short,
        long,
        value_name = "FILE",
        long_help = "Write to FILE instead of standard output. Its extension sets the format: \
                     .txt, .json, .csv, .md or .tex. The file is replaced in one step, so that it \
                     is never half written"
    )]
    pub(in crate::cli) output: Option<PathBuf>,

    /// Scale of rates: percent, proportion or per-1000
    #[arg(
        long, value_name = "SCALE", ignore_case = true, hide_possible_values = true,
        long_help = described::<Scale>(
            "Scale of rates in table, markdown and latex; json and csv hold proportions \
             [default: percent]"
        )
    )]
    pub(in crate::cli) scale: Option<Scale>,

    /// Decimals of rates in table, markdown and latex
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u8).range(0..=15))]
    pub(in crate::cli) digits: Option<u8>,
}
