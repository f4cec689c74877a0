//! Risk of bias: lights and bars say what the table says, and stay apart.

use resorb::figure::{
    Embedding, FigureError, Fonts, Look, Style,
    forest::{Judgement, Tool},
    rob::{Appraisal, Part, rob},
    svg,
};
use roxmltree::Document;

use crate::figure_parse::{assert_tidy, attribute, has_class, named};

const HEAD: [&str; 6] =
    ["study", "randomisation process", "missing outcome data", "year", "overall", "weight"];
const ROWS: [[&str; 6]; 5] = [
    ["Bush 1992", "low", "some concerns", "1992", "some concerns", "10"],
    ["Komori 1996", "low", "high", "1996", "high", "20"],
    ["Ahn 2000", "low", "low", "2000", "low", "30"],
    ["Cribb 2007", "some concerns", "", "2007", "some concerns", "0"],
    ["Delauche-Cavallier 1992", "high", "high", "1992", "high", "40"],
];

fn read(
    rows: &[[&str; 6]],
    tool: Tool,
    columns: Option<&[&str]>,
    weight: Option<&str>,
) -> Result<Appraisal, resorb::figure::rob::AppraisalProblem> {
    let rows: Vec<(u64, Vec<String>)> =
        (2..).zip(rows).map(|(line, row)| (line, row.map(str::to_owned).to_vec())).collect();
    Appraisal::read(&HEAD.map(str::to_owned), &rows, tool, columns, weight)
}

fn drawn(input: &Appraisal, part: Part, look: &Look, fonts: &Fonts<'_>) -> String {
    svg(&rob(input, part, look, fonts).unwrap(), fonts, Embedding::None)
}

#[test]
fn judgements_are_found_by_their_words() {
    let input = read(&ROWS, Tool::Rob2, None, None).unwrap();
    assert_eq!(input.domains, ["randomisation process", "missing outcome data", "overall"]);
    assert_eq!(input.studies[3].judgements, [Judgement::Some, Judgement::None, Judgement::Some]);
    let named = read(&ROWS, Tool::Rob2, Some(&["overall"]), Some("weight")).unwrap();
    assert_eq!(named.domains, ["overall"]);
    assert_eq!(named.studies[2].weight, Some(30.0));
    assert!(named.csv().ends_with("Delauche-Cavallier 1992,high,40\n"), "{}", named.csv());
}

#[test]
fn what_cannot_be_read_is_said() {
    let told = |result: Result<Appraisal, resorb::figure::rob::AppraisalProblem>| {
        let problem = result.unwrap_err();
        format!("{}\n  help: {}", problem.message, problem.help)
    };
    let mut odd = ROWS;
    odd[1][4] = "fine";
    let mut light = ROWS;
    light[1][5] = "heavy";
    let cases = [
        told(read(&ROWS, Tool::Jbi, None, None)),
        told(read(&ROWS, Tool::Rob2, Some(&["D9"]), None)),
        told(read(&odd, Tool::Rob2, Some(&["overall"]), None)),
        told(read(&light, Tool::Rob2, None, Some("weight"))),
        told(Appraisal::read(&["name".to_owned()], &[], Tool::Rob2, None, None)),
    ];
    insta::assert_snapshot!("rob_problems", cases.join("\n"));
    let empty = read(&[], Tool::Rob2, Some(&["overall"]), None).unwrap();
    let refused = rob(&empty, Part::Both, &Look::default(), &Fonts::bundled().unwrap());
    assert!(matches!(refused, Err(FigureError::Empty { .. })));
}

#[test]
fn every_part_in_every_style_is_tidy() {
    let fonts = Fonts::bundled().unwrap();
    let input = read(&ROWS, Tool::Rob2, None, None).unwrap();
    for style in Style::ALL {
        for part in [Part::Both, Part::Lights, Part::Bars] {
            for width in [85.0, 130.0, 174.0] {
                let look = Look { style, width, ..Look::default() };
                let case = format!("{} {part:?} {width}", style.name());
                assert_tidy(&drawn(&input, part, &look, &fonts), &fonts, &case);
            }
        }
    }
    let look = Look { width: 130.0, ..Look::default() };
    insta::assert_snapshot!("rob", drawn(&input, Part::Both, &look, &fonts));
    let mono = Look { style: Style::Mono, ..look };
    let weighted = read(&ROWS, Tool::Rob2, None, Some("weight")).unwrap();
    insta::assert_snapshot!("rob_bars_weighted", drawn(&weighted, Part::Bars, &mono, &fonts));
}

#[test]
fn long_names_and_many_domains_stay_apart_or_are_refused() {
    let fonts = Fonts::bundled().unwrap();
    let mut head = vec!["study".to_owned()];
    head.extend(
        (0..9).map(|i| format!("Was the domain number {i} of the checklist done in full?")),
    );
    let rows: Vec<(u64, Vec<String>)> = (2..40)
        .map(|line| {
            let mut row = vec![format!("A study group with a name of considerable length {line}")];
            row.extend(
                (0..9).map(|i| ["yes", "no", "unclear", "n/a"][(i + line as usize) % 4].to_owned()),
            );
            (line, row)
        })
        .collect();
    let input = Appraisal::read(&head, &rows, Tool::Jbi, None, None).unwrap();
    for part in [Part::Both, Part::Lights, Part::Bars] {
        for width in [40.0, 60.0, 85.0, 174.0] {
            let look = Look { width, ..Look::default() };
            match rob(&input, part, &look, &fonts) {
                Ok(scene) => {
                    assert_tidy(
                        &svg(&scene, &fonts, Embedding::None),
                        &fonts,
                        &format!("{part:?} {width}"),
                    );
                }
                Err(FigureError::TooNarrow { needed, .. }) => {
                    let look = Look { width: needed, ..Look::default() };
                    assert_tidy(
                        &drawn(&input, part, &look, &fonts),
                        &fonts,
                        "as wide as asked for",
                    );
                }
                Err(error) => panic!("{error}"),
            }
        }
    }
}

/// A row of lights has a circle for each domain, and the pieces of a bar fill it by count or weight.
#[test]
fn lights_and_bars_are_the_table() {
    let fonts = Fonts::bundled().unwrap();
    let look = Look { width: 130.0, ..Look::default() };
    let input = read(&ROWS, Tool::Rob2, None, Some("weight")).unwrap();
    let lights = drawn(&input, Part::Lights, &look, &fonts);
    let document = Document::parse(&lights).unwrap();
    let rows: Vec<_> = document.descendants().filter(|node| has_class(node, "row")).collect();
    assert_eq!(rows.len(), ROWS.len());
    for row in &rows {
        assert_eq!(named(*row, "circle").count(), 3);
    }
    assert_eq!(rows[1].attribute("aria-label"), Some("Komori 1996: D1 low, D2 high, Overall high"));
    let bars = drawn(&input, Part::Bars, &look, &fonts);
    let document = Document::parse(&bars).unwrap();
    let bar = document.descendants().filter(|node| has_class(node, "row")).nth(1).unwrap();
    let widths: Vec<f64> = named(bar, "rect").map(|piece| attribute(&piece, "width")).collect();
    let whole: f64 = widths.iter().sum();
    // Missing outcome data: low 30, some concerns 10, high 20 + 40; a weight of 0 has no piece.
    for (width, share) in widths.iter().zip([0.3, 0.1, 0.6]) {
        assert!((width / whole - share).abs() < 1e-3, "{widths:?}");
    }
    assert_eq!(widths.len(), 3);
    let label = bar.attribute("aria-label").unwrap();
    assert_eq!(label, "missing outcome data: low 1 (30 %), some concerns 1 (10 %), high 2 (60 %)");
}
