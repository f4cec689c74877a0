//! `--save` of a figure: the options that were typed become the keys of a `[[figure]]`.

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    path::{Path, PathBuf},
};

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, parser::ValueSource};

use super::Plot;
use crate::{
    cli::{
        args::{DataArgs, SaveArgs},
        failure::Failure,
        source::LUMBAR,
    },
    plan::{FigurePlan, Plan, Reading, Value},
};

/// Options that are no keys of a figure.
const LEFT_OUT: [&str; 5] = ["output", "data-out", "save", "force", "quiet"];

/// Refuses what cannot be saved before anything is drawn.
pub(super) fn ready(typed: &ArgMatches) -> Result<(), Failure> {
    let Some((_, typed)) = typed.subcommand() else { return Ok(()) };
    save(typed).ready(data(typed).as_deref())
}

/// Writes the analysis file, if there is to be one.
pub(super) fn write(typed: &ArgMatches) -> Result<(), Failure> {
    let Some((kind, typed)) = typed.subcommand() else { return Ok(()) };
    let data = data(typed).unwrap_or_else(|| PathBuf::from(LUMBAR));
    let reading = DataArgs::from_arg_matches(typed).unwrap_or_default();
    save(typed).write_plan(&data, || Plan {
        reading: Reading::from(&reading),
        figure: vec![figure(kind, typed)],
        ..Plan::default()
    })
}

fn save(typed: &ArgMatches) -> SaveArgs {
    SaveArgs::from_arg_matches(typed).unwrap_or_default()
}

fn data(typed: &ArgMatches) -> Option<PathBuf> {
    typed.get_raw("data")?.next().map(PathBuf::from)
}

/// The figure with every option that was typed.
fn figure(kind: &str, typed: &ArgMatches) -> FigurePlan {
    let command = Plot::augment_args(Command::new("plot"));
    let reading = DataArgs::augment_args(Command::new("reading"));
    let of_reading: Vec<&str> = reading.get_arguments().filter_map(Arg::get_long).collect();
    let options = command.find_subcommand(kind).into_iter().flat_map(Command::get_arguments);
    let given = options.filter_map(|option| {
        let (id, key) = (option.get_id().as_str(), option.get_long()?);
        let by_hand = typed.value_source(id) == Some(ValueSource::CommandLine);
        let kept = by_hand && !LEFT_OUT.contains(&key) && !of_reading.contains(&key);
        kept.then(|| Some((key.to_owned(), value(option.get_action(), typed.get_raw(id)?))))?
    });
    let options: BTreeMap<String, Value> = given.collect();
    let file = typed.get_raw("figure").and_then(|mut file| file.next()).map(PathBuf::from);
    let file = file.filter(|file| file != Path::new("-"));
    let part = |part: fn(&Path) -> Option<&OsStr>| {
        file.as_deref().and_then(part).map(|text| text.to_string_lossy().into_owned())
    };
    FigurePlan {
        plot: kind.to_owned(),
        name: part(Path::file_stem).filter(|name| name != kind),
        formats: vec![part(Path::extension).map_or("svg".to_owned(), |it| it.to_lowercase())],
        options,
    }
}

/// What was typed after an option.
fn value<'v>(action: &ArgAction, words: impl Iterator<Item = &'v OsStr>) -> Value {
    if matches!(action, ArgAction::SetTrue) {
        return Value::Flag(true);
    }
    let text = |word: &OsStr| Value::Text(word.to_string_lossy().into_owned());
    let mut values: Vec<Value> = words.map(text).collect();
    match (values.pop(), values.is_empty()) {
        (Some(one), true) => one,
        (last, _) => {
            values.extend(last);
            Value::Several(values)
        }
    }
}
