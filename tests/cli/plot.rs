//! `plot` and `gallery`: every kind of figure, and what is refused.

use std::fs;

use crate::run::{Folder, GOOD, run, stderr, stdout};

#[test]
fn help_of_plots() {
    for words in [&["plot"][..], &["plot", "forest"], &["plot", "bubble"], &["gallery"]] {
        for flag in ["-h", "--help"] {
            let name = [&["plots"], words, &[flag.trim_start_matches('-')]].concat().join("_");
            insta::assert_snapshot!(name, stdout(&run(&[words, &[flag]].concat()).success()));
        }
    }
}

/// A table with everything a figure can use.
const FULL: &str = "\
study,year,type,d1,overall,events,total
Bush 1992,1992,mixed,low,low,64,84
Komori 1996,1996,mixed,some concerns,high,35,77
Ahn 2000,2000,extrusion,low,low,25,36
Cribb 2007,2007,extrusion,,some concerns,14,15
Yu 2014,2014,extrusion,high,high,20,83
";

fn folder() -> Folder {
    Folder::with("studies.csv", FULL)
}

/// Every kind with the options it needs.
const KINDS: [&[&str]; 14] = [
    &["forest"],
    &["funnel"],
    &["funnel", "--trim-and-fill", "--side", "left"],
    &["baujat"],
    &["influence"],
    &["gosh"],
    &["doi"],
    &["orchard", "--by", "type"],
    &["radial"],
    &["drapery"],
    &["bubble", "--on", "year"],
    &["profile"],
    &["qq"],
    &["study-intervals"],
];

fn plot<'a>(kind: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [&["plot"], kind, &["studies.csv"], more].concat()
}

#[test]
fn every_kind_is_drawn_with_its_numbers() {
    for kind in KINDS {
        let folder = folder();
        let more = ["-o", "figure.svg", "--data-out", "numbers.csv", "--style", "lancet"];
        let ran = folder.run(&plot(kind, &more)).success();
        assert_eq!((stdout(&ran), stderr(&ran)), (String::new(), String::new()), "{kind:?}");
        let file = folder.read("figure.svg");
        assert!(file.starts_with("<svg") && file.ends_with("</svg>\n"), "{kind:?}");
        assert!(folder.read("numbers.csv").lines().count() > 4, "{kind:?}");
        assert_eq!(folder.names(), ["figure.svg", "numbers.csv", "studies.csv"]);
        // Without -o the same SVG goes to standard output.
        let printed = stdout(&folder.run(&plot(kind, &["--style", "lancet"])).success());
        assert_eq!(printed, file, "{kind:?}");
    }
}

#[test]
fn the_extension_says_what_is_written() {
    let folder = folder();
    for (name, start) in [("a.svg", &b"<svg"[..]), ("b.PNG", b"\x89PNG"), ("c.pdf", b"%PDF-")] {
        folder.run(&plot(&["forest"], &["-o", name, "--dpi", "60"])).success();
        assert!(fs::read(folder.path(name)).unwrap().starts_with(start), "{name}");
    }
}

#[test]
fn forests_of_groups_steps_parts_and_methods() {
    let folder = folder();
    for (more, word) in [
        (&["--by", "type"][..], "Test for subgroup differences"),
        (&["--by", "type", "--tau2-common"], "All groups share one τ²."),
        (&["--cumulative", "year"], "+ Yu 2014"),
        (&["--cumulative", "SIZE"], "+ Cribb 2007"),
        (&["--leave-one-out"], "Left out"),
        (&["--leave-one-out=study"], "Left out"),
        (&["--models"], "beta-binomial"),
        (&["--rob", "d1,overall"], ">Overall</text>"),
        (&["--sort", "year", "--prediction-mark", "density"], "Prediction interval"),
        (&["--show", "study,year | rate,prediction"], ">Year</text>"),
        (&["--leave-one-out"], "all studies but the one named"),
        (&["--cumulative", "year"], "the study named and all above it"),
    ] {
        let file = stdout(&folder.run(&plot(&["forest"], more)).success());
        assert!(file.contains(word), "{more:?}: no {word}");
    }
    for kind in ["forest", "orchard"] {
        let places = |order: &str| {
            let more = ["--by", "type", "--order", order];
            let file = stdout(&folder.run(&plot(&[kind], &more)).success()).to_lowercase();
            ["extrusion", "mixed"].map(|name| file.find(name).unwrap())
        };
        let (named, turned) = (places("extrusion,mixed"), places("mixed,extrusion"));
        assert!(named[0] < named[1] && turned[0] > turned[1], "{kind}: {named:?}, {turned:?}");
    }
    // By year from the latest on top would be another order.
    let sorted = stdout(&folder.run(&plot(&["forest"], &["--sort", "type"])).success());
    let at = |name: &str| sorted.find(&format!(">{name}</text>")).unwrap();
    assert!(at("Ahn 2000") < at("Bush 1992") && at("Bush 1992") < at("Komori 1996"));
}

/// What is asked for wrongly is wrong usage; no file is left, whole or half.
#[test]
fn wrong_usage_says_so_and_leaves_nothing() {
    for (kind, more, word) in [
        (&["forest"][..], &["-o", "figure.bmp"][..], "use .svg, .png or .pdf"),
        (&["forest"], &["-o", "figure"], "use .svg, .png or .pdf"),
        (&["forest"], &["-o", "no/such/figure.svg"], "no/such/figure.svg cannot be written"),
        (&["forest"], &["-o", "f.svg", "--width", "30"], "needs at least"),
        (&["forest"], &["-o", "f.svg", "--width", "nine"], "number of mm"),
        (&["forest"], &["-o", "f.svg", "--show", "study,colour | rate"], "`colour`"),
        (&["forest"], &["-o", "f.svg", "--sort", "colour"], "`colour`"),
        (&["forest"], &["-o", "f.svg", "--by", "tipe"], "did you mean `type`?"),
        (&["forest"], &["-o", "f.svg", "--cumulative", "colour"], "`colour`"),
        (&["forest"], &["-o", "f.svg", "--limits", "0.9,0.2"], "not a range"),
        (&["forest"], &["-o", "f.svg", "--limits", "0.9"], "two numbers"),
        (
            &["forest"],
            &["-o", "f.svg", "--axis", "logit", "--limits", "0,1"],
            "a logit axis never comes to 0: give limits above 0 and below 1",
        ),
        (&["forest"], &["-o", "f.svg", "--tau2-common"], "--by"),
        (&["gosh"], &["-o", "f.svg", "--highlight", "Lee"], "no study `Lee`"),
        (&["gosh"], &["-o", "f.svg", "--budget", "0"], "budget of 0"),
        (&["influence"], &["-o", "f.svg", "--width", "20"], "needs at least"),
        (&["funnel"], &["-o", "f.svg", "--side", "left"], "--trim-and-fill"),
        (
            &["funnel"],
            &["-o", "f.svg", "--trim-and-fill", "--vertical", "size"],
            "against the standard error",
        ),
        (&["forest"], &["-o", "f.svg", "--rob", "d9"], "`d9`"),
        (&["forest"], &["-o", "f.svg", "--rob", "d1", "--rob-tool", "jbi"], "yes, no, unclear"),
        (&["forest"], &["-o", "f.svg", "--rob", "year"], "`1992` of Bush 1992"),
        (&["forest"], &["-o", "f.svg", "--by", "type", "--models"], "cannot be used with"),
        (&["forest"], &["-o", "f.pdf", "--page-height", "20"], "page of 20 mm"),
        (&["forest"], &["-o", "f.svg", "--font", "studies.csv"], "not a TrueType"),
        (&["forest"], &["-o", "f.svg", "--font", "none.ttf"], "cannot be read"),
        (&["bubble"], &["-o", "f.svg"], "--on"),
        (&["bubble"], &["-o", "f.svg", "--on", "type"], "orchard plot"),
        (&["bubble"], &["-o", "f.svg", "--on", "colour"], "`colour`"),
        (&["orchard"], &["-o", "f.svg", "--by", "colour"], "`colour`"),
        (&["study-intervals"], &["-o", "f.svg", "--width", "20"], "needs at least"),
    ] {
        let folder = folder();
        let ran = folder.run(&plot(kind, more)).code(2);
        assert!(stderr(&ran).contains(word), "{kind:?} {more:?}: {}", stderr(&ran));
        assert_eq!(stdout(&ran), "", "{kind:?} {more:?}");
        assert_eq!(folder.names(), ["studies.csv"], "{kind:?} {more:?}");
    }
}

/// The width an error names is one that works.
#[test]
fn the_smallest_width_works() {
    let folder = folder();
    let ran = folder.run(&plot(&["forest"], &["--width", "30"])).code(2);
    let text = stderr(&ran);
    let needed = text.split("at least ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    folder.run(&plot(&["forest"], &["--width", &needed])).success();
}

#[test]
fn what_cannot_be_drawn_says_why() {
    let folder = Folder::with("studies.csv", "study,events,total\nBush 1992,64,84\n");
    for (kind, word) in [("profile", "between-study variance"), ("qq", "two residuals")] {
        let ran = folder.run(&["plot", kind, "studies.csv", "-o", "f.svg"]).code(1);
        assert!(stderr(&ran).contains(word), "{}", stderr(&ran));
        assert_eq!(folder.names(), ["studies.csv"]);
    }
}

/// Where columns have no room, whoever draws the figure hears which.
#[test]
fn columns_without_room_are_named() {
    let folder = folder();
    let ran = folder.run(&plot(&["forest"], &["-o", "f.svg", "--width", "85"])).success();
    assert_eq!(
        stderr(&ran),
        "note: at 85 mm there is no room for the column `weight`; --show names the columns to keep\n"
    );
}

/// A control character in a name is no letter that a font should have, and does not reach the terminal.
#[test]
fn control_characters_are_no_letters() {
    let folder = Folder::with("studies.csv", GOOD.replace("Bush", "Bu\u{7}sh\u{200f}"));
    let ran = folder.run(&["plot", "forest", "studies.csv", "-o", "f.svg"]).success();
    let text = stderr(&ran);
    assert!(!text.contains(['\u{7}', '\u{200f}']), "{text:?}");
}

/// The title of a PDF is that of the figure, not of its first page.
#[test]
fn a_pdf_of_several_pages_has_one_title() {
    let folder = folder();
    let more = ["-o", "f.pdf", "--page-height", "60", "--title", "Resorption by study"];
    folder.run(&plot(&["forest"], &more)).success();
    let file = fs::read(folder.path("f.pdf")).unwrap();
    let text = String::from_utf8_lossy(&file);
    assert!(text.contains("Resorption by study") && !text.contains("page 1 of"));
}

/// The old figure stays where there is no new one.
#[test]
fn a_failure_leaves_the_old_figure() {
    let folder = folder().and("figure.svg", "old");
    folder.run(&plot(&["forest"], &["-o", "figure.svg", "--sort", "colour"])).code(2);
    assert_eq!(folder.read("figure.svg"), "old");
    let bad = Folder::with("studies.csv", "study,events,total\nLee,50,10\n").and("f.svg", "old");
    bad.run(&["plot", "funnel", "studies.csv", "-o", "f.svg"]).code(2);
    assert_eq!((bad.read("f.svg").as_str(), bad.names().len()), ("old", 2));
}

#[test]
fn letters_that_no_font_has_are_named() {
    let folder = Folder::with("studies.csv", GOOD.replace("Bush", "王"));
    let ran = folder.run(&["plot", "forest", "studies.csv", "-o", "f.svg"]).success();
    assert!(stderr(&ran).contains("no font here has 王 (U+738B)"), "{}", stderr(&ran));
    assert!(folder.read("f.svg").contains("王 1992"));
}

#[test]
fn without_data_the_bundled_data_are_drawn_and_named_so() {
    let folder = Folder::with("studies.csv", FULL);
    let ran = folder.run(&["plot", "funnel", "-o", "f.svg"]).success();
    assert_eq!(stderr(&ran), "no DATA was given: these are the bundled lumbar data\n");
}

/// The committed gallery is what the program draws.
#[test]
fn the_gallery_is_what_is_committed() {
    let folder = Folder::with("studies.csv", FULL);
    folder.run(&["gallery", "figures"]).success();
    let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/figures");
    let names = |folder: &str| {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "README.md")
            .collect();
        names.sort();
        names
    };
    let drawn = folder.path("figures");
    let drawn = drawn.to_str().unwrap();
    assert_eq!(names(committed), names(drawn));
    for name in names(drawn) {
        let of = |folder: &str| fs::read_to_string(format!("{folder}/{name}")).unwrap();
        assert!(of(committed) == of(drawn), "{name} differs: run `resorb gallery figures`");
    }
    let readme = fs::read_to_string(format!("{committed}/README.md")).unwrap();
    for name in names(drawn) {
        assert!(readme.contains(&format!("({name})")), "{name} is not in the README");
    }
}

#[test]
fn a_gallery_that_cannot_be_written_says_so() {
    let folder = Folder::with("file", "text");
    let ran = folder.run(&["gallery", "file"]).code(2);
    assert!(stderr(&ran).starts_with("error: file cannot be written: "), "{}", stderr(&ran));
    assert_eq!(folder.read("file"), "text");
}

/// Rates are from 0 to 1: percentages are refused with the limits that were meant.
#[test]
fn limits_in_percent_are_refused() {
    let folder = Folder::with("studies.csv", FULL);
    let text = stderr(
        &folder
            .run(&["plot", "forest", "ldh_resorption", "-o", "x.svg", "--limits", "30,80"])
            .code(2),
    );
    assert!(text.contains("write percentages as --limits 0.3,0.8"), "{text}");
}
