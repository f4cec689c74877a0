//! The look of diagnostics, as snapshots.

use resorb::cli::diagnostics::render;
use resorb::data::{self, Mapping, Missing};

fn shown(csv: &[u8], mapping: &Mapping) -> String {
    render(&data::check(csv, mapping).problems, "lumbar.csv", false)
}

#[test]
fn every_mistake_in_a_cell() {
    let csv = "study,events,total\n\
        Bush 1992,90,84\n\
        Komori 1996,-5,77\n\
        Ahn 2000,23.5,36\n\
        Kwon 2009,42.86,35\n\
        Splendiani 2004,34.72 %,72\n\
        Toda 2002,0,0\n\
        Keskil 2004,,42\n\
        Cribb 2007,n/a,-\n\
        Lee 2017,\"1,234\",5000\n\
        Seo 2016,35/56,56\n\
        Yu 2014,20,83,x\n\
        Elkholy 2019,9\n\
        Kesikburun 2019,36,99999999999999999999\n";
    insta::assert_snapshot!(shown(csv.as_bytes(), &Mapping::default()));
}

#[test]
fn warnings_and_notes() {
    let csv =
        b"# by hand\nstudy;events;total;dose\nM\xfcller 2017;48;84;1,234\nM\xfcller 2017;20;40;\n\
                #Lee 2017;20;40;\nKwon 2009;20;40;2,345\n";
    insta::assert_snapshot!(shown(csv, &Mapping::default()));
}

#[test]
fn columns() {
    let csv = b"study,year,year,healed,reached\nBush 1992,1992,1992,64,84\n";
    let mapping = Mapping {
        events: Some("heeled".into()),
        filters: vec!["yaer > 2000".parse().unwrap(), "study >= 3".parse().unwrap()],
        ..Mapping::default()
    };
    insta::assert_snapshot!("columns_not_found", shown(csv, &mapping));
    let mapping =
        Mapping { total: Some("reached".into()), events: Some("healed".into()), ..mapping };
    insta::assert_snapshot!("columns_of_predicates", shown(csv, &mapping));
}

#[test]
fn files_that_are_no_tables() {
    for (name, bytes) in [
        ("empty", b"".as_slice()),
        ("header_only", b"study,events,total\n"),
        ("binary", b"\x7fELF\0\0"),
        ("open_quote", b"study,events,total\nBush,64,84\n\"Lee,486,505\nKwon,15,35\n"),
        ("title", b"Table 1. Resorption\nstudy,events,total\nBush,64,84\n"),
        ("no_header", b"Bush,64,84\nKomori,35,77\n"),
    ] {
        insta::assert_snapshot!(format!("file_{name}"), shown(bytes, &Mapping::default()));
    }
}

#[test]
fn tabs_wide_characters_and_long_lines_keep_the_underline_in_place() {
    let long = "x ".repeat(200);
    let huge = "é".repeat(50_000);
    let csv = format!(
        "study\tnote\tevents\ttotal\n日本語の研究\t\t90\t84\nüü\t🙂\t9\t8\nlong\t{long}\t9\t8\t\nhuge\t{huge}\t9\t8\n"
    );
    insta::assert_snapshot!(shown(csv.as_bytes(), &Mapping::default()));
}

#[test]
fn twenty_are_shown_and_the_rest_counted() {
    let rows: Vec<String> = (1..=30).map(|i| format!("Study {i},{},10\n", i + 10)).collect();
    let text =
        shown(format!("study,events,total\n{}", rows.concat()).as_bytes(), &Mapping::default());
    assert_eq!(text.matches("error: ").count(), 20);
    assert!(text.ends_with("\nlumbar.csv: 30 errors; 10 more than are shown\n"));
}

#[test]
fn colour_only_where_it_is_asked_for() {
    let problems = data::read(b"study,events,total\nA,3,2\n", &Mapping::default()).unwrap_err();
    assert!(!render(&problems, "a.csv", false).contains('\u{1b}'));
    assert!(render(&problems, "a.csv", true).contains('\u{1b}'));
}

/// A file cannot smuggle escape codes into a terminal.
#[test]
fn control_characters_of_the_file_are_not_printed() {
    let csv =
        "study,events,total\n\u{1b}[31mred,\u{1b}[2J,84\n".to_owned() + &"Study,1,2\n".repeat(40);
    let mapping = Mapping { missing: Missing::Drop, ..Mapping::default() };
    let text = shown(csv.as_bytes(), &mapping);
    assert!(text.contains("is not a number") && !text.contains('\u{1b}'), "{text}");
}
