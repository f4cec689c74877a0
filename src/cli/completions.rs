//! `resorb completions`: completion scripts for shells.

use std::io;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, destination, failure::Failure};

/// Print the completion script of a shell
#[derive(Args, Clone, Debug)]
pub(super) struct Completions {
    /// Shell: bash, elvish, fish, powershell or zsh
    #[arg(value_name = "SHELL", ignore_case = true, hide_possible_values = true)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "resorb", &mut script);
        destination::stdout(|out| -> io::Result<()> { out.write_all(&script) })
    }
}
