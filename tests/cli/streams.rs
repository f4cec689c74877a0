//! Results to standard output, the rest to standard error; colour, pipes, devices.

use std::{
    io::{BufRead, BufReader, Read},
    process::Stdio,
};

use crate::run::{Folder, GOOD, command, run, stderr, stdout};

#[test]
fn data_come_from_standard_input() {
    let folder = Folder::with("studies.csv", GOOD);
    let from_file = stdout(&folder.run(&["pool", "studies.csv", "--no-alternatives"]).success());
    let piped =
        folder.command(&["pool", "-", "--no-alternatives"]).write_stdin(GOOD).assert().success();
    assert!(stdout(&piped).starts_with("standard input: 4 rows"), "{}", stdout(&piped));
    let rest = |text: &str| text.split_once('\n').unwrap().1.to_owned();
    assert_eq!(rest(&stdout(&piped)), rest(&from_file));
}

#[test]
fn without_data_the_bundled_ones_are_used_and_said_so_first() {
    let ran = run(&["pool", "--no-alternatives"]).success();
    assert!(stdout(&ran).starts_with("bundled lumbar data ldh_resorption: 15 of 20 rows"));
    assert_eq!(stderr(&ran), "");
    let json = run(&["pool", "--no-alternatives", "--format", "json"]).success();
    assert_eq!(stderr(&json), "no DATA was given: these are the bundled lumbar data\n");
    assert!(stdout(&json).starts_with('{'));
}

#[test]
fn warnings_go_to_standard_error_and_the_result_stands() {
    let folder = Folder::with("twice.csv", "study,events,total\nLee,5,10\nLee,7,12\nKim,8,20\n");
    let ran = folder.run(&["pool", "twice.csv", "--no-alternatives", "--format", "json"]).success();
    assert!(stderr(&ran).contains("warning: `Lee` stands on 2 rows"), "{}", stderr(&ran));
    serde_json::from_str::<serde_json::Value>(&stdout(&ran)).unwrap();
}

/// Notes are for `resorb check`; a result is followed by their number only.
#[test]
fn notes_are_counted() {
    let folder = Folder::with("same.csv", "study,events,total\nA,5,40\nB,5,40\nC,7,30\n");
    let ran = folder.run(&["pool", "same.csv", "--no-alternatives"]).success();
    assert_eq!(stderr(&ran), "same.csv: 1 note; see it with `resorb check same.csv`\n");
}

#[test]
fn colour_is_for_terminals_or_where_it_is_forced() {
    let escape = '\u{1b}';
    let folder = Folder::with("bad.csv", "study,events,total\nLee,50,10\n").and("good.csv", GOOD);
    let plain = folder.run(&["pool", "good.csv", "--no-alternatives"]).success();
    assert!(!stdout(&plain).contains(escape));
    let plain = folder.run(&["pool", "bad.csv"]).code(2);
    assert!(!stderr(&plain).contains(escape));

    let forced = |arguments: &[&str]| folder.command(arguments).env("CLICOLOR_FORCE", "1").assert();
    assert!(stdout(&forced(&["pool", "good.csv", "--no-alternatives"])).contains(escape));
    assert!(stdout(&forced(&["check", "bad.csv"])).contains(escape));
    assert!(stderr(&forced(&["pool", "bad.csv"])).contains(escape));
    assert!(stderr(&forced(&["pool", "--tau2", "DL", "--link", "logit"])).contains(escape));
    for format in ["json", "csv", "markdown", "latex"] {
        assert!(
            !stdout(&forced(&["pool", "good.csv", "--no-alternatives", "--format", format]))
                .contains(escape)
        );
    }

    let refused = |arguments: &[&str]| {
        folder.command(arguments).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").assert()
    };
    assert!(!stdout(&refused(&["pool", "good.csv", "--no-alternatives"])).contains(escape));
    assert!(!stderr(&refused(&["pool", "bad.csv"])).contains(escape));
}

/// `resorb pool big.csv --format json | head -1`: no panic, no message.
#[test]
fn a_reader_that_leaves_is_no_failure() {
    let rows: Vec<String> =
        (0..20_000).map(|i| format!("Study {i},{},{}", i % 7 + 5, 20 + i)).collect();
    let table = format!("study,events,total\n{}\n", rows.join("\n"));
    let folder = Folder::with("big.csv", table);
    let arguments = ["pool", "big.csv", "--tau2", "DL", "--no-alternatives", "--format", "json"];
    let command = folder.command(&arguments);
    let mut child = std::process::Command::new(command.get_program())
        .args(command.get_args())
        .current_dir(folder.path("."))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    let mut pipe = BufReader::new(child.stdout.take().unwrap());
    pipe.read_line(&mut first).unwrap();
    drop(pipe);
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
    assert!(first.starts_with('{'));
}

/// `resorb pool bad.csv 2>&1 | true`: the exit code stays, nothing panics.
#[test]
fn closed_standard_error_is_no_panic() {
    let folder = Folder::with("bad.csv", "study,events,total\nLee,50,10\n");
    for arguments in [["pool", "bad.csv"], ["pool", "--tau3"], ["pool", "no.csv"]] {
        let command = folder.command(&arguments);
        let mut child = std::process::Command::new(command.get_program())
            .args(command.get_args())
            .current_dir(folder.path("."))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stderr.take());
        assert_eq!(child.wait().unwrap().code(), Some(2));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure_that_says_so() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let command = command(&["pool", "ldh_resorption", "--no-alternatives"]);
    let output = std::process::Command::new(command.get_program())
        .args(command.get_args())
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("error: the result cannot be written: "), "{said}");
}
