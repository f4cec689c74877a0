//! Every format comes out as what it says it is; the golden files are the report's.

use serde_json::Value;

use crate::run::{Folder, GOOD, run, stdout};

fn pool(options: &[&str]) -> String {
    let folder = Folder::with("studies.csv", GOOD);
    stdout(
        &folder.run(&[&["pool", "studies.csv", "--no-alternatives"], options].concat()).success(),
    )
}

#[test]
fn the_table_is_the_default_and_fits_80_columns() {
    let table = pool(&[]);
    assert_eq!(table, pool(&["--format", "TABLE"]));
    assert!(table.starts_with("studies.csv: 4 rows\n"), "{table}");
    for line in table.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    for study in ["Bush 1992", "Komori 1996", "Ahn 2000", "Cribb 2007"] {
        assert!(table.contains(study));
    }
}

#[test]
fn json_follows_the_contract() {
    let json: Value = serde_json::from_str(&pool(&["--format", "json"])).unwrap();
    let keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    for key in [
        "schema",
        "command",
        "version",
        "input",
        "settings",
        "k",
        "events",
        "total",
        "crude",
        "common",
        "random",
        "prediction",
        "heterogeneity",
        "studies",
        "alternatives",
        "diagnostics",
    ] {
        assert!(keys.contains(&key), "no {key} among {keys:?}");
    }
    assert_eq!((&json["schema"], &json["command"]), (&"resorb/1".into(), &"pool".into()));
    assert_eq!(json["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(
        (&json["k"], &json["events"], &json["total"]),
        (&4.into(), &138.into(), &212.into())
    );
    assert_eq!(json["input"]["source"], "studies.csv");
    assert_eq!(
        json["input"]["sha256"],
        "a9aa13feb17aab06b4286d8b258f2bc037b08dc97068ad75f8ded86e46b09fda"
    );
    assert_eq!(json["studies"][1]["study"], "Komori 1996");
    assert_eq!(json["studies"][1]["row"], 3);
}

#[test]
fn csv_is_one_table_with_every_study() {
    let text = pool(&["--format", "csv"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let width = reader.headers().unwrap().len();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert!(rows.len() > 4 && rows.iter().all(|row| row.len() == width));
    assert!(rows.iter().any(|row| row.iter().any(|cell| cell == "Komori 1996")));
}

#[test]
fn markdown_has_pipe_tables_and_latex_booktabs() {
    assert!(pool(&["--format", "markdown"]).lines().any(|line| line.starts_with("| ")));
    let latex = pool(&["--format", "latex"]);
    for word in ["\\toprule", "\\midrule", "\\bottomrule", "\\end{tabular}"] {
        assert!(latex.contains(word), "no {word}");
    }
}

#[test]
fn scale_and_digits_change_what_is_shown_and_not_what_is_stored() {
    assert!(pool(&[]).contains("76.2"));
    assert!(pool(&["--scale", "proportion", "--digits", "4"]).contains("0.7619"));
    assert!(pool(&["--scale", "per-1000", "--digits", "2"]).contains("761.90"));
    let json = pool(&["--format", "json"]);
    assert_eq!(json, pool(&["--format", "json", "--scale", "per-1000", "--digits", "1"]));
}

#[test]
fn the_lumbar_data_have_15_of_20_rows() {
    let json: Value = serde_json::from_str(&stdout(
        &run(&["pool", "--no-alternatives", "--format", "json"]).success(),
    ))
    .unwrap();
    assert_eq!((&json["input"]["rows"], &json["input"]["used"]), (&20.into(), &15.into()));
    assert_eq!((&json["events"], &json["total"]), (&926.into(), &1322.into()));
    assert_eq!(json["input"]["excluded"].as_array().unwrap().len(), 5);
}
