//! The effect measures and what each is called.

use serde::{Deserialize, Serialize};

use crate::study::OutcomeKind;

/// An effect measure, by its code in the literature (and in metafor; MDP, HR and RATIO are this
/// crate's).
///
/// Every measure but those of single proportions also takes effects computed elsewhere on its scale
/// ([`OutcomeKind::Generic`]): log odds ratios with their variances, say, as OR.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Measure {
    /// Logit, `ln(x/(n−x))`.
    #[default]
    Plo,
    /// Log proportion, `ln(x/n)`.
    Pln,
    /// Raw proportion, `x/n`.
    Pr,
    /// Probit, `Φ⁻¹(x/n)`.
    Prz,
    /// Arcsine square root, `asin √(x/n)`.
    Pas,
    /// Freeman–Tukey double arcsine (Freeman and Tukey 1950).
    Pft,
    /// Odds ratio of two groups, by its logarithm.
    Or,
    /// Risk ratio, by its logarithm.
    Rr,
    /// Risk difference, first group minus second.
    Rd,
    /// Difference of arcsine square roots (Rücker et al. 2009).
    As,
    /// Peto's one-step odds ratio, by its logarithm (Yusuf et al. 1985).
    Peto,
    /// Yule's Q, `(OR − 1)/(OR + 1)`.
    Yuq,
    /// Yule's Y, `(√OR − 1)/(√OR + 1)`.
    Yuy,
    /// The correlation φ of group and event.
    Phi,
    /// Rate ratio of events over person-time, by its logarithm.
    Irr,
    /// Rate difference, first group minus second.
    Ird,
    /// Rate of events over person-time, by its logarithm.
    Irln,
    /// Raw rate of events over person-time.
    Ir,
    /// Square root of the rate.
    Irs,
    /// Freeman–Tukey transformed rate (Freeman and Tukey 1950).
    Irft,
    /// Mean difference, each group with its own variance.
    Md,
    /// Mean difference, both groups with one pooled variance.
    Mdp,
    /// Standardised mean difference, Hedges' g with the exact factor (Hedges 1981).
    Smd,
    /// Standardised mean difference without one variance for both groups (Bonett 2009).
    Smdh,
    /// Ratio of means, by its logarithm.
    Rom,
    /// Variability ratio, of standard deviations, by its logarithm (Nakagawa et al. 2015).
    Vr,
    /// Ratio of coefficients of variation, by its logarithm (Nakagawa et al. 2015).
    Cvr,
    /// Mean of one group.
    Mn,
    /// Mean of one group, by its logarithm.
    Mnln,
    /// Standard deviation of one group, by its logarithm.
    Sdln,
    /// Coefficient of variation of one group, by its logarithm.
    Cvln,
    /// Correlation by Fisher's z.
    Zcor,
    /// Raw correlation.
    Cor,
    /// Correlation corrected for bias (Olkin and Pratt 1958).
    Ucor,
    /// Effects computed elsewhere, taken as they are.
    Gen,
    /// Hazard ratio computed elsewhere, by its logarithm.
    Hr,
    /// Any ratio computed elsewhere, by its logarithm.
    Ratio,
}

/// What the values of a measure are on the display scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Display {
    /// Proportions, within 0 and 1, which people read in percent.
    Proportion,
    /// Ratios, above 0, with 1 for no difference.
    Ratio,
    /// Differences, with 0 for none.
    Difference,
    /// Correlations and other coefficients within −1 and 1, with 0 for none.
    Correlation,
    /// Amounts without a null value: rates, means, effects of unknown kind.
    Amount,
}

impl Measure {
    /// Every measure, in the order in which help lists them.
    pub const ALL: [Self; 37] = [
        Self::Plo,
        Self::Pln,
        Self::Pr,
        Self::Prz,
        Self::Pas,
        Self::Pft,
        Self::Or,
        Self::Rr,
        Self::Rd,
        Self::As,
        Self::Peto,
        Self::Yuq,
        Self::Yuy,
        Self::Phi,
        Self::Irr,
        Self::Ird,
        Self::Irln,
        Self::Ir,
        Self::Irs,
        Self::Irft,
        Self::Md,
        Self::Mdp,
        Self::Smd,
        Self::Smdh,
        Self::Rom,
        Self::Vr,
        Self::Cvr,
        Self::Mn,
        Self::Mnln,
        Self::Sdln,
        Self::Cvln,
        Self::Zcor,
        Self::Cor,
        Self::Ucor,
        Self::Gen,
        Self::Hr,
        Self::Ratio,
    ];

    /// The measures of single proportions.
    pub const PROPORTIONS: [Self; 6] =
        [Self::Plo, Self::Pln, Self::Pr, Self::Prz, Self::Pas, Self::Pft];

    /// The measure that is used of this kind of outcome unless another is asked for: the logit, the
    /// odds ratio, the rate ratio, the rate and the mean difference (in the unit of the data, as most
    /// reviews of one scale do; SMD where scales differ), Fisher's z.
    #[must_use]
    pub const fn default_for(kind: OutcomeKind) -> Self {
        match kind {
            OutcomeKind::Proportions => Self::Plo,
            OutcomeKind::TwoProportions => Self::Or,
            OutcomeKind::TwoRates => Self::Irr,
            OutcomeKind::Rates => Self::Irln,
            OutcomeKind::TwoMeans => Self::Md,
            OutcomeKind::Means => Self::Mn,
            OutcomeKind::Correlations => Self::Zcor,
            OutcomeKind::Generic => Self::Gen,
        }
    }

    /// The kind of outcome it is computed from.
    #[must_use]
    pub const fn kind(self) -> OutcomeKind {
        match self {
            Self::Plo | Self::Pln | Self::Pr | Self::Prz | Self::Pas | Self::Pft => {
                OutcomeKind::Proportions
            }
            Self::Or
            | Self::Rr
            | Self::Rd
            | Self::As
            | Self::Peto
            | Self::Yuq
            | Self::Yuy
            | Self::Phi => OutcomeKind::TwoProportions,
            Self::Irr | Self::Ird => OutcomeKind::TwoRates,
            Self::Irln | Self::Ir | Self::Irs | Self::Irft => OutcomeKind::Rates,
            Self::Md | Self::Mdp | Self::Smd | Self::Smdh | Self::Rom | Self::Vr | Self::Cvr => {
                OutcomeKind::TwoMeans
            }
            Self::Mn | Self::Mnln | Self::Sdln | Self::Cvln => OutcomeKind::Means,
            Self::Zcor | Self::Cor | Self::Ucor => OutcomeKind::Correlations,
            Self::Gen | Self::Hr | Self::Ratio => OutcomeKind::Generic,
        }
    }

    /// The measures of a kind of outcome.
    pub fn of_kind(kind: OutcomeKind) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |measure| measure.kind() == kind)
    }

    /// Whether it can be computed from outcomes of a kind.
    #[must_use]
    pub fn suits(self, kind: OutcomeKind) -> bool {
        let elsewhere = kind == OutcomeKind::Generic && self.kind() != OutcomeKind::Proportions;
        self.kind() == kind || (elsewhere && self != Self::Irft)
    }

    /// This measure where it suits a kind of outcome, else the default for that kind.
    #[must_use]
    pub fn suited(self, kind: OutcomeKind) -> Self {
        if self.suits(kind) { self } else { Self::default_for(kind) }
    }

    /// What its values are on the display scale.
    #[must_use]
    pub const fn display(self) -> Display {
        match self {
            Self::Plo | Self::Pln | Self::Pr | Self::Prz | Self::Pas | Self::Pft => {
                Display::Proportion
            }
            Self::Or
            | Self::Rr
            | Self::Peto
            | Self::Irr
            | Self::Rom
            | Self::Vr
            | Self::Cvr
            | Self::Hr
            | Self::Ratio => Display::Ratio,
            Self::Rd | Self::As | Self::Ird | Self::Md | Self::Mdp | Self::Smd | Self::Smdh => {
                Display::Difference
            }
            Self::Yuq | Self::Yuy | Self::Phi | Self::Zcor | Self::Cor | Self::Ucor => {
                Display::Correlation
            }
            Self::Irln
            | Self::Ir
            | Self::Irs
            | Self::Irft
            | Self::Mn
            | Self::Mnln
            | Self::Sdln
            | Self::Cvln
            | Self::Gen => Display::Amount,
        }
    }

    /// The value that says "no difference" or "no relation", on the display scale.
    ///
    /// ```
    /// use resorb::effect::Measure;
    /// assert_eq!(Measure::Or.null(), Some(1.0));
    /// assert_eq!(Measure::Md.null(), Some(0.0));
    /// assert_eq!(Measure::Plo.null(), None);
    /// ```
    #[must_use]
    pub const fn null(self) -> Option<f64> {
        match self.display() {
            Display::Ratio => Some(1.0),
            Display::Difference | Display::Correlation => Some(0.0),
            Display::Proportion | Display::Amount => None,
        }
    }

    /// Whether effects are logarithms of what is displayed.
    #[must_use]
    pub const fn is_log(self) -> bool {
        matches!(self.display(), Display::Ratio)
            || matches!(self, Self::Pln | Self::Irln | Self::Mnln | Self::Sdln | Self::Cvln)
    }

    /// The code, as `--measure` takes it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Plo => "PLO",
            Self::Pln => "PLN",
            Self::Pr => "PR",
            Self::Prz => "PRZ",
            Self::Pas => "PAS",
            Self::Pft => "PFT",
            Self::Or => "OR",
            Self::Rr => "RR",
            Self::Rd => "RD",
            Self::As => "AS",
            Self::Peto => "PETO",
            Self::Yuq => "YUQ",
            Self::Yuy => "YUY",
            Self::Phi => "PHI",
            Self::Irr => "IRR",
            Self::Ird => "IRD",
            Self::Irln => "IRLN",
            Self::Ir => "IR",
            Self::Irs => "IRS",
            Self::Irft => "IRFT",
            Self::Md => "MD",
            Self::Mdp => "MDP",
            Self::Smd => "SMD",
            Self::Smdh => "SMDH",
            Self::Rom => "ROM",
            Self::Vr => "VR",
            Self::Cvr => "CVR",
            Self::Mn => "MN",
            Self::Mnln => "MNLN",
            Self::Sdln => "SDLN",
            Self::Cvln => "CVLN",
            Self::Zcor => "ZCOR",
            Self::Cor => "COR",
            Self::Ucor => "UCOR",
            Self::Gen => "GEN",
            Self::Hr => "HR",
            Self::Ratio => "RATIO",
        }
    }

    /// The name in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plo => "logit",
            Self::Pln => "log proportion",
            Self::Pr => "raw proportion",
            Self::Prz => "probit",
            Self::Pas => "arcsine square root",
            Self::Pft => "Freeman–Tukey double arcsine",
            Self::Or => "odds ratio",
            Self::Rr => "risk ratio",
            Self::Rd => "risk difference",
            Self::As => "arcsine risk difference",
            Self::Peto => "Peto odds ratio",
            Self::Yuq => "Yule's Q",
            Self::Yuy => "Yule's Y",
            Self::Phi => "phi coefficient",
            Self::Irr => "rate ratio",
            Self::Ird => "rate difference",
            Self::Irln => "log rate",
            Self::Ir => "raw rate",
            Self::Irs => "square root of the rate",
            Self::Irft => "Freeman–Tukey rate",
            Self::Md => "mean difference",
            Self::Mdp => "mean difference, pooled variance",
            Self::Smd => "standardised mean difference",
            Self::Smdh => "standardised mean difference, unequal variances",
            Self::Rom => "ratio of means",
            Self::Vr => "ratio of standard deviations",
            Self::Cvr => "ratio of coefficients of variation",
            Self::Mn => "mean",
            Self::Mnln => "log mean",
            Self::Sdln => "log standard deviation",
            Self::Cvln => "log coefficient of variation",
            Self::Zcor => "correlation by Fisher's z",
            Self::Cor => "raw correlation",
            Self::Ucor => "correlation corrected for bias",
            Self::Gen => "generic effect",
            Self::Hr => "hazard ratio",
            Self::Ratio => "ratio",
        }
    }

    /// What heads a column of its display values.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Plo
            | Self::Pln
            | Self::Pr
            | Self::Prz
            | Self::Pas
            | Self::Pft
            | Self::Irln
            | Self::Ir
            | Self::Irs
            | Self::Irft => "Rate",
            Self::Or | Self::Peto => "OR",
            Self::Yuq => "Q",
            Self::Yuy => "Y",
            Self::Phi => "φ",
            Self::Mdp => "MD",
            Self::Smd | Self::Smdh => "SMD",
            Self::Rom | Self::Ratio => "Ratio",
            Self::Vr => "SD ratio",
            Self::Cvr => "CV ratio",
            Self::Mn | Self::Mnln => "Mean",
            Self::Sdln => "SD",
            Self::Cvln => "CV",
            Self::Zcor | Self::Cor | Self::Ucor => "r",
            Self::Gen => "Effect",
            _ => self.code(),
        }
    }

    /// The scale on which effects are computed, in words; nothing for generic effects.
    #[must_use]
    pub const fn scale(self) -> &'static str {
        match self {
            Self::Or | Self::Peto => "log odds ratio",
            Self::Rr => "log risk ratio",
            Self::Irr => "log rate ratio",
            Self::Hr => "log hazard ratio",
            Self::Rom | Self::Vr | Self::Cvr | Self::Ratio => "log ratio",
            Self::Zcor => "Fisher's z",
            Self::Gen => "",
            _ => self.name(),
        }
    }

    /// Whether the continuity correction applies to it (METHODS: never to the arcsines, square roots,
    /// Peto's odds ratio and φ, which need none).
    #[must_use]
    pub const fn takes_correction(self) -> bool {
        matches!(
            self,
            Self::Pr
                | Self::Pln
                | Self::Plo
                | Self::Prz
                | Self::Or
                | Self::Rr
                | Self::Rd
                | Self::Yuq
                | Self::Yuy
                | Self::Ir
                | Self::Irln
                | Self::Irr
                | Self::Ird
        )
    }
}
