//! Subgroups: shared studies and the tests that respect them, order, missing columns.

use resorb::{
    analysis::{LevelOrder, subgroups},
    data::{self, Mapping},
    model::{Settings, pool},
    study::Studies,
};

use crate::reference::folder;

fn studies(name: &str) -> Studies {
    let bytes = std::fs::read(folder().join(format!("{name}.csv"))).unwrap();
    data::read(&bytes, &Mapping::default()).unwrap().studies
}

#[test]
fn shared_studies_are_named_and_tested() {
    let by = ["group"];
    let ours = subgroups(
        &studies("ldh_resorption_by_type"),
        &by,
        &LevelOrder::Data,
        &Settings::two_step(),
    )
    .unwrap();
    let shared: Vec<&str> = ours.overlap.iter().map(|o| o.study.as_str()).collect();
    assert_eq!(shared, ["Bush 1992", "Komori 1996", "Ahn 2000"]);
    let dependence = ours.dependence.unwrap();
    // The values of clubSandwich and rma.mv in ldh_resorption_by_type.more.json, which do not depend on
    // the order of the levels.
    let htz = dependence.robust.test.unwrap().value;
    assert!((htz.f - 20.181_377_810_838_9).abs() < 2e-3 && (htz.df2 - 1.726_793).abs() < 1e-4);
    let nested = dependence.three_level.unwrap().test.unwrap();
    assert!((nested.p_value - 5.564_169_6e-6).abs() < 1e-8);
    assert!(
        dependence
            .sentence
            .contains("They disagree, and neither settles the question with 8 studies.")
    );
}

#[test]
fn without_shared_studies_no_extra_tests() {
    let ours =
        subgroups(&studies("ldh_resorption"), &["group"], &LevelOrder::Name, &Settings::two_step());
    let ours = ours.unwrap();
    assert!(ours.overlap.is_empty() && ours.dependence.is_none());
    assert!(ours.groups.windows(2).all(|pair| pair[0].group <= pair[1].group));
}

/// One group is the plain fit.
#[test]
fn one_group_is_the_plain_fit() {
    let all = studies("pritz1997");
    let csv = std::fs::read_to_string(folder().join("pritz1997.csv")).unwrap();
    let mut grouped = csv.replace('\n', ",a\n");
    grouped = grouped.replacen(",a\n", ",arm\n", 1);
    let table = data::read(grouped.as_bytes(), &Mapping::default()).unwrap();
    let ours =
        subgroups(&table.studies, &["arm"], &LevelOrder::Data, &Settings::two_step()).unwrap();
    let plain = pool(&all, &Settings::two_step()).unwrap();
    assert_eq!(ours.groups[0].fit.random, plain.random);
    assert_eq!(ours.between.random, None);
}

#[test]
fn a_missing_column_names_the_nearest() {
    let error =
        subgroups(&studies("ldh_resorption"), &["grup"], &LevelOrder::Data, &Settings::two_step())
            .unwrap_err()
            .to_string();
    assert!(error.contains("did you mean `group`?"), "{error}");
}

/// One study gives all rows: nothing can be said of its rows' dependence, and no number pretends to.
#[test]
fn one_cluster_has_no_robust_test() {
    let csv = "study,events,total,g\nA,3,20,a\nA,5,20,b\nA,9,30,a\nA,8,30,b\n";
    let table = data::read(csv.as_bytes(), &Mapping::default()).unwrap();
    let ours = subgroups(&table.studies, &["g"], &LevelOrder::Data, &Settings::two_step()).unwrap();
    let dependence = ours.dependence.unwrap();
    assert!(dependence.robust.coefficients.iter().all(|c| c.value.se.is_none()));
    assert!(dependence.robust.coefficients.iter().all(|c| c.value.p_value.is_none()));
    assert_eq!(dependence.robust.test, None);
    assert_eq!(dependence.three_level, None);
    assert!(
        dependence.sentence.starts_with("All rows belong to 1 study"),
        "{}",
        dependence.sentence
    );
}
