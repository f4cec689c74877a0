//! The figures with a panel or with rows: what their tests share.

mod baujat;
mod bubble;
mod drapery;
mod influence;
mod looks;
mod prisma;
mod profile;
mod qq;
mod radial;
mod rob;
mod rows;
mod subsets;
mod tables;

use resorb::{
    analysis::{
        self, GoshOptions, Influence, LevelOrder, Unit, leave_one_out,
        small_study::{self, TrimEstimator},
        subgroups,
    },
    data::{self, Mapping},
    figure::{
        Embedding, Fonts, Look, Scene,
        baujat::{Baujat, baujat},
        bubble::{Bubble, bubble},
        doi::{DoiPlot, doi},
        drapery::{Drapery, drapery},
        funnel::{self, Funnel, funnel},
        gosh::{GoshPlot, gosh},
        influence::{InfluencePlot, influence},
        orchard::{Orchard, orchard},
        profile::profile,
        qq::{Qq, qq},
        radial::{Radial, radial},
        study_intervals::{StudyIntervals, study_intervals},
        svg,
    },
    model::{Fit, Settings, pool, regress, tau2_profile},
    study::Studies,
};
use roxmltree::{Document, Node};

use crate::{
    figure_panels::{line, ticks},
    figure_parse::{self, attribute, has_class, named},
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

/// What each study contributes to Q and moves the common effect by.
fn contributions(studies: &Studies, fit: &Fit) -> Baujat {
    let without = leave_one_out(studies, &fit.settings, Unit::Row).unwrap();
    Baujat::from(analysis::baujat(fit, &without).as_slice())
}

/// What each study does to the result.
fn influences(studies: &Studies, fit: &Fit) -> (Vec<Influence>, InfluencePlot) {
    let without = leave_one_out(studies, &fit.settings, Unit::Row).unwrap();
    let measures = analysis::influence(fit, &without);
    let plot = InfluencePlot::new(fit, &measures);
    (measures, plot)
}

/// All subsets of a few studies, a sample of those of many.
fn subsets(studies: &Studies) -> analysis::Gosh {
    let options = GoshOptions { budget: 1 << 9, sample: 300, ..GoshOptions::default() };
    analysis::gosh(studies, &Settings::two_step(), &options, &mut |_, _| {}).unwrap()
}

/// The funnel with what trim and fill adds on the left.
fn filled(studies: &Studies, fit: &Fit) -> Option<Funnel> {
    let funnel = small_study::Funnel::new(studies, &fit.settings).ok()?;
    let side = Some(small_study::Side::Left);
    let added = small_study::trim_and_fill(&funnel, TrimEstimator::L0, side, false).ok()?;
    Some(Funnel::filled(fit, &added))
}

fn ranks(studies: &Studies) -> Option<DoiPlot> {
    let settings = Settings::two_step();
    let funnel = small_study::Funnel::new(studies, &settings).ok()?;
    Some(DoiPlot::new(&settings, small_study::doi(&funnel).ok()?))
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
    // Leaving each of thousands out takes too long for a test.
    if (2..100).contains(&fit.k) {
        figures.push(("baujat", baujat(&contributions(studies, &fit), &look, fonts).unwrap()));
        let input = influences(studies, &fit).1;
        figures.push(("influence", influence(&input, &look, fonts).unwrap()));
        let subsets = subsets(studies);
        let input = GoshPlot::new(&fit.settings, &subsets);
        figures.push(("gosh", gosh(&input, &look, fonts).unwrap()));
    }
    figures.extend(ranks(studies).map(|input| ("doi", doi(&input, &look, fonts).unwrap())));
    figures.extend(filled(studies, &fit).map(|input| {
        let Look { style, width, scale } = look;
        let options = funnel::Options { style, width, scale, ..funnel::Options::default() };
        ("filled_funnel", funnel(&input, &options, fonts).unwrap())
    }));
    figures.extend(bubbles(studies).map(|b| ("bubble", bubble(&b, &look, fonts).unwrap())));
    let by = subgroups(studies, &["type"], &LevelOrder::Data, &Settings::two_step());
    let input = by.map_or_else(|_| Orchard::from(&fit), |by| Orchard::from(&by));
    figures.push(("orchard", orchard(&input, &look, fonts).unwrap()));
    let input = StudyIntervals::try_from(&fit).unwrap();
    figures.push(("study_intervals", study_intervals(&input, &look, fonts).unwrap()));
    figures
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

/// Values at the axis under rows.
fn below(document: &Document<'_>) -> impl Fn(f64) -> f64 {
    line(
        &figure_parse::ticks(document).into_iter().map(|(x, v)| (v / 100.0, x)).collect::<Vec<_>>(),
    )
}
