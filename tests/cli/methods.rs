//! `resorb methods`: the paragraphs, their formats, and the works cited in a file of their own.

use serde_json::Value;

use crate::run::{Folder, GOOD, run, stderr, stdout};

#[test]
fn the_paragraphs_and_their_references() {
    let folder = Folder::with("studies.csv", GOOD);
    let text = stdout(&folder.run(&["methods", "studies.csv"]).success());
    for part in ["Methods\n\n", "\nResults\n\n4 studies reported 138 events", "\nReferences\n\n"] {
        assert!(text.contains(part), "{text}");
    }
    assert!(!text.contains("left out in turn"), "{text}");
    let more = ["methods", "studies.csv", "--single-studies", "--small-studies"];
    let text = stdout(&folder.run(&more).success());
    assert!(text.contains("Each study was left out in turn"), "{text}");
    assert!(text.contains("Small-study effects were examined by"), "{text}");
    run(&["methods", "ldh_resorption_by_type", "--by", "herniation_type"])
        .success()
        .stdout(predicates::str::contains("Subgroups by herniation_type were pooled"));
    let text = stdout(&folder.run(&["methods", "studies.csv", "--on", "year"]).success());
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in ["depend on year", "for year (95 % CI", "Thompson SG, Higgins JPT. How should"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    run(&["methods"]).code(2).stderr(predicates::str::contains("<DATA>"));
}

/// The works of the file are those that the JSON document lists, and the keys those that Markdown cites.
#[test]
fn a_bibliography_goes_with_the_text() {
    let folder = Folder::with("studies.csv", GOOD);
    let bib = ["methods", "studies.csv", "-o", "text.md", "--bibliography", "refs.bib"];
    folder.run(&bib).success();
    let csl = ["methods", "studies.csv", "-o", "text.json", "--bibliography", "refs.json"];
    folder.run(&csl).success();
    let text: Value = serde_json::from_str(&folder.read("text.json")).unwrap();
    let works: Value = serde_json::from_str(&folder.read("refs.json")).unwrap();
    assert_eq!(text["command"], "methods");
    assert_eq!(text["references"], works);
    let (markdown, bibtex) = (folder.read("text.md"), folder.read("refs.bib"));
    for work in works.as_array().unwrap() {
        let key = work["id"].as_str().unwrap();
        assert!(markdown.contains(&format!("@{key}")), "{markdown}");
        assert!(bibtex.contains(&format!("{{{key},\n")), "{bibtex}");
    }
    let refused = folder.run(&["methods", "studies.csv", "--bibliography", "refs.txt"]).code(2);
    assert!(stderr(&refused).contains("use .bib for BibTeX"), "{}", stderr(&refused));
    assert!(!folder.names().contains(&"refs.txt".to_owned()));
}
