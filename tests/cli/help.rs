//! Help of every command, and what stands in for a command.

use insta::assert_snapshot;

use crate::run::{Folder, GOOD, run, stderr, stdout, transcript};

#[test]
fn short_and_long_help_of_every_command() {
    let commands: [&[&str]; 22] = [
        &[],
        &["pool"],
        &["subgroup"],
        &["predictors"],
        &["regress"],
        &["sensitivity"],
        &["bias"],
        &["gosh"],
        &["claim"],
        &["multiverse"],
        &["compare-tools"],
        &["methods"],
        &["simulate"],
        &["init"],
        &["run"],
        &["check"],
        &["datasets"],
        &["datasets", "list"],
        &["datasets", "show"],
        &["datasets", "export"],
        &["explain"],
        &["completions"],
    ];
    for command in commands {
        for flag in ["-h", "--help"] {
            let name = [&["help"], command, &[flag.trim_start_matches('-')]].concat().join("_");
            let ran = run(&[command, &[flag]].concat()).success();
            assert_eq!(stderr(&ran), "");
            assert_snapshot!(name, stdout(&ran));
        }
    }
}

#[test]
fn without_a_command_three_to_try() {
    let ran = run(&[]).success();
    assert_eq!(stderr(&ran), "");
    let text = stdout(&ran);
    assert!(text.lines().count() <= 12, "{text}");
    assert_snapshot!(text);
}

#[test]
fn the_version_is_the_crate_s() {
    let ran = run(&["--version"]).success();
    assert_eq!(stdout(&ran), format!("resorb {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_file_in_the_place_of_a_command_is_to_be_pooled() {
    let folder = Folder::with("studies.csv", GOOD);
    assert_snapshot!(transcript(&folder, &["studies.csv"]), @r"
    $ resorb studies.csv
    exit code 2
    --- stderr
    error: `studies.csv` is not a command
    help: to pool the studies in it: resorb pool studies.csv
    ");
    for data in ["missing.csv", "ldh_resorption", "-"] {
        folder
            .run(&[data])
            .code(2)
            .stderr(predicates::str::contains(format!("resorb pool {data}")));
    }
}

#[test]
fn a_command_misspelt_is_suggested() {
    run(&["pol"]).code(2).stderr(predicates::str::contains("'pool'"));
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh", "BASH"] {
        let ran = run(&["completions", shell]).success();
        let script = stdout(&ran);
        for word in ["resorb", "pool", "tau2-ci", "clopper-pearson"] {
            assert!(script.contains(word), "{shell}: no {word}");
        }
    }
    run(&["completions", "tcsh"]).code(2);
}
