//! What a reader needs to know beside the numbers.

use super::super::{
    document::{Label, Sentences},
    rows,
};
use crate::model::{CarriedByOne, ClusterRobust, ClusteredBy, Model, Regression, Tau2Method};

/// Studies a coefficient below which a regression says little (Higgins and Green 2011).
const STUDIES_A_COEFFICIENT: usize = 10;
/// Degrees of freedom below which a Satterthwaite p value is not reliable (Tipton 2015).
const RELIABLE_DF: f64 = 4.0;
/// From here on a variance inflation factor is worth a sentence.
const LARGE_VIF: f64 = 10.0;

/// The sentences under a heading.
pub(super) fn block(fit: &Regression) -> Option<Sentences> {
    let sentences = sentences(fit);
    (!sentences.is_empty()).then(|| Sentences { heading: Label::plain("Notes"), sentences })
}

/// Left-out studies, and what to be careful about.
pub(in crate::report) fn sentences(fit: &Regression) -> Vec<String> {
    let mut sentences = Vec::new();
    if !fit.excluded.is_empty() {
        sentences.push(format!("Left out for a missing moderator: {}.", fit.excluded.join(", ")));
    }
    sentences.extend(fit.remarks.iter().cloned());
    let shared = rows::several(fit.studies());
    if !shared.is_empty() && fit.robust.is_none() {
        sentences.push(format!(
            "{} several rows, which these tests call independent; --robust does not.",
            rows::have(&shared)
        ));
    }
    if !shared.is_empty() && fit.robust.is_some() {
        sentences.push(
            "The first table, likelihood ratios and permutations call rows independent; what is marked robust or CR0 to CR2 does not. The prediction for a new study uses the model's standard error."
                .to_owned(),
        );
    }
    if let Some(robust) = &fit.robust {
        if let Some(test) = robust.test.filter(|test| test.value.df2 < RELIABLE_DF) {
            sentences.push(format!(
                "With {:.1} denominator degrees of freedom the p value of the robust test is not reliable.",
                test.value.df2
            ));
        }
        sentences.extend(carried(robust, fit));
    }
    sentences.extend(few_studies(fit));
    let inflated: Vec<&str> = fit
        .coefficients
        .iter()
        .filter(|coefficient| coefficient.vif.is_some_and(|vif| vif > LARGE_VIF))
        // The pieces of one curve are related by construction.
        .filter(|coefficient| {
            !coefficient.term.starts_with("rcs(") && !coefficient.term.contains('^')
        })
        .map(|coefficient| coefficient.term.as_str())
        .collect();
    if !inflated.is_empty() {
        sentences.push(format!(
            "The moderators can hardly be told apart at {} (VIF above 10); centring a number that interacts often helps.",
            inflated.join(", ")
        ));
    }
    if let Model::TwoStep(two_step) = &fit.settings.model
        && two_step.tau2 == Tau2Method::Reml
        && fit.lr_test.is_some()
    {
        sentences.push(
            "Likelihood ratios come from ML refits: restricted likelihoods of different moderators cannot be compared.".to_owned(),
        );
    }
    for predicted in &fit.predictions {
        if !predicted.outside.is_empty() {
            sentences.push(format!(
                "{}: {} lies outside the range of the studies, so the value rests on the model alone.",
                predicted.at,
                predicted.outside.join(", ")
            ));
        }
    }
    sentences.extend(fit.diagnostics.warnings.iter().map(ToString::to_string));
    sentences
}

/// The caution that belongs to a model of few studies.
pub(in crate::report) fn few_studies(fit: &Regression) -> Option<String> {
    let moderators = fit.p.saturating_sub(1);
    (moderators > 0 && fit.k < STUDIES_A_COEFFICIENT * moderators).then(|| {
        format!(
            "{} for {moderators} {}: with fewer than ten a coefficient, chance findings are likely and the model is for exploring.",
            rows::counted(fit.studies()),
            if moderators == 1 { "coefficient" } else { "coefficients" },
        )
    })
}

/// Coefficients that rest on one cluster, and what to do about them.
fn carried(robust: &ClusterRobust, fit: &Regression) -> Vec<String> {
    let one = robust.cluster.one();
    let noted = || robust.coefficients.iter().filter(|coefficient| coefficient.note.is_some());
    let names = |names: Vec<&str>| names.join(", ");
    let mut sentences = Vec::new();
    for carried in &robust.carried_by_one {
        let CarriedByOne { column, level, study } = carried;
        let name = if robust.cluster == ClusteredBy::Study {
            format!(" ({study})")
        } else {
            String::new()
        };
        let another = fit.references.iter().any(|r| r.column == *column && r.level == *level);
        let fix =
            if another { "; compare with a level that several carry by --reference" } else { "" };
        sentences.push(format!(
            "One {one}{name} alone carries {column}={level}: a robust test takes the mean there as known, so differences from it, and predictions there, have no robust standard error{fix}."
        ));
    }
    let rest: Vec<&str> = noted().map(|coefficient| coefficient.term.as_str()).collect();
    if sentences.is_empty() && !rest.is_empty() {
        sentences.push(format!(
            "One {one} alone determines {} or a part of it: there is no robust standard error to trust.",
            names(rest)
        ));
    }
    sentences
}
