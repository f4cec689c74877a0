//! Panels drawn by plotters: circles lie where their numbers say, by the labels of the ticks.

use resorb::{
    effect::Measure,
    figure::{
        Embedding, Fonts, Look, Style,
        drapery::{Drapery, drapery},
        funnel::{Against, Funnel, Labels, Options, Point, funnel},
        svg,
    },
    model::{Model, Settings, TwoStep, pool},
    study::Studies,
};
use roxmltree::Document;

use crate::figure_parse::{assert_tidy, attribute, has_class, named};

/// The straight line through the first and the last tick: from values to places.
pub(crate) fn line(ticks: &[(f64, f64)]) -> impl Fn(f64) -> f64 + use<> {
    let ((v0, at0), (v1, at1)) = (ticks[0], ticks[ticks.len() - 1]);
    assert!(v1 != v0, "{ticks:?}");
    move |value| at0 + (value - v0) / (v1 - v0) * (at1 - at0)
}

/// Numbers at the ticks with their places: those below the panel and those left of it.
#[allow(clippy::type_complexity)]
pub(crate) fn ticks(document: &Document<'_>) -> (Vec<(f64, f64)>, Vec<(f64, f64)>) {
    let plot = document.descendants().find(|n| has_class(n, "plot")).unwrap();
    let labels = |anchor: &str, place: fn(&roxmltree::Node<'_, '_>) -> f64| -> Vec<(f64, f64)> {
        named(plot, "text")
            .filter(|n| n.attribute("text-anchor") == Some(anchor) && !n.has_attribute("transform"))
            .filter_map(|n| Some((n.text()?.replace('\u{2212}', "-").parse().ok()?, place(&n))))
            .collect()
    };
    (
        labels("middle", |n| attribute(n, "x")),
        // The middle of a digit is 0.36 em over the baseline.
        labels("end", |n| attribute(n, "y") - 0.36 * attribute(n, "font-size")),
    )
}

fn studies() -> Funnel {
    let points = (0..30).map(|i| {
        let i = f64::from(i);
        Point {
            label: format!("Study {i}"),
            yi: (i * 1.7).sin() * 2.0,
            se: 0.1 + 0.03 * i,
            size: Some((12.0 + i * i * 3.0).round()),
            ..Point::default()
        }
    });
    Funnel {
        effect: "Rate".to_owned(),
        labels: Labels::Logit,
        points: points.collect(),
        centre: Some(0.4),
        adjusted: None,
    }
}

#[test]
fn circles_of_a_funnel_lie_where_their_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let input = studies();
    for against in [Against::Size, Against::InverseSize, Against::Se] {
        let options = Options { against, ..Options::default() };
        let file = svg(&funnel(&input, &options, &fonts).unwrap(), &fonts, Embedding::None);
        assert_tidy(&file, &fonts, &format!("{against:?}"));
        let document = Document::parse(&file).unwrap();
        let (x_ticks, y_ticks) = ticks(&document);
        let logit = |percent: f64| (percent / (100.0 - percent)).ln();
        let x_ticks: Vec<_> = x_ticks.into_iter().map(|(v, at)| (logit(v), at)).collect();
        let spread = |v: f64| if against == Against::Size { v.ln() } else { v };
        let y_ticks: Vec<_> = y_ticks.into_iter().map(|(v, at)| (spread(v), at)).collect();
        let (x_at, y_at) = (line(&x_ticks), line(&y_ticks));
        let plot = document.descendants().find(|n| has_class(n, "plot")).unwrap();
        let circles: Vec<_> =
            named(plot, "circle").filter(|n| n.attribute("fill") != Some("none")).collect();
        assert_eq!(circles.len(), input.points.len());
        for (circle, point) in circles.iter().zip(&input.points) {
            let height = match against {
                Against::Size => point.size.unwrap(),
                Against::InverseSize => 1.0 / point.size.unwrap(),
                Against::Se => point.se,
            };
            let (x, y) = (x_at(point.yi), y_at(spread(height)));
            // A tenth of a CSS pixel, in points.
            assert!((attribute(circle, "cx") - x).abs() < 0.075, "{against:?} {point:?} {x}");
            assert!((attribute(circle, "cy") - y).abs() < 0.075, "{against:?} {point:?} {y}");
        }
    }
}

#[test]
fn funnels_of_odd_data_stay_on_the_page() {
    let fonts = Fonts::bundled().unwrap();
    let one = |yi, se, size| Funnel {
        points: vec![Point { yi, se, size, ..Point::default() }],
        ..studies()
    };
    let mut filled = studies();
    for point in filled.points.iter_mut().take(5) {
        point.filled = true;
        point.size = None;
    }
    let cases = [
        ("one study", one(0.0, 0.3, Some(40.0))),
        ("no size", one(0.0, 0.3, None)),
        ("far off", one(-14.0, 3.0, Some(1e9))),
        ("plain", Funnel { labels: Labels::Plain, ..studies() }),
        ("ratios", Funnel { labels: Labels::Log, effect: "Odds ratio".into(), ..studies() }),
        ("filled", filled),
    ];
    for (name, input) in cases {
        for against in [Against::Size, Against::InverseSize, Against::Se] {
            for width in [85.0, 174.0] {
                let style = if width > 100.0 { Style::Lancet } else { Style::Resorb };
                let contours = (against == Against::Se && width > 100.0).then_some(0.0);
                let options = Options { against, width, style, contours, ..Options::default() };
                let scene = funnel(&input, &options, &fonts).unwrap();
                let case = format!("{name} {against:?} {width}");
                assert_tidy(&svg(&scene, &fonts, Embedding::None), &fonts, &case);
            }
        }
    }
    assert!(funnel(&Funnel::default(), &Options::default(), &fonts).is_err());
}

/// The dashed curves of limits and the triangles of corrected studies.
fn marks(file: &str) -> (usize, usize) {
    let document = Document::parse(file).unwrap();
    let plots: Vec<_> = document.descendants().filter(|n| has_class(n, "plot")).collect();
    let count = |name: &'static str, is: fn(&roxmltree::Node<'_, '_>) -> bool| {
        plots.iter().flat_map(|plot| named(*plot, name)).filter(is).count()
    };
    (
        count("polyline", |n| n.has_attribute("stroke-dasharray")),
        count("polygon", |n| n.attribute("points").unwrap().split(' ').count() == 3),
    )
}

/// Where all studies lie on one side of the pooled value, both limits are drawn all the same.
#[test]
fn both_limits_of_a_funnel_are_drawn() {
    let fonts = Fonts::bundled().unwrap();
    for side in [-1.0, 1.0] {
        let mut input = studies();
        for point in &mut input.points {
            point.yi = 0.4 + side * (point.yi.abs() + 0.1);
        }
        for against in [Against::Size, Against::InverseSize, Against::Se] {
            let options = Options { against, ..Options::default() };
            let scene = funnel(&input, &options, &fonts).unwrap();
            assert_eq!(marks(&svg(&scene, &fonts, Embedding::None)).0, 2, "{side} {against:?}");
        }
    }
}

/// Studies of 0/n or n/n stand where a correction puts them, and their mark says so.
#[test]
fn studies_placed_by_a_correction_have_their_own_mark() {
    let fonts = Fonts::bundled().unwrap();
    let counts = [("A", 0, 14), ("B", 5, 20), ("C", 9, 9), ("D", 12, 30), ("E", 7, 31)];
    let studies = Studies::from_counts(counts).unwrap();
    for (measure, corrected) in [(Measure::Plo, 2), (Measure::Pft, 0)] {
        let model = Model::TwoStep(TwoStep { measure, ..TwoStep::default() });
        let fit = pool(&studies, &Settings { model, ..Settings::default() }).unwrap();
        let input = Funnel::from(&fit);
        let file =
            svg(&funnel(&input, &Options::default(), &fonts).unwrap(), &fonts, Embedding::None);
        assert_tidy(&file, &fonts, "corrected");
        assert_eq!(marks(&file).1, corrected, "{measure:?}");
        assert_eq!(file.contains("placed by a correction"), corrected > 0);
        assert_eq!(input.csv().matches(",yes\n").count(), corrected);
    }
    let fit = pool(&studies, &Settings::default()).unwrap();
    let scene = drapery(&Drapery::from(&fit), &Look::default(), &fonts).unwrap();
    assert!(svg(&scene, &fonts, Embedding::None).contains("placed by a correction"));
}

/// The interval of the random-effects result, which with two studies is wide, is on the axis, and
/// rates end at 0 and 1.
#[test]
fn a_drapery_plot_shows_the_whole_interval_of_rates() {
    let fonts = Fonts::bundled().unwrap();
    let studies = Studies::from_counts([("A", 14, 21), ("B", 20, 35)]).unwrap();
    for measure in [Measure::Plo, Measure::Pr] {
        let model = Model::TwoStep(TwoStep { measure, ..TwoStep::default() });
        let fit = pool(&studies, &Settings { model, ..Settings::default() }).unwrap();
        let input = Drapery::from(&fit);
        let random = input.curves.last().unwrap();
        let (first, last) = (random.points[0], random.points[random.points.len() - 1]);
        if measure == Measure::Plo {
            let (_, lower, upper) = random.interval.unwrap();
            assert!(first.0 <= lower && upper <= last.0, "{first:?} {last:?}");
        } else {
            assert!(first.0 >= 0.0 && last.0 <= 1.0, "{first:?} {last:?}");
        }
        let scene = drapery(&input, &Look::default(), &fonts).unwrap();
        let file = svg(&scene, &fonts, Embedding::None);
        let (x, _) = ticks(&Document::parse(&file).unwrap());
        assert!(x.iter().all(|&(percent, _)| (0.0..=100.0).contains(&percent)), "{x:?}");
        assert!(scene.desc.contains("The random-effects result is 6"), "{}", scene.desc);
    }
}
