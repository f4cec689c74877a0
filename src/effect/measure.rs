//! The effect measures and what each is called.

use serde::{Deserialize, Serialize};

/// An effect measure, by its code in the literature (and in metafor).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Measure {
    /// Raw proportion, `x/n`.
    Pr,
    /// Log proportion, `ln(x/n)`.
    Pln,
    /// Logit, `ln(x/(n−x))`.
    #[default]
    Plo,
    /// Probit, `Φ⁻¹(x/n)`.
    Prz,
    /// Arcsine square root, `asin √(x/n)`.
    Pas,
    /// Freeman–Tukey double arcsine (Freeman and Tukey 1950).
    Pft,
    /// Effects computed elsewhere, taken as they are.
    Gen,
}

impl Measure {
    /// Every measure, in the order in which help lists them.
    pub const ALL: [Self; 7] =
        [Self::Plo, Self::Pln, Self::Pr, Self::Prz, Self::Pas, Self::Pft, Self::Gen];

    /// The measures of single proportions.
    pub const PROPORTIONS: [Self; 6] =
        [Self::Plo, Self::Pln, Self::Pr, Self::Prz, Self::Pas, Self::Pft];

    /// The code, as `--measure` takes it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pr => "PR",
            Self::Pln => "PLN",
            Self::Plo => "PLO",
            Self::Prz => "PRZ",
            Self::Pas => "PAS",
            Self::Pft => "PFT",
            Self::Gen => "GEN",
        }
    }

    /// The name in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pr => "raw proportion",
            Self::Pln => "log proportion",
            Self::Plo => "logit",
            Self::Prz => "probit",
            Self::Pas => "arcsine square root",
            Self::Pft => "Freeman–Tukey double arcsine",
            Self::Gen => "generic effect",
        }
    }

    /// Whether the continuity correction applies to it (METHODS: never to the arcsines).
    #[must_use]
    pub const fn takes_correction(self) -> bool {
        matches!(self, Self::Pr | Self::Pln | Self::Plo | Self::Prz)
    }
}
