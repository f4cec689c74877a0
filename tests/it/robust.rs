//! Cluster-robust tests against clubSandwich 0.6.0 (`tests/reference/*.more.json`).

use nalgebra::DMatrix;
use resorb::model::{Sandwich, Small};

use crate::reference::{column, json, numbers};

/// A set's effects on the measure of its `.more.json`, with weights at the reference's own `τ²`.
fn sandwich(name: &str, grouped: bool, small: Small) -> Sandwich {
    let set = json(&format!("{name}.json"));
    let more = json(&format!("{name}.more.json"));
    let effects = &set["effects"][more["measure"].as_str().unwrap()];
    let (yi, vi) = (numbers(&effects["yi"]), numbers(&effects["vi"]));
    let measure = &more["measure"];
    let tau2 = if grouped {
        set["regression_group"]["tau2"].as_f64().unwrap()
    } else {
        let fit = set["fits"].as_array().unwrap().iter();
        let mut reml = fit.filter(|f| f["measure"] == *measure && f["tau2_method"] == "REML");
        reml.next().unwrap()["tau2"].as_f64().unwrap()
    };
    let studies = column(name, "study");
    let clusters = resorb::model::clusters(&studies);
    let groups = if grouped { column(name, "group") } else { vec![String::new(); yi.len()] };
    let mut levels = groups.clone();
    levels.sort();
    levels.dedup();
    let x = DMatrix::from_fn(yi.len(), levels.len(), |row, level| {
        f64::from(u8::from(level == 0 || groups[row] == levels[level]))
    });
    let phi = |rows: &[usize]| {
        DMatrix::from_fn(
            rows.len(),
            rows.len(),
            |i, j| if i == j { vi[rows[i]] + tau2 } else { 0.0 },
        )
    };
    Sandwich::fit(&x, &yi, &clusters, phi, small).unwrap()
}

fn close(ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() <= 1e-4 * theirs.abs(), "ours {ours}, theirs {theirs}");
}

#[test]
fn pooled_effect() {
    for name in ["bcg", "raudenbush1985", "ldh_resorption_by_type"] {
        let more = json(&format!("{name}.more.json"));
        for (key, small) in
            [("reml_cr0", Small::Cr0), ("reml_cr1", Small::Cr1), ("reml_cr2", Small::Cr2)]
        {
            let theirs = &more[key];
            if theirs.is_null() {
                continue;
            }
            let ours = sandwich(name, false, small).contrast(&[1.0]);
            close(ours.estimate, theirs["yi"].as_f64().unwrap());
            close(ours.se.unwrap(), theirs["se"].as_f64().unwrap());
            close(ours.df.unwrap(), theirs["df"].as_f64().unwrap());
            close(ours.p_value.unwrap(), theirs["p"].as_f64().unwrap());
        }
    }
}

#[test]
fn groups() {
    for name in ["bcg", "raudenbush1985", "ldh_resorption_by_type"] {
        let more = json(&format!("{name}.more.json"));
        let sandwich = sandwich(name, true, Small::Cr2);
        let theirs = &more["group_cr2"];
        let p = theirs["coef"].as_array().unwrap().len();
        for i in 0..p {
            let c: Vec<f64> = (0..p).map(|j| f64::from(u8::from(i == j))).collect();
            let ours = sandwich.contrast(&c);
            close(ours.estimate, theirs["coef"][i].as_f64().unwrap());
            assert_eq!(ours.se.is_some(), theirs["se"][i].is_number());
            if let (Some(se), Some(df)) = (ours.se, ours.df) {
                close(se, theirs["se"][i].as_f64().unwrap());
                close(df, theirs["df"][i].as_f64().unwrap());
            }
        }
        let constraints = DMatrix::from_fn(p - 1, p, |i, j| f64::from(u8::from(j == i + 1)));
        let test = sandwich.wald(&constraints).unwrap();
        let theirs = &more["group_htz"];
        close(test.f, theirs["f"].as_f64().unwrap());
        close(test.df1, theirs["df1"].as_f64().unwrap());
        close(test.df2, theirs["df2"].as_f64().unwrap());
        close(test.p_value, theirs["p"].as_f64().unwrap());
    }
}
