//! The numbers behind the figures.

use resorb::{
    analysis::{LevelOrder, subgroups},
    figure::{
        drapery::Drapery, orchard::Orchard, qq::Qq, radial::Radial, study_intervals::StudyIntervals,
    },
    model::{Settings, tau2_profile},
};

use super::{TABLE, bubbles, contributions, filled, fit, influences, ranks, table};

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
        ("baujat", contributions(&studies, &fit).csv(), 5),
        ("influence", influences(&studies, &fit).1.csv(), 5),
        ("doi", ranks(&studies).unwrap().csv(), 5),
        ("filled funnel", filled(&studies, &fit).unwrap().csv(), 6),
        ("study intervals", StudyIntervals::try_from(&fit).unwrap().csv(), 7 * 5),
        ("profile", resorb::figure::profile::csv(&tau2), tau2.points.len()),
    ] {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        assert_eq!(reader.records().map(Result::unwrap).count(), lines, "{name}");
    }
}
