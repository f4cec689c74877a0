//! The command line of `resorb`.

use std::process::ExitCode;

fn main() -> ExitCode {
    resorb::cli::main()
}
