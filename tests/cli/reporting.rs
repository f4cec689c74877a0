//! `plot prisma` and `plot rob`: figures of a review that are not of its numbers.

use std::fs;

use crate::run::{Folder, run, stderr, stdout};

const FLOW: &str = "\
databases = { PubMed = 60, Embase = 40 }
removed = { 'Duplicate records' = 10 }
screened = 90
excluded = 70
assessed = 20
studies = 9
";
const TABLE: &str = "\
step,name,n
databases,PubMed,60
databases,Embase,40
removed,Duplicate records,10
screened,,90
excluded,,70
assessed,,20
studies,,9
";
const JUDGEMENTS: &str = "\
study,randomisation process,missing outcome data,overall,weight
Bush 1992,low,some concerns,some concerns,10
Komori 1996,low,high,high,20
Ahn 2000,low,low,low,30
";

#[test]
fn help_of_both() {
    for kind in ["prisma", "rob"] {
        for flag in ["-h", "--help"] {
            let name = format!("plots_plot_{kind}_{}", flag.trim_start_matches('-'));
            insta::assert_snapshot!(name, stdout(&run(&["plot", kind, flag]).success()));
        }
    }
}

/// The file that `--help` shows is one that can be drawn.
#[test]
fn the_flow_of_the_help_adds_up() {
    let help = stdout(&run(&["plot", "prisma", "--help"]).success());
    let (_, after) = help.split_once("by name:\n").unwrap();
    let (example, _) = after.split_once("FLOW as CSV").unwrap();
    let folder = Folder::with("flow.toml", example);
    let drawn = stdout(&folder.run(&["plot", "prisma", "flow.toml"]).success());
    assert!(drawn.contains("other methods"), "{drawn}");
}

#[test]
fn a_flow_from_either_kind_of_file() {
    let folder = Folder::with("flow.toml", FLOW).and("flow.csv", TABLE);
    let toml = stdout(&folder.run(&["plot", "prisma", "flow.toml"]).success());
    let csv = stdout(&folder.run(&["plot", "prisma", "flow.csv"]).success());
    assert_eq!(toml, csv);
    assert!(toml.starts_with("<svg") && toml.contains("PubMed (n = 60)"), "{toml}");
    let files = ["plot", "prisma", "flow.toml", "-o", "flow.pdf", "--data-out", "again.csv"];
    folder.run(&files).success();
    assert!(fs::read(folder.path("flow.pdf")).unwrap().starts_with(b"%PDF-"));
    assert_eq!(folder.read("again.csv"), TABLE);
}

#[test]
fn a_flow_that_does_not_add_up_is_refused() {
    let folder = Folder::with("flow.toml", FLOW.replace("excluded = 70", "excluded = 71"))
        .and("flow.csv", "phase,n\nscreened,9\n");
    let refused = folder.run(&["plot", "prisma", "flow.toml", "-o", "flow.svg"]).code(2);
    assert_eq!(
        stderr(&refused),
        "error: flow.toml: 90 records screened (line 3) less 71 records excluded (line 4) leave 19, \
         but line 5 says 20 reports assessed for eligibility\n\
         help: correct one of these lines\n"
    );
    let refused = folder.run(&["plot", "prisma", "flow.csv"]).code(2);
    assert!(stderr(&refused).contains("the columns are phase, n"), "{}", stderr(&refused));
    assert_eq!(folder.names(), ["flow.csv", "flow.toml"]);
}

#[test]
fn judgements_as_lights_and_bars() {
    let folder = Folder::with("judgements.csv", JUDGEMENTS);
    let both = stdout(&folder.run(&["plot", "rob", "judgements.csv"]).success());
    assert!(both.contains("Komori 1996: D1 low, D2 high, Overall high"), "{both}");
    let bars = ["plot", "rob", "judgements.csv", "--part", "bars", "--weight", "weight"];
    let bars = stdout(&folder.run(&bars).success());
    assert!(bars.contains("overall: low 1 (50 %)"), "{bars}");
    let more = ["plot", "rob", "judgements.csv", "--rob", "overall", "--part", "LIGHTS"];
    let files = [&more[..], &["-o", "rob.png", "--dpi", "60", "--data-out", "rob.csv"]].concat();
    folder.run(&files).success();
    assert!(fs::read(folder.path("rob.png")).unwrap().starts_with(b"\x89PNG"));
    assert!(folder.read("rob.csv").ends_with("Ahn 2000,low\n"), "{}", folder.read("rob.csv"));
    let refused = folder.run(&["plot", "rob", "judgements.csv", "--rob-tool", "jbi"]).code(2);
    assert!(stderr(&refused).contains("its words are yes, no, unclear"), "{}", stderr(&refused));
}
