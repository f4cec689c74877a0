//! `-o`: the extension sets the format, the file is replaced in one step.

use crate::run::{Folder, GOOD, stderr, stdout};

#[test]
fn the_extension_sets_the_format_and_format_overrules_it() {
    let folder = Folder::with("studies.csv", GOOD);
    for (file, format) in [
        ("out.txt", "table"),
        ("out.json", "json"),
        ("out.csv", "csv"),
        ("out.md", "markdown"),
        ("OUT.TEX", "latex"),
    ] {
        let printed = stdout(
            &folder
                .run(&["pool", "studies.csv", "--no-alternatives", "--format", format])
                .success(),
        );
        let written =
            folder.run(&["pool", "studies.csv", "--no-alternatives", "-o", file]).success();
        assert_eq!((stdout(&written), stderr(&written)), (String::new(), String::new()));
        assert_eq!(folder.read(file), printed, "{file}");
    }
    let both = folder
        .run(&["pool", "studies.csv", "--no-alternatives", "-o", "out.md", "--format", "json"])
        .success();
    assert!(stderr(&both).contains("`out.md` gets json"), "{}", stderr(&both));
    assert!(folder.read("out.md").starts_with('{'));
    folder
        .run(&["pool", "studies.csv", "--no-alternatives", "--output", "plain", "--format", "csv"])
        .success();
    assert!(folder.read("plain").contains(','));
}

#[test]
fn a_dash_is_standard_output() {
    let folder = Folder::with("studies.csv", GOOD);
    let dash = folder.run(&["pool", "studies.csv", "--no-alternatives", "-o", "-"]).success();
    assert_eq!(
        stdout(&dash),
        stdout(&folder.run(&["pool", "studies.csv", "--no-alternatives"]).success())
    );
    assert_eq!(folder.names(), ["studies.csv"]);
}

/// The old content stays where there is no new one, and nothing is left beside it.
#[test]
fn a_failure_leaves_the_file_as_it_was() {
    let folder = Folder::with("bad.csv", "study,events,total\nLee,50,10\n").and("out.json", "old");
    folder.run(&["pool", "bad.csv", "-o", "out.json"]).code(2);
    assert_eq!(folder.read("out.json"), "old");
    assert_eq!(folder.names(), ["bad.csv", "out.json"]);
}

#[test]
fn a_file_is_replaced_and_nothing_stays_beside_it() {
    let folder = Folder::with("studies.csv", GOOD).and("out.json", "old");
    folder.run(&["pool", "studies.csv", "--no-alternatives", "-o", "out.json"]).success();
    assert!(folder.read("out.json").starts_with('{'));
    assert_eq!(folder.names(), ["out.json", "studies.csv"]);
}

#[test]
fn a_folder_that_is_not_there_is_wrong_usage() {
    let folder = Folder::with("studies.csv", GOOD);
    let ran =
        folder.run(&["pool", "studies.csv", "--no-alternatives", "-o", "no/such/out.json"]).code(2);
    assert!(stderr(&ran).starts_with("error: no/such/out.json cannot be written: "));
    folder
        .run(&["pool", "studies.csv", "--no-alternatives", "-o", ".", "--format", "json"])
        .code(2);
}

#[cfg(unix)]
mod unix {
    use std::{fs, os::unix::fs::PermissionsExt};

    use crate::run::{Folder, GOOD};

    fn mode(folder: &Folder, name: &str) -> u32 {
        fs::metadata(folder.path(name)).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_new_file_has_the_permissions_of_any_and_an_old_one_keeps_its_own() {
        let folder = Folder::with("studies.csv", GOOD).and("shared.json", "").and("any file", "");
        let shared = fs::Permissions::from_mode(0o664);
        fs::set_permissions(folder.path("shared.json"), shared).unwrap();
        folder.run(&["pool", "studies.csv", "--no-alternatives", "-o", "new.json"]).success();
        folder.run(&["pool", "studies.csv", "--no-alternatives", "-o", "shared.json"]).success();
        assert_eq!(mode(&folder, "new.json"), mode(&folder, "any file"));
        assert_eq!(mode(&folder, "shared.json"), 0o664);
    }

    #[test]
    fn a_link_stays_a_link() {
        let folder = Folder::with("studies.csv", GOOD).and("target.json", "old");
        std::os::unix::fs::symlink("target.json", folder.path("link.json")).unwrap();
        folder.run(&["pool", "studies.csv", "--no-alternatives", "-o", "link.json"]).success();
        assert!(fs::symlink_metadata(folder.path("link.json")).unwrap().is_symlink());
        assert!(folder.read("target.json").starts_with('{'));
    }

    /// A device cannot be renamed over.
    #[test]
    fn a_pipe_is_written_to() {
        let folder = Folder::with("studies.csv", GOOD);
        let arguments =
            ["pool", "studies.csv", "--no-alternatives", "--format", "json", "-o", "/dev/stdout"];
        let ran = folder.run(&arguments).success();
        assert!(crate::run::stdout(&ran).starts_with('{'));
        assert!(fs::metadata("/dev/stdout").is_ok());
    }
}

/// A run that is killed while it writes leaves the file that was there: the new content grows under
/// another name beside it.
#[test]
fn a_run_killed_while_writing_leaves_the_old_file() {
    let rows: Vec<String> = (0..19).map(|i| format!("S{i},{},{}\n", 5 + i, 30 + 2 * i)).collect();
    let folder = Folder::with("studies.csv", format!("study,events,total\n{}", rows.concat()))
        .and("subsets.csv", "old");
    let quiet = std::process::Stdio::null;
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_resorb"))
        .args(["gosh", "studies.csv", "--tau2", "DL", "--data-out", "subsets.csv"])
        .current_dir(folder.path("studies.csv").parent().unwrap())
        .stdout(quiet())
        .stderr(quiet())
        .spawn()
        .unwrap();
    while !folder.names().iter().any(|name| name.starts_with(".resorb-")) {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it wrote");
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(folder.read("subsets.csv"), "old");
}
