//! Regression of counts by the GLMM against plain numerical integration (`glmm.py`): sums of 361 nodes in
//! `NumPy`, maximised by `SciPy`.

use nalgebra::DMatrix;
use resorb::{
    model::{
        Formula, GlmmFit, Level, Link, Model, NestedGlmm, OneStepCi, QTest, Regression, Settings,
        clusters, regress,
    },
    study::Counts,
};

use super::{all_close, close, studies, values};
use crate::reference::numbers;

fn fit(formula: &str, link: Link) -> Regression {
    let model = Model::Glmm { link, ci: OneStepCi::Z, q_test: QTest::Lrt };
    let settings = Settings { model, ..Settings::default() };
    let formula: Formula = formula.parse().unwrap();
    regress(&studies("ldh_resorption_by_type.csv"), &formula, &[], &settings).unwrap()
}

#[test]
fn agrees_with_plain_integration() {
    let values = values("glmm.json");
    for (key, formula, link) in [
        ("lumbar_group", "group", Link::Logit),
        ("lumbar_year", "center(year)", Link::Logit),
        ("lumbar_year_probit", "center(year)", Link::Probit),
        ("lumbar_year_cloglog", "center(year)", Link::Cloglog),
    ] {
        let (ours, theirs) = (fit(formula, link), &values[key]);
        let estimates: Vec<f64> = ours.coefficients.iter().map(|c| c.estimate).collect();
        let se: Vec<f64> = ours.coefficients.iter().map(|c| c.se).collect();
        all_close(&estimates, &theirs["coef"], 1e-7);
        all_close(&se, &theirs["se"], 1e-5);
        let h = &ours.heterogeneity;
        close(h.tau2.unwrap(), theirs["tau2"].as_f64().unwrap(), 1e-7);
        close(h.log_likelihood.unwrap(), theirs["ll"].as_f64().unwrap(), 1e-10);
        assert!(ours.diagnostics.converged);
    }
}

/// Without moderators it is the pooled GLMM, with its interval of `τ²` and its tests.
#[test]
fn an_intercept_alone_is_the_pooled_model() {
    for link in [Link::Logit, Link::Probit, Link::Cloglog] {
        let ours = fit("1", link);
        let all = studies("ldh_resorption_by_type.csv");
        let pooled = GlmmFit::new(all.counts().unwrap(), link).unwrap();
        close(ours.coefficients[0].estimate, pooled.mu(), 1e-9);
        close(ours.coefficients[0].se, pooled.se(), 1e-7);
        let h = &ours.heterogeneity;
        close(h.tau2.unwrap(), pooled.tau2(), 1e-9);
        close(h.log_likelihood.unwrap(), pooled.log_likelihood(), 1e-12);
        let (lower, upper) = pooled.tau2_interval(ours.settings.level);
        close(h.tau2_lower.unwrap(), lower, 1e-7);
        close(h.tau2_upper.unwrap(), upper.unwrap(), 1e-7);
    }
}

/// A study effect beside the row's: both variances above 0.
#[test]
fn nested_agrees_with_a_double_sum() {
    let theirs = &values("glmm.json")["schools_nested"];
    let pairs = numbers(&theirs["events"]).into_iter().zip(numbers(&theirs["total"]));
    let counts: Vec<Counts> =
        pairs.map(|(x, n)| Counts::new(x as u64, n as u64).unwrap()).collect();
    let clusters: Vec<Vec<usize>> = serde_json::from_value(theirs["clusters"].clone()).unwrap();
    let ones = DMatrix::from_element(counts.len(), 1, 1.0);
    let fit = NestedGlmm::fit(&counts, &ones, &clusters, Link::Logit).unwrap();
    close(fit.log_likelihood, theirs["ll"].as_f64().unwrap(), 1e-9);
    all_close(&fit.coefficients, &theirs["coef"], 1e-5);
    all_close(&fit.se, &theirs["se"], 1e-4);
    all_close(&[fit.sigma2_cluster, fit.sigma2_row], &theirs["sigma2"], 1e-5);
    let limits = fit.limits(&counts, &ones, &clusters, Link::Logit, Level::default()).unwrap();
    println!("{limits:?}");
    let both = |(lower, upper): (f64, Option<f64>)| [lower, upper.unwrap()];
    all_close(&both(limits.sigma2_cluster), &theirs["cluster_limits"], 1e-4);
    all_close(&both(limits.sigma2_row), &theirs["row_limits"], 1e-4);
}

/// The limits of `τ²` of a regression, where the profile has lost 1.92.
#[test]
fn profile_limits_agree_with_plain_integration() {
    let theirs = &values("glmm.json")["lumbar_group"];
    let h = fit("group", Link::Logit).heterogeneity;
    all_close(&[h.tau2_lower.unwrap(), h.tau2_upper.unwrap()], &theirs["tau2_limits"], 1e-5);
}

/// Where a variance is estimated as 0 its interval starts there.
#[test]
fn a_variance_of_zero_has_an_interval_from_zero() {
    let studies = studies("ldh_resorption_by_type.csv");
    let counts = studies.counts().unwrap();
    let groups = crate::reference::column("ldh_resorption_by_type", "group");
    let mut levels = groups.clone();
    levels.sort();
    levels.dedup();
    let x = DMatrix::from_fn(groups.len(), levels.len(), |i, j| {
        f64::from(u8::from(j == 0 || groups[i] == levels[j]))
    });
    let members = clusters(studies.labels());
    let fit = NestedGlmm::fit(counts, &x, &members, Link::Logit).unwrap();
    let limits = fit.limits(counts, &x, &members, Link::Logit, Level::default()).unwrap();
    assert_eq!((fit.sigma2_row, limits.sigma2_row.0), (0.0, 0.0));
    let upper = |(_, upper): (f64, Option<f64>)| upper.unwrap();
    assert!(upper(limits.sigma2_row) > 0.0);
    let (lower, cluster) = (limits.sigma2_cluster.0, fit.sigma2_cluster);
    assert!(lower < cluster && cluster < upper(limits.sigma2_cluster));
}

/// A level in which all had the event has no finite coefficient, and the error names it.
#[test]
fn separation_is_named() {
    let csv = b"study,events,total,arm\nA,4,22,x\nB,9,25,x\nC,30,30,y\nD,17,17,y\n";
    let table = resorb::data::read(csv, &resorb::data::Mapping::default()).unwrap();
    let formula: Formula = "arm".parse().unwrap();
    let error = regress(&table.studies, &formula, &[], &Settings::default()).unwrap_err();
    assert!(error.to_string().contains("coefficient of `arm=y` has no finite"), "{error}");
    assert!(regress(&table.studies, &formula, &[], &Settings::two_step()).is_ok());
}
