//! The three-level model on Konstantopoulos 2011 (56 schools in 11 districts) against metafor's `rma.mv`,
//! which prints σ² .065 and .033.

use nalgebra::DMatrix;
use resorb::model::{Level, Multilevel, clusters};

use super::{all_close, close, values};
use crate::reference::column;

fn floats(name: &str) -> Vec<f64> {
    column("moderators/konstantopoulos2011", name).iter().map(|x| x.parse().unwrap()).collect()
}

fn compare(x: &DMatrix<f64>, key: &str) {
    let theirs = &values("metafor.json")["konstantopoulos2011"][key];
    let districts = clusters(&column("moderators/konstantopoulos2011", "district"));
    let fit =
        Multilevel::fit(x, &floats("yi"), &floats("vi"), &districts, Level::default()).unwrap();
    let coefficients: Vec<f64> = fit.coefficients.iter().map(|c| c.estimate).collect();
    let se: Vec<f64> = fit.coefficients.iter().map(|c| c.se).collect();
    // Theirs stops at a relative change of 1e-10 of the likelihood: 1e-5 of a variance.
    all_close(&coefficients, &theirs["coef"], 1e-5);
    all_close(&se, &theirs["se"], 1e-5);
    all_close(&[fit.sigma2_cluster, fit.sigma2_row], &theirs["sigma2"], 1e-5);
    assert!(fit.log_likelihood >= theirs["ll"].as_f64().unwrap() - 1e-9);
    let limits = |(lower, upper): (f64, Option<f64>)| [lower, upper.unwrap()];
    all_close(&limits(fit.sigma2_cluster_limits), &theirs["district"], 1e-3);
    all_close(&limits(fit.sigma2_row_limits), &theirs["school"], 1e-3);
    if let Some(test) = fit.test {
        close(test.statistic, theirs["qm"].as_f64().unwrap(), 1e-5);
        close(test.p_value, theirs["qm_p"].as_f64().unwrap(), 1e-5);
    }
}

#[test]
fn mean() {
    let x = DMatrix::from_element(56, 1, 1.0);
    compare(&x, "mean");
    // As the paper and metafor's help print it.
    let districts = clusters(&column("moderators/konstantopoulos2011", "district"));
    let fit =
        Multilevel::fit(&x, &floats("yi"), &floats("vi"), &districts, Level::default()).unwrap();
    assert_eq!(format!("{:.5} {:.5}", fit.sigma2_cluster, fit.sigma2_row), "0.06506 0.03274");
}

#[test]
fn on_year() {
    let year = floats("year");
    compare(&DMatrix::from_fn(56, 2, |i, j| if j == 0 { 1.0 } else { year[i] }), "year");
}
