//! The figures with a panel or with rows: nothing overlaps, every mark lies where its number says,
//! and each looks as it did in every style.

use std::fmt::Write as _;

use resorb::{
    analysis::{LevelOrder, subgroups},
    data::{self, Mapping},
    figure::{
        Embedding, Fonts, Look, Scene, Style,
        baujat::{self, Baujat, baujat},
        bubble::{Bubble, bubble},
        drapery::{Drapery, drapery},
        orchard::{Orchard, orchard},
        profile::profile,
        qq::{Qq, qq},
        radial::{Radial, radial},
        study_intervals::{StudyIntervals, study_intervals},
        svg,
    },
    model::{Fit, Model, OneStepCi, Settings, pool, regress, tau2_profile},
    study::Studies,
};
use roxmltree::{Document, Node};

use crate::{
    figure_panels::{line, ticks},
    figure_parse::{self, assert_tidy, attribute, has_class, named},
};

/// A tenth of a CSS pixel, in points.
const NEAR: f64 = 0.075;

const TABLE: &str = "\
study,year,type,events,total
Bush 1992,1992,mixed,64,84
Komori 1996,1996,mixed,35,77
Ahn 2000,2000,extrusion,25,36
Cribb 2007,2007,extrusion,14,15
Yu 2014,2014,extrusion,20,83
";

fn table(csv: &str) -> Studies {
    data::read(csv.as_bytes(), &Mapping::default()).unwrap().studies
}

fn fit(studies: &Studies) -> Fit {
    pool(studies, &Settings::two_step()).unwrap()
}

fn bubbles(studies: &Studies) -> Option<Bubble> {
    let fit = regress(studies, &"year".parse().unwrap(), &[], &Settings::two_step());
    Some(Bubble::new(studies, &fit.ok()?).unwrap())
}

/// Contributions to Q and shifts of the pooled value, as a sensitivity analysis gives them.
fn contributions(fit: &Fit) -> Baujat {
    let points = fit.studies.iter().enumerate().map(|(i, s)| baujat::Point {
        label: s.study.to_owned(),
        x: (s.yi - 0.3).powi(2) / s.vi,
        y: 0.1 + (i as f64 * 0.7).sin().abs(),
    });
    Baujat { points: points.collect() }
}

type Figure = (&'static str, Scene);

/// Every figure that the studies allow.
fn figures(studies: &Studies, look: Look, fonts: &Fonts<'_>) -> Vec<Figure> {
    let fit = fit(studies);
    let mut figures = Vec::new();
    if let Ok(input) = Radial::try_from(&fit) {
        figures.push(("radial", radial(&input, &look, fonts).unwrap()));
    }
    if fit.k > 1 {
        figures.push(("qq", qq(&Qq::from(&fit), &look, fonts).unwrap()));
        let input = tau2_profile(studies, &Settings::two_step(), 40).unwrap();
        figures.push(("profile", profile(&input, &look, fonts).unwrap()));
    }
    figures.push(("drapery", drapery(&Drapery::from(&fit), &look, fonts).unwrap()));
    figures.push(("baujat", baujat(&contributions(&fit), &look, fonts).unwrap()));
    figures.extend(bubbles(studies).map(|b| ("bubble", bubble(&b, &look, fonts).unwrap())));
    let by = subgroups(studies, &["type"], &LevelOrder::Data, &Settings::two_step());
    let input = by.map_or_else(|_| Orchard::from(&fit), |by| Orchard::from(&by));
    figures.push(("orchard", orchard(&input, &look, fonts).unwrap()));
    let input = StudyIntervals::try_from(&fit).unwrap();
    figures.push(("study_intervals", study_intervals(&input, &look, fonts).unwrap()));
    figures
}

#[test]
fn each_figure_looks_as_it_did() {
    let fonts = Fonts::bundled().unwrap();
    for (name, scene) in figures(&table(TABLE), Look { width: 114.0, ..Look::default() }, &fonts) {
        let file = svg(&scene, &fonts, Embedding::None);
        assert_tidy(&file, &fonts, name);
        insta::assert_snapshot!(format!("kind_{name}"), file);
    }
}

/// The geometry is that of the default style; what a style changes are paints and words.
#[test]
fn each_style_has_its_paints_and_words() {
    let fonts = Fonts::bundled().unwrap();
    let mut text = String::new();
    for style in Style::ALL {
        let look = Look { style, width: 114.0, ..Look::default() };
        for (name, scene) in figures(&table(TABLE), look, &fonts) {
            let file = svg(&scene, &fonts, Embedding::None);
            assert_tidy(&file, &fonts, &format!("{name}, {}", style.name()));
            let document = Document::parse(&file).unwrap();
            let mut paints: Vec<String> = Vec::new();
            for node in document.descendants().filter(Node::is_element) {
                let of = |name| node.attribute(name).unwrap_or("-");
                let paint = format!(
                    "{} {} {} {} {}",
                    node.tag_name().name(),
                    of("fill"),
                    of("stroke"),
                    of("stroke-width"),
                    of("stroke-dasharray")
                );
                if !paints.contains(&paint) && paint.contains('#') {
                    paints.push(paint);
                }
            }
            paints.sort();
            let words: Vec<&str> = named(document.root_element(), "text")
                .filter_map(|n| n.text())
                .filter(|t| t.contains(['.', '·', '%']))
                .collect();
            writeln!(text, "{} {name}\n  {}\n  {words:?}", style.name(), paints.join("\n  "))
                .unwrap();
        }
    }
    insta::assert_snapshot!("kinds_in_every_style", text);
}

/// Tables that break layouts.
fn adversarial() -> Vec<(&'static str, Studies)> {
    let head = "study,year,type,events,total\n";
    let of = |rows: &str| table(&format!("{head}{rows}"));
    let many = |k: usize, name: fn(usize) -> String| {
        let rows = (0..k).map(|i| {
            let total = 20 + i * 37 % 400;
            let (events, year) = (total * (i * 29 % 97 + 2) / 100, 1990 + i % 33);
            format!("{},{year},{},{events},{total}\n", name(i), ["a", "b", "c"][i % 3])
        });
        of(&rows.collect::<String>())
    };
    let long = |i| {
        format!(
            "An extraordinarily long name of a multicentre study group and its collaborators {i}"
        )
    };
    vec![
        ("one study", of("A,2000,x,3,9\n")),
        ("two studies", of("A,2000,x,3,9\nB,2001,x,5,8\n")),
        ("the same thrice", of("A,2000,x,3,9\nB,2000,x,3,9\nC,2000,y,3,9\n")),
        ("no events", of("A,2000,x,0,9\nB,2001,y,0,18\nC,2009,y,0,30\n")),
        ("all events", of("A,2000,x,9,9\nB,2001,y,18,18\nC,2009,y,30,30\n")),
        ("one giant", of("A,2000,x,3,9\nB,2001,y,500000,1000000\nC,2009,y,8,30\n")),
        ("scripts", of("王小明 2011,2011,型,3,9\nדראי,2001,b,5,8\nИванов <&>,1999,b,7,20\n")),
        ("long names", many(6, long)),
        ("forty", many(40, |i| format!("Author{i} {}", 1990 + i))),
        ("three thousand", many(3000, |i| format!("S{i}"))),
    ]
}

#[test]
fn nothing_overlaps_and_nothing_leaves_the_page() {
    let fonts = Fonts::bundled().unwrap();
    for (case, studies) in adversarial() {
        for (width, style) in [(85.0, Style::Resorb), (174.0, Style::Lancet), (114.0, Style::Jama)]
        {
            if width > 85.0 && studies.k() > 100 {
                continue;
            }
            let look = Look { width, style, ..Look::default() };
            for (name, scene) in figures(&studies, look, &fonts) {
                // Thousands of names stand in a figure of many pages' height.
                if name == "study_intervals" && studies.k() > 100 {
                    continue;
                }
                let case = format!("{name} of {case}, {width} mm");
                assert_tidy(&svg(&scene, &fonts, Embedding::None), &fonts, &case);
            }
        }
    }
}

#[test]
fn thousands_of_marks_become_hexagons() {
    let fonts = Fonts::bundled().unwrap();
    let studies = adversarial().pop().unwrap().1;
    for (name, scene) in figures(&studies, Look::default(), &fonts) {
        if !["radial", "bubble", "orchard"].contains(&name) {
            continue;
        }
        let file = svg(&scene, &fonts, Embedding::None);
        let document = Document::parse(&file).unwrap();
        let circles = named(document.root_element(), "circle").count();
        let hexagons = named(document.root_element(), "polygon")
            .filter(|n| n.attribute("points").unwrap().split(' ').count() == 6)
            .count();
        assert!(circles < 20 && hexagons > 50, "{name}: {circles} circles, {hexagons} hexagons");
        assert!(file.contains(" studies</text>") || name == "orchard", "{name}");
    }
}

/// The file of one figure of the small table.
fn file(name: &str, fonts: &Fonts<'_>) -> String {
    let look = Look { width: 114.0, ..Look::default() };
    let (_, scene) =
        figures(&table(TABLE), look, fonts).into_iter().find(|(n, _)| *n == name).unwrap();
    svg(&scene, fonts, Embedding::None)
}

/// Centres of the filled circles in the panel, in the order drawn.
fn circles(document: &Document<'_>) -> Vec<(f64, f64)> {
    let plot = document.descendants().find(|n| has_class(n, "plot")).unwrap();
    named(plot, "circle")
        .filter(|n| n.attribute("fill") != Some("none"))
        .map(|n| (attribute(&n, "cx"), attribute(&n, "cy")))
        .collect()
}

fn corners(node: &Node<'_, '_>) -> Vec<(f64, f64)> {
    let points = node.attribute("points").unwrap().split(' ');
    points
        .map(|point| {
            let (x, y) = point.split_once(',').unwrap();
            (x.parse().unwrap(), y.parse().unwrap())
        })
        .collect()
}

fn assert_near(found: &[(f64, f64)], wanted: &[(f64, f64)], what: &str) {
    assert_eq!(found.len(), wanted.len(), "{what}");
    for (a, b) in found.iter().zip(wanted) {
        assert!((a.0 - b.0).abs() < NEAR && (a.1 - b.1).abs() < NEAR, "{what}: {a:?} not {b:?}");
    }
}

fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

/// From values to places by the labels of the ticks, which `value` turns into values.
fn places(
    document: &Document<'_>,
    across: fn(f64) -> f64,
    up: fn(f64) -> f64,
) -> impl Fn((f64, f64)) -> (f64, f64) {
    let (x, y) = ticks(document);
    let of = |ticks: Vec<(f64, f64)>, value: fn(f64) -> f64| {
        line(&ticks.into_iter().map(|(v, at)| (value(v), at)).collect::<Vec<_>>())
    };
    let (x, y) = (of(x, across), of(y, up));
    move |(a, b)| (x(a), y(b))
}

const PLAIN: fn(f64) -> f64 = |x| x;
const PERCENT: fn(f64) -> f64 = |x| logit(x / 100.0);

#[test]
fn marks_of_a_radial_plot_lie_where_their_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let input = Radial::try_from(&fit(&table(TABLE))).unwrap();
    let file = file("radial", &fonts);
    let document = Document::parse(&file).unwrap();
    let at = places(&document, PLAIN, PLAIN);
    let wanted: Vec<_> =
        input.points.iter().map(|p| at((1.0 / p.se, (p.yi - input.centre) / p.se))).collect();
    assert_near(&circles(&document), &wanted, "radial");
    // A study's rate stands where the line from the left middle through it meets the right side.
    let axis = document.descendants().find(|n| has_class(n, "axis")).unwrap();
    let size = 8.0;
    let labels: Vec<(f64, f64)> = named(axis, "text")
        .filter(|n| !n.has_attribute("transform"))
        .map(|n| (n.text().unwrap().parse::<f64>().unwrap(), attribute(&n, "y") - 0.36 * size))
        .collect();
    assert!(labels.len() > 2, "{labels:?}");
    let (left, middle) = at((0.0, 0.0));
    let right = attribute(&named(axis, "line").next().unwrap(), "x1");
    let scale = line(&labels.iter().map(|&(v, y)| (PERCENT(v), y)).collect::<Vec<_>>());
    for (point, (x, y)) in input.points.iter().zip(wanted) {
        let end = middle + (y - middle) * (right - left) / (x - left);
        assert!((end - scale(point.yi)).abs() < 0.3, "{point:?}: {end} {}", scale(point.yi));
    }
}

#[test]
fn marks_of_a_qq_plot_lie_where_their_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let input = Qq::from(&fit(&table(TABLE)));
    let file = file("qq", &fonts);
    let document = Document::parse(&file).unwrap();
    let at = places(&document, PLAIN, PLAIN);
    let wanted: Vec<_> = input.points.iter().map(|p| at((p.quantile, p.residual))).collect();
    assert_near(&circles(&document), &wanted, "qq");
    let plot = document.descendants().find(|n| has_class(n, "plot")).unwrap();
    let band = corners(&named(plot, "polygon").next().unwrap());
    let lower: Vec<_> = input.points.iter().map(|p| at((p.quantile, p.band.0))).collect();
    assert_near(&band[..lower.len()], &lower, "band");
}

/// R 4.2: `qnorm(ppoints(5))` and, for the first of five, `qnorm(qbeta(c(.025, .975), 1, 5))`.
#[test]
fn quantiles_and_bands_are_those_of_order_statistics() {
    let input = Qq::new((0..5).map(|i| (String::new(), f64::from(i))), 95.0);
    let quantiles: Vec<f64> = input.points.iter().map(|p| p.quantile).collect();
    for (ours, theirs) in quantiles.iter().zip([-1.179_761, -0.497_200_6, 0.0]) {
        assert!((ours - theirs).abs() < 1e-6, "{ours} {theirs}");
    }
    // The smallest of five: P(all above x) = (1 − Φ(x))⁵.
    let sf = |x: f64| resorb::numeric::normal::sf(x).powi(5);
    let (lower, upper) = input.points[0].band;
    assert!((sf(lower) - 0.975).abs() < 1e-12 && (sf(upper) - 0.025).abs() < 1e-12);
    // Ten studies and eleven have different plotting positions, as ppoints has.
    let of =
        |k: u32| Qq::new((0..k).map(|i| (String::new(), f64::from(i))), 95.0).points[0].quantile;
    assert!((of(10) + 1.546_635).abs() < 1e-6, "{}", of(10));
    assert!((of(11) + 1.690_622).abs() < 1e-6, "{}", of(11));
}

#[test]
fn bubbles_and_their_line_lie_where_their_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let input = bubbles(&table(TABLE)).unwrap();
    let file = file("bubble", &fonts);
    let document = Document::parse(&file).unwrap();
    let at = places(&document, PLAIN, PERCENT);
    let mut points = input.points.clone();
    points.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let wanted: Vec<_> = points.iter().map(|p| at((p.x, p.yi))).collect();
    assert_near(&circles(&document), &wanted, "bubbles");
    let plot = document.descendants().find(|n| has_class(n, "plot")).unwrap();
    let mean: Vec<_> = input.line.iter().map(|l| at((l.x, l.yi))).collect();
    let found = named(plot, "polyline").map(|n| corners(&n)).find(|c| c.len() == mean.len());
    let drawn = named(plot, "polyline")
        .map(|n| corners(&n))
        .any(|c| c.len() == mean.len() && (c[0].1 - mean[0].1).abs() < NEAR);
    assert!(drawn, "{found:?}");
    // Areas are weights.
    let radii: Vec<f64> = named(plot, "circle")
        .filter(|n| n.attribute("fill") != Some("none"))
        .map(|n| attribute(&n, "r"))
        .collect();
    for (radius, point) in radii.iter().zip(&points) {
        let share = (radius / radii[0]).powi(2);
        assert!((share - point.weight / points[0].weight).abs() < 0.01, "{radii:?}");
    }
}

#[test]
fn curves_of_a_drapery_plot_lie_where_their_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let input = Drapery::from(&fit(&table(TABLE)));
    let file = file("drapery", &fonts);
    let document = Document::parse(&file).unwrap();
    let at = places(&document, PERCENT, PLAIN);
    let plot = document.descendants().find(|n| has_class(n, "plot")).unwrap();
    let drawn: Vec<Vec<(f64, f64)>> =
        named(plot, "polyline").map(|n| corners(&n)).filter(|c| c.len() > 50).collect();
    assert_eq!(drawn.len(), input.curves.len());
    for (curve, drawn) in input.curves.iter().zip(drawn) {
        let wanted: Vec<_> = curve.points.iter().map(|&p| at(p)).collect();
        assert_near(&drawn, &wanted, &curve.label);
    }
    // A curve crosses .05 at the ends of the confidence interval.
    let random = fit(&table(TABLE)).random.unwrap().pooled;
    let points = &input.curves.last().unwrap().points;
    let crossing = points.windows(2).find(|w| w[0].1 < 0.05 && w[1].1 >= 0.05).unwrap();
    let (lower, ends) = (random.yi_lower.unwrap(), (crossing[0].0, crossing[1].0));
    assert!(ends.0 <= lower && lower <= ends.1, "{lower} not in {ends:?}");
}

#[test]
fn the_profile_lies_where_its_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let input = tau2_profile(&table(TABLE), &Settings::two_step(), 40).unwrap();
    let file = file("profile", &fonts);
    let document = Document::parse(&file).unwrap();
    let at = places(&document, PLAIN, PLAIN);
    assert_near(&circles(&document), &[at((input.estimate, 0.0))], "the maximum");
    let plot = document.descendants().find(|n| has_class(n, "plot")).unwrap();
    let curve = named(plot, "polyline").map(|n| corners(&n)).max_by_key(Vec::len).unwrap();
    for (tau2, height) in &input.points {
        let (x, y) = at((*tau2, height - input.maximum));
        let seen = curve.iter().any(|p| (p.0 - x).abs() < NEAR && (p.1 - y).abs() < NEAR);
        assert!(seen || height - input.maximum < -2.6 * input.drop, "{tau2} {height}");
    }
}

#[test]
fn a_profile_loses_its_drop_at_the_limits_of_its_interval() {
    for settings in [Settings::two_step(), Settings::default()] {
        let input = tau2_profile(&table(TABLE), &settings, 40).unwrap();
        for limit in [Some(input.lower).filter(|&l| l > 0.0), input.upper].into_iter().flatten() {
            let (_, height) = input.points.iter().find(|p| p.0 == limit).unwrap();
            assert!((input.maximum - height - input.drop).abs() < 1e-6, "{limit} {height}");
        }
        assert!(input.points.iter().all(|p| p.1 <= input.maximum));
        let fit = pool(&table(TABLE), &settings).unwrap();
        assert_eq!(Some(input.estimate), fit.heterogeneity.tau2);
    }
    let beta = Model::BetaBinomial { ci: OneStepCi::default() };
    let settings = Settings { model: beta, ..Settings::default() };
    assert!(tau2_profile(&table(TABLE), &settings, 40).is_err());
}

/// Values at the axis under rows.
fn below(document: &Document<'_>) -> impl Fn(f64) -> f64 {
    line(
        &figure_parse::ticks(document).into_iter().map(|(x, v)| (v / 100.0, x)).collect::<Vec<_>>(),
    )
}

#[test]
fn marks_of_an_orchard_plot_lie_where_their_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let by = subgroups(&table(TABLE), &["type"], &LevelOrder::Data, &Settings::two_step()).unwrap();
    let input = Orchard::from(&by);
    let file = file("orchard", &fonts);
    let document = Document::parse(&file).unwrap();
    let at = below(&document);
    let rows: Vec<_> = document.descendants().filter(|n| has_class(n, "row")).collect();
    assert_eq!(rows.len(), input.groups.len());
    for (row, group) in rows.iter().zip(&input.groups) {
        let centres: Vec<f64> = named(*row, "circle").map(|n| attribute(&n, "cx")).collect();
        let wanted: Vec<f64> =
            group.points.iter().map(|p| p.estimate).chain(group.estimate).map(&at).collect();
        assert_eq!(centres.len(), wanted.len());
        for (a, b) in centres.iter().zip(&wanted) {
            assert!((a - b).abs() < NEAR, "{}: {a} {b}", group.label);
        }
        let lines: Vec<(f64, f64)> =
            named(*row, "line").map(|n| (attribute(&n, "x1"), attribute(&n, "x2"))).collect();
        let wanted: Vec<(f64, f64)> = group
            .prediction
            .into_iter()
            .chain(group.interval)
            .map(|(a, b)| (at(a), at(b)))
            .collect();
        assert_near(&lines, &wanted, &group.label);
    }
}

#[test]
fn lines_of_study_intervals_lie_where_their_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let input = StudyIntervals::try_from(&fit(&table(TABLE))).unwrap();
    let file = file("study_intervals", &fonts);
    let document = Document::parse(&file).unwrap();
    let at = below(&document);
    let rows: Vec<_> = document.descendants().filter(|n| has_class(n, "row")).collect();
    assert_eq!(rows.len(), 5);
    for (row, study) in rows.iter().zip(&input.studies) {
        let lines: Vec<(f64, f64)> = named(*row, "line")
            .filter(|n| attribute(n, "y1") == attribute(n, "y2"))
            .map(|n| (attribute(&n, "x1"), attribute(&n, "x2")))
            .collect();
        let wanted: Vec<_> = study.intervals.iter().map(|&(a, b)| (at(a), at(b))).collect();
        assert_near(&lines, &wanted, &study.label);
    }
}

#[test]
fn marks_of_a_baujat_plot_lie_where_their_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let input = contributions(&fit(&table(TABLE)));
    let file = file("baujat", &fonts);
    let document = Document::parse(&file).unwrap();
    let at = places(&document, PLAIN, PLAIN);
    let mut wanted: Vec<_> = input.points.iter().map(|p| at((p.x, p.y))).collect();
    let mut found = circles(&document);
    wanted.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert_near(&found, &wanted, "baujat");
    // Each of the few studies has its name.
    for point in &input.points {
        assert!(file.contains(&format!(">{}</text>", point.label)), "{}", point.label);
    }
}

/// The numbers behind each figure are a rectangular table with as many lines as it says.
#[test]
fn numbers_behind_figures_are_tables() {
    let studies = table(TABLE);
    let fit = fit(&studies);
    let by = subgroups(&studies, &["type"], &LevelOrder::Data, &Settings::two_step()).unwrap();
    let tau2 = tau2_profile(&studies, &Settings::two_step(), 40).unwrap();
    for (name, csv, lines) in [
        ("radial", Radial::try_from(&fit).unwrap().csv(), 5),
        ("qq", Qq::from(&fit).csv(), 5),
        ("drapery", Drapery::from(&fit).csv(), 7 * 121),
        ("bubble", bubbles(&studies).unwrap().csv(), 5 + 81),
        ("orchard", Orchard::from(&by).csv(), 2 * 5 + 2 * 3),
        ("baujat", contributions(&fit).csv(), 5),
        ("study intervals", StudyIntervals::try_from(&fit).unwrap().csv(), 7 * 5),
        ("profile", resorb::figure::profile::csv(&tau2), tau2.points.len()),
    ] {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        assert_eq!(reader.records().map(Result::unwrap).count(), lines, "{name}");
    }
}

#[test]
fn a_regression_that_a_bubble_plot_cannot_show_is_refused() {
    let studies = table(TABLE);
    for formula in ["type", "year + type"] {
        let fit = regress(&studies, &formula.parse().unwrap(), &[], &Settings::two_step()).unwrap();
        let error = Bubble::new(&studies, &fit).unwrap_err().to_string();
        assert!(error.starts_with("a bubble plot cannot show this: "), "{error}");
    }
}
