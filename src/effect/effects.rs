//! Effects of all studies on one analysis scale, and the way back to rates.

use serde::{Deserialize, Serialize};

use super::{Correction, Measure, continuous, correlation, mean, proportion, rate, two_by_two};
use crate::{
    numeric::normal,
    study::{Outcomes, Studies},
};

/// Effects `yi` with sampling variances `vi`, in the order of the studies.
#[derive(Clone, Debug, PartialEq)]
pub struct Effects {
    pub(super) measure: Measure,
    pub(super) yi: Vec<f64>,
    pub(super) vi: Vec<f64>,
    pub(super) corrected: Vec<usize>,
}

impl Effects {
    /// The measure they are on.
    #[must_use]
    pub const fn measure(&self) -> Measure {
        self.measure
    }

    /// The effects.
    #[must_use]
    pub fn yi(&self) -> &[f64] {
        &self.yi
    }

    /// Their sampling variances, all finite and above 0.
    #[must_use]
    pub fn vi(&self) -> &[f64] {
        &self.vi
    }

    /// How many studies had something added to their cells.
    #[must_use]
    pub const fn corrected(&self) -> usize {
        self.corrected.len()
    }

    /// Which studies had something added to their cells, by their places.
    #[must_use]
    pub fn corrected_places(&self) -> &[usize] {
        &self.corrected
    }

    /// The number of studies.
    #[must_use]
    pub fn k(&self) -> usize {
        self.yi.len()
    }
}

/// Why effects cannot be computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EffectError {
    /// An empty cell, or a value without a logarithm, makes the effect or its variance infinite or the
    /// variance 0.
    #[error(
        "{study} ({facts}): its {measure} or the variance of it is not a finite positive number; {way_out}"
    )]
    Undefined {
        /// The study.
        study: String,
        /// What it reports.
        facts: String,
        /// The measure in words.
        measure: &'static str,
        /// What to do.
        way_out: &'static str,
    },
    /// The measure is for another kind of outcome.
    #[error(
        "the measure {measure} is for {wanted}, but these studies give {given}; possible are {possible}"
    )]
    Outcome {
        /// The measure's code.
        measure: &'static str,
        /// What it takes.
        wanted: &'static str,
        /// What there is.
        given: &'static str,
        /// The measures for what there is.
        possible: String,
    },
    /// A correction that is negative or not a number.
    #[error(
        "a correction of {add} is not possible: give a finite number of at least 0, such as 0.5"
    )]
    BadCorrection {
        /// What was given.
        add: f64,
    },
}

/// What a Freeman–Tukey value needs to become a rate; the other measures ignore it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BackContext {
    /// Nothing: `sin²` for the double arcsine.
    Plain,
    /// The sample size of the study, or the one an [`Inversion`] gives a pooled value.
    Size(f64),
}

/// The sample size at which a pooled double arcsine is inverted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Inversion {
    /// `1/(4·se²) − ½`, the size whose variance the pooled value has (Barendregt et al. 2013).
    #[default]
    Variance,
    /// Harmonic mean of the sizes (Miller 1978); far off when sizes differ much (Schwarzer 2019).
    Harmonic,
    /// Geometric mean of the sizes.
    Geometric,
    /// Arithmetic mean of the sizes.
    Arithmetic,
}

impl Inversion {
    /// The sample size for a pooled value with Wald standard error `se` over studies of `sizes`.
    #[must_use]
    pub fn sample_size(self, se: f64, sizes: impl Iterator<Item = f64> + Clone) -> f64 {
        let k = sizes.clone().count() as f64;
        match self {
            Self::Variance => 1.0 / (4.0 * se * se) - 0.5,
            Self::Harmonic => k / sizes.map(f64::recip).sum::<f64>(),
            Self::Geometric => (sizes.map(f64::ln).sum::<f64>() / k).exp(),
            Self::Arithmetic => sizes.sum::<f64>() / k,
        }
    }
}

impl Measure {
    /// The effects of `studies` on this measure's scale.
    ///
    /// # Errors
    /// [`EffectError::Outcome`] for studies that report something else, [`EffectError::Undefined`]
    /// for a study whose effect is not finite.
    ///
    /// ```
    /// use resorb::{effect::{Correction, Measure}, study::Studies};
    /// let studies = Studies::from_counts([("A", 16, 17), ("B", 10, 12)])?;
    /// let effects = Measure::Plo.effects(&studies, Correction::default())?;
    /// assert!((effects.yi()[0] - 16f64.ln()).abs() < 1e-15);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn effects(
        self,
        studies: &Studies,
        correction: Correction,
    ) -> Result<Effects, EffectError> {
        let (outcomes, labels) = (studies.outcomes(), studies.labels());
        if !self.suits(outcomes.kind()) {
            let possible: Vec<&str> = Self::of_kind(outcomes.kind()).map(Self::code).collect();
            return Err(EffectError::Outcome {
                measure: self.code(),
                wanted: self.kind().name(),
                given: outcomes.kind().name(),
                possible: possible.join(", "),
            });
        }
        match outcomes {
            Outcomes::Proportions(values) => proportion::effects(values, labels, self, correction),
            Outcomes::Rates(values) => rate::effects(values, labels, self, correction),
            Outcomes::Means(values) => mean::effects(values, labels, self),
            Outcomes::Correlations(values) => correlation::effects(values, labels, self),
            Outcomes::TwoProportions(values) => {
                two_by_two::effects(values, labels, self, correction)
            }
            Outcomes::TwoRates(values) => rate::two(values, labels, self, correction),
            Outcomes::TwoMeans(values) => continuous::effects(values, labels, self),
            Outcomes::Generic(values) => Ok(Effects {
                measure: self,
                yi: values.iter().map(|e| e.yi()).collect(),
                vi: values.iter().map(|e| e.vi()).collect(),
                corrected: Vec::new(),
            }),
        }
    }

    /// The display value of `y`: a proportion within 0 and 1, a ratio, a correlation within −1 and 1, a
    /// rate of at least 0, or `y` itself for differences, means and generic effects.
    ///
    /// ```
    /// use resorb::effect::{BackContext, Measure};
    /// assert_eq!(Measure::Plo.back(0.0, BackContext::Plain), 0.5);
    /// assert_eq!(Measure::Pas.back(-0.1, BackContext::Plain), 0.0);
    /// assert_eq!(Measure::Or.back(0.0, BackContext::Plain), 1.0);
    /// ```
    #[must_use]
    pub fn back(self, y: f64, context: BackContext) -> f64 {
        match (self, context) {
            (Self::Pr, _) => y.clamp(0.0, 1.0),
            (Self::Pln, _) => y.exp().min(1.0),
            (Self::Plo, _) => crate::numeric::special::expit(y),
            (Self::Prz, _) => normal::cdf(y),
            (Self::Pft, BackContext::Size(n)) => proportion::freeman_tukey_back(y, n),
            (Self::Pas | Self::Pft, _) => proportion::arcsine_back(y),
            (Self::Irft, BackContext::Size(t)) => rate::freeman_tukey_back(y, t),
            (Self::Irs | Self::Irft, _) => rate::square_back(y),
            (Self::Ir, _) => y.max(0.0),
            (Self::Rd | Self::Yuq | Self::Yuy | Self::Phi | Self::Cor | Self::Ucor, _) => {
                y.clamp(-1.0, 1.0)
            }
            (Self::Zcor, _) => y.tanh(),
            _ if self.is_log() => y.exp(),
            _ => y,
        }
    }

    /// The place of a value on this measure's scale (of an infinitely large study under
    /// Freeman–Tukey); infinite or NaN for one that has none.
    ///
    /// ```
    /// use resorb::effect::Measure;
    /// assert_eq!(Measure::Plo.of(0.5), 0.0);
    /// assert!(!Measure::Plo.of(1.0).is_finite());
    /// ```
    #[must_use]
    pub fn of(self, value: f64) -> f64 {
        match self {
            Self::Plo => value.ln() - (-value).ln_1p(),
            Self::Prz => normal::quantile(value),
            Self::Pas | Self::Pft => value.sqrt().asin(),
            Self::Irs | Self::Irft => value.sqrt(),
            Self::Zcor => value.atanh(),
            _ if self.is_log() => value.ln(),
            _ => value,
        }
    }

    /// Whether [`Measure::back`] had to clip `y` to keep a value within the possible.
    #[must_use]
    pub fn clips(self, y: f64) -> bool {
        match self {
            Self::Pr => !(0.0..=1.0).contains(&y),
            Self::Pln => y > 0.0,
            Self::Pas | Self::Pft => !(0.0..=std::f64::consts::FRAC_PI_2).contains(&y),
            Self::Ir | Self::Irs | Self::Irft => y < 0.0,
            Self::Rd | Self::Yuq | Self::Yuy | Self::Phi | Self::Cor | Self::Ucor => {
                !(-1.0..=1.0).contains(&y)
            }
            _ => false,
        }
    }

    /// What [`Measure::back`] needs for a pooled value with Wald standard error `se` over studies of
    /// `sizes` (patients for PFT, person-time for IRFT): one study is taken back at its own size.
    #[must_use]
    pub fn context(
        self,
        inversion: Inversion,
        se: f64,
        sizes: impl Iterator<Item = f64> + Clone,
    ) -> BackContext {
        let mut several = sizes.clone();
        match (self, (several.next(), several.next())) {
            (Self::Pft | Self::Irft, (Some(only), None)) => BackContext::Size(only),
            // The variance of a double arcsine is 1/(4n + 2), of a transformed rate 1/(4t).
            (Self::Irft, _) if inversion == Inversion::Variance => {
                BackContext::Size(1.0 / (4.0 * se * se))
            }
            (Self::Pft | Self::Irft, _) => BackContext::Size(inversion.sample_size(se, sizes)),
            _ => BackContext::Plain,
        }
    }
}
