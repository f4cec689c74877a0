//! The three-level model against metafor's `rma.mv` (`tests/reference/*.more.json`).

use nalgebra::DMatrix;
use resorb::model::{Level, Multilevel, Sandwich, Small, clusters};

use crate::reference::{column, json, numbers};

fn effects(name: &str) -> (Vec<f64>, Vec<f64>, Vec<Vec<usize>>) {
    let measure = json(&format!("{name}.more.json"))["measure"].as_str().unwrap().to_owned();
    let effects = &json(&format!("{name}.json"))["effects"][&measure];
    (numbers(&effects["yi"]), numbers(&effects["vi"]), clusters(&column(name, "study")))
}

fn close(ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() <= 1e-4 * theirs.abs().max(1e-2), "ours {ours}, theirs {theirs}");
}

#[test]
fn mean() {
    for name in ["bcg", "raudenbush1985", "ldh_resorption_by_type"] {
        let theirs = &json(&format!("{name}.more.json"))["three_level"];
        let (yi, vi, clusters) = effects(name);
        let x = DMatrix::from_element(yi.len(), 1, 1.0);
        let ours = Multilevel::fit(&x, &yi, &vi, &clusters, Level::default()).unwrap();
        assert!(ours.log_likelihood >= theirs["ll"].as_f64().unwrap() - 1e-7);
        // One row a study: only the sum of the variances is identified.
        if clusters.iter().any(|rows| rows.len() > 1) {
            close(ours.sigma2_cluster, theirs["sigma2_cluster"].as_f64().unwrap());
            close(ours.sigma2_row, theirs["sigma2_row"].as_f64().unwrap());
        }
        close(ours.coefficients[0].estimate, theirs["yi"].as_f64().unwrap());
        close(ours.coefficients[0].se, theirs["se"].as_f64().unwrap());
        let robust = &json(&format!("{name}.more.json"))["three_level_cr2"];
        let phi = |rows: &[usize]| {
            DMatrix::from_fn(rows.len(), rows.len(), |i, j| {
                ours.sigma2_cluster + if i == j { vi[rows[i]] + ours.sigma2_row } else { 0.0 }
            })
        };
        let cr2 = Sandwich::fit(&x, &yi, &clusters, phi, Small::Cr2).unwrap().contrast(&[1.0]);
        close(cr2.se.unwrap(), robust["se"].as_f64().unwrap());
        close(cr2.df.unwrap(), robust["df"].as_f64().unwrap());
    }
}

#[test]
fn groups() {
    for name in ["bcg", "raudenbush1985", "ldh_resorption_by_type"] {
        let theirs = &json(&format!("{name}.more.json"))["three_level_group"];
        let (yi, vi, clusters) = effects(name);
        let groups = column(name, "group");
        let levels: Vec<&str> =
            theirs["levels"].as_array().unwrap().iter().map(|l| l.as_str().unwrap()).collect();
        let x = DMatrix::from_fn(yi.len(), levels.len(), |i, j| {
            f64::from(u8::from(j == 0 || groups[i] == levels[j]))
        });
        let ours = Multilevel::fit(&x, &yi, &vi, &clusters, Level::default()).unwrap();
        for (ours, i) in ours.coefficients.iter().zip(0..) {
            close(ours.estimate, theirs["coef"][i].as_f64().unwrap());
            close(ours.se, theirs["se"][i].as_f64().unwrap());
        }
        let test = ours.test.unwrap();
        close(test.statistic, theirs["qm"].as_f64().unwrap());
        close(test.p_value, theirs["qm_p"].as_f64().unwrap());
    }
}
