//! `resorb claim`, `multiverse`, `compare-tools`, `simulate` and `init` as they are typed.

use serde_json::Value;

use crate::run::{Folder, GOOD, run, stderr, stdout};

const XIE: &[&str] = &[
    "claim",
    "--claim-rate",
    "76.6%",
    "--claim-k",
    "34",
    "--claim-total",
    "2199",
    "--claim-events",
    "1684",
    "--claim-max",
    "96.2%",
];

#[test]
fn a_crude_sum_is_told_by_arithmetic() {
    let text = stdout(&run(XIE).success());
    for words in ["claim: 76.6 %, 1,684 of 2,199 patients, 34 studies", "crude sum", "Verdict"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn the_published_claims_in_one_table() {
    let text = stdout(&run(&["claim", "--claims", "published_claims"]).success());
    for words in ["Xie 2024, overall", "cannot be told", "No whole number of 2,233 patients"] {
        assert!(text.replace("\n    ", " ").contains(words), "{words}\n{text}");
    }
    let json =
        stdout(&run(&["claim", "--claims", "published_claims", "--format", "json"]).success());
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["claims"].as_array().unwrap().len(), 14);
    let crude = json["claims"].as_array().unwrap().iter().filter(|c| c["crude_sum"] == true);
    assert_eq!(crude.count(), 5);
    let csv = stdout(&run(&["claim", "--claims", "published_claims", "--format", "csv"]).success());
    assert!(csv.starts_with("claim,rate,ci_lower"));
}

#[test]
fn a_claim_against_studies_says_everything() {
    let arguments = [XIE, &["--against", "ldh_resorption", "--format", "json"]].concat();
    let json: Value = serde_json::from_str(&stdout(&run(&arguments).success())).unwrap();
    assert_eq!(
        (json["schema"].as_str(), json["command"].as_str()),
        (Some("resorb/1"), Some("claim"))
    );
    assert_eq!(json["k"], 15);
    assert_eq!(json["crude_without"][0]["study"], "Lee 2017");
    assert_eq!(json["crude_without"][0]["total_without"], 1694);
    assert!(json["verdict"].as_array().unwrap().len() >= 4);
    let text = stdout(&run(&[XIE, &["--against", "ldh_resorption"]].concat()).success());
    assert!(text.contains("Nearest analyses"), "{text}");
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn contradictions_and_two_readings_are_wrong_usage() {
    for (arguments, words) in [
        (&["claim"][..], "no claim to examine"),
        (&["claim", "--claim-rate", "76.6"], "two readings"),
        (&["claim", "--claim-rate", "0.7", "--claim-ci", "0.8,0.6"], "lies above the upper"),
        (&["claim", "--claim-rate", "0.7", "--claim-ci", "0.8"], "not an interval"),
        (
            &["claim", "--claim-rate", "0.7", "--claim-events", "9", "--claim-total", "3"],
            "events cannot exceed",
        ),
        (
            &[
                "multiverse",
                "ldh_resorption",
                "--families",
                "two-step",
                "--estimators",
                "REML",
                "--intervals",
                "hc",
            ],
            "the grid is empty",
        ),
        (&["multiverse", "ldh_resorption", "--vary-by", "colour"], "no column `colour`"),
        (
            &["simulate", "--sim-k", "3", "--sim-total", "28", "--sim-rate", "0.19"],
            "no whole number",
        ),
    ] {
        let ran = run(arguments).code(2);
        assert!(stderr(&ran).contains(words), "{words}: {}", stderr(&ran));
    }
}

#[test]
fn the_grid_in_every_format() {
    let folder = Folder::with("studies.csv", GOOD);
    let text = stdout(&folder.run(&["multiverse", "studies.csv", "--holds", "76.6%"]).success());
    for words in ["What moves the estimate", "hold 76.6 %", "guidance advises against"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let json = folder.run(&["multiverse", "studies.csv", "--rows", "--format", "json"]).success();
    let json: Value = serde_json::from_str(&stdout(&json)).unwrap();
    let n = json["specifications"].as_u64().unwrap();
    assert_eq!(json["rows"].as_array().unwrap().len() as u64, n);
    let csv = stdout(&folder.run(&["multiverse", "studies.csv", "--format", "csv"]).success());
    assert_eq!(csv.lines().count() as u64, n + 1);
    for format in ["markdown", "latex"] {
        folder.run(&["multiverse", "studies.csv", "--format", format]).success();
        folder.run(&["compare-tools", "studies.csv", "--format", format]).success();
    }
}

/// Two groups: ratios with their own families, and the value of no effect looked for unasked.
#[test]
fn the_grid_of_two_groups() {
    const TRIALS: &str = "study,events1,total1,events2,total2\nA,4,123,11,139\nB,6,306,29,303\n\
                          C,3,231,11,220\nD,0,40,0,42\n";
    let folder = Folder::with("trials.csv", TRIALS);
    let text = stdout(&folder.run(&["multiverse", "trials.csv"]).success());
    for words in ["um-fs", "peto", "without double zeros", "hold 1.0", "4 studies"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(!text.contains('%') || !text.contains("Rate %"), "{text}");
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let json = ["multiverse", "trials.csv", "--measures", "RD", "--format", "json"];
    let json: Value = serde_json::from_str(&stdout(&folder.run(&json).success())).unwrap();
    assert_eq!(json["measure"], "RD");
    assert_eq!(json["holds"]["value"], 0.0);
    for (arguments, words) in [
        (&["multiverse", "trials.csv", "--measures", "OR,RD"][..], "different quantities"),
        (&["multiverse", "trials.csv", "--families", "crude"], "cm-al"),
        (&["multiverse", "trials.csv", "--measures", "PLO"], "OR, RR, RD"),
        (&["claim", "--claim-rate", "0.7", "--against", "trials.csv"], "in two groups"),
        (&["claim", "--claim-effect", "0.7"], "--against"),
        (&["claim", "--claim-effect", "0.7", "--claim-total", "9"], "--claim-total"),
        (&["claim", "--claim-effect", "0.7", "--against", "ldh_resorption"], "--claim-rate"),
        (
            &["claim", "--claim-effect", "0.7", "--claim-ci", "0.9,0.5", "--against", "trials.csv"],
            "lies above the upper",
        ),
    ] {
        let ran = folder.run(arguments).code(2);
        assert!(stderr(&ran).contains(words), "{words}: {}", stderr(&ran));
    }
}

/// A printed ratio is found among the analyses of its studies, in every format.
#[test]
fn a_claim_about_a_ratio() {
    const TRIALS: &str = "study,events1,total1,events2,total2\nA,4,123,11,139\nB,6,306,29,303\n\
                          C,3,231,11,220\n";
    let folder = Folder::with("trials.csv", TRIALS);
    let pooled =
        folder.run(&["pool", "trials.csv", "--model", "peto", "--format", "json"]).success();
    let pooled: Value = serde_json::from_str(&stdout(&pooled)).unwrap();
    let print = |key: &str| format!("{:.3}", pooled["common"][key].as_f64().unwrap());
    let (estimate, interval) =
        (print("estimate"), format!("{},{}", print("ci_lower"), print("ci_upper")));
    let claim =
        ["claim", "--claim-effect", &estimate, "--claim-ci", &interval, "--against", "trials.csv"];
    let text = stdout(&folder.run(&claim).success());
    assert!(text.contains("Analyses that give it") && text.contains("peto"), "{text}");
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let with =
        |format: &str| stdout(&folder.run(&[&claim[..], &["--format", format]].concat()).success());
    let json: Value = serde_json::from_str(&with("json")).unwrap();
    assert_eq!(json["measure"], "OR");
    assert_eq!(json["matches"][0]["model"], "peto");
    assert!(json["events"].is_null());
    assert!(with("csv").starts_with("analysis,matches,k,estimate"));
    for format in ["markdown", "latex"] {
        with(format);
    }
}

/// The options that a match names give its number.
#[test]
fn the_options_of_a_specification_reproduce_it() {
    let folder = Folder::with("studies.csv", GOOD);
    let json = folder.run(&["multiverse", "studies.csv", "--rows", "--format", "json"]).success();
    let json: Value = serde_json::from_str(&stdout(&json)).unwrap();
    let rows: Vec<&Value> =
        json["rows"].as_array().unwrap().iter().filter(|row| row["options"].is_string()).collect();
    for row in rows.iter().step_by(rows.len() / 6) {
        let mut arguments = vec!["pool", "studies.csv", "--format", "json"];
        arguments.extend(row["options"].as_str().unwrap().split(' '));
        let pooled = stdout(&folder.run(&arguments).success());
        let pooled: Value = serde_json::from_str(&pooled).unwrap();
        let (a, b) = (row["ci_lower"].as_f64(), pooled["random"]["ci_lower"].as_f64());
        assert!((a.unwrap() - b.unwrap()).abs() < 1e-9, "{row}");
    }
}

#[test]
fn tools_side_by_side() {
    let text = stdout(&run(&["compare-tools", "ldh_resorption"]).success());
    for words in ["metafor", "RevMan", "Stata", "statsmodels", "interval from"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let json = stdout(&run(&["compare-tools", "ldh_resorption", "--format", "json"]).success());
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["tools"].as_array().unwrap().len(), 6);
}

/// Simulated data say so: in their first line, in their column, and in every result made of them.
#[test]
fn simulated_data_always_say_that_they_are() {
    let folder = Folder::new();
    let arguments = [
        "simulate",
        "--sim-k",
        "34",
        "--sim-total",
        "2199",
        "--sim-rate",
        "0.766",
        "--sim-events",
        "1684",
        "--sim-min",
        "0.20",
        "--sim-max",
        "0.962",
        "--seed",
        "1",
        "made.csv",
    ];
    folder.run(&arguments).success();
    let text = folder.read("made.csv");
    assert!(text.starts_with("# Simulated data"));
    assert_eq!(text.matches("simulated with seed 1").count(), 34);
    assert!(stderr(&folder.run(&arguments).code(2)).contains("--force"));
    let pooled = stdout(&folder.run(&["pool", "made.csv"]).success());
    assert!(pooled.contains("made.csv (simulated data, not real studies)"), "{pooled}");
    assert!(pooled.contains("1684/2199"), "{pooled}");
    let json = stdout(&folder.run(&["pool", "made.csv", "--format", "json"]).success());
    assert!(json.contains("simulated data"));
    let stand_in = stdout(&run(&["pool", "xie2024_stand_in"]).success());
    assert!(stand_in.contains("simulated data, not real studies"), "{stand_in}");
    assert!(stand_in.contains("1684/2199"));
    #[cfg(all(feature = "png", feature = "pdf"))]
    for kind in ["forest", "orchard", "multiverse"] {
        let figure = stdout(&run(&["plot", kind, "xie2024_stand_in"]).success());
        assert!(figure.contains("simulated data, not real studies"), "{kind}");
    }
}

#[test]
fn a_form_for_studies() {
    let folder = Folder::new();
    folder.run(&["init", "review"]).success();
    assert!(folder.read("review/studies.csv").starts_with("study,year,"));
    assert!(folder.read("review/analysis.toml").contains("[settings]"));
    let drawn = stdout(&folder.run(&["plot", "prisma", "review/prisma.toml"]).success());
    assert!(drawn.contains("PubMed (n = 0)"), "{drawn}");
    assert!(stderr(&folder.run(&["init", "review"]).code(2)).contains("exists already"));
    folder.run(&["init", "review", "--force"]).success();
}
