//! The studies of a result: their effect, interval and weight, one row each.

use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};

use super::Level;
use crate::{
    effect::{BackContext, Effects, Measure, StudyInterval},
    numeric::normal,
    study::{OutcomeKind, Outcomes, Studies},
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
    /// The numbers of any other kind of outcome, by their names: `events1`, `total1`, ….
    #[serde(flatten)]
    pub outcome: Numbers,
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

/// Numbers of an outcome that is neither single proportions nor computed elsewhere, by their names;
/// JSON writes whole ones as such.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers(Vec<(&'static str, f64)>);

impl Numbers {
    /// What study `i` gives.
    #[must_use]
    pub fn of(outcomes: &Outcomes, i: usize) -> Self {
        match outcomes.kind() {
            OutcomeKind::Proportions | OutcomeKind::Generic => Self::default(),
            kind => Self(kind.columns().iter().copied().zip(outcomes.values(i)).collect()),
        }
    }

    /// The sums over all studies.
    #[must_use]
    pub fn sums(outcomes: &Outcomes) -> Self {
        match outcomes.kind() {
            OutcomeKind::Proportions | OutcomeKind::Generic => Self::default(),
            _ => Self(outcomes.sums()),
        }
    }

    /// The names and the numbers.
    #[must_use]
    pub fn values(&self) -> &[(&'static str, f64)] {
        &self.0
    }
}

impl Serialize for Numbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            // Whole and at most 2^53, so nothing is lost.
            #[expect(clippy::cast_possible_truncation)]
            if value.fract() == 0.0 && value.abs() <= crate::study::MAX_TOTAL as f64 {
                map.serialize_entry(name, &(*value as i64))?;
            } else {
                map.serialize_entry(name, value)?;
            }
        }
        map.end()
    }
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

    /// Puts the shares of the common-effect result in, percentages that sum to 100.
    pub(crate) fn set_weights_common(&mut self, weights: Vec<f64>) {
        self.weights_common = Some(weights);
    }

    /// The study with the largest share of the common-effect result, and that share in percent.
    pub(super) fn heaviest_common(&self) -> Option<(usize, f64)> {
        let weights = self.weights_common.as_ref()?.iter().copied().enumerate();
        weights.max_by(|(_, a), (_, b)| a.total_cmp(b))
    }

    /// The places of the studies whose cells got something added.
    #[must_use]
    pub fn corrected(&self) -> &[usize] {
        self.effects.corrected_places()
    }

    /// How many studies have a Wald interval around an effect that was corrected.
    pub(super) fn wald_of_corrected(&self) -> usize {
        let rates = self.studies.counts().is_some();
        if rates && self.method == StudyInterval::Wald { self.effects.corrected() } else { 0 }
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

    /// The measure of the studies' effects.
    #[must_use]
    pub const fn measure(&self) -> Measure {
        self.effects.measure()
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
        let outcomes = self.studies.outcomes();
        let counts = self.studies.counts().and_then(|counts| counts.get(i)).copied();
        let measure = self.effects.measure();
        let tail = self.level.tail();
        let (estimate, (ci_lower, ci_upper)) = if let Some(counts) = counts {
            (counts.proportion(), self.method.limits(counts, measure, (yi, vi), tail))
        } else {
            let half = normal::quantile_upper(tail) * vi.sqrt();
            // A Freeman–Tukey rate is taken back at the study's own time.
            let context = match measure {
                Measure::Irft => outcomes.size(i).map_or(BackContext::Plain, BackContext::Size),
                _ => BackContext::Plain,
            };
            let back = |y| measure.back(y, context);
            (back(yi), (back(yi - half), back(yi + half)))
        };
        let weight = |weights: &Option<Vec<f64>>| weights.as_ref().and_then(|w| w.get(i)).copied();
        Some(StudyRow {
            study: self.studies.labels().get(i)?,
            row: *self.studies.rows().get(i)?,
            events: counts.map(crate::study::Counts::events),
            total: counts.map(crate::study::Counts::total),
            outcome: Numbers::of(outcomes, i),
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
