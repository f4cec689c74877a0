//! Golden files: what each format looks like for ordinary data and at the edges.
//!
//! Numbers of JSON and CSV are cut to six digits and the work of a search is left out, so that a
//! golden file holds the form and the tests of the models hold the last digits.

use insta::assert_snapshot;
use resorb::{
    analysis::pooled,
    data::{self, Mapping},
    effect::Measure,
    model::{Model, OneStepCi, Settings, TwoStep},
    report::{Excluded, Format, InputInfo, Scale, Style},
    study::Studies,
};

use super::{analyse, input, left_out, reference, text};

fn table(studies: &Studies, settings: &Settings, style: &Style) -> String {
    text(&analyse(studies, settings), &input("data.csv", studies.k()), Format::Table, style)
}

/// The Pritz data with rows left out for two reasons, by the two-step model.
fn pritz(format: Format) -> String {
    let answer = analyse(&reference("pritz1997"), &Settings::two_step());
    let mut excluded = left_out(16, 2, "by column include");
    excluded.extend(left_out(18, 1, "for a missing total"));
    let input = InputInfo {
        source: "pritz1997.csv".to_owned(),
        sha256: Some("ab".repeat(32)),
        rows: 17,
        used: 14,
        excluded,
    };
    text(&answer, &input, format, &Style::default())
}

#[test]
fn two_step_table() {
    assert_snapshot!(pritz(Format::Table));
}

#[test]
fn two_step_json() {
    assert_snapshot!(short(&pritz(Format::Json)));
}

#[cfg(feature = "frame")]
#[test]
fn two_step_csv() {
    assert_snapshot!(short(&pritz(Format::Csv)));
}

#[cfg(not(feature = "frame"))]
#[test]
fn csv_without_frames_says_what_to_do() {
    let answer = analyse(&reference("pritz1997"), &Settings::two_step());
    let (input, style) = (InputInfo::default(), Style::default());
    let error = resorb::report::write(&mut Vec::new(), &answer, &input, Format::Csv, &style);
    assert_snapshot!(error.unwrap_err(), @"this build of resorb writes no CSV: build it with the feature `frame`, or use `--format json`");
}

#[cfg(not(feature = "office"))]
#[test]
fn office_files_without_their_libraries_say_what_to_do() {
    let error = resorb::report::office::docx("Title", &[]).unwrap_err();
    assert_snapshot!(error, @"this build of resorb writes no .docx and no .xlsx: build it with the feature `office`, as in `cargo install --path . --features office`");
}

#[test]
fn two_step_markdown() {
    assert_snapshot!(pritz(Format::Markdown));
}

#[test]
fn two_step_latex() {
    assert_snapshot!(pritz(Format::Latex));
}

/// The bundled lumbar data as `resorb pool` analyses them.
fn lumbar(format: Format, settings: &Settings) -> String {
    let bundled = data::bundled::find("ldh_resorption").unwrap();
    let read = data::read(bundled.csv.as_bytes(), &Mapping::default()).unwrap();
    let excluded = read.excluded.iter().map(|row| Excluded {
        row: row.row,
        label: row.label.clone(),
        reason: "by column include".to_owned(),
    });
    let input = InputInfo {
        source: "ldh_resorption (bundled data)".to_owned(),
        sha256: Some("cd".repeat(32)),
        rows: read.rows,
        used: read.used,
        excluded: excluded.collect(),
    };
    text(&analyse(&read.studies, settings), &input, format, &Style::default())
}

#[test]
fn lumbar_table() {
    assert_snapshot!(lumbar(Format::Table, &Settings::default()));
}

#[test]
fn lumbar_json() {
    assert_snapshot!(short(&lumbar(Format::Json, &Settings::default())));
}

#[cfg(feature = "frame")]
#[test]
fn lumbar_csv() {
    assert_snapshot!(short(&lumbar(Format::Csv, &Settings::default())));
}

#[test]
fn lumbar_markdown() {
    assert_snapshot!(lumbar(Format::Markdown, &Settings::default()));
}

#[test]
fn lumbar_latex() {
    assert_snapshot!(lumbar(Format::Latex, &Settings::default()));
}

#[test]
fn lumbar_beta_binomial() {
    let model = Model::BetaBinomial { ci: OneStepCi::T };
    assert_snapshot!(lumbar(Format::Table, &Settings { model, ..Settings::default() }));
}

#[test]
fn one_study() {
    let studies = Studies::from_counts([("Komori 1996", 35, 77)]).unwrap();
    assert_snapshot!(table(&studies, &Settings::two_step(), &Style::default()));
}

#[test]
fn two_studies_have_no_headline_interval() {
    // METHODS §10: τ² = 0, adhoc [.045, .981], z [.473, .725].
    let studies = Studies::from_counts([("A", 14, 21), ("B", 20, 35)]).unwrap();
    assert_snapshot!(
        "two_studies_two_step",
        table(&studies, &Settings::two_step(), &Style::default())
    );
    assert_snapshot!("two_studies_glmm", table(&studies, &Settings::default(), &Style::default()));
}

#[test]
fn no_events_at_all() {
    let studies = Studies::from_counts([("A", 0, 30), ("B", 0, 55), ("C", 0, 12)]).unwrap();
    assert_snapshot!(
        "no_events_two_step",
        table(&studies, &Settings::two_step(), &Style::default())
    );
    assert_snapshot!("no_events_glmm", table(&studies, &Settings::default(), &Style::default()));
}

#[test]
fn tiny_rates_keep_two_digits() {
    let style = Style::default();
    assert_snapshot!(table(&reference("nielweise2007_treated"), &Settings::default(), &style));
}

#[test]
fn per_1000() {
    let style = Style { scale: Scale::Per1000, ..Style::default() };
    assert_snapshot!(table(&reference("nielweise2007_treated"), &Settings::default(), &style));
}

#[test]
fn proportions_with_two_digits() {
    let style = Style { scale: Scale::Proportion, digits: Some(2), ..Style::default() };
    assert_snapshot!(table(&reference("pritz1997"), &Settings::two_step(), &style));
}

const LABELS: [(&str, u64, u64); 5] = [
    ("Müller-Lüdenscheidt & Öztürk, Straße der Wissenschaft (multicentre) 2019", 64, 84),
    ("腰椎間盤ヘルニアの自然縮小に関する多施設共同前向き研究 2020", 35, 77),
    ("Nguyễn Văn A 2021", 41, 65),
    ("\u{1b}[31mred\u{1b}[0m|*pipe*_under_ $5 #1 ~x^2 {50 %}", 10, 12),
    ("[Anonymous] 2003", 25, 36),
];

#[test]
fn long_and_foreign_labels() {
    let studies = Studies::from_counts(LABELS).unwrap();
    let answer = pooled(&studies, &Settings::two_step(), false).unwrap();
    let input = input("a/rather/long/path/to/the/data/of/a/project/that/has/many/folders.csv", 5);
    for format in [Format::Table, Format::Markdown, Format::Latex] {
        assert_snapshot!(
            format!("labels_{format}"),
            text(&answer, &input, format, &Style::default())
        );
    }
}

#[test]
fn generic_effects() {
    let effects = [("A", -0.889, 0.326), ("B", -1.585, 0.195), ("C", -1.348, 0.415)];
    let studies = Studies::from_effects(effects).unwrap();
    let two_step = TwoStep { measure: Measure::Gen, ..TwoStep::default() };
    let settings = Settings { model: Model::TwoStep(two_step), ..Settings::default() };
    assert_snapshot!(table(&studies, &settings, &Style::default()));
}

#[test]
fn more_than_a_hundred_studies() {
    let studies = Studies::from_counts((0..120).map(|i| (format!("Study {i}"), 10 + i % 7, 40)));
    let table = table(&studies.unwrap(), &Settings::two_step(), &Style::default());
    let lines = table.lines().skip(50).take(8);
    assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

/// `text` with every number of more than six digits cut to six, and without counts of iterations.
pub(super) fn short(text: &str) -> String {
    let part_of_number = |c: char| c.is_ascii_digit() || ".-e".contains(c);
    let mut shortened = String::new();
    for piece in text.split_inclusive(|c: char| !part_of_number(c)) {
        let number = piece.trim_end_matches(|c: char| !part_of_number(c));
        let rest = &piece[number.len()..];
        let digits = number.chars().filter(char::is_ascii_digit).count();
        match number.parse::<f64>() {
            Ok(_) if shortened.ends_with("\"iterations\": ") => shortened.push('…'),
            Ok(value) if digits > 6 => {
                let cut: f64 = format!("{value:.5e}").parse().unwrap();
                shortened.push_str(&cut.to_string());
            }
            _ => shortened.push_str(number),
        }
        shortened.push_str(rest);
    }
    shortened
}
