//! The studies as a funnel plot shows them: effects, variances, sizes.

use super::SmallStudyError;
use crate::{
    effect::Measure,
    model::{Level, Model, Settings, TwoStep},
    study::{Counts, MeanSd, OutcomeKind, Outcomes, Studies, TwoGroups},
};

/// Effects with their variances and, where the studies report counts, sizes.
#[derive(Clone, Debug, PartialEq)]
pub struct Funnel {
    pub(super) labels: Vec<String>,
    pub(super) yi: Vec<f64>,
    pub(super) vi: Vec<f64>,
    pub(super) counts: Option<Vec<Counts>>,
    sizes: Option<Vec<f64>>,
    pub(super) groups: Option<Vec<TwoGroups<Counts>>>,
    pub(super) group_sizes: Option<Vec<TwoGroups<f64>>>,
    pub(super) choices: TwoStep,
    pub(super) settings: Settings,
}

impl Funnel {
    /// The effects of `studies` on the scale of the two-step model; under a one-step model that of the
    /// default two-step model, because a funnel needs effects.
    ///
    /// # Errors
    /// [`SmallStudyError::Effect`] for studies without a finite effect on that scale.
    ///
    /// ```
    /// use resorb::{analysis::small_study::Funnel, model::Settings, study::Studies};
    /// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Ahn", 25, 36)])?;
    /// let funnel = Funnel::new(&studies, &Settings::two_step())?;
    /// assert_eq!(funnel.k(), 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(studies: &Studies, settings: &Settings) -> Result<Self, SmallStudyError> {
        let mut choices = settings.model.as_two_step();
        let outcomes = studies.outcomes();
        choices.measure = choices.measure.suited(outcomes.kind());
        let effects = choices.measure.effects(studies, choices.correction)?;
        let funnel = Self {
            labels: studies.labels().to_vec(),
            yi: effects.yi().to_vec(),
            vi: effects.vi().to_vec(),
            counts: studies.counts().map(<[Counts]>::to_vec),
            // A precision is no size.
            sizes: (outcomes.kind() != OutcomeKind::Generic).then(|| outcomes.sizes().collect()),
            groups: None,
            group_sizes: None,
            choices,
            settings: Settings { model: Model::TwoStep(choices), ..*settings },
        };
        Ok(match outcomes {
            Outcomes::TwoProportions(groups) => funnel.with_groups(groups.clone()),
            Outcomes::TwoMeans(groups) => {
                let sizes =
                    |g: &TwoGroups<MeanSd>| TwoGroups { first: g.first.n(), second: g.second.n() };
                funnel.with_group_sizes(groups.iter().map(sizes).collect())
            }
            _ => funnel,
        })
    }

    /// The same with sizes for effects computed elsewhere, which tests by size then use; one a study, or
    /// nothing changes.
    #[must_use]
    pub fn with_sizes(self, sizes: Vec<f64>) -> Self {
        let sizes = if sizes.len() == self.k() { Some(sizes) } else { self.sizes };
        Self { sizes, ..self }
    }

    /// The same with the counts behind odds ratios, which the tests made for them then use, and their
    /// sizes; one a study, or nothing changes.
    #[must_use]
    pub fn with_groups(self, groups: Vec<TwoGroups<Counts>>) -> Self {
        if groups.len() != self.k() {
            return self;
        }
        let sizes = groups.iter().map(|g| g.first.n() + g.second.n()).collect();
        Self { groups: Some(groups), ..self.with_sizes(sizes) }
    }

    /// The same with the sizes of the groups behind standardised mean differences, which the test of
    /// Pustejovsky and Rodgers then uses; one a study, or nothing changes.
    #[must_use]
    pub fn with_group_sizes(self, groups: Vec<TwoGroups<f64>>) -> Self {
        if groups.len() != self.k() {
            return self;
        }
        let sizes = groups.iter().map(|g| g.first + g.second).collect();
        Self { group_sizes: Some(groups), ..self.with_sizes(sizes) }
    }

    /// The number of studies.
    #[must_use]
    pub const fn k(&self) -> usize {
        self.yi.len()
    }

    /// The effects.
    #[must_use]
    pub fn yi(&self) -> &[f64] {
        &self.yi
    }

    /// Their sampling variances.
    #[must_use]
    pub fn vi(&self) -> &[f64] {
        &self.vi
    }

    /// The studies' names.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The scale of the effects.
    #[must_use]
    pub const fn measure(&self) -> Measure {
        self.choices.measure
    }

    /// The two-step choices that estimators here use.
    #[must_use]
    pub const fn choices(&self) -> &TwoStep {
        &self.choices
    }

    pub(super) fn level(&self) -> Level {
        self.settings.level
    }

    /// Standard errors.
    pub(super) fn sei(&self) -> Vec<f64> {
        self.vi.iter().map(|v| v.sqrt()).collect()
    }

    /// The sizes, for a method that goes by them.
    pub(super) fn sizes(&self, method: &'static str) -> Result<Vec<f64>, SmallStudyError> {
        self.sizes.clone().ok_or(SmallStudyError::NeedsSizes { method })
    }

    /// Whether there are enough studies.
    pub(super) const fn at_least(
        &self,
        minimum: usize,
        method: &'static str,
    ) -> Result<(), SmallStudyError> {
        if self.k() < minimum {
            return Err(SmallStudyError::TooFew { method, k: self.k(), minimum });
        }
        Ok(())
    }

    /// Studies with no events or only events.
    fn empty(&self) -> usize {
        self.counts.iter().flatten().filter(|counts| !counts.is_interior()).count()
    }

    /// Whether a study has an effect of its own (with an empty cell it follows from the size), and not all
    /// the same one.
    pub(super) fn has_rates(&self, method: &'static str) -> Result<(), SmallStudyError> {
        if self.counts.is_some() && self.empty() == self.k() {
            return Err(SmallStudyError::EmptyCells { method });
        }
        self.differ(method)
    }

    /// Whether the effects differ by more than rounding: otherwise slopes, ranks and sides are noise.
    pub(super) fn differ(&self, method: &'static str) -> Result<(), SmallStudyError> {
        /// Of the smallest standard error.
        const NOTHING: f64 = 1e-9;
        let (low, high) = self
            .yi
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), y| (low.min(*y), high.max(*y)));
        let finest = self.vi.iter().copied().fold(f64::INFINITY, f64::min).sqrt();
        if high - low > NOTHING * finest {
            Ok(())
        } else {
            Err(SmallStudyError::SameEffects { method })
        }
    }

    /// What to be careful about where a third of the studies or more have an empty cell.
    pub(super) fn empty_cells(&self) -> Option<String> {
        let (empty, k) = (self.empty(), self.k());
        if 3 * empty < k || empty == 0 {
            return None;
        }
        let which = format!("{empty} of {k} studies have no events or only events");
        Some(if empty == k {
            format!(
                "{which}: their effects say nothing beyond their sizes. Tests of asymmetry, PET, PEESE, limit meta-analysis and trim and fill without --side are left out."
            )
        } else {
            format!(
                "{which}: their effects, corrected for the empty cell, follow from their sizes. Tests of asymmetry (also by size), PET, PEESE and limit meta-analysis may then find small-study effects where there are none."
            )
        })
    }

    /// The display value of an effect whose Wald standard error is `se`; `sizes` are those behind it.
    pub(super) fn back(&self, yi: f64, se: f64) -> f64 {
        let sizes = self.sizes.iter().flatten().copied();
        let context = self.measure().context(self.choices.inversion, se, sizes);
        self.measure().back(yi, context)
    }

    /// The place of a null value on the analysis scale. Where none is named it is that of the measure,
    /// and 0 for generic effects, which are differences by custom.
    pub(super) fn null(
        &self,
        null: Option<f64>,
        method: &'static str,
    ) -> Result<f64, SmallStudyError> {
        match (null.or(self.measure().null()), self.measure()) {
            (None, Measure::Gen) => Ok(0.0),
            (None, _) => Err(SmallStudyError::NoNull { method }),
            (Some(value), measure) => {
                let y = measure.of(value);
                y.is_finite()
                    .then_some(y)
                    .ok_or(SmallStudyError::BadNull { value, measure: measure.name() })
            }
        }
    }
}
