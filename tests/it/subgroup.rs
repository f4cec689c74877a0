//! Subgroups against metafor 5.1 (`subgroup_separate`) and the tests that respect shared studies.

use resorb::{
    analysis::{LevelOrder, subgroups},
    data::{self, Mapping},
    model::{Settings, pool},
    study::Studies,
};

use crate::reference::{folder, json, numbers};

fn studies(name: &str) -> Studies {
    let bytes = std::fs::read(folder().join(format!("{name}.csv"))).unwrap();
    data::read(&bytes, &Mapping::default()).unwrap().studies
}

fn close(ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() <= 1e-6 * theirs.abs().max(1e-9), "ours {ours}, theirs {theirs}");
}

#[test]
fn separate_tau2() {
    for name in ["ldh_resorption_by_type", "ldh_resorption", "debruin2009"] {
        let theirs = &json(&format!("{name}.json"))["subgroup_separate"];
        if theirs.is_null() {
            continue;
        }
        let names: Vec<String> = theirs["levels"]
            .as_array()
            .unwrap()
            .iter()
            .map(|l| l.as_str().unwrap().into())
            .collect();
        let order = LevelOrder::Given(names.clone());
        let ours = subgroups(&studies(name), &["group"], &order, &Settings::two_step()).unwrap();
        for (i, group) in ours.groups.iter().enumerate() {
            assert_eq!(group.group, names[i]);
            assert_eq!(group.fit.k as u64, theirs["k"][i].as_u64().unwrap());
            let (yi, se) = if let Some(random) = &group.fit.random {
                (random.pooled.yi.unwrap(), random.wald_se.unwrap())
            } else {
                let row = group.fit.studies.get(0).unwrap();
                (row.yi, row.vi.sqrt())
            };
            close(yi, numbers(&theirs["yi"])[i]);
            close(se, numbers(&theirs["se"])[i]);
            match theirs["tau2"][i].as_f64() {
                Some(tau2) => close(group.fit.heterogeneity.tau2.unwrap(), tau2),
                None => assert_eq!(group.fit.heterogeneity.tau2, None),
            }
        }
        let random = ours.between.random.unwrap();
        close(random.q, theirs["q_between_random"].as_f64().unwrap());
        close(ours.between.common.unwrap().q, theirs["q_between_common"].as_f64().unwrap());
        close(random.df, theirs["df"].as_f64().unwrap());
    }
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
    assert!(dependence.sentence.ends_with("Neither settles the question with 8 studies."));
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
