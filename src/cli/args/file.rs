//! DATA, the table that a command reads.

use std::path::PathBuf;

use clap::Args;

/// DATA, for commands that cannot go without it.
#[derive(Args, Clone, Debug)]
pub(in crate::cli) struct DataFile {
    /// CSV or .xlsx file, - for standard input, or a bundled data set
    #[arg(
        value_name = "DATA",
        long_help = "CSV or .xlsx file with one study a row, - for standard input, or the name of \
                     a bundled data set (see `resorb datasets`); an existing file wins"
    )]
    pub(in crate::cli) data: PathBuf,
}

/// DATA, for commands that show the bundled lumbar data without it.
#[derive(Args, Clone, Debug)]
pub(in crate::cli) struct DataFileOrBundled {
    /// CSV or .xlsx file, - for standard input, or a bundled data set
    #[arg(
        value_name = "DATA",
        long_help = "CSV or .xlsx file with one study a row, - for standard input, or the name of \
                     a bundled data set (see `resorb datasets`); an existing file wins. Without \
                     DATA the bundled lumbar data are used"
    )]
    pub(in crate::cli) data: Option<PathBuf>,
}
