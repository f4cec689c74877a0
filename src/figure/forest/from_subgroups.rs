//! Subgroups: a section for each level, the results over all of them, and the test between them.

use super::{Forest, Heterogeneity, Mark, Note, Section};
use crate::{
    analysis::{BetweenTest, Subgroups},
    figure::{Rich, words::heading},
};

impl From<&Subgroups> for Forest {
    /// Weights are those in the result over all studies, so that squares compare across groups; a
    /// group of one study has no result beside the study's own.
    fn from(subgroups: &Subgroups) -> Self {
        let mut forest = Self::from(&subgroups.overall);
        let weights: Vec<(u64, Option<f64>, Option<f64>)> = subgroups
            .overall
            .studies
            .iter()
            .map(|s| (s.row, s.weight_random.or(s.weight_common), s.weight_common))
            .collect();
        forest.sections = subgroups
            .groups
            .iter()
            .map(|group| {
                let mut section = Section::subgroup(heading(&group.group), &group.fit);
                for (row, study) in section.rows.iter_mut().zip(group.fit.studies.iter()) {
                    let found = weights.iter().find(|(line, _, _)| *line == study.row);
                    (row.weight, row.weight_common) = found.map_or((None, None), |w| (w.1, w.2));
                }
                let sum = section.rows.iter().map(|row| row.weight).sum::<Option<f64>>();
                section.summaries.retain(|row| match row.mark {
                    Mark::Common => false,
                    _ => group.fit.random.is_some(),
                });
                for row in section.summaries.iter_mut().filter(|row| row.mark == Mark::Random) {
                    row.weight = sum;
                    "Random effects".clone_into(&mut row.label);
                }
                section.notes = notes(&section.notes, group.fit.k);
                section
            })
            .collect();
        let between = subgroups.between.random.or(subgroups.between.common);
        forest.notes.extend(between.map(|test| Note::Heterogeneity(differences(test))));
        if !subgroups.overlap.is_empty() {
            let names: Vec<&str> = subgroups.overlap.iter().map(|o| o.study.as_str()).collect();
            forest.notes.push(Note::Text(Rich::plain(format!(
                "{} to several groups, which the test takes as independent.",
                match names[..] {
                    [one] => format!("{one} gives rows"),
                    _ => format!("{} give rows", listed(&names)),
                }
            ))));
        }
        if !subgroups.missing.is_empty() {
            forest.notes.push(Note::Text(Rich::plain(format!(
                "Without a group and left out: {}.",
                listed(&subgroups.missing.iter().map(String::as_str).collect::<Vec<_>>())
            ))));
        }
        forest
    }
}

/// `A, B and C`.
fn listed(names: &[&str]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => names.join(""),
    }
}

/// The heterogeneity of a group without what the figure says once for all.
fn notes(notes: &[Note], k: usize) -> Vec<Note> {
    if k == 1 {
        return vec![Note::Text(Rich::plain("One study: nothing to pool."))];
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
