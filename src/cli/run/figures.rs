//! The figures of a run, drawn by `resorb plot` itself: the keys of a `[[figure]]` are its options.

use std::{collections::BTreeMap, fs};

use clap::{Args, Command, FromArgMatches};

use super::{Job, Output, Refused};
use crate::{
    cli::{
        failure::{Failure, say},
        plot::Plot,
    },
    model::Settings,
    plan::{Choices, FigurePlan, OnFailure, PlanProblem, Section, Value},
    study::nearest,
};

/// Options of `resorb plot` that a plan has another place for.
const ELSEWHERE: [(&str, &str); 2] = [
    ("output", "the file is NAME.FORMAT in the output folder: set `name` and `formats`"),
    ("data-out", "the numbers are in the results: set `formats` of [output] to csv"),
];

/// Choices that not every model has: one of them in a figure stands for settings of its own.
const CHOICES: [&str; 12] = [
    "preset",
    "model",
    "measure",
    "add",
    "to",
    "tau2",
    "tau2-ci",
    "genq-weights",
    "ci",
    "inversion",
    "link",
    "q-test",
];

/// The formats of figures.
const FORMATS: [&str; 3] = ["svg", "png", "pdf"];

/// Draws every figure of the plan.
pub(super) fn draw(job: &Job, settings: &Settings) -> Result<Vec<Output>, Failure> {
    let failed = |source| Failure::Output { path: std::env::temp_dir(), source };
    let staging = tempfile::tempdir().map_err(failed)?;
    let mut made = Vec::new();
    for (number, figure) in job.plan.figure.iter().enumerate() {
        let section = Section::Figure(number);
        let words = words(job, figure, settings).map_err(|(message, help)| {
            let problem = PlanProblem { message, help: Some(help), span: job.place(&section) };
            Failure::Input(job.shown(&[problem]))
        })?;
        let stem = stem(job, number, figure);
        for format in &figure.formats {
            let name = format!("{stem}.{format}");
            let path = staging.path().join(&name);
            let mut words = words.clone();
            words.push(format!("--output={}", path.display()));
            words.extend(["--".to_owned(), data(job)]);
            let plot = parse(&words).map_err(|error| Failure::Located {
                text: job.rendered(&section, first_line(&error), None),
                code: 2,
            })?;
            match (plot.draw(), job.plan.on_failure) {
                (Ok(()), _) => {}
                (Err(failure), OnFailure::Skip) if failure.status() == 1 => {
                    let (why, _) = failure.sentence().unwrap_or_default();
                    say(&format!("figure {stem} was left out: {why}\n"));
                    break;
                }
                (Err(failure), _) => return Err(job.located(&section, failure)),
            }
            let bytes = fs::read(&path).map_err(failed)?;
            made.push(Output { name, bytes });
        }
    }
    Ok(made)
}

/// `resorb plot` as the plan uses it.
fn command() -> Command {
    Plot::augment_args(Command::new("plot"))
}

fn parse(words: &[String]) -> Result<Plot, clap::Error> {
    let words = std::iter::once("plot").chain(words.iter().map(String::as_str));
    Plot::from_arg_matches(&command().try_get_matches_from(words)?)
}

/// What clap says, without its hints on usage.
fn first_line(error: &clap::Error) -> String {
    let text = error.to_string();
    text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
}

/// DATA of the figures: the file that the plan names, or its bundled data set.
fn data(job: &Job) -> String {
    let path = job.base.join(&job.plan.data);
    if path.exists() { path.display().to_string() } else { job.plan.data.clone() }
}

/// The file's name without its extension: as given, or the kind, numbered where it occurs again.
fn stem(job: &Job, number: usize, figure: &FigurePlan) -> String {
    let before = |other: &&FigurePlan| other.name.is_none() && other.plot == figure.plot;
    match (&figure.name, job.plan.figure.iter().take(number).filter(before).count()) {
        (Some(name), _) => name.clone(),
        (None, 0) => figure.plot.clone(),
        (None, earlier) => format!("{}-{}", figure.plot, earlier + 1),
    }
}

/// What is wrong with a figure of a plan, before anything is drawn.
pub(super) fn refused(figure: &FigurePlan) -> Vec<Refused> {
    let command = command();
    let mut all = Vec::new();
    let mut refuse = |key: &str, message: String, help: String| {
        all.push(Refused { key: key.to_owned(), message, help });
    };
    let kind = command.find_subcommand(&figure.plot);
    if kind.is_none() {
        let kinds: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        let help = match nearest(&figure.plot, kinds.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("possible are {}", kinds.join(", ")),
        };
        refuse("plot", format!("there is no figure `{}`", figure.plot), help);
    }
    if let Some(format) = figure.formats.iter().find(|format| !FORMATS.contains(&format.as_str())) {
        let message = format!("figures are not written as `{format}`");
        refuse("formats", message, format!("use {}", FORMATS.join(", ")));
    }
    let name = figure.name.as_deref().unwrap_or("figure");
    if name.is_empty() || name.contains(['/', '\\']) || name.starts_with('.') {
        let help = "use letters, digits and hyphens".to_owned();
        refuse("name", format!("`{name}` is no name of a file"), help);
    }
    let known: Option<Vec<&str>> =
        kind.map(|kind| kind.get_arguments().filter_map(clap::Arg::get_long).collect());
    for key in figure.options.keys() {
        if let Some((_, place)) = ELSEWHERE.iter().find(|(option, _)| option == key) {
            refuse(key, format!("`{key}` is no key of a figure"), (*place).to_owned());
        } else if let Some(known) = known.as_ref().filter(|known| !known.contains(&key.as_str())) {
            let help = match nearest(key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("`resorb plot {} --help` lists its options", figure.plot),
            };
            refuse(key, format!("the figure {} has no option `{key}`", figure.plot), help);
        }
    }
    all
}

/// The words of the command line that draw a figure, without its file and its data.
fn words(
    job: &Job,
    figure: &FigurePlan,
    settings: &Settings,
) -> Result<Vec<String>, (String, String)> {
    let command = command();
    let known: Vec<&str> = command
        .find_subcommand(&figure.plot)
        .map(|kind| kind.get_arguments().filter_map(clap::Arg::get_long).collect())
        .unwrap_or_default();
    let mut words = vec![figure.plot.clone()];
    // A figure that makes a choice of its own has none of [settings]: a part of them may not go with it.
    let choices = table(&Choices::from(settings))?;
    let own = figure.options.keys().any(|key| CHOICES.contains(&key.as_str()));
    let mut shared = table(&job.plan.reading)?;
    shared.extend(if own { BTreeMap::new() } else { choices });
    if let Some(scale) = &job.plan.output.scale {
        shared.insert("scale".to_owned(), Value::Text(scale.clone()));
    }
    for (key, value) in shared.iter().filter(|(key, _)| known.contains(&key.as_str())) {
        if !figure.options.contains_key(key) {
            push(&mut words, key, value);
        }
    }
    for (key, value) in &figure.options {
        match value {
            Value::Text(file) if key == "font" => {
                words.push(format!("--font={}", job.base.join(file).display()));
            }
            value => push(&mut words, key, value),
        }
    }
    if known.contains(&"quiet") {
        words.push("--quiet".to_owned());
    }
    Ok(words)
}

/// An option with each of its values; a flag that is not set has no word.
fn push(words: &mut Vec<String>, key: &str, value: &Value) {
    match value {
        Value::Flag(false) => {}
        Value::Flag(true) => words.push(format!("--{key}")),
        value => words.extend(value.words().iter().map(|word| format!("--{key}={word}"))),
    }
}

/// A part of a plan as options.
fn table(part: &impl serde::Serialize) -> Result<BTreeMap<String, Value>, (String, String)> {
    let refused = |error: String| (error, "leave the key out".to_owned());
    let table = toml::Table::try_from(part).map_err(|error| refused(error.to_string()))?;
    let value = |value: toml::Value| value.try_into().map_err(|e: toml::de::Error| e.to_string());
    table.into_iter().map(|(key, of)| Ok((key, value(of).map_err(refused)?))).collect()
}
