//! Subgroups: a section for each level, the results over all of them, and the test between them.

use super::{Forest, Heterogeneity, Mark, Note, Section};
use crate::{
    analysis::{BetweenTest, Group, Subgroups},
    figure::{Rich, words::heading},
    model::Fit,
};

impl From<&Subgroups> for Forest {
    /// Weights are those in the result over all studies, so that squares compare across groups; a
    /// group of one study has no result beside the study's own. Groups of several columns stand within
    /// those of the first ones.
    fn from(subgroups: &Subgroups) -> Self {
        let mut forest = Self::from(&subgroups.overall);
        let weights: Vec<(u64, Option<f64>, Option<f64>)> = subgroups
            .overall
            .studies
            .iter()
            .map(|s| (s.row, s.weight_random.or(s.weight_common), s.weight_common))
            .collect();
        let sections = subgroups.groups.iter().map(|group| {
            let mut section = section(group, subgroups.by.len());
            for (row, study) in section.rows.iter_mut().zip(group.fit.studies.iter()) {
                let found = weights.iter().find(|(line, _, _)| *line == study.row);
                (row.weight, row.weight_common) = found.map_or((None, None), |w| (w.1, w.2));
            }
            let sum = section.rows.iter().map(|row| row.weight).sum::<Option<f64>>();
            let common = section.rows.iter().map(|row| row.weight_common).sum::<Option<f64>>();
            section.summaries.retain(|row| match row.mark {
                Mark::Common => false,
                _ => group.fit.random.is_some(),
            });
            for row in section.summaries.iter_mut().filter(|row| row.mark == Mark::Random) {
                (row.weight, row.weight_common) = (sum, common);
                "Random effects".clone_into(&mut row.label);
            }
            section.notes = notes(&section.notes, &group.fit);
            section
        });
        forest.sections = nested(sections.collect());
        // How results are made stands last.
        let methods = forest.notes.pop();
        let between = subgroups.between.random.or(subgroups.between.common);
        forest.notes.extend(between.map(|test| Note::Heterogeneity(differences(test))));
        let mut say = |text: String| forest.notes.push(Note::Text(Rich::plain(text)));
        if subgroups.tau2_common {
            say("All groups share one τ².".to_owned());
        }
        if !subgroups.overlap.is_empty() {
            let names: Vec<&str> = subgroups.overlap.iter().map(|o| o.study.as_str()).collect();
            say(format!(
                "{} to several groups, which the test takes as independent.",
                match names[..] {
                    [one] => format!("{one} gives rows"),
                    _ => format!("{} give rows", listed(&names)),
                }
            ));
        }
        if !subgroups.missing.is_empty() {
            let names: Vec<&str> = subgroups.missing.iter().map(String::as_str).collect();
            say(format!("Without a group and left out: {}.", listed(&names)));
        }
        forest.notes.extend(methods);
        forest
    }
}

/// What stands between the levels of several columns.
const JOINT: &str = " / ";

/// A group under its own level, within those of the columns before the last.
fn section(group: &Group, columns: usize) -> Section {
    let levels: Vec<&str> = group.group.split(JOINT).collect();
    // A level with the joint in its name cannot be told apart.
    match levels.split_last() {
        Some((own, outer)) if columns > 1 && levels.len() == columns => Section {
            within: Some(outer.iter().map(|level| heading(level)).collect::<Vec<_>>().join(JOINT)),
            ..Section::subgroup(heading(own), &group.fit)
        },
        _ => Section::subgroup(heading(&group.group), &group.fit),
    }
}

/// Sections of one outer group behind one another, in the order in which the groups first come.
fn nested(sections: Vec<Section>) -> Vec<Section> {
    let mut outer: Vec<Option<String>> = Vec::new();
    for section in &sections {
        if !outer.contains(&section.within) {
            outer.push(section.within.clone());
        }
    }
    let mut sections = sections;
    sections.sort_by_key(|section| outer.iter().position(|name| *name == section.within));
    sections
}

/// `A, B and C`.
fn listed(names: &[&str]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => names.join(""),
    }
}

/// The heterogeneity of a group without what the figure says once for all.
fn notes(notes: &[Note], fit: &Fit) -> Vec<Note> {
    if fit.k == 1 {
        // With a τ² shared by all groups, one study has a result of its own.
        let alone = fit.random.is_none();
        let note = || Note::Text(Rich::plain("One study: nothing to pool."));
        return alone.then(note).into_iter().collect();
    }
    notes
        .iter()
        .cloned()
        .map(|note| match note {
            Note::Heterogeneity(h) => Note::Heterogeneity(Heterogeneity {
                label: String::new(),
                tau_scale: None,
                i2_limits: None,
                ..h
            }),
            other @ Note::Text(_) => other,
        })
        .collect()
}

fn differences(test: BetweenTest) -> Heterogeneity {
    Heterogeneity {
        label: "Test for subgroup differences".to_owned(),
        q: Some(test.q),
        df: Some(test.df),
        p_value: Some(test.p_value),
        ..Heterogeneity::default()
    }
}
