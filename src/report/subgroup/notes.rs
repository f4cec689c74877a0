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
    let by = &subgroups.clustered_by;
    if let Some(dependence) = &subgroups.dependence {
        if !subgroups.overlap.is_empty() {
            let shared = subgroups.overlap.len();
            sentences.push(format!(
                "{} {} rows to several groups, so rows are not independent; Q between assumes that they are.",
                by.count(shared),
                if shared == 1 { "gives" } else { "give" },
            ));
        }
        sentences.push(dependence.sentence.clone());
        if !matches!(subgroups.overall.settings.model, Model::TwoStep(_)) {
            sentences.push(format!(
                "The cluster-robust test, the three-level model and the differences within {} use the two-step model of logits (REML), whatever the model of the groups.",
                by.many()
            ));
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
                "Carried by a single {}: {}. There a cluster-robust standard error is not defined, nor for a difference from there.",
                by.one(),
                alone.join(", ")
            ));
        }
    }
    sentences.extend(small_groups(subgroups));
    let missing =
        |name: &str| matches!(name.to_lowercase().as_str(), "na" | "n/a" | "nan" | "null" | "-");
    let unknown = names(subgroups, |group| group.group.split(" / ").any(missing));
    if !unknown.is_empty() {
        sentences.push(format!(
            "A group is called {}, a text like any other: if its level is missing, leave the cell empty and use --missing drop.",
            unknown.join(", ")
        ));
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

/// What groups of one study and of two mean for their lines and for Q between.
fn small_groups(subgroups: &Subgroups) -> Vec<String> {
    let of = |k: usize| names(subgroups, |group| group.fit.k == k).join(", ");
    let (one, two) = (of(1), of(2));
    let several = subgroups.groups.len() > 1;
    let mut sentences = Vec::new();
    if subgroups.within.is_some() {
        if !one.is_empty() {
            sentences.push(format!(
                "One study only: {one}. Its line borrows the between-study variance of the other groups."
            ));
        }
        return sentences;
    }
    if !one.is_empty() {
        let enters = if several {
            ", which enters Q between with its own variance alone: that can make p too small"
        } else {
            ""
        };
        sentences.push(format!(
            "One study only: {one}. There is no between-study variance; the line shows the study itself{enters}."
        ));
    }
    let tested = subgroups.between.random.is_some();
    if tested && !two.is_empty() {
        sentences.push(format!(
            "Two studies only: {two}. The variance between two studies is hardly known, and Q between takes the standard error that rests on it as known: be careful with its p value."
        ));
    }
    if tested && !(one.is_empty() && two.is_empty()) {
        let model = match subgroups.overall.settings.model {
            Model::BetaBinomial { .. } => "--model glmm --tau2-common lets",
            _ => "--tau2-common lets",
        };
        sentences.push(format!("{model} small groups share the variance of all."));
    }
    sentences
}

fn names(subgroups: &Subgroups, is: impl Fn(&crate::analysis::Group) -> bool) -> Vec<String> {
    subgroups.groups.iter().filter(|group| is(group)).map(|group| group.group.clone()).collect()
}
