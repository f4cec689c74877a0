//! The command line: options as typed become validated settings, the library computes, the result is
//! written. One file for each command.

pub mod diagnostics;
pub mod input;

mod args;
mod bias;
mod check;
mod choice;
mod claim;
mod clash;
mod compare;
mod completions;
mod datasets;
mod destination;
mod explain;
mod failure;
#[cfg(all(feature = "png", feature = "pdf"))]
mod gallery;
mod given;
mod gosh;
mod init;
mod methods;
mod multiverse;
#[cfg(all(feature = "png", feature = "pdf"))]
mod plot;
mod pool;
mod predictors;
mod progress;
mod regress;
#[cfg(feature = "html")]
mod report;
mod run;
mod sensitivity;
mod simulate;
mod source;
mod subgroup;
mod text;
mod values;
mod welcome;

use std::{ffi::OsString, process::ExitCode};

use clap::{
    CommandFactory, FromArgMatches, Parser, Subcommand,
    error::{ContextKind, ContextValue, ErrorKind},
};

use failure::Failure;

/// Meta-analysis of the rates that studies report
///
/// Pools the counts of studies (events of a total) into one rate, with heterogeneity, a prediction
/// interval and every choice named.
#[derive(Parser, Debug)]
#[command(
    name = "resorb",
    version,
    max_term_width = 80,
    after_help = "\
Exit codes: 0 done, 1 the analysis cannot be done, 2 wrong usage or bad input."
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand, Debug)]
enum Command {
    Pool(pool::Pool),
    Subgroup(subgroup::Subgroup),
    Predictors(Box<predictors::Predictors>),
    Regress(Box<regress::Regress>),
    Sensitivity(Box<sensitivity::Sensitivity>),
    Bias(Box<bias::Bias>),
    Gosh(Box<gosh::Gosh>),
    Claim(Box<claim::ClaimCommand>),
    Multiverse(Box<multiverse::MultiverseCommand>),
    CompareTools(Box<compare::CompareTools>),
    Methods(Box<methods::Methods>),
    Simulate(Box<simulate::Simulate>),
    #[cfg(feature = "html")]
    Report(Box<report::ReportCommand>),
    Init(init::Init),
    Run(run::Run),
    Check(check::Check),
    #[cfg(all(feature = "png", feature = "pdf"))]
    Plot(plot::Plot),
    #[cfg(all(feature = "png", feature = "pdf"))]
    Gallery(gallery::Gallery),
    Datasets(datasets::Datasets),
    Explain(explain::Explain),
    Completions(completions::Completions),
}

/// Runs the command line on the arguments of the process.
///
/// Results go to standard output, everything else to standard error. The exit code is 0 when done, 1
/// when the analysis cannot be done, 2 for wrong usage or bad input.
#[must_use]
pub fn main() -> ExitCode {
    let parsed = Cli::command().try_get_matches();
    let parsed = parsed.and_then(|typed| Ok((Cli::from_arg_matches(&typed)?, typed)));
    let (cli, typed) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return refuse(&error.format(&mut Cli::command())),
    };
    let done = |()| ExitCode::SUCCESS;
    let result = match &cli.command {
        None => destination::stdout(welcome::write).map(done),
        Some(Command::Pool(command)) => command.run().map(done),
        Some(Command::Subgroup(command)) => command.run().map(done),
        Some(Command::Predictors(command)) => command.run().map(done),
        Some(Command::Regress(command)) => command.run().map(done),
        Some(Command::Sensitivity(command)) => command.run().map(done),
        Some(Command::Bias(command)) => command.run().map(done),
        Some(Command::Gosh(command)) => command.run().map(done),
        Some(Command::Claim(command)) => command.run().map(done),
        Some(Command::Multiverse(command)) => command.run().map(done),
        Some(Command::CompareTools(command)) => command.run().map(done),
        Some(Command::Methods(command)) => command.run().map(done),
        Some(Command::Simulate(command)) => command.run().map(done),
        #[cfg(feature = "html")]
        Some(Command::Report(command)) => command.run().map(done),
        Some(Command::Init(command)) => command.run().map(done),
        Some(Command::Run(command)) => command.run(),
        Some(Command::Check(command)) => command.run(),
        #[cfg(all(feature = "png", feature = "pdf"))]
        Some(Command::Plot(command)) => {
            typed.subcommand_matches("plot").map_or(Ok(()), |typed| command.run(typed)).map(done)
        }
        #[cfg(all(feature = "png", feature = "pdf"))]
        Some(Command::Gallery(command)) => command.run().map(done),
        Some(Command::Datasets(command)) => command.run().map(done),
        Some(Command::Explain(command)) => command.run().map(done),
        Some(Command::Completions(command)) => command.run().map(done),
    };
    match result {
        Ok(code) => code,
        Err(failure) => {
            failure.print();
            failure.code()
        }
    }
}

/// Prints help, the version, or what is wrong with the arguments.
fn refuse(error: &clap::Error) -> ExitCode {
    if error.kind() == ErrorKind::InvalidSubcommand
        && let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand)
        && welcome::looks_like_data(&OsString::from(word))
    {
        let failure = Failure::Usage {
            message: format!("`{word}` is not a command"),
            help: format!("to pool the studies in it: resorb pool {word}"),
        };
        failure.print();
        return failure.code();
    }
    // A reader of the help who has had enough is no failure.
    let _ = error.print();
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

#[cfg(test)]
mod tests;
