//! What each effect measure is called in a sentence, and who described it.

use super::super::references::{Reference, effects as works, one_step::YUSUF_1985};
use crate::{
    effect::{Correction, CorrectionRule, Inversion, Measure},
    study::OutcomeKind,
};

/// Effects in the plural, as a sentence begins: `Log odds ratios`.
pub(super) const fn effects(measure: Measure) -> &'static str {
    match measure {
        Measure::Plo => "Logits of the proportions",
        Measure::Pln => "Logarithms of the proportions",
        Measure::Pr => "Raw proportions",
        Measure::Prz => "Probits of the proportions",
        Measure::Pas => "Arcsine square roots of the proportions",
        Measure::Pft => "Freeman–Tukey double arcsine transforms of the proportions",
        Measure::Or => "Log odds ratios",
        Measure::Rr => "Log risk ratios",
        Measure::Rd => "Risk differences",
        Measure::As => "Differences of arcsine square roots of the risks",
        Measure::Peto => "Log odds ratios by Peto's one-step method",
        Measure::Yuq => "Values of Yule's Q",
        Measure::Yuy => "Values of Yule's Y",
        Measure::Phi => "Phi coefficients",
        Measure::Irr => "Log rate ratios",
        Measure::Ird => "Rate differences",
        Measure::Irln => "Logarithms of the rates",
        Measure::Ir => "Raw rates",
        Measure::Irs => "Square roots of the rates",
        Measure::Irft => "Freeman–Tukey transforms of the rates",
        Measure::Md => "Mean differences, each group with its own variance,",
        Measure::Mdp => "Mean differences, both groups with one pooled variance,",
        Measure::Smd => "Standardised mean differences (Hedges' g)",
        Measure::Smdh => "Standardised mean differences, without one variance for both groups,",
        Measure::Rom => "Log ratios of means",
        Measure::Vr => "Log ratios of standard deviations",
        Measure::Cvr => "Log ratios of coefficients of variation",
        Measure::Mn => "Means",
        Measure::Mnln => "Logarithms of the means",
        Measure::Sdln => "Logarithms of the standard deviations",
        Measure::Cvln => "Logarithms of the coefficients of variation",
        Measure::Zcor => "Correlations by Fisher's z",
        Measure::Cor => "Raw correlations",
        Measure::Ucor => "Correlations corrected for bias",
        Measure::Gen => "Effects",
        Measure::Hr => "Log hazard ratios",
        Measure::Ratio => "Log ratios",
    }
}

/// Who described it.
pub(super) fn cited(measure: Measure) -> &'static [&'static Reference] {
    match measure {
        Measure::Plo => &[&works::BERKSON_1944],
        Measure::Pln | Measure::Pr => &[&works::SCHWARZER_2022],
        Measure::Prz => &[&works::BLISS_1934],
        Measure::Pas | Measure::Irs => &[&works::ANSCOMBE_1948],
        Measure::Pft | Measure::Irft => &[&works::FREEMAN_1950],
        Measure::Or => &[&works::WOOLF_1955],
        Measure::Rr => &[&works::KATZ_1978],
        Measure::Rd => &[&works::NEWCOMBE_1998B],
        Measure::As => &[&works::RUECKER_2009],
        Measure::Peto => &[&YUSUF_1985],
        Measure::Yuq | Measure::Yuy | Measure::Phi => &[&works::YULE_1912],
        Measure::Irr | Measure::Ird | Measure::Irln | Measure::Ir => &[&works::ROTHMAN_2008],
        Measure::Md | Measure::Mdp => &[&works::BORENSTEIN_2009],
        Measure::Smd => &[&works::HEDGES_1981],
        Measure::Smdh => &[&works::BONETT_2009],
        Measure::Rom | Measure::Mnln => &[&works::HEDGES_1999],
        Measure::Vr | Measure::Cvr | Measure::Sdln | Measure::Cvln => &[&works::NAKAGAWA_2015],
        Measure::Mn => &[&works::ALTMAN_2005],
        Measure::Zcor => &[&works::FISHER_1921],
        Measure::Cor => &[&works::HEDGES_1985],
        Measure::Ucor => &[&works::OLKIN_1958],
        Measure::Gen | Measure::Hr | Measure::Ratio => &[&works::WHITEHEAD_1991],
    }
}

/// What is read in the end, in the singular: `odds ratio`.
pub(super) const fn noun(measure: Measure) -> &'static str {
    match measure {
        Measure::Plo | Measure::Pln | Measure::Pr | Measure::Prz | Measure::Pas | Measure::Pft => {
            "proportion"
        }
        Measure::Irln | Measure::Ir | Measure::Irs | Measure::Irft => "rate",
        Measure::As => "difference of arcsine square roots",
        Measure::Peto => "odds ratio",
        Measure::Mdp => "mean difference",
        Measure::Smdh => "standardised mean difference",
        Measure::Mnln => "mean",
        Measure::Sdln => "standard deviation",
        Measure::Cvln => "coefficient of variation",
        Measure::Zcor | Measure::Cor | Measure::Ucor => "correlation",
        Measure::Gen => "effect",
        _ => measure.name(),
    }
}

/// What is added to empty cells, as a sentence without its stop; `None` where nothing ever is.
pub(super) fn corrected(correction: Correction, measure: Measure) -> Option<String> {
    let Correction { add, to } = correction;
    if !measure.takes_correction() {
        return None;
    }
    let (cells, empty) = match measure.kind() {
        OutcomeKind::TwoProportions => ("all four cells", "had an empty cell"),
        OutcomeKind::Rates => ("the events", "had no events"),
        OutcomeKind::TwoRates => ("the events of both groups", "had a group without events"),
        _ => ("the events and the non-events", "had no events, or nothing else"),
    };
    Some(match to {
        CorrectionRule::Only0 => format!("Where a study {empty}, {add} was added to {cells}"),
        CorrectionRule::If0all => {
            format!("If any study {empty}, {add} was added to {cells} of every study")
        }
        CorrectionRule::All => {
            format!("For continuity, {add} was added to {cells} of every study")
        }
        CorrectionRule::None => "No continuity correction was applied".to_owned(),
    })
}

/// The sample size that turns a pooled Freeman–Tukey value back, with who proposed it.
pub(super) fn inversion(inversion: Inversion) -> (&'static str, &'static [&'static Reference]) {
    match inversion {
        Inversion::Variance => (
            "the sample size whose variance the pooled value has",
            &[&works::BARENDREGT_2013, &works::SCHWARZER_2019],
        ),
        Inversion::Harmonic => (
            "the harmonic mean of the sample sizes, which misleads where they differ much",
            &[&works::MILLER_1978, &works::SCHWARZER_2019],
        ),
        Inversion::Geometric => (
            "the geometric mean of the sample sizes",
            &[&works::MILLER_1978, &works::SCHWARZER_2019],
        ),
        Inversion::Arithmetic => (
            "the arithmetic mean of the sample sizes",
            &[&works::MILLER_1978, &works::SCHWARZER_2019],
        ),
    }
}
