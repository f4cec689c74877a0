//! The flow diagram: its sums, its words, and boxes that hold them.

use resorb::figure::{
    Embedding, FigureError, Fonts, Look, Style,
    prisma::{Flow, Step, prisma},
    svg,
};
use roxmltree::Document;

use crate::figure_parse::{Area, assert_tidy, has_class, mark_area, named, text_area};

/// A whole review: databases, registers, other methods, every reason.
pub(super) const WHOLE: &str = "\
databases = { PubMed = 812, Embase = 930 }
registers = { \"ClinicalTrials.gov\" = 44 }
removed = { \"Duplicate records removed\" = 610 }
screened = 1176
excluded = 1052
sought = 124
not_retrieved = 3
assessed = 121
other_sources = { Websites = 5, \"Citation searching\" = 14 }
other_sought = 19
other_not_retrieved = 1
other_assessed = 18
studies = 34
reports = 37

[reports_excluded]
\"Wrong population\" = 61
\"No usable outcome\" = 28

[other_reports_excluded]
\"Wrong population\" = 13
";
const SMALL: &str =
    "databases = 100\nremoved = 10\nscreened = 90\nexcluded = 70\nassessed = 20\nstudies = 9\n";

fn file(text: &str, look: &Look, fonts: &Fonts<'_>) -> String {
    svg(&prisma(&Flow::toml(text).unwrap(), look, fonts).unwrap(), fonts, Embedding::None)
}

fn page() -> Look {
    Look { width: 174.0, ..Look::default() }
}

/// Each box holds all of its own lines and none of another's; boxes do not meet.
fn assert_boxed(svg: &str, fonts: &Fonts<'_>, case: &str) {
    assert_tidy(svg, fonts, case);
    let document = Document::parse(svg).unwrap();
    let cards: Vec<(Area, Vec<Area>)> = document
        .descendants()
        .filter(|node| has_class(node, "row"))
        .map(|group| {
            let edge = named(group, "rect").find_map(mark_area).unwrap();
            (edge, named(group, "text").map(|text| text_area(text, fonts)).collect())
        })
        .collect();
    assert!(cards.len() > 3, "{case}");
    for (i, (edge, lines)) in cards.iter().enumerate() {
        assert!(!lines.is_empty(), "{case}");
        for line in lines {
            let inside = line.left >= edge.left
                && line.right <= edge.right
                && line.top >= edge.top
                && line.bottom <= edge.bottom;
            assert!(inside, "{case}: {line:?} leaves {edge:?}");
        }
        for (other, _) in &cards[i + 1..] {
            assert!(!edge.meets(other), "{case}: {edge:?} meets {other:?}");
        }
    }
    let arrows = document.descendants().find(|node| has_class(node, "guide")).unwrap();
    let corner = |point: &str| -> (f64, f64) {
        let (x, y) = point.split_once(',').unwrap();
        (x.parse().unwrap(), y.parse().unwrap())
    };
    for line in named(arrows, "polyline") {
        let points: Vec<(f64, f64)> =
            line.attribute("points").unwrap().split(' ').map(corner).collect();
        for ends in points.windows(2) {
            let ((x0, y0), (x1, y1)) = (ends[0], ends[1]);
            let piece = Area {
                what: "arrow".to_owned(),
                left: x0.min(x1) - 0.4,
                right: x0.max(x1) + 0.4,
                top: y0.min(y1) - 0.4,
                bottom: y0.max(y1) + 0.4,
            };
            for text in cards.iter().flat_map(|(_, lines)| lines) {
                assert!(!text.meets(&piece), "{case}: {piece:?} crosses {text:?}");
            }
        }
    }
}

#[test]
fn whole_and_small_reviews_in_every_style() {
    let fonts = Fonts::bundled().unwrap();
    for style in Style::ALL {
        for (name, text) in [("whole", WHOLE), ("small", SMALL)] {
            let svg = file(text, &Look { style, ..page() }, &fonts);
            assert_boxed(&svg, &fonts, &format!("{name} {}", style.name()));
        }
    }
    let svg = file(WHOLE, &page(), &fonts);
    insta::assert_snapshot!("prisma", svg);
    let mono = Look { width: 100.0, style: Style::Mono, ..Look::default() };
    insta::assert_snapshot!("prisma_small", file(SMALL, &mono, &fonts));
}

/// Long names, many reasons, other scripts, and every width that is not refused.
#[test]
fn words_of_any_length_stay_in_their_boxes() {
    let fonts = Fonts::bundled().unwrap();
    let reason = |i| format!("'A reason of exclusion that is told at some length, number {i}' = 1");
    let reasons = (0..24).map(reason).collect::<Vec<_>>().join("\n");
    let odd = format!(
        "databases = {{ 'Чешская национальная медицинская библиотека' = 90000, \
         'WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW' = 10000 }}\nscreened = 100000\n\
         excluded = {{ '<script>&amp;' = 99000, 'b' = 900 }}\nassessed = 100\nstudies = 76\n\
         [reports_excluded]\n{reasons}"
    );
    let texts = [WHOLE, SMALL, odd.as_str()];
    for width in [60.0, 85.0, 100.0, 130.0, 174.0, 300.0] {
        for text in texts {
            let flow = Flow::toml(text).unwrap();
            let look = Look { width, ..Look::default() };
            match prisma(&flow, &look, &fonts) {
                Ok(scene) => {
                    let svg = svg(&scene, &fonts, Embedding::None);
                    assert_boxed(&svg, &fonts, &format!("{width} mm"));
                }
                Err(FigureError::TooNarrow { needed, .. }) => {
                    assert!(needed > width, "{needed} {width}");
                    let look = Look { width: needed, ..Look::default() };
                    assert_boxed(&file(text, &look, &fonts), &fonts, "as wide as asked for");
                }
                Err(error) => panic!("{error}"),
            }
        }
    }
}

#[test]
fn every_count_is_on_the_page_and_in_the_words() {
    let fonts = Fonts::bundled().unwrap();
    let flow = Flow::toml(WHOLE).unwrap();
    let scene = prisma(&flow, &page(), &fonts).unwrap();
    let mut drawn = String::new();
    scene.visit_texts(&mut |text| {
        drawn.push_str(&text.text.text().replace('\u{a0}', " "));
        drawn.push(' ');
    });
    for entry in flow.entries() {
        let count = if entry.count < 1000 {
            entry.count.to_string()
        } else {
            format!("{},{:03}", entry.count / 1000, entry.count % 1000)
        };
        let count = format!("(n = {count})");
        assert!(drawn.contains(&count) && scene.desc.contains(&count), "{entry:?}");
        if let Some(name) = &entry.name {
            let words = format!("{name} {count}");
            assert!(drawn.contains(&words) && scene.desc.contains(&words), "{words}: {drawn}");
        }
    }
    assert_eq!(flow.csv().lines().count(), flow.entries().len() + 1);
}

/// A table says what the TOML file says.
#[test]
fn rows_of_a_table_are_a_flow() {
    let flow = Flow::toml(WHOLE).unwrap();
    let csv = flow.csv();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let again =
        Flow::rows(rows.iter().zip(2..).map(|(row, line)| (line, &row[0], &row[1], &row[2])))
            .unwrap();
    for step in Step::ALL {
        assert_eq!(again.total(step), flow.total(step), "{step:?}");
        let names = |flow: &Flow| flow.of(step).map(|e| e.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&again), names(&flow));
    }
}

/// What is wrong is said with the lines, and what to do.
#[test]
fn flows_that_do_not_add_up() {
    let told = |text: &str| {
        let problem = Flow::toml(text).unwrap_err();
        format!("{}\n  help: {}", problem.message, problem.help)
    };
    let change = |from: &str, to: &str| WHOLE.replace(from, to);
    let cases = [
        change("screened = 1176", "screened = 1175"),
        change("excluded = 1052\n", "excluded = 1200\n"),
        change("assessed = 121", "assessed = 120"),
        change("not_retrieved = 3\n", ""),
        change("reports = 37", "reports = 39"),
        change("other_sought = 19", "other_sought = 25"),
        change("other_assessed = 18", "other_assessed = 19"),
        change("\"No usable outcome\" = 28", "\"No usable outcome\" = 280"),
        change("screened = 1176", "screned = 1176"),
        change("screened = 1176", "screened = 1176.0"),
        change("screened = 1176", "screened = -3"),
        change("screened = 1176\n", ""),
        change("screened = 1176", "screened = { all = 1176 }"),
        change("databases = { PubMed = 812, Embase = 930 }\n", "")
            .replace("registers = { \"ClinicalTrials.gov\" = 44 }\n", ""),
        "screened = \n".to_owned(),
    ];
    let told: Vec<String> = cases.iter().map(|text| told(text)).collect();
    insta::assert_snapshot!("prisma_problems", told.join("\n"));
    let rows = [(2, "databases", "PubMed", "8"), (3, "Databases", "PubMed", "9")];
    let twice = Flow::rows(rows).unwrap_err();
    assert_eq!(twice.message, "lines 2 and 3: `databases`, PubMed, is given twice");
    let beside = Flow::rows([(2, "databases", "PubMed", "8"), (3, "databases", "", "9")]);
    assert!(beside.unwrap_err().message.contains("as a whole beside its parts"));
    let text = Flow::rows([(2, "not retrieved", "", "many")]).unwrap_err();
    assert_eq!(text.message, "line 2: `many` is no count of reports not retrieved");
}
