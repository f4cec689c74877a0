//! What a reader needs to know beside the numbers.

use super::super::document::{Label, Sentences};
use crate::{
    analysis::Subgroups,
    model::{Model, Note},
};

/// The sentences under a heading.
pub(super) fn block(subgroups: &Subgroups, rate: impl Fn(f64) -> String) -> Option<Sentences> {
    let sentences = sentences(subgroups, rate);
    (!sentences.is_empty()).then(|| Sentences { heading: Label::plain("Notes"), sentences })
}

/// What the tests show together, which groups are special, and the warnings of their fits; `rate`
/// writes a rate.
pub(in crate::report) fn sentences(
    subgroups: &Subgroups,
    rate: impl Fn(f64) -> String,
) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(dependence) = &subgroups.dependence {
        if !subgroups.overlap.is_empty() {
            let (count, give) = match subgroups.overlap.len() {
                1 => ("1 study".to_owned(), "gives"),
                several => (format!("{several} studies"), "give"),
            };
            sentences.push(format!(
                "{count} {give} rows to several groups, so rows are not independent; Q between assumes that they are."
            ));
        }
        sentences.push(dependence.sentence.clone());
        if !matches!(subgroups.overall.settings.model, Model::TwoStep(_)) {
            sentences.push(
                "The cluster-robust test, the three-level model and the differences within studies use the two-step model of logits (REML), whatever the model of the groups.".to_owned(),
            );
        }
        let alone: Vec<&str> = dependence
            .robust
            .means
            .iter()
            .filter(|mean| mean.se.is_none())
            .map(|mean| mean.group.as_str())
            .collect();
        if !alone.is_empty() {
            sentences.push(format!(
                "Carried by a single study: {}. There a cluster-robust standard error is not defined.",
                alone.join(", ")
            ));
        }
    }
    let single = names(subgroups, |group| group.fit.k == 1);
    let own_tau2 = !subgroups.tau2_common || subgroups.groups.len() == 1;
    match single.as_slice() {
        [] => {}
        names if own_tau2 => sentences.push(format!(
            "One study only: {}. There is no between-study variance; the line shows the study itself, which enters Q between with its own variance.",
            names.join(", ")
        )),
        names => sentences.push(format!(
            "One study only: {}. Its line borrows the between-study variance of the other groups.",
            names.join(", ")
        )),
    }
    let infinite = names(subgroups, |group| {
        group.fit.k > 1 && group.fit.random.and_then(|random| random.pooled.yi).is_none()
    });
    if !infinite.is_empty() {
        sentences.push(format!(
            "No finite value on the analysis scale: {}. Such a group takes no part in Q between.",
            infinite.join(", ")
        ));
    }
    if subgroups.groups.len() == 1 {
        sentences.push("One group: there is nothing to compare it with.".to_owned());
    } else if subgroups.between.random.is_none() {
        sentences.push(
            "Q between needs two groups with a finite value, so there is no test for subgroup differences; --model two-step corrects empty cells and has one."
                .to_owned(),
        );
    }
    let overall = subgroups.overall.diagnostics.warnings.iter();
    sentences.extend(overall.map(|note| format!("All studies: {}", note.sentence(&rate))));
    for group in &subgroups.groups {
        let told = |note: &&Note| !matches!(note, Note::SingleStudy);
        let warnings = group.fit.diagnostics.warnings.iter().filter(told);
        sentences.extend(warnings.map(|note| format!("{}: {}", group.group, note.sentence(&rate))));
    }
    sentences
}

fn names(subgroups: &Subgroups, is: impl Fn(&crate::analysis::Group) -> bool) -> Vec<String> {
    subgroups.groups.iter().filter(|group| is(group)).map(|group| group.group.clone()).collect()
}
