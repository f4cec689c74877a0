//! Leave-one-out and cumulative analyses: units, orders, one-step models.

use resorb::{
    analysis::{Order, SensitivityError, Unit, cumulative, leave_one_out},
    data::{self, Mapping},
    model::{Settings, pool},
    study::Studies,
};

fn studies(csv: &str) -> Studies {
    data::read(csv.as_bytes(), &Mapping::default()).unwrap().studies
}

const TABLE: &str = "\
study,year,country,events,total
Bush,1992,UK,64,84
Ahn,,,25,36
Bush,1990,UK,4,22
Yu,2014,China,20,83
";

fn added(order: &Order) -> Vec<(String, usize)> {
    cumulative(&studies(TABLE), &Settings::two_step(), order)
        .unwrap()
        .into_iter()
        .map(|step| (step.added, step.fit.k))
        .collect()
}

#[test]
fn studies_come_in_by_any_order() {
    let of = |names: [&str; 4]| -> Vec<(String, usize)> {
        names.into_iter().map(str::to_owned).zip(1..).collect()
    };
    assert_eq!(added(&Order::Data), of(["Bush", "Ahn", "Bush", "Yu"]));
    assert_eq!(added(&Order::Name), of(["Ahn", "Bush", "Bush", "Yu"]));
    assert_eq!(added(&Order::Size), of(["Bush", "Yu", "Ahn", "Bush"]));
    // A missing cell comes last.
    assert_eq!(added(&Order::Column("year".into())), of(["Bush", "Bush", "Yu", "Ahn"]));
    assert_eq!(added(&Order::Column("country".into())), of(["Yu", "Bush", "Bush", "Ahn"]));
    let steps =
        cumulative(&studies(TABLE), &Settings::two_step(), &Order::Column("year".into())).unwrap();
    assert_eq!((steps[0].fit.events, steps[1].fit.events), (Some(4), Some(68)));
}

#[test]
fn the_last_step_and_the_whole_are_one_result() {
    for settings in [Settings::default(), Settings::two_step()] {
        let steps = cumulative(&studies(TABLE), &settings, &Order::Size).unwrap();
        let whole = pool(&studies(TABLE), &settings).unwrap();
        assert_eq!(steps.last().unwrap().fit, whole);
    }
}

#[test]
fn a_study_of_several_rows_is_left_out_whole_on_request() {
    for settings in [Settings::default(), Settings::two_step()] {
        let by = |unit| -> Vec<(String, usize)> {
            leave_one_out(&studies(TABLE), &settings, unit)
                .unwrap()
                .into_iter()
                .map(|part| (part.left_out, part.fit.k))
                .collect()
        };
        let named = |pairs: &[(&str, usize)]| -> Vec<(String, usize)> {
            pairs.iter().map(|&(name, k)| (name.to_owned(), k)).collect()
        };
        assert_eq!(by(Unit::Row), named(&[("Bush", 3), ("Ahn", 3), ("Bush", 3), ("Yu", 3)]));
        assert_eq!(by(Unit::Study), named(&[("Bush", 2), ("Ahn", 3), ("Yu", 3)]));
    }
}

#[test]
fn what_cannot_be_done_is_said() {
    let one = studies("study,events,total\nBush,64,84\nBush,4,22\n");
    let settings = Settings::two_step();
    assert!(leave_one_out(&one, &settings, Unit::Row).is_ok());
    assert_eq!(
        leave_one_out(&one, &settings, Unit::Study),
        Err(SensitivityError::OneStudy { study: "Bush".into() })
    );
    let unknown = cumulative(&one, &settings, &Order::Column("year".into())).unwrap_err();
    assert!(unknown.to_string().contains("`year`"), "{unknown}");
}
