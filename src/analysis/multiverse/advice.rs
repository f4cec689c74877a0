//! What guidance advises against, with the reason and where it is said.

use serde::{Serialize, Serializer, ser::SerializeSeq};

/// A reason to distrust a specification on the data at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Advice {
    /// All patients as one sample.
    CrudeSum,
    /// One rate for studies that differ.
    CommonEffect,
    /// The double arcsine, whatever its inversion.
    FreemanTukey,
    /// Its inversion at the harmonic mean.
    HarmonicInversion,
    /// Something added to cells that are not empty.
    CorrectedAll,
    /// An analysis that needs a correction, where likelihoods need none.
    Corrected,
    /// Normal quantiles with few studies that differ.
    WaldFewStudies,
    /// A Hartung–Knapp interval narrower than Wald's.
    NarrowHk,
    /// An estimator of `τ²` that is too low.
    LowTau2,
    /// A prediction interval that takes `τ²` as known.
    NormalPrediction,
    /// A limit beyond what is possible, such as 0 or 100 %.
    Clipped,
    /// Peto's odds ratio far from 1, or of events that are not rare.
    PetoFar,
}

impl Advice {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::CrudeSum,
        Self::CommonEffect,
        Self::FreemanTukey,
        Self::HarmonicInversion,
        Self::CorrectedAll,
        Self::Corrected,
        Self::WaldFewStudies,
        Self::NarrowHk,
        Self::LowTau2,
        Self::NormalPrediction,
        Self::Clipped,
        Self::PetoFar,
    ];

    /// Its name, as JSON and CSV have it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CrudeSum => "crude-sum",
            Self::CommonEffect => "common-effect",
            Self::FreemanTukey => "freeman-tukey",
            Self::HarmonicInversion => "harmonic-inversion",
            Self::CorrectedAll => "corrected-all",
            Self::Corrected => "corrected",
            Self::WaldFewStudies => "wald-few-studies",
            Self::NarrowHk => "narrow-hk",
            Self::LowTau2 => "low-tau2",
            Self::NormalPrediction => "normal-prediction",
            Self::Clipped => "clipped",
            Self::PetoFar => "peto-far",
        }
    }

    /// The reason, a sentence.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::CrudeSum => {
                "A crude sum treats all patients as one sample, and differences between studies as chance."
            }
            Self::CommonEffect => {
                "A common effect for studies that differ: its interval is about these studies alone, and too narrow for others."
            }
            Self::FreemanTukey => {
                "The double arcsine has no inverse for a pooled value, and its order of studies need not be that of their rates."
            }
            Self::HarmonicInversion => {
                "Inversion at the harmonic mean of the sizes can be far off when sizes differ."
            }
            Self::CorrectedAll => {
                "A correction of cells that are not empty pulls every study towards one half, or towards no effect."
            }
            Self::Corrected => {
                "Studies with an empty cell need a correction that the result can hang on; one-step models need none."
            }
            Self::WaldFewStudies => {
                "Normal quantiles ignore that τ² is estimated: with fewer than 20 studies that differ, the interval is too narrow."
            }
            Self::NarrowHk => {
                "The Hartung–Knapp interval is narrower than Wald's here; the modified one is advised."
            }
            Self::LowTau2 => "The estimator of τ² is too low on average where studies differ much.",
            Self::NormalPrediction => {
                "Normal quantiles take τ² as known: the prediction interval is too narrow with fewer than 20 studies."
            }
            Self::Clipped => {
                "A limit lies beyond what is possible: the scale does not suit these data."
            }
            Self::PetoFar => {
                "Peto's odds ratio is biased where the odds ratio is far from 1 or events are not rare."
            }
        }
    }

    /// Where it is said.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::CrudeSum => "Altman and Deeks 2002, BMC Med Res Methodol 2:3",
            Self::CommonEffect => "Borenstein et al. 2010, Res Synth Methods 1:97–111",
            Self::FreemanTukey => "Röver and Friede 2022, Res Synth Methods 13:645–648",
            Self::HarmonicInversion => "Schwarzer et al. 2019, Res Synth Methods 10:476–483",
            Self::CorrectedAll => "Sweeting, Sutton and Lambert 2004, Stat Med 23:1351–1375",
            Self::Corrected => "Stijnen, Hamza and Özdemir 2010, Stat Med 29:3046–3067",
            Self::WaldFewStudies => "IntHout, Ioannidis and Borm 2014, BMC Med Res Methodol 14:25",
            Self::NarrowHk => "Röver, Knapp and Friede 2015, BMC Med Res Methodol 15:99",
            Self::LowTau2 => "Viechtbauer 2005, J Educ Behav Stat 30:261–293",
            Self::NormalPrediction => {
                "Higgins, Thompson and Spiegelhalter 2009, J R Stat Soc A 172:137–159"
            }
            Self::Clipped => "Barendregt et al. 2013, J Epidemiol Community Health 67:974–978",
            Self::PetoFar => "Bradburn et al. 2007, Stat Med 26:53–77",
        }
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// A set of reasons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AdviceSet(u16);

impl AdviceSet {
    /// Puts `advice` in where `applies`.
    #[must_use]
    pub(super) const fn with(self, advice: Advice, applies: bool) -> Self {
        if applies { Self(self.0 | advice.bit()) } else { self }
    }

    /// What is in either.
    #[must_use]
    pub(super) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether nothing speaks against the specification.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether `advice` is in it.
    #[must_use]
    pub const fn contains(self, advice: Advice) -> bool {
        self.0 & advice.bit() != 0
    }

    /// What is in it.
    pub fn iter(self) -> impl Iterator<Item = Advice> {
        Advice::ALL.into_iter().filter(move |advice| self.contains(*advice))
    }
}

impl Serialize for AdviceSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for advice in self.iter() {
            list.serialize_element(&advice)?;
        }
        list.end()
    }
}
