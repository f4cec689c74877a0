//! Cluster-robust tests against clubSandwich, three-level models against `rma.mv`, the nested GLMM against
//! lme4's Laplace approximation.

use std::sync::LazyLock;

use nalgebra::DMatrix;
use resorb::{
    effect::Correction,
    model::{
        Level, Link, Multilevel, NestedGlmm, Regression, Sandwich, Small, TwoStepCi, clusters,
        pool, regress,
    },
};
use serde_json::Value;

use super::{Ledger, MORE, Set};

/// Theirs on top of fits at default tolerances.
const ON_TOP: f64 = 1e-4;
/// A variance of theirs at which the optimiser stopped short of 0.
const ZERO: f64 = 1e-6;
/// Where the likelihood is flat the optimiser of `rma.mv` stops up to this short.
const LAPLACE: f64 = 0.01;

/// Filled once, for the test of this subject and for those that look at all.
pub(super) static LEDGER: LazyLock<Ledger> = LazyLock::new(|| Ledger::of(compare));

fn compare(ledger: &mut Ledger) {
    for set in MORE.map(Set::open) {
        let settings = set.settings(TwoStepCi::Z);
        let fit = |formula: &str| {
            regress(&set.moderated(), &formula.parse().unwrap(), &[], &settings).unwrap()
        };
        for (key, small) in
            [("reml_cr0", Small::Cr0), ("reml_cr1", Small::Cr1), ("reml_cr2", Small::Cr2)]
        {
            if set.at(key).is_some() {
                let robust = fit("1").with_robust(small, None).unwrap().robust.unwrap();
                let ours = &robust.coefficients[0];
                ledger.close(&set, &format!("{key}/yi"), Some(ours.estimate), ON_TOP);
                ledger.close(&set, &format!("{key}/se"), ours.se, ON_TOP);
                ledger.close(&set, &format!("{key}/df"), ours.df, ON_TOP);
                ledger.close(&set, &format!("{key}/p"), ours.p_value, ON_TOP);
            }
        }
        if set.at("group_cr2").is_some() {
            groups(ledger, &set, fit("group").with_robust(Small::Cr2, None).unwrap());
        }
        three_levels(ledger, &set);
        if set.at("glmm_two_intercepts_laplace").is_some() {
            nested(ledger, &set);
        }
    }
}

/// Compares a column in which some values are not defined.
fn column(ledger: &mut Ledger, set: &Set, path: &str, ours: &[Option<f64>]) {
    for (i, ours) in ours.iter().enumerate() {
        let path = format!("{path}/{i}");
        match set.at(&path) {
            Some(Value::Null) => ledger.undefined(set, &path, *ours),
            _ => ledger.close(set, &path, *ours, ON_TOP),
        }
    }
}

fn levels(ledger: &mut Ledger, set: &Set, path: &str) -> Vec<String> {
    let studies = set.moderated();
    let resorb::study::Column::Text(cells) = &studies.moderator("group").unwrap().column else {
        panic!("text");
    };
    let mut levels: Vec<String> = cells.iter().flatten().map(ToString::to_string).collect();
    levels.sort();
    levels.dedup();
    for (i, level) in levels.iter().enumerate() {
        ledger.same(set, &format!("{path}/levels/{i}"), &serde_json::json!(level));
    }
    levels
}

fn groups(ledger: &mut Ledger, set: &Set, fit: Regression) {
    levels(ledger, set, "group_cr2");
    let robust = fit.robust.unwrap();
    let of = |f: &dyn Fn(&resorb::model::Combination) -> Option<f64>| {
        robust.coefficients.iter().map(f).collect::<Vec<_>>()
    };
    column(ledger, set, "group_cr2/coef", &of(&|c| Some(c.estimate)));
    column(ledger, set, "group_cr2/se", &of(&|c| c.se));
    for (i, c) in robust.coefficients.iter().enumerate() {
        let path = format!("group_cr2/df/{i}");
        if set.at(&format!("group_cr2/se/{i}")) == Some(&Value::Null) {
            // One row fits its level perfectly: the robust variance is 0 whatever the data, and its
            // degrees of freedom are 0²/0, of which rounding left theirs something.
            ledger.rounding_of_theirs(set, &path, c.df);
        } else {
            ledger.close(set, &path, c.df, ON_TOP);
        }
    }
    column(ledger, set, "group_cr2/p", &of(&|c| c.p_value));
    let test = robust.test.map(|test| test.value);
    ledger.close(set, "group_htz/f", test.map(|t| t.f), ON_TOP);
    ledger.close(set, "group_htz/df1", test.map(|t| t.df1), 0.0);
    ledger.close(set, "group_htz/df2", test.map(|t| t.df2), ON_TOP);
    ledger.close(set, "group_htz/p", test.map(|t| t.p_value), ON_TOP);
}

/// One column for the mean, with `group` one for each level (the first is the intercept).
fn design(groups: &[String], levels: &[String]) -> DMatrix<f64> {
    DMatrix::from_fn(groups.len(), levels.len().max(1), |i, j| {
        f64::from(u8::from(j == 0 || groups[i] == levels[j]))
    })
}

fn three_levels(ledger: &mut Ledger, set: &Set) {
    if set.at("three_level").is_none() {
        return;
    }
    let studies = set.moderated();
    let measure = Set::measure(set.default_measure());
    let effects = measure.effects(&studies, Correction::default()).unwrap();
    let (yi, vi) = (effects.yi(), effects.vi());
    let members = clusters(studies.labels());
    let groups = super::column(set.name.trim_end_matches(".more"), "group");
    let fit = |x: &DMatrix<f64>| Multilevel::fit(x, yi, vi, &members, Level::default()).unwrap();

    let ones = design(&groups, &[]);
    let mean = fit(&ones);
    ledger.close(set, "three_level/yi", Some(mean.coefficients[0].estimate), ON_TOP);
    ledger.close(set, "three_level/se", Some(mean.coefficients[0].se), ON_TOP);
    ledger.at_least(set, "three_level/ll", Some(mean.log_likelihood + 1e-9));
    let q = pool(&studies, &set.settings(TwoStepCi::Z)).unwrap().heterogeneity.q;
    ledger.close(set, "three_level/q", q, ON_TOP);
    variances(ledger, set, ["three_level/sigma2_cluster", "three_level/sigma2_row"], &mean);
    let phi = |rows: &[usize]| {
        DMatrix::from_fn(rows.len(), rows.len(), |i, j| {
            mean.sigma2_cluster + if i == j { vi[rows[i]] + mean.sigma2_row } else { 0.0 }
        })
    };
    let robust = Sandwich::fit(&ones, yi, &members, phi, Small::Cr2).unwrap().contrast(&[1.0]);
    ledger.close(set, "three_level_cr2/se", robust.se, ON_TOP);
    ledger.close(set, "three_level_cr2/df", robust.df, ON_TOP);
    ledger.close(set, "three_level_cr2/p", robust.p_value, 3.0 * ON_TOP);

    if set.at("three_level_group").is_some() {
        let levels = levels(ledger, set, "three_level_group");
        let found = fit(&design(&groups, &levels));
        let of = |f: &dyn Fn(&resorb::model::ThreeLevelCoefficient) -> f64| {
            found.coefficients.iter().map(|c| Some(f(c))).collect::<Vec<_>>()
        };
        column(ledger, set, "three_level_group/coef", &of(&|c| c.estimate));
        column(ledger, set, "three_level_group/se", &of(&|c| c.se));
        variances(
            ledger,
            set,
            ["three_level_group/sigma2/0", "three_level_group/sigma2/1"],
            &found,
        );
        let test = found.test.unwrap();
        ledger.close(set, "three_level_group/qm", Some(test.statistic), ON_TOP);
        ledger.close(set, "three_level_group/qm_p", Some(test.p_value), ON_TOP);
    }
}

fn variances(ledger: &mut Ledger, set: &Set, [cluster, row]: [&str; 2], fit: &Multilevel) {
    ledger.near(set, cluster, Some(fit.sigma2_cluster), (ON_TOP, ZERO));
    ledger.near(set, row, Some(fit.sigma2_row), (ON_TOP, ZERO));
}

/// A rough check: the Laplace approximation is off by a percent.
fn nested(ledger: &mut Ledger, set: &Set) {
    let path = "glmm_two_intercepts_laplace";
    let levels = levels(ledger, set, path);
    let studies = set.moderated();
    let groups = super::column(set.name.trim_end_matches(".more"), "group");
    let x = design(&groups, &levels);
    let members = clusters(studies.labels());
    let fit = NestedGlmm::fit(studies.counts().unwrap(), &x, &members, Link::Logit).unwrap();
    for (i, &estimate) in fit.coefficients.iter().enumerate() {
        ledger.close(set, &format!("{path}/coef/{i}"), Some(estimate), LAPLACE);
    }
    // Theirs lists the rows first.
    ledger.near(set, &format!("{path}/var/0"), Some(fit.sigma2_row), (LAPLACE, ZERO));
    ledger.near(set, &format!("{path}/var/1"), Some(fit.sigma2_cluster), (LAPLACE, ZERO));
}

#[test]
fn clusters_agree() {
    LEDGER.assert_clean();
}
