//! What the README shows is what the program prints.

use crate::run::{command, stdout};

const README: &str = include_str!("../../README.md");

/// The commands after `<!-- output of: resorb …`, each with the block that follows.
fn shown() -> impl Iterator<Item = (&'static str, &'static str)> {
    README.split("<!-- output of: resorb ").skip(1).map(|rest| {
        let (command, rest) = rest.split_once(" -->\n```text\n").unwrap();
        (command, rest.split_once("```").unwrap().0)
    })
}

#[test]
fn outputs_are_real() {
    let mut count = 0;
    for (line, block) in shown() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut command = command(&words);
        let printed = stdout(&command.current_dir(env!("CARGO_MANIFEST_DIR")).assert());
        assert_eq!(printed, block, "resorb {line}");
        count += 1;
    }
    assert_eq!(count, 2);
}

/// Options and commands in the README exist: each line that runs `resorb` is understood.
#[test]
fn commands_are_understood() {
    let lines = README.lines().filter_map(|line| line.strip_prefix("$ resorb "));
    let folder = crate::run::Folder::with("studies.csv", crate::run::GOOD);
    let mut count = 0;
    for line in lines {
        let line = line.split(" #").next().unwrap_or_default();
        // Quotes hold words together, as in a shell.
        let words: Vec<&str> = line
            .split('"')
            .enumerate()
            .flat_map(
                |(i, part)| {
                    if i % 2 == 1 { vec![part] } else { part.split_whitespace().collect() }
                },
            )
            .collect();
        folder.run(&words).success();
        count += 1;
    }
    assert!(count >= 5);
}
