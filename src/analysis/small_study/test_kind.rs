//! The tests of funnel asymmetry by name, with what each assumes and which effects it suits.

use serde::Serialize;

use super::Funnel;
use crate::study::{Counts, TwoGroups};

/// The tests of funnel asymmetry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TestKind {
    /// Effects on `1/n`, multiplicative dispersion.
    Size,
    /// Effects on `1/n`, additive between-study variance.
    SizeMixed,
    /// Effects on `√(1/n)`, multiplicative dispersion.
    SizeRoot,
    /// Peters et al. 2006: effects on `1/n`, weights `x(n−x)/n`.
    Peters,
    /// Egger et al. 1997: effects on their standard error, multiplicative dispersion.
    Egger,
    /// The same with an additive between-study variance.
    EggerMixed,
    /// Thompson and Sharp 1999: the same with the moment estimator of it.
    ThompsonSharp,
    /// Begg and Mazumdar 1994: rank correlation.
    Begg,
    /// Harbord et al. 2006, for odds ratios: efficient scores on their standard error.
    Harbord,
    /// Macaskill et al. 2001, for odds ratios: on sizes, weights by pooled variances (FPV).
    MacaskillFpv,
    /// The same with weights by inverse variances (FIV).
    MacaskillFiv,
    /// Deeks et al. 2005, for diagnostic odds ratios: on `1/√ESS`, weights `ESS`.
    Deeks,
    /// Pustejovsky and Rodgers 2019, for standardised mean differences: on `√(1/n₁ + 1/n₂)`.
    PustejovskyRodgers,
}

/// What the effects of a funnel are made from, which decides what their standard errors depend on.
#[derive(Clone, Copy)]
pub(super) enum Made {
    /// Counts of one group.
    Proportions,
    /// Counts of two groups.
    OddsRatios,
    /// Means of two groups.
    MeanDifferences,
    /// Computed elsewhere.
    Elsewhere,
}

impl Made {
    pub(super) fn of(funnel: &Funnel) -> Self {
        match () {
            () if funnel.counts.is_some() => Self::Proportions,
            () if funnel.groups.is_some() => Self::OddsRatios,
            () if funnel.group_sizes.is_some() => Self::MeanDifferences,
            () => Self::Elsewhere,
        }
    }

    /// What ties a standard error to its effect, and the way out.
    pub(super) const fn warning(self) -> Option<&'static str> {
        match self {
            Self::Proportions => Some(
                "The standard error of a proportion depends on the proportion, so that this test may reject without any small-study effect; prefer a test by size.",
            ),
            Self::OddsRatios => Some(
                "The standard error of an odds ratio depends on the odds ratio, so that this test may reject without any small-study effect; prefer Harbord's or Peters'.",
            ),
            Self::MeanDifferences => Some(
                "The standard error of a standardised mean difference depends on the difference, so that this test may reject without any small-study effect; prefer that of Pustejovsky and Rodgers.",
            ),
            Self::Elsewhere => None,
        }
    }
}

impl TestKind {
    /// All of them, those that suit proportions first, those for two groups last.
    pub const ALL: [Self; 13] = [
        Self::Size,
        Self::SizeMixed,
        Self::SizeRoot,
        Self::Peters,
        Self::Egger,
        Self::EggerMixed,
        Self::ThompsonSharp,
        Self::Begg,
        Self::Harbord,
        Self::MacaskillFpv,
        Self::MacaskillFiv,
        Self::Deeks,
        Self::PustejovskyRodgers,
    ];

    /// What it is called in a table.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Size => "size, 1/n",
            Self::SizeMixed => "size, 1/n, mixed",
            Self::SizeRoot => "size, √(1/n)",
            Self::Peters => "Peters",
            Self::Egger => "Egger",
            Self::EggerMixed => "Egger, mixed",
            Self::ThompsonSharp => "Thompson–Sharp",
            Self::Begg => "Begg",
            Self::Harbord => "Harbord",
            Self::MacaskillFpv => "Macaskill, FPV",
            Self::MacaskillFiv => "Macaskill, FIV",
            Self::Deeks => "Deeks",
            Self::PustejovskyRodgers => "Pustejovsky–Rodgers",
        }
    }

    /// Whether it keeps its error rate with single proportions away from 0 and 1, whose standard
    /// error depends on the rate itself.
    #[must_use]
    pub const fn suits_proportions(self) -> bool {
        matches!(self, Self::Size | Self::SizeMixed | Self::SizeRoot | Self::Peters)
    }

    /// Whether what it goes by does not depend on the effects.
    pub(super) const fn suits(self, made: Made) -> bool {
        match made {
            Made::Proportions => self.suits_proportions(),
            Made::OddsRatios => {
                matches!(self, Self::Harbord | Self::Peters | Self::MacaskillFpv | Self::Deeks)
            }
            Made::MeanDifferences => matches!(self, Self::PustejovskyRodgers),
            Made::Elsewhere => true,
        }
    }

    /// The groups it goes by, for a test of odds ratios.
    pub(super) fn of_odds_ratios(self, funnel: &Funnel) -> Option<&[TwoGroups<Counts>]> {
        let goes_by = matches!(
            self,
            Self::Peters | Self::Harbord | Self::MacaskillFpv | Self::MacaskillFiv | Self::Deeks
        );
        funnel.groups.as_deref().filter(|_| goes_by)
    }

    /// What it assumes, in a few words.
    #[must_use]
    pub const fn assumes(self) -> &'static str {
        match self {
            Self::Size => "linear in 1/n, scatter multiplies vi",
            Self::SizeMixed => "linear in 1/n, scatter adds τ²",
            Self::SizeRoot => "linear in √(1/n), scatter multiplies vi",
            Self::Peters => "linear in 1/n, weights x(n−x)/n",
            Self::Egger => "linear in se, scatter multiplies vi",
            Self::EggerMixed => "linear in se, scatter adds τ²",
            Self::ThompsonSharp => "linear in se, scatter adds τ² (DL)",
            Self::Begg => "effect and vi unrelated in rank",
            Self::Harbord => "score linear in its se, scatter multiplies",
            Self::MacaskillFpv => "linear in n, weights x(n−x)/n",
            Self::MacaskillFiv => "linear in n, scatter multiplies vi",
            Self::Deeks => "linear in √(1/ESS), weights ESS",
            Self::PustejovskyRodgers => "linear in √(1/n₁ + 1/n₂), weights alike",
        }
    }
}
