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
                "{count} {give} rows to several groups: the test by Q assumes independent rows and has them not."
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
                "One study alone carries {}: its mean has no cluster-robust standard error.",
                alone.join(" and, another, ")
            ));
        }
    }
    let single = names(subgroups, |group| group.fit.k == 1);
    let own_tau2 = !subgroups.tau2_common || subgroups.groups.len() == 1;
    match single.as_slice() {
        [] => {}
        names if own_tau2 => sentences.push(format!(
            "One study only: {}. Such a group has no between-study variance; the line shows the study itself, which enters Q between with its own variance.",
            names.join(", ")
        )),
        names => sentences.push(format!(
            "One study only: {}. Its line rests on the variance that the other groups lend it.",
            names.join(", ")
        )),
    }
    let infinite = names(subgroups, |group| group.fit.k > 1 && group.fit.random.is_none());
    if !infinite.is_empty() {
        sentences.push(format!(
            "No finite value on the analysis scale: {}. Such a group takes no part in Q between.",
            infinite.join(", ")
        ));
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
