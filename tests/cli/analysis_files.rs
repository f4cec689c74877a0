//! `resorb run`, `--save` and what `resorb init` writes.

use std::fs;

use crate::run::{Folder, GOOD, stderr, stdout, transcript};

/// A table with what all analyses need.
const TYPES: &str = "\
study,year,type,events,total
Bush 1992,1992,bulge,4,22
Komori 1996,1996,bulge,3,25
Ahn 2000,2000,bulge,9,30
Cribb 2007,2007,extrusion,14,15
Yu 2014,2014,extrusion,64,84
Lee 2017,2017,extrusion,20,31
Chiu 2015,2015,extrusion,7,27
";

const PLAN: &str = "\
data = \"studies.csv\"
[pool]
[[subgroup]]
by = \"type\"
[sensitivity]
";

fn review() -> Folder {
    Folder::with("studies.csv", TYPES).and("analysis.toml", PLAN)
}

/// The bytes of every file in a folder of results.
fn results(folder: &Folder, name: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder.path(name))
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_run_writes_every_result_and_again_the_same_bytes() {
    let folder = review();
    folder.run(&["run", "analysis.toml"]).success();
    let first = results(&folder, "results");
    let names: Vec<&str> = first.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "manifest.json",
            "pool.json",
            "pool.txt",
            "sensitivity.json",
            "sensitivity.txt",
            "subgroup.json",
            "subgroup.txt"
        ]
    );
    let ran = folder.run(&["run", "analysis.toml"]).success();
    assert!(stderr(&ran).contains("6 results, 6 of them as before"), "{}", stderr(&ran));
    assert_eq!(results(&folder, "results"), first);
    let elsewhere = review();
    elsewhere.run(&["run", "analysis.toml"]).success();
    assert_eq!(results(&elsewhere, "results"), first, "no path and no time is in the bytes");
}

#[test]
fn each_result_is_what_its_command_writes() {
    let folder = review();
    folder.run(&["run", "analysis.toml"]).success();
    for (arguments, file) in [
        (vec!["pool", "studies.csv"], "pool.txt"),
        (vec!["pool", "studies.csv", "--format", "json"], "pool.json"),
        (vec!["subgroup", "studies.csv", "--by", "type", "--format", "json"], "subgroup.json"),
        (vec!["sensitivity", "studies.csv", "--format", "json"], "sensitivity.json"),
    ] {
        let typed = stdout(&folder.run(&arguments).success());
        assert_eq!(folder.read(&format!("results/{file}")), typed, "{file}");
    }
}

/// `resorb X --save` and `resorb run` come to the same document, byte for byte.
#[test]
fn a_saved_analysis_runs_to_the_same_document() {
    let commands: [&[&str]; 11] = [
        &["pool", "studies.csv", "--where", "year >= 1996", "--exclude-study", "Lee 2017"],
        &["pool", "studies.csv", "--measure", "PFT", "--inversion", "harmonic", "--level", "90"],
        &["pool", "studies.csv", "--permutations", "50", "--null", "0.5", "--seed", "3"],
        &["pool", "--preset", "metafor", "--no-alternatives"],
        &["subgroup", "studies.csv", "--by", "type", "--order", "extrusion,bulge", "--tau2", "DL"],
        &[
            "regress",
            "studies.csv",
            "--on",
            "type + year",
            "--reference",
            "type=extrusion",
            "--at",
            "year=2020,type=bulge",
            "--robust",
        ],
        &[
            "sensitivity",
            "studies.csv",
            "--cumulative",
            "year",
            "--above",
            "0.5",
            "--model",
            "two-step",
        ],
        &["bias", "studies.csv", "--null", "0.5", "--cut-points", "0.025,0.5", "--side", "left"],
        &[
            "gosh",
            "studies.csv",
            "--budget",
            "100",
            "--sample",
            "50",
            "--sampling",
            "sizes",
            "--seed",
            "9",
        ],
        &[
            "multiverse",
            "studies.csv",
            "--families",
            "two-step,glmm",
            "--estimators",
            "REML,DL",
            "--holds",
            "45%",
            "--vary-by",
            "type",
        ],
        &[
            "claim",
            "--against",
            "studies.csv",
            "--claim-rate",
            "51.7%",
            "--claim-k",
            "7",
            "--families",
            "crude,glmm",
        ],
    ];
    for command in commands {
        let folder = Folder::with("studies.csv", TYPES);
        let saved = [command, &["--save", "a.toml", "--format", "json"]].concat();
        let typed = stdout(&folder.run(&saved).success());
        folder.run(&["run", "a.toml"]).success();
        // A document without DATA says that it is of the bundled data, which a file names.
        let name = format!("results/{}.json", command[0]);
        assert_eq!(folder.read(&name), typed, "{command:?}\n{}", folder.read("a.toml"));
    }
}

#[test]
fn paragraphs_and_their_references_are_saved_too() {
    let folder = Folder::with("studies.csv", TYPES);
    let command = ["methods", "studies.csv", "--by", "type", "--single-studies", "--small-studies"];
    let more = ["--bibliography", "refs.bib", "--save", "a.toml", "--format", "json"];
    let typed = stdout(&folder.run(&[&command[..], &more].concat()).success());
    folder.run(&["run", "a.toml"]).success();
    assert_eq!(folder.read("results/methods.json"), typed);
    assert_eq!(folder.read("results/refs.bib"), folder.read("refs.bib"));
}

#[cfg(feature = "html")]
#[test]
fn a_report_is_written_with_the_results_or_from_the_file() {
    let folder =
        review().and("analysis.toml", format!("{PLAN}[output]\nreport = [\"html\", \"md\"]\n"));
    folder.run(&["run", "analysis.toml"]).success();
    for format in ["html", "md"] {
        let name = format!("report.{format}");
        folder.run(&["report", "analysis.toml", "-o", &name]).success();
        assert_eq!(folder.read(&format!("results/{name}")), folder.read(&name));
    }
    assert!(folder.read("report.md").contains("extrusion"), "the subgroups of the file");
    folder.run(&["report", "analysis.toml", "--by", "type"]).code(2);
    folder.run(&["report", "analysis.toml", "--tau2", "DL"]).code(2);
    let folder = folder.and("analysis.toml", format!("{PLAN}[output]\nreport = \"docx\"\n"));
    if cfg!(feature = "office") {
        folder.run(&["run", "analysis.toml"]).success();
    } else {
        let ran = folder.run(&["run", "analysis.toml"]).code(2);
        assert!(stderr(&ran).contains("this build writes no report as docx"), "{}", stderr(&ran));
    }
    let bias = "data = \"studies.csv\"\n[bias]\n[output]\nreport = \"html\"\n";
    let folder = folder.and("analysis.toml", bias);
    let ran = folder.run(&["run", "analysis.toml"]).code(2);
    assert!(stderr(&ran).contains("add a table [pool]"), "{}", stderr(&ran));
}

#[test]
fn claims_of_a_table_are_saved_one_by_one() {
    let claims = "review,rate,ci_lower,ci_upper,studies\nLi,51.7%,,,7\nWang,0.60,0.49,0.77,7\n";
    let folder = Folder::with("studies.csv", TYPES).and("claims.csv", claims);
    let command = ["claim", "--claims", "claims.csv", "--against", "studies.csv"];
    let more = ["--families", "crude,common", "--save", "a.toml", "--format", "json"];
    let typed = stdout(&folder.run(&[&command[..], &more].concat()).success());
    folder.run(&["run", "a.toml"]).success();
    assert_eq!(folder.read("results/claim.json"), typed);
}

#[test]
fn predictors_are_saved_too() {
    let folder = Folder::new();
    let command = ["predictors", "ldh_predictors", "--by", "predictor", "--baseline", "0.35"];
    let saved = [&command[..], &["--save", "a.toml", "--format", "json"]].concat();
    let typed = stdout(&folder.run(&saved).success());
    folder.run(&["run", "a.toml"]).success();
    assert_eq!(folder.read("results/predictors.json"), typed);
}

#[cfg(all(feature = "png", feature = "pdf"))]
#[test]
fn a_saved_figure_is_drawn_again() {
    let folder = Folder::with("studies.csv", TYPES);
    for (command, file) in [
        (
            vec![
                "plot",
                "forest",
                "studies.csv",
                "--by",
                "type",
                "--style",
                "jama",
                "--tau2",
                "DL",
            ],
            "forest.svg",
        ),
        (
            vec!["plot", "funnel", "studies.csv", "--trim-and-fill", "--kind", "proportions"],
            "trimmed.svg",
        ),
        (
            vec![
                "plot",
                "multiverse",
                "studies.csv",
                "--families",
                "crude,common",
                "--level",
                "90",
            ],
            "multiverse.svg",
        ),
    ] {
        let saved = [&command[..], &["-o", file, "--save", "a.toml", "--force"]].concat();
        folder.run(&saved).success();
        folder.run(&["run", "a.toml"]).success();
        assert_eq!(folder.read(&format!("results/{file}")), folder.read(file), "{command:?}");
        let mut names = ["a.toml", file, "results", "studies.csv"];
        names.sort_unstable();
        assert_eq!(folder.names(), names);
        assert_eq!(results(&folder, "results").len(), 2, "the figure and the manifest only");
        fs::remove_file(folder.path(file)).unwrap();
    }
}

#[cfg(all(feature = "png", feature = "pdf"))]
#[test]
fn figures_take_their_data_and_settings_from_the_file() {
    let plan = "data = \"studies.csv\"\n[reading]\nexclude-study = \"Lee 2017\"\n[settings]\ntau2 = \"DL\"\n\
                [[figure]]\nplot = \"forest\"\nwidth = 120\n[[figure]]\nplot = \"forest\"\nmodel = \"glmm\"\n";
    let folder = Folder::with("studies.csv", TYPES).and("analysis.toml", plan);
    folder.run(&["run", "analysis.toml"]).success();
    let options = ["plot", "forest", "studies.csv", "--exclude-study", "Lee 2017"];
    let typed = |more: &[&str]| stdout(&folder.run(&[&options[..], more].concat()).success());
    assert_eq!(folder.read("results/forest.svg"), typed(&["--tau2", "DL", "--width", "120"]));
    assert_eq!(folder.read("results/forest-2.svg"), typed(&["--model", "glmm"]));
}

#[test]
fn check_says_what_is_not_up_to_date() {
    let folder = review();
    let check = || transcript(&folder, &["run", "analysis.toml", "--check"]);
    insta::assert_snapshot!(check());
    folder.run(&["run", "analysis.toml"]).success();
    insta::assert_snapshot!(check());
    // A comment changes nothing.
    let folder = folder.and("analysis.toml", format!("# for the review\n{PLAN}"));
    let check = || transcript(&folder, &["run", "analysis.toml", "--check"]);
    folder.run(&["run", "analysis.toml", "--check"]).code(0);
    fs::remove_file(folder.path("results/pool.txt")).unwrap();
    fs::write(folder.path("results/pool.json"), "{}").unwrap();
    insta::assert_snapshot!(check());
    let folder = folder
        .and("studies.csv", TYPES.replace("64,84", "65,84"))
        .and("analysis.toml", format!("{PLAN}above = 0.5\n"));
    insta::assert_snapshot!(transcript(&folder, &["run", "analysis.toml", "--check"]));
    let ran = folder.run(&["run", "analysis.toml"]).success();
    assert!(stderr(&ran).contains("pool.json had been changed by hand; it was replaced"));
    folder.run(&["run", "analysis.toml", "--check"]).code(0);
}

#[test]
fn a_foreign_file_is_never_replaced_and_nothing_else_is_written() {
    let folder = review();
    fs::create_dir(folder.path("results")).unwrap();
    let folder = folder.and("results/subgroup.txt", "mine");
    insta::assert_snapshot!(transcript(&folder, &["run", "analysis.toml"]));
    assert_eq!(results(&folder, "results"), [("subgroup.txt".to_owned(), b"mine".to_vec())]);
    let folder = folder.and("results/manifest.json", "{}");
    folder.run(&["run", "analysis.toml"]).code(2);
    assert_eq!(folder.read("results/manifest.json"), "{}");
}

#[test]
fn what_is_not_asked_for_any_more_goes_unless_it_was_changed() {
    let folder = review();
    folder.run(&["run", "analysis.toml"]).success();
    fs::write(folder.path("results/sensitivity.txt"), "my notes").unwrap();
    let folder = folder.and("analysis.toml", "data = \"studies.csv\"\n");
    folder.run(&["run", "analysis.toml"]).success();
    let names: Vec<String> =
        results(&folder, "results").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["manifest.json", "pool.json", "pool.txt", "sensitivity.txt"]);
}

#[test]
fn a_failure_writes_nothing() {
    let folder = review().and("analysis.toml", format!("{PLAN}[[subgroup]]\nby = \"yaer\"\n"));
    insta::assert_snapshot!(transcript(&folder, &["run", "analysis.toml"]));
    assert_eq!(folder.names(), ["analysis.toml", "studies.csv"]);
    // One study has nothing to leave out.
    let one = folder.and("studies.csv", "study,events,total\nBush 1992,64,84\n");
    let one = one.and("analysis.toml", "data = \"studies.csv\"\n[pool]\n[bias]\n");
    one.run(&["run", "analysis.toml"]).code(1);
    assert_eq!(one.names(), ["analysis.toml", "studies.csv"]);
    let plan = "data = \"studies.csv\"\non-failure = \"skip\"\n[pool]\n[bias]\n";
    let one = one.and("analysis.toml", plan);
    let ran = one.run(&["run", "analysis.toml"]).success();
    assert!(stderr(&ran).contains("bias was left out: "), "{}", stderr(&ran));
    assert!(one.path("results/pool.txt").exists() && !one.path("results/bias.txt").exists());
}

#[test]
fn bad_files_are_shown_with_the_place() {
    let folder = Folder::with("studies.csv", GOOD);
    let shown = |plan: &str| {
        fs::write(folder.path("analysis.toml"), plan).unwrap();
        transcript(&folder, &["run", "analysis.toml"])
    };
    insta::assert_snapshot!(shown("data = \"studies.csv\"\n[settings]\ntaw2 = \"DL\"\n"));
    insta::assert_snapshot!(shown("data = \"studies.csv\"\n[pool]\npermutations = \"many\"\n"));
    insta::assert_snapshot!(shown("data = \"study.csv\"\n"));
    insta::assert_snapshot!(shown("data = \"-\"\n"));
    insta::assert_snapshot!(shown(
        "data = \"studies.csv\"\n[settings]\nmodel = \"glmm\"\ntau2 = \"DL\"\n"
    ));
    insta::assert_snapshot!(shown("data = \"studies.csv\"\n[output]\nformats = [\"html\"]\n"));
    folder.run(&["run", "nothing.toml"]).code(2);
    assert_eq!(folder.names(), ["analysis.toml", "studies.csv"]);
}

/// One run tells everything that is wrong with a file, in the order of its lines.
#[cfg(all(feature = "png", feature = "pdf"))]
#[test]
fn everything_wrong_with_a_file_is_told_at_once() {
    let plan = "data = \"study.csv\"\n[settings]\nmodle = \"glmm\"\ntau2 = \"reml\"\n[[subgroup]]\n\
                order = \"name\"\n[[figure]]\nplot = \"forrest\"\n[[figure]]\nplot = \"forest\"\n\
                wdith = 100\nformats = [\"gif\"]\n[output]\nformats = [\"html\"]\nscale = \"percentage\"\n";
    let folder = Folder::with("studies.csv", GOOD).and("analysis.toml", plan);
    insta::assert_snapshot!(transcript(&folder, &["run", "analysis.toml"]));
}

#[cfg(all(feature = "png", feature = "pdf"))]
#[test]
fn bad_figures_are_shown_with_the_place() {
    let folder = Folder::with("studies.csv", GOOD);
    let shown = |figure: &str| {
        let plan = format!("data = \"studies.csv\"\n[pool]\n[[figure]]\n{figure}\n");
        fs::write(folder.path("analysis.toml"), plan).unwrap();
        transcript(&folder, &["run", "analysis.toml"])
    };
    insta::assert_snapshot!(shown("plot = \"forrest\""));
    insta::assert_snapshot!(shown("plot = \"forest\"\nwdith = 100"));
    insta::assert_snapshot!(shown("plot = \"forest\"\nwidth = 1"));
    insta::assert_snapshot!(shown("plot = \"forest\"\nformats = [\"gif\"]"));
    insta::assert_snapshot!(shown("plot = \"forest\"\noutput = \"a.svg\""));
    insta::assert_snapshot!(shown("plot = \"forest\"\nname = \"../forest\""));
    insta::assert_snapshot!(shown(
        "plot = \"forest\"\n[[figure]]\nplot = \"funnel\"\nname = \"forest\""
    ));
    assert_eq!(folder.names(), ["analysis.toml", "studies.csv"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_said() {
    let folder = review().and("results", "a file stands here");
    let ran = folder.run(&["run", "analysis.toml"]).code(2);
    assert!(stderr(&ran).contains("results"), "{}", stderr(&ran));
    assert_eq!(folder.read("results"), "a file stands here");
}

#[test]
fn save_refuses_an_existing_file_and_standard_input() {
    let folder = Folder::with("studies.csv", GOOD).and("a.toml", "mine");
    let save = ["pool", "studies.csv", "--save", "a.toml"];
    let ran = folder.run(&save).code(2);
    assert_eq!(stdout(&ran), "", "refused before anything is computed");
    assert!(stderr(&ran).contains("`a.toml` exists already"));
    assert_eq!(folder.read("a.toml"), "mine");
    folder.run(&[&save[..], &["--force"]].concat()).success();
    assert!(folder.read("a.toml").starts_with("data = \"studies.csv\""));
    folder.run(&["pool", "-", "--save", "b.toml"]).code(2);
    folder.run(&["claim", "--claim-rate", "0.5", "--save", "b.toml"]).code(2);
    assert_eq!(folder.names(), ["a.toml", "studies.csv"]);
}

#[test]
fn a_file_elsewhere_finds_its_data() {
    let folder = Folder::with("studies.csv", GOOD);
    fs::create_dir(folder.path("plans")).unwrap();
    folder.run(&["pool", "studies.csv", "--save", "plans/a.toml"]).success();
    assert!(folder.read("plans/a.toml").starts_with("data = \"../studies.csv\""));
    folder.run(&["run", "plans/a.toml"]).success();
    assert!(folder.path("plans/results/pool.json").exists());
}

#[test]
fn what_init_writes_runs_as_soon_as_there_are_studies() {
    let folder = Folder::new();
    folder.run(&["init", "review"]).success();
    folder.run(&["run", "review/analysis.toml"]).code(2);
    let mut table = folder.read("review/studies.csv");
    for line in TYPES.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [study, year, group, events, total] = cells[..] else { panic!("{line}") };
        let row = [study, year, group, events, total].join(",");
        table += &row;
        table += ",any,mixed,,as printed,high,yes\n";
    }
    let folder = folder.and("review/studies.csv", table);
    folder.run(&["run", "review/analysis.toml"]).success();
    folder.run(&["run", "review/analysis.toml", "--check"]).code(0);
    let made = results(&folder, "review/results");
    for name in [
        "pool.txt",
        "sensitivity.csv",
        "bias.json",
        "methods.txt",
        "references.bib",
        "forest.pdf",
        "funnel.svg",
    ] {
        assert!(made.iter().any(|(made, _)| made == name), "{name}");
    }
}
