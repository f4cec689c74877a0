//! The studies of a result: their effect, interval and weight, one row each.

use serde::{Serialize, Serializer, ser::SerializeSeq};

use super::Level;
use crate::{
    effect::{BackContext, Effects, StudyInterval},
    numeric::normal,
    study::Studies,
};

/// The studies of a fit. A row is made when it is asked for: a million exact intervals that nobody
/// looks at would cost more than the analysis.
#[derive(Clone, Debug, PartialEq)]
pub struct StudyRows {
    studies: Studies,
    effects: Effects,
    weights_common: Option<Vec<f64>>,
    weights_random: Option<Vec<f64>>,
    method: StudyInterval,
    level: Level,
}

/// One study of a result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StudyRow<'a> {
    /// Its name.
    pub study: &'a str,
    /// Its line in the file.
    pub row: u64,
    /// Its events, where it reports counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<u64>,
    /// Its total, where it reports counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// Its effect on the analysis scale.
    pub yi: f64,
    /// Its sampling variance.
    pub vi: f64,
    /// Its value on the display scale: the raw proportion for counts.
    pub estimate: f64,
    /// Lower limit of its interval.
    pub ci_lower: f64,
    /// Upper limit of its interval.
    pub ci_upper: f64,
    /// Its share of the common-effect result, in percent.
    pub weight_common: Option<f64>,
    /// Its share of the random-effects result, in percent.
    pub weight_random: Option<f64>,
}

impl StudyRows {
    /// Puts rows together; weights are percentages that sum to 100, one a study.
    #[must_use]
    pub(crate) fn new(
        studies: Studies,
        effects: Effects,
        weights_common: Option<Vec<f64>>,
        weights_random: Option<Vec<f64>>,
        method: StudyInterval,
        level: Level,
    ) -> Self {
        Self { studies, effects, weights_common, weights_random, method, level }
    }

    /// Puts the shares of the random-effects result in, percentages that sum to 100.
    pub(crate) fn set_weights_random(&mut self, weights: Vec<f64>) {
        self.weights_random = Some(weights);
    }

    /// The study with the largest share of the common-effect result, and that share in percent.
    pub(super) fn heaviest_common(&self) -> Option<(usize, f64)> {
        let weights = self.weights_common.as_ref()?.iter().copied().enumerate();
        weights.max_by(|(_, a), (_, b)| a.total_cmp(b))
    }

    /// The number of studies.
    #[must_use]
    pub fn len(&self) -> usize {
        self.studies.k()
    }

    /// Whether there is none (there always is one).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The studies behind the rows, with their moderators.
    #[must_use]
    pub const fn studies(&self) -> &Studies {
        &self.studies
    }

    /// Row `i`, counted from 0.
    #[must_use]
    pub fn get(&self, i: usize) -> Option<StudyRow<'_>> {
        let yi = *self.effects.yi().get(i)?;
        let vi = *self.effects.vi().get(i)?;
        let counts = self.studies.counts().and_then(|counts| counts.get(i)).copied();
        let measure = self.effects.measure();
        let tail = self.level.tail();
        let (estimate, (ci_lower, ci_upper)) = if let Some(counts) = counts {
            (counts.proportion(), self.method.limits(counts, measure, (yi, vi), tail))
        } else {
            let half = normal::quantile_upper(tail) * vi.sqrt();
            let back = |y| measure.back(y, BackContext::Plain);
            (back(yi), (back(yi - half), back(yi + half)))
        };
        let weight = |weights: &Option<Vec<f64>>| weights.as_ref().and_then(|w| w.get(i)).copied();
        Some(StudyRow {
            study: self.studies.labels().get(i)?,
            row: *self.studies.rows().get(i)?,
            events: counts.map(crate::study::Counts::events),
            total: counts.map(crate::study::Counts::total),
            yi,
            vi,
            estimate,
            ci_lower,
            ci_upper,
            weight_common: weight(&self.weights_common),
            weight_random: weight(&self.weights_random),
        })
    }

    /// All rows in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = StudyRow<'_>> {
        (0..self.len()).filter_map(|i| self.get(i))
    }
}

impl Serialize for StudyRows {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rows = serializer.serialize_seq(Some(self.len()))?;
        for row in self.iter() {
            rows.serialize_element(&row)?;
        }
        rows.end()
    }
}
