//! Forest plots: layout under adversarial content, and marks where their numbers say.

use resorb::figure::{
    Embedding, FigureError, Fonts, Rich, Scale, Spread, Style,
    forest::{
        Column, Forest, Heterogeneity, Mark, Note, Options, Row, Section, Tool, Value, Values,
        forest, pages,
    },
    svg,
};
use roxmltree::Document;

use crate::figure_parse::{assert_tidy, attribute, has_class, mark_area, named, text_area, ticks};

fn row(label: &str, events: u64, total: u64, limits: (f64, f64), weight: f64) -> Row {
    Row {
        label: label.to_owned(),
        events: Some(events),
        total: Some(total),
        estimate: Some(events as f64 / total as f64),
        lower: Some(limits.0),
        upper: Some(limits.1),
        weight: Some(weight),
        ..Row::default()
    }
}

/// `k` studies with rates, widths and names that vary.
fn studies(k: usize) -> Vec<Row> {
    (0..k)
        .map(|i| {
            let total = 20 + (i as u64 * 37) % 400;
            let events = (total * ((i as u64 * 29) % 97 + 2)) / 100;
            let p = events as f64 / total as f64;
            let half = 1.96 * (p * (1.0 - p) / total as f64).sqrt() + 0.01;
            let limits = ((p - half).max(0.0), (p + half).min(1.0));
            row(&format!("Author{i} {}", 1990 + i % 35), events, total, limits, 100.0 / k as f64)
        })
        .collect()
}

fn whole(rows: Vec<Row>) -> Forest {
    let pooled = |label: &str, mark, estimate, lower, upper| Row {
        label: label.to_owned(),
        mark,
        estimate,
        lower: Some(lower),
        upper: Some(upper),
        events: Some(1_234_567),
        total: Some(9_876_543),
        ..Row::default()
    };
    Forest {
        effect: "Rate".to_owned(),
        level: 95.0,
        sections: vec![Section { rows, ..Section::default() }],
        overall: vec![
            pooled("Common effect", Mark::Common, Some(0.41), 0.39, 0.43),
            pooled("Random effects (GLMM)", Mark::Random, Some(0.45), 0.31, 0.6),
            pooled("Prediction interval", Mark::Prediction, None, 0.08, 0.91),
        ],
        notes: vec![
            Note::Heterogeneity(Heterogeneity {
                label: "Heterogeneity".to_owned(),
                tau: Some(0.94),
                tau_scale: Some("logit".to_owned()),
                i2: Some(91.25),
                i2_limits: Some((86.4, 95.03)),
                q: Some(159.14),
                df: Some(14.0),
                p_value: Some(1e-9),
                ..Heterogeneity::default()
            }),
            Note::Text(Rich::plain("Random effects by maximum likelihood. ".repeat(6))),
        ],
        reference: Some(0.45),
        ..Forest::default()
    }
}

/// Inputs that break layouts.
fn adversarial() -> Vec<(&'static str, Forest)> {
    let long =
        "An extraordinarily long name of a multicentre study group and its collaborators 2019";
    let labelled = |labels: &[&str]| {
        let mut rows = studies(labels.len());
        for (row, label) in rows.iter_mut().zip(labels) {
            (*label).clone_into(&mut row.label);
        }
        whole(rows)
    };
    let constant = |events: fn(u64) -> u64, limits| {
        let mut forest =
            whole((1..8).map(|i| row("All", events(10 * i), 10 * i, limits, 10.0)).collect());
        forest.overall.clear();
        forest.reference = None;
        forest
    };
    let mut heavy = studies(8);
    for row in &mut heavy {
        row.weight = Some(1.0 / 7.0);
    }
    heavy[3].weight = Some(99.0);
    let mut wide = studies(5);
    wide[0].lower = Some(0.0);
    wide[0].upper = Some(1.0);
    let mut twelve = whole(studies(6));
    twelve.moderators = (0..7).map(|i| format!("mod_{i}")).collect();
    for (i, row) in twelve.sections[0].rows.iter_mut().enumerate() {
        row.moderators = (0..7)
            .map(|j| match (i + j) % 3 {
                0 => Value::Missing,
                1 => Value::Number(i as f64 * 1.25),
                _ if j < 5 => Value::Number(1000.0),
                _ => Value::Text("MRI".to_owned()),
            })
            .collect();
    }
    let mut groups = whole(vec![]);
    groups.sections = (0..10)
        .map(|i| Section {
            heading: Some(format!("Subgroup {i} with a heading that is rather long for its place")),
            within: Some(format!("Outer {}", i / 4)),
            rows: studies(1),
            summaries: vec![Row {
                label: "Random effects within this subgroup".to_owned(),
                mark: Mark::Random,
                ..studies(1).remove(0)
            }],
            notes: groups.notes.clone(),
        })
        .collect();
    let mut bias = whole(studies(6));
    bias.tool = Tool::RobinsI;
    bias.bias = ["Sampling frame", "Recruitment", "Sample size", "Measurement", "Response rate"]
        .map(str::to_owned)
        .to_vec();
    for (i, row) in bias.sections[0].rows.iter_mut().enumerate() {
        let all = ["low", "moderate", "serious risk", "critical", "no information"];
        row.bias = (0..5).map(|j| Tool::RobinsI.read(all[(i + j) % 5]).unwrap()).collect();
    }
    let mut wordy = whole(studies(6));
    wordy.moderators = vec!["length_of_follow_up_after_the_first_visit".to_owned(), "d".to_owned()];
    for row in &mut wordy.sections[0].rows {
        let text = "contrast-enhanced magnetic resonance imaging, read by two blinded radiologists";
        row.moderators = vec![Value::Number(12.5), Value::Text(text.to_owned())];
    }
    vec![
        ("words in columns", wordy),
        ("one letter", labelled(&["A", "B", "C"])),
        ("eighty letters", labelled(&[long, long, "Short 1999"])),
        ("one long word", labelled(&[&"W".repeat(80), "x"])),
        (
            "unicode",
            labelled(&["Müller-Łukaszewicz 2001", "Ødegård τ² ≥ 3", "Ñandú <&> \"quoted\" 1999"]),
        ),
        ("right to left", labelled(&["כהן ושות׳ 2004", "دراسة القاهرة ٢٠٠٩", "Smith 2004"])),
        (
            "other scripts",
            labelled(&["王小明 2011", "Иванов 2003", "Παπαδόπουλος 1998", "한국 연구"]),
        ),
        ("no label", labelled(&["", " "])),
        ("one study", whole(studies(1))),
        ("two studies", whole(studies(2))),
        ("forty studies", whole(studies(40))),
        ("two hundred studies", whole(studies(200))),
        ("five hundred studies", whole(studies(500))),
        ("all rates zero", constant(|_| 0, (0.0, 0.0))),
        ("all rates one", constant(|n| n, (1.0, 1.0))),
        ("all rates zero with intervals", constant(|_| 0, (0.0, 0.26))),
        ("one heavy study", whole(heavy)),
        ("very wide intervals", whole(wide)),
        ("twelve columns", twelve),
        ("ten subgroups", groups),
        ("risk of bias", bias),
    ]
}

/// Draws at a width, or at the width that the error says works.
fn drawn(input: &Forest, options: &Options, fonts: &Fonts<'_>, case: &str) -> String {
    let scene = forest(input, options, fonts).or_else(|error| match error {
        FigureError::TooNarrow { needed, .. } => {
            forest(input, &Options { width: needed, ..options.clone() }, fonts)
        }
        other => Err(other),
    });
    let scene = scene.unwrap_or_else(|error| panic!("{case}: {error}"));
    svg(&scene, fonts, Embedding::None)
}

fn wanted(input: &Forest) -> Option<(Vec<Column>, Vec<Column>)> {
    (!input.moderators.is_empty()).then(|| {
        let list =
            format!("study,{},events,total|rate,weight,weight-common", input.moderators.join(","));
        Column::parse(&list, input).unwrap()
    })
}

#[test]
fn nothing_overlaps_and_nothing_leaves_the_page() {
    let fonts = Fonts::bundled().unwrap();
    for (name, input) in adversarial() {
        // Styles differ in colours and punctuation: the long ones need not all be drawn.
        let styles = if input.rows().count() > 100 { &Style::ALL[..1] } else { &Style::ALL[..] };
        for width in [85.0, 114.0, 174.0] {
            for &style in styles {
                let columns = wanted(&input);
                let options = Options {
                    style,
                    width,
                    left: columns.as_ref().map(|c| c.0.clone()),
                    right: columns.map(|c| c.1),
                    ..Options::default()
                };
                let case = format!("{name}, {width} mm, {}", style.name());
                assert_tidy(&drawn(&input, &options, &fonts, &case), &fonts, &case);
            }
        }
    }
}

/// Reads every mark back and holds its place against the numbers, with the axis known only from
/// the labels at its ticks.
fn assert_marks(file: &str, input: &Forest, scale: Scale, fonts: &Fonts<'_>, case: &str) {
    let document = Document::parse(file).unwrap();
    let ticks = ticks(&document);
    let (&(x0, v0), &(x1, v1)) = (ticks.first().unwrap(), ticks.last().unwrap());
    assert!(x1 > x0, "{case}: {ticks:?}");
    let axis = document.descendants().find(|n| has_class(n, "axis")).unwrap();
    let line = named(axis, "line").next().unwrap();
    let (left, right) = (attribute(&line, "x1"), attribute(&line, "x2"));
    let at = |value: f64| {
        (x0 + (value * scale.factor() - v0) / (v1 - v0) * (x1 - x0)).clamp(left, right)
    };
    let groups: Vec<_> = document
        .descendants()
        .filter(|n| ["row", "summary", "prediction"].iter().any(|class| has_class(n, class)))
        .collect();
    let rows: Vec<&Row> = input.rows().collect();
    assert_eq!(groups.len(), rows.len(), "{case}");
    // A tenth of a CSS pixel, in points.
    let near = |a: f64, b: f64| (a - b).abs() < 0.075;
    for (group, row) in groups.iter().zip(rows) {
        let areas: Vec<_> = group.children().filter_map(mark_area).collect();
        let texts: Vec<_> = named(*group, "text").map(|n| text_area(n, fonts)).collect();
        // A symbol of the risk of bias stands on its circle.
        let areas: Vec<_> = areas.into_iter().filter(|area| area.what != "circle").collect();
        for (mark, text) in areas.iter().flat_map(|m| texts.iter().map(move |t| (m, t))) {
            assert!(!mark.meets(text), "{case}: {mark:?} covers {text:?}");
        }
        let find = |what: &str| areas.iter().find(|area| area.what == what);
        match row.mark {
            Mark::Square => {
                let (lower, upper) = (at(row.lower.unwrap()), at(row.upper.unwrap()));
                if upper > lower {
                    let line = find("line").unwrap_or_else(|| panic!("{case}: {row:?}"));
                    assert!(near(line.left, lower) && near(line.right, upper), "{case}: {row:?}");
                }
                let square = find("rect").unwrap();
                let centre = 0.5 * (square.left + square.right);
                assert!(near(centre, at(row.estimate.unwrap())), "{case}: {row:?} {square:?}");
            }
            Mark::Common | Mark::Random | Mark::Result => {
                let diamond = find("polygon").unwrap();
                assert!(near(diamond.left, at(row.lower.unwrap())), "{case}: {row:?}");
                assert!(near(diamond.right, at(row.upper.unwrap())), "{case}: {row:?}");
            }
            Mark::Prediction => {
                let bar = find("rect").unwrap();
                assert!(near(bar.left, at(row.lower.unwrap())), "{case}: {row:?}");
                assert!(near(bar.right, at(row.upper.unwrap())), "{case}: {row:?}");
            }
        }
    }
}

#[test]
fn every_mark_lies_where_its_number_says() {
    let fonts = Fonts::bundled().unwrap();
    for (name, input) in adversarial() {
        for scale in [Scale::Percent, Scale::Proportion, Scale::Per1000] {
            let options = Options { scale, ..Options::default() };
            let case = format!("{name}, {scale:?}");
            let file = drawn(&input, &options, &fonts, &case);
            assert_marks(&file, &input, scale, &fonts, &case);
        }
    }
}

#[test]
fn squares_have_areas_in_proportion_to_the_weights() {
    let fonts = Fonts::bundled().unwrap();
    let mut rows = studies(3);
    for (row, weight) in rows.iter_mut().zip([64.0, 16.0, 36.0]) {
        row.weight = Some(weight);
    }
    let file = drawn(&whole(rows), &Options::default(), &fonts, "weights");
    let document = Document::parse(&file).unwrap();
    let sides: Vec<f64> = document
        .descendants()
        .filter(|n| has_class(n, "row"))
        .map(|group| attribute(&named(group, "rect").next().unwrap(), "width"))
        .collect();
    assert!((sides[1] / sides[0] - 0.5).abs() < 1e-3, "{sides:?}");
    assert!((sides[2] / sides[0] - 0.75).abs() < 1e-3, "{sides:?}");
}

#[test]
fn an_interval_beyond_the_limits_ends_in_an_arrow() {
    let fonts = Fonts::bundled().unwrap();
    let options = Options { limits: Some((0.3, 0.6)), ..Options::default() };
    let input =
        whole(vec![row("Wide", 45, 100, (0.2, 0.7), 1.0), row("Out", 1, 100, (0.0, 0.05), 1.0)]);
    let file = drawn(&input, &options, &fonts, "arrows");
    assert_tidy(&file, &fonts, "arrows");
    let document = Document::parse(&file).unwrap();
    let marks: Vec<(usize, usize)> = document
        .descendants()
        .filter(|n| has_class(n, "row"))
        .map(|group| (named(group, "polygon").count(), named(group, "rect").count()))
        .collect();
    // Two arrows and a square; one arrow and no square, since the estimate is outside.
    assert_eq!(marks, [(2, 1), (1, 0)]);
}

#[test]
fn a_logit_axis_puts_50_percent_in_the_middle_of_10_and_90() {
    let fonts = Fonts::bundled().unwrap();
    let options =
        Options { spread: Some(Spread::Logit), limits: Some((0.1, 0.9)), ..Options::default() };
    let input = whole(vec![row("Even", 50, 100, (0.4, 0.6), 1.0)]);
    let file = drawn(&input, &options, &fonts, "logit");
    assert_tidy(&file, &fonts, "logit");
    let ticks = ticks(&Document::parse(&file).unwrap());
    let at = |value: f64| ticks.iter().find(|tick| tick.1 == value).unwrap().0;
    assert!((at(50.0) - 0.5 * (at(10.0) + at(90.0))).abs() < 0.01);
}

#[test]
fn a_figure_too_narrow_says_the_smallest_width_that_works() {
    let fonts = Fonts::bundled().unwrap();
    let input = whole(studies(3));
    let at = |width| forest(&input, &Options { width, ..Options::default() }, &fonts);
    let Err(FigureError::TooNarrow { needed, .. }) = at(30.0) else {
        panic!("30 mm is too narrow")
    };
    assert!(at(needed).is_ok());
    assert!(at(needed - 1.0).is_err());
}

#[test]
fn pages_hold_every_row_once_with_heads_and_axis() {
    let fonts = Fonts::bundled().unwrap();
    let input = whole(studies(200));
    let scenes = pages(&input, &Options::default(), 247.0, &fonts).unwrap();
    assert!(scenes.len() > 3);
    let mut rows = 0;
    for (i, scene) in scenes.iter().enumerate() {
        assert!(scene.height <= 247.0 * resorb::figure::POINTS_PER_MM + 0.01);
        let file = svg(scene, &fonts, Embedding::None);
        assert_tidy(&file, &fonts, &format!("page {i}"));
        let document = Document::parse(&file).unwrap();
        rows += document.descendants().filter(|n| has_class(n, "row")).count();
        assert!(!ticks(&document).is_empty());
        assert!(file.contains(">Study</text>") && file.contains(&format!("page {} of", i + 1)));
    }
    assert_eq!(rows, 200);
    assert!(matches!(
        pages(&input, &Options::default(), 20.0, &fonts),
        Err(FigureError::PageTooLow { .. })
    ));
}

/// A heading stays with its first study, results with the last one, and a group that goes on behind
/// the end of a page has its heading there again.
#[test]
fn groups_stay_whole_at_the_ends_of_pages() {
    let fonts = Fonts::bundled().unwrap();
    let mut input = whole(vec![]);
    let result = |i: usize| Row {
        label: format!("Result {i}"),
        mark: Mark::Random,
        ..row("", 1, 2, (0.3, 0.7), 1.0)
    };
    input.sections = (0..9)
        .map(|i| Section {
            heading: Some(format!("Group {i}")),
            within: Some(format!("Outer {}", i / 3)),
            rows: studies(3 + 5 * i),
            summaries: vec![result(i)],
            notes: vec![Note::Text(Rich::plain(format!("Note {i}")))],
        })
        .collect();
    for height in [80.0, 95.0, 110.0, 163.0, 257.0] {
        let scenes = pages(&input, &Options::default(), height, &fonts).unwrap();
        let (mut rows, mut continued) = (0, 0);
        for scene in &scenes {
            assert!(scene.height <= height * resorb::figure::POINTS_PER_MM + 0.01, "{height}");
            let file = svg(scene, &fonts, Embedding::None);
            assert_tidy(&file, &fonts, &format!("{height} mm"));
            let document = Document::parse(&file).unwrap();
            rows += document.descendants().filter(|n| has_class(n, "row")).count();
            let kinds: Vec<&str> = document
                .descendants()
                .filter(|n| ["row", "summary", "header"].iter().any(|class| has_class(n, class)))
                .skip(1)
                .map(|n| n.attribute("class").unwrap())
                .collect();
            // The column heads come first; then a heading, with rows behind it on the same page.
            let starts_inside = kinds[0] == "header" || kinds[0] == "summary";
            assert!(starts_inside && kinds.last() != Some(&"header"), "{height}: {kinds:?}");
            for pair in kinds.windows(2) {
                assert!(pair != ["header", "summary"], "{height}: {kinds:?}");
            }
            continued += usize::from(file.contains("(continued)"));
        }
        assert_eq!(rows, (0..9).map(|i| 3 + 5 * i).sum::<usize>());
        assert!(continued > 1 && continued < scenes.len(), "{continued} of {}", scenes.len());
    }
}

#[test]
fn the_figure_says_in_words_what_it_shows() {
    let fonts = Fonts::bundled().unwrap();
    let input = whole(studies(2));
    let file = drawn(&input, &Options::default(), &fonts, "words");
    let document = Document::parse(&file).unwrap();
    let word = |name: &'static str| {
        named(document.root_element(), name).next().and_then(|n| n.text()).unwrap().to_owned()
    };
    assert_eq!(word("title"), "Forest plot");
    let desc = word("desc");
    assert!(desc.starts_with("Forest plot of 2 studies."), "{desc}");
    assert!(desc.contains("45.0% (95% CI 31.0 to 60.0)"), "{desc}");
    let label = document
        .descendants()
        .find(|n| has_class(n, "row"))
        .and_then(|n| n.attribute("aria-label"))
        .unwrap();
    assert_eq!(label, "Author0 1990: 0 of 20, 0.0% (95% CI 0.0 to 1.0), weight 50.0%");
}

/// Ratios have a log axis with the ticks they are read by, a line at no effect, and what lies on its
/// sides; half and double are as far from it.
#[test]
fn ratios_have_a_log_axis_around_no_effect() {
    let fonts = Fonts::bundled().unwrap();
    let ratio = |label: &str, estimate, lower, upper| Row {
        label: label.to_owned(),
        estimate: Some(estimate),
        lower: Some(lower),
        upper: Some(upper),
        weight: Some(50.0),
        ..Row::default()
    };
    let rows = vec![ratio("Lee", 0.5, 0.15, 1.6), ratio("Seo", 2.0, 0.6, 7.0)];
    let input = Forest {
        effect: "Odds ratio".to_owned(),
        values: Values::Ratios,
        null: Some(1.0),
        sections: vec![Section { rows, ..Section::default() }],
        level: 95.0,
        ..Forest::default()
    };
    let favours = Some(("favours surgery".to_owned(), "favours waiting".to_owned()));
    let options = Options { favours, ..Options::default() };
    let file = drawn(&input, &options, &fonts, "ratios");
    assert_tidy(&file, &fonts, "ratios");
    let document = Document::parse(&file).unwrap();
    let ticks = ticks(&document);
    let values: Vec<f64> = ticks.iter().map(|tick| tick.1).collect();
    assert_eq!(values, [0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0]);
    let one = ticks[3].0;
    let squares: Vec<f64> = document
        .descendants()
        .filter(|n| has_class(n, "row"))
        .map(|row| {
            let square = mark_area(named(row, "rect").next().unwrap()).unwrap();
            0.5 * (square.left + square.right)
        })
        .collect();
    assert!((squares[0] - ticks[2].0).abs() < 0.075 && (squares[1] - ticks[4].0).abs() < 0.075);
    let guide = document.descendants().find(|n| has_class(n, "guide")).unwrap();
    let null = named(guide, "line").any(|line| {
        let x = attribute(&line, "x1");
        (x - one).abs() < 0.01 && line.attribute("stroke-width") == Some("0.6")
    });
    assert!(null && file.contains(">favours surgery</text>"));
    assert!(file.contains(">Odds ratio</text>") && file.contains(">0.50</text>"));
}
