//! The commands as a whole: one option name has one meaning, help fits a screen.

use std::collections::BTreeMap;

use clap::{Command, CommandFactory};

use super::Cli;

/// Every command with its full name, `resorb` itself first.
fn commands() -> Vec<(String, Command)> {
    fn walk(name: &str, command: &Command, all: &mut Vec<(String, Command)>) {
        all.push((name.to_owned(), command.clone()));
        for sub in command.get_subcommands() {
            walk(&format!("{name} {}", sub.get_name()), sub, all);
        }
    }
    let mut root = Cli::command();
    root.build();
    let mut all = Vec::new();
    walk("resorb", &root, &mut all);
    all
}

#[test]
fn clap_finds_no_fault() {
    Cli::command().debug_assert();
}

#[test]
fn only_what_works_is_listed() {
    let names: Vec<String> = commands()
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| !name.contains(" help"))
        .collect();
    assert_eq!(
        names,
        [
            "resorb",
            "resorb pool",
            "resorb subgroup",
            "resorb predictors",
            "resorb regress",
            "resorb sensitivity",
            "resorb bias",
            "resorb gosh",
            "resorb claim",
            "resorb multiverse",
            "resorb compare-tools",
            "resorb methods",
            "resorb simulate",
            "resorb report",
            "resorb init",
            "resorb run",
            "resorb check",
            "resorb plot",
            "resorb plot forest",
            "resorb plot funnel",
            "resorb plot orchard",
            "resorb plot radial",
            "resorb plot drapery",
            "resorb plot bubble",
            "resorb plot profile",
            "resorb plot qq",
            "resorb plot labbe",
            "resorb plot baujat",
            "resorb plot influence",
            "resorb plot gosh",
            "resorb plot doi",
            "resorb plot study-intervals",
            "resorb plot multiverse",
            "resorb plot rob",
            "resorb plot prisma",
            "resorb gallery",
            "resorb datasets",
            "resorb datasets list",
            "resorb datasets show",
            "resorb datasets export",
            "resorb explain",
            "resorb completions",
        ]
    );
}

/// An option or argument means the same, takes the same values and is described alike everywhere.
#[test]
fn one_name_has_one_meaning() {
    let mut seen: BTreeMap<String, (String, String)> = BTreeMap::new();
    for (name, command) in commands() {
        for argument in command.get_arguments() {
            let id = match (argument.get_long(), argument.get_value_names()) {
                (Some("help" | "version"), _) => continue,
                // A figure's file has other extensions than a table's.
                (Some("output"), _) if name.starts_with("resorb plot") => "--output FIGURE".into(),
                // What a regression needs, a paragraph may mention.
                (Some("on"), _) if name == "resorb methods" => "--on PARAGRAPH".into(),
                // Groups nest, predictors do not.
                (Some("by"), _) if name == "resorb predictors" => "--by PREDICTOR".into(),
                // A report has pages and a title of its own, and compares by one column after another.
                (Some(long @ ("output" | "by" | "title")), _) if name == "resorb report" => {
                    format!("--{long} REPORT")
                }
                // What only describes has no table to turn into CSV or LaTeX.
                (Some("format"), _) if describes(&name) => "--format PLAIN".into(),
                (Some(long), _) => format!("--{long}"),
                (None, Some([value])) => value.to_string(),
                (None, _) => continue,
            };
            let values: Vec<String> = argument
                .get_possible_values()
                .iter()
                .map(|value| value.get_name().to_owned())
                .collect();
            let meaning = format!(
                "{:?} {:?} {:?} {:?} {values:?} {}",
                argument.get_short(),
                argument.get_value_names(),
                argument.get_action(),
                argument.get_num_args(),
                argument.get_help().map(ToString::to_string).unwrap_or_default(),
            );
            if let Some((other, first)) = seen.get(&id) {
                assert_eq!(*first, meaning, "{id} in {other} and in {name}");
            }
            seen.insert(id, (name.clone(), meaning));
        }
    }
    assert!(seen.len() > 30, "{seen:?}");
}

/// Whether a command describes and computes nothing.
fn describes(command: &str) -> bool {
    ["resorb check", "resorb datasets", "resorb explain", "resorb simulate"]
        .iter()
        .any(|it| command.starts_with(it))
}

/// No letter stands for two options.
#[test]
fn one_letter_has_one_option() {
    let mut seen: BTreeMap<char, String> = BTreeMap::new();
    for (_, command) in commands() {
        for argument in command.get_arguments() {
            let (Some(short), Some(long)) = (argument.get_short(), argument.get_long()) else {
                continue;
            };
            let first = seen.entry(short).or_insert_with(|| long.to_owned());
            assert_eq!(first, long, "-{short}");
        }
    }
}

#[test]
fn short_help_fits_40_lines_of_80_columns() {
    for (name, mut command) in commands() {
        let help = command.render_help().to_string();
        assert!(help.lines().count() <= 40, "{name}: {} lines\n{help}", help.lines().count());
        for line in help.lines() {
            assert!(line.chars().count() <= 80, "{name}: {line}");
        }
    }
}

#[test]
fn long_help_fits_80_columns_and_describes_everything() {
    for (name, mut command) in commands() {
        for line in command.render_long_help().to_string().lines() {
            assert!(line.chars().count() <= 80, "{name}: {line}");
        }
        for argument in command.get_arguments() {
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(!help.is_empty(), "{name}: {}", argument.get_id());
            assert!(!help.ends_with('.'), "{name}: {help}");
        }
    }
}
