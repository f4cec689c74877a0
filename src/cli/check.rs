//! `resorb check`: what a table holds and what is wrong with it.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Args;

use crate::cli::{
    args::{self, DataArgs, DataFile, PlainArgs},
    destination::{colour, stdout},
    diagnostics,
    failure::Failure,
    source::{info, open},
    text::hanging,
};
use crate::data::{self, Check as Found, Columns, Mapping, Table};
use crate::report::Checked;

/// Say what a table holds and everything that is wrong with it
#[derive(Args, Clone, Debug)]
#[command(after_help = "The exit code is 2 where the table has errors.")]
pub(super) struct Check {
    #[command(flatten)]
    file: DataFile,
    #[command(flatten)]
    reading: DataArgs,
    #[command(flatten)]
    output: PlainArgs,
}

impl Check {
    /// The exit code is 2 for a table with errors: the command did what was asked, so that is no
    /// failure of it.
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        let input = open(&self.file.data)?;
        let Found { table, problems } = data::check(&input.bytes, &Mapping::from(&self.reading));
        let name = input.source_name.as_str();
        let code = if table.is_some() { ExitCode::SUCCESS } else { ExitCode::from(2) };
        if self.output.is_json() {
            let info = info(&input, table.as_ref());
            args::json("check", Checked::new(info, table.as_ref(), &problems))?;
            return Ok(code);
        }
        stdout(|out| -> io::Result<()> {
            if let Some(table) = &table {
                write_table(out, name, table)?;
            }
            if problems.is_empty() {
                writeln!(out, "\nNo problems found.")
            } else {
                if table.is_some() {
                    writeln!(out)?;
                }
                out.write_all(
                    diagnostics::render(&problems, name, colour(&io::stdout())).as_bytes(),
                )
            }
        })?;
        Ok(code)
    }
}

/// Which columns were found, and what becomes of the rows.
fn write_table(out: &mut dyn Write, name: &str, table: &Table) -> io::Result<()> {
    let Columns { study, kind, outcome, include, year, moderators, .. } = &table.columns;
    writeln!(out, "{name}: {} of {} rows are used\n", table.used, table.rows)?;
    writeln!(out, "Outcome: {}\n", kind.name())?;
    writeln!(out, "Columns")?;
    let by_line = "none; studies are named by their lines".to_owned();
    writeln!(out, "  study    {}", study.as_ref().unwrap_or(&by_line))?;
    for (field, column) in outcome {
        writeln!(out, "  {field:<7}  {column}")?;
    }
    if let Some(include) = include {
        writeln!(out, "  include  {include}")?;
    }
    if let Some(year) = year {
        writeln!(out, "  year     {year}")?;
    }
    let others: Vec<&str> = moderators
        .iter()
        .map(String::as_str)
        .filter(|name| Some(*name) != year.as_deref())
        .collect();
    if !others.is_empty() {
        hanging(out, "  others   ", &others.join(", "))?;
    }
    if !table.excluded.is_empty() {
        writeln!(out, "\nRows left out")?;
    }
    for row in &table.excluded {
        let text = format!("{}, {}", row.label, row.reason.phrase());
        hanging(out, &format!("  {:<7}  ", format!("line {}", row.row)), &text)?;
    }
    Ok(())
}
