//! Properties of subgroups and regression.

use std::sync::Arc;

use resorb::{
    analysis::{Grouping, LevelOrder, Subgroups, subgroups, subgroups_by},
    model::{Formula, Model, Settings, TwoStep, TwoStepCi, pool, regress},
    study::{Column, Moderator, Studies},
};

use super::{close, studies};

fn lumbar() -> Studies {
    studies("ldh_resorption_by_type.csv")
}

/// `studies` with its text column `group` put through `name`, and its rows in `order`.
fn relabelled(studies: &Studies, name: impl Fn(&str) -> String) -> Studies {
    let Column::Text(cells) = &studies.moderator("group").unwrap().column else { panic!() };
    let cells = cells.iter().map(|cell| Some(Arc::from(name(cell.as_deref().unwrap()).as_str())));
    Studies::new(
        studies.labels().to_vec(),
        studies.rows().to_vec(),
        studies.outcomes().clone(),
        vec![Moderator { name: "group".into(), column: Column::Text(cells.collect()) }],
    )
    .unwrap()
}

fn by_group(studies: &Studies, order: &LevelOrder, settings: &Settings) -> Subgroups {
    subgroups(studies, &["group"], order, settings).unwrap()
}

/// Other names and another order of the levels change nothing but names and order.
#[test]
fn names_and_order_of_levels_do_not_matter() {
    for settings in [Settings::two_step(), Settings::default()] {
        let plain = by_group(&lumbar(), &LevelOrder::Data, &settings);
        // Reversed names also turn the alphabetical order round.
        let turned = |name: &str| name.chars().rev().collect::<String>();
        let other = by_group(&relabelled(&lumbar(), turned), &LevelOrder::Name, &settings);
        for group in &plain.groups {
            let same = other.groups.iter().find(|g| g.group == turned(&group.group)).unwrap();
            assert_eq!(same.fit.random, group.fit.random);
            assert_eq!(same.fit.heterogeneity, group.fit.heterogeneity);
        }
        close(other.between.random.unwrap().q, plain.between.random.unwrap().q, 1e-12);
        close(other.between.common.unwrap().q, plain.between.common.unwrap().q, 1e-12);
        let (ours, theirs) = (plain.dependence.unwrap(), other.dependence.unwrap());
        let htz = |d: &resorb::analysis::Dependence| d.robust.test.unwrap().value;
        close(htz(&theirs).f, htz(&ours).f, 1e-8);
        close(htz(&theirs).df2, htz(&ours).df2, 1e-8);
        let nested = |d: &resorb::analysis::Dependence| {
            d.three_level.as_ref().unwrap().test.unwrap().statistic
        };
        close(nested(&theirs), nested(&ours), 1e-6);
        let glmm =
            |d: &resorb::analysis::Dependence| d.glmm.as_ref().unwrap().test.unwrap().statistic;
        close(glmm(&theirs), glmm(&ours), 1e-6);
        assert_eq!(plain.paired.len(), other.paired.len());
    }
}

/// One group under a common `τ²` is the plain fit.
#[test]
fn common_tau2_with_one_group_is_the_plain_fit() {
    let one = relabelled(&lumbar(), |_| "all".to_owned());
    let grouping = Grouping { tau2_common: true, ..Grouping::default() };
    for settings in [Settings::two_step(), Settings::default()] {
        let ours = subgroups_by(&one, &["group"], &grouping, &settings).unwrap();
        assert_eq!(ours.groups[0].fit.random, pool(&one, &settings).unwrap().random);
    }
}

/// Groups that share `τ²` are the regression on their dummies: means, intervals and the test.
#[test]
fn common_tau2_is_the_regression_on_dummies() {
    for ci in [TwoStepCi::Z, TwoStepCi::T, TwoStepCi::Hk, TwoStepCi::Adhoc] {
        let model = Model::TwoStep(TwoStep { ci, ..TwoStep::default() });
        let settings = Settings { model, ..Settings::default() };
        let grouping = Grouping { tau2_common: true, ..Grouping::default() };
        let ours = subgroups_by(&lumbar(), &["group"], &grouping, &settings).unwrap();
        let formula: Formula = "group".parse().unwrap();
        let fit = regress(&lumbar(), &formula, &[], &settings).unwrap();
        for group in &ours.groups {
            let at = fit.predict_at(&format!("group={}", group.group)).unwrap();
            let random = group.fit.random.unwrap().pooled;
            close(random.yi.unwrap(), at.yi, 1e-9);
            close(random.se.unwrap(), at.se.unwrap(), 1e-9);
            close(random.ci_lower.unwrap(), at.ci_lower.unwrap(), 1e-9);
            close(random.ci_upper.unwrap(), at.ci_upper.unwrap(), 1e-9);
            let prediction = group.fit.prediction.unwrap();
            close(prediction.lower, at.lower.unwrap(), 1e-9);
            close(prediction.upper, at.upper.unwrap(), 1e-9);
            close(group.fit.heterogeneity.tau2.unwrap(), fit.heterogeneity.tau2.unwrap(), 1e-9);
        }
        // QM without the Hartung–Knapp scale is Q between at the common τ².
        let qm = fit.test.unwrap().statistic
            * fit.hk_scale().unwrap_or(1.0)
            * if ci == TwoStepCi::Z { 1.0 } else { 3.0 };
        close(ours.between.random.unwrap().q, qm, 1e-9);
    }
}

/// The reference level changes coefficients, not what the model says.
#[test]
fn the_reference_level_does_not_matter() {
    let formula: Formula = "group + year".parse().unwrap();
    for settings in [Settings::two_step(), Settings::default()] {
        let fits = ["bulge", "sequestration"].map(|level| {
            let reference = [("group".to_owned(), level.to_owned())];
            let fit = regress(&lumbar(), &formula, &reference, &settings).unwrap();
            assert_eq!(fit.references[0].level, level);
            fit.with_pairs(resorb::model::Adjust::Holm).unwrap()
        });
        let [a, b] = &fits;
        close(a.test.unwrap().statistic, b.test.unwrap().statistic, 1e-7);
        close(a.heterogeneity.tau2.unwrap(), b.heterogeneity.tau2.unwrap(), 1e-7);
        let at = "group=extrusion,year=2001";
        close(a.predict_at(at).unwrap().yi, b.predict_at(at).unwrap().yi, 1e-7);
        close(a.predict_at(at).unwrap().se.unwrap(), b.predict_at(at).unwrap().se.unwrap(), 1e-7);
        let p = |fit: &resorb::model::Regression| {
            let mut p: Vec<f64> = fit.contrasts.iter().filter_map(|c| c.p_adjusted).collect();
            p.sort_by(f64::total_cmp);
            p
        };
        for (a, b) in p(a).into_iter().zip(p(b)) {
            close(a, b, 1e-6);
        }
    }
}

/// Centring a moderator moves the intercept only; scaling multiplies its coefficient.
#[test]
fn centring_and_scaling() {
    let fit = |formula: &str| {
        regress(&lumbar(), &formula.parse().unwrap(), &[], &Settings::two_step()).unwrap()
    };
    let (plain, centred, scaled) = (fit("year"), fit("center(year)"), fit("scale(year)"));
    close(centred.coefficients[1].estimate, plain.coefficients[1].estimate, 1e-9);
    close(centred.coefficients[1].se, plain.coefficients[1].se, 1e-9);
    close(
        scaled.coefficients[1].statistic.unwrap(),
        plain.coefficients[1].statistic.unwrap(),
        1e-8,
    );
    for other in [&centred, &scaled] {
        close(
            other.predict_at("year=2010").unwrap().yi,
            plain.predict_at("year=2010").unwrap().yi,
            1e-8,
        );
    }
}
