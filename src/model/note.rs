//! Sentences a reader needs beside the numbers. They travel in the result.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{CiMethod, Estimate, Prediction};
use crate::study::OutcomeKind;

/// A remark on a result; its `Display` is one plain sentence or two.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Note {
    /// One study only.
    SingleStudy,
    /// Two studies: neither interval leads.
    TwoStudies {
        /// What the t-based interval is called, its limits, and the Wald limits, display scale.
        t: (f64, f64),
        /// Wald limits.
        z: (f64, f64),
        /// The interval that was asked for, where it is neither: its name and limits.
        own: Option<(&'static str, (f64, f64))>,
    },
    /// Every study has 0 events.
    AllZero {
        /// The exact upper bound of one common rate.
        bound: f64,
    },
    /// In every study all had the event.
    AllEvents {
        /// The exact lower bound of one common rate.
        bound: f64,
    },
    /// Cells were corrected.
    Corrected {
        /// How many studies.
        studies: usize,
        /// What was added.
        add: f64,
    },
    /// Groups with empty cells were corrected.
    CorrectedGroups {
        /// How many studies.
        studies: usize,
        /// What was added.
        add: f64,
        /// Whether to events alone, as over person-time; to all four cells otherwise.
        events: bool,
    },
    /// The prediction interval rests on few studies.
    FewForPrediction {
        /// How many.
        k: usize,
    },
    /// τ̂² = 0: mean and prediction interval coincide.
    PredictionEqualsMean {
        /// The upper limit of τ², if bounded.
        tau2_upper: Option<f64>,
    },
    /// A prediction limit lies inside the interval of the mean.
    PredictionInsideMean,
    /// τ̂² stands on its boundary.
    BoundaryTau2 {
        /// The upper limit of τ², if bounded.
        tau2_upper: Option<f64>,
    },
    /// The τ² interval is the null set.
    Tau2IntervalNull,
    /// The τ² interval has no upper limit.
    Tau2Unbounded,
    /// The τ² interval does not contain the estimate.
    Tau2Outside,
    /// The τ² interval contains 0 although the test of τ² = 0 has p < .05.
    Tau2IntervalMeetsZero {
        /// The p value.
        p_value: f64,
    },
    /// Every study is all or nothing: the between-study variance of a GLMM is infinite.
    AllOrNothing,
    /// Every study has a total of 1.
    OnePatientEach,
    /// ρ̂ stands at 0, the binomial model.
    BoundaryRho {
        /// The upper limit of ρ.
        rho_upper: f64,
    },
    /// ρ̂ stands at 1: in every study either none or all had the event.
    RhoIsOne,
    /// The ρ interval contains 0 although the test of ρ = 0 has a small p.
    RhoIntervalMeetsZero {
        /// The p value.
        p_value: f64,
    },
    /// An integral or a search missed its tolerance.
    NotConverged,
    /// The likelihood has several maxima.
    SeveralModes {
        /// How many.
        modes: usize,
    },
    /// A limit or value left [0, 1] and was clipped for display.
    Clipped,
    /// A limit left the range a difference, correlation or rate can have.
    ClippedValue,
    /// Freeman–Tukey inversion with an n below 1.
    InversionTiny,
    /// Freeman–Tukey inversion with very different sizes: the other sample sizes' results.
    InversionUnsafe {
        /// max(n)/min(n).
        ratio: f64,
        /// The rates by variance, geometric and arithmetic inversion.
        others: [f64; 3],
    },
    /// Hartung–Knapp collapsed: the studies agree more than chance would have it.
    HkNarrow {
        /// The factor on the variance.
        scale: f64,
    },
    /// No study saw an event (or all patients of all had it): a two-step value has no data behind it.
    NoInformation {
        /// Whether all had the event.
        all: bool,
        /// Whether cells were corrected; else the transformation alone made the value.
        corrected: bool,
    },
    /// Wald intervals of studies with an empty cell are those of the corrected effect.
    WaldOfCorrected {
        /// How many studies.
        studies: usize,
    },
    /// Cochran's Q is below its degrees of freedom.
    QBelowDf {
        /// Q.
        q: f64,
        /// k − 1.
        df: f64,
    },
    /// Studies that say nothing about the measure drop out.
    Dropped {
        /// Their names.
        studies: Vec<String>,
        /// What they lack.
        silent: Silent,
    },
    /// Cells were corrected for the lines of single studies; the model takes them as they are.
    CorrectedForDisplay {
        /// How many studies.
        studies: usize,
        /// What was added.
        add: f64,
    },
    /// How much the random intercepts of UM.RS vary.
    Intercepts {
        /// Their variance.
        sigma2: f64,
    },
    /// In every study the ratio is 0, or in every one infinite.
    OneSided,
    /// Every study's ratio is either 0 or infinite.
    RatiosZeroOrInfinite,
    /// One study has nearly all of the weight of the common effect.
    Dominated {
        /// Its name.
        study: String,
        /// Its share in percent.
        weight: f64,
    },
}

/// Why a study of two groups says nothing about a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silent {
    /// No events in either group, or nothing but events in both: nothing about an odds ratio.
    Odds,
    /// No events in either group: nothing about a ratio.
    Ratio,
}

impl Note {
    /// What to say of `corrected` studies of one kind of outcome.
    pub(super) fn corrected(kind: OutcomeKind, corrected: usize, add: f64) -> Option<Self> {
        let events = matches!(kind, OutcomeKind::Rates | OutcomeKind::TwoRates);
        match (corrected, kind) {
            (0, _) => None,
            (studies, OutcomeKind::Proportions) => Some(Self::Corrected { studies, add }),
            (studies, _) => Some(Self::CorrectedGroups { studies, add, events }),
        }
    }
}

impl Note {
    /// The sentence with its rates written by `rate`, which a table uses to keep to its own scale;
    /// `Display` writes them as proportions.
    pub(crate) fn sentence(&self, rate: impl Fn(f64) -> String) -> String {
        match self {
            Self::TwoStudies { t, z, own } => {
                let limits =
                    |(lower, upper): (f64, f64)| format!("[{}, {}]", rate(lower), rate(upper));
                let (own, none) = match own {
                    Some((name, own)) => {
                        (format!(", the {name} interval {}", limits(*own)), "none")
                    }
                    None => (String::new(), "neither"),
                };
                format!(
                    "Two studies: the interval with one degree of freedom is {}, the Wald interval {}{own}; {none} is reliable, and {none} is the headline.",
                    limits(*t),
                    limits(*z)
                )
            }
            Self::AllZero { bound } => format!(
                "No study saw an event: the upper limit {} is the exact bound of one common rate and hides any heterogeneity between studies.",
                rate(*bound)
            ),
            Self::AllEvents { bound } => format!(
                "Every patient of every study had the event: the lower limit {} is the exact bound of one common rate and hides any heterogeneity between studies.",
                rate(*bound)
            ),
            Self::InversionUnsafe { ratio, others: [variance, geometric, arithmetic] } => format!(
                "The largest study is {ratio:.0} times the smallest: the harmonic mean is not a safe sample size for the Freeman–Tukey inversion. By variance the rate is {}, by geometric mean {}, by arithmetic mean {}.",
                rate(*variance),
                rate(*geometric),
                rate(*arithmetic)
            ),
            other => other.to_string(),
        }
    }
}

impl fmt::Display for Note {
    #[expect(clippy::too_many_lines, reason = "one sentence a variant")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SingleStudy => f.write_str(
                "One study: there is nothing to pool, and between-study variance is not defined; the line is its effect with a Wald interval.",
            ),
            Self::TwoStudies { .. } => f.write_str(&self.sentence(|rate| format!("{rate:.3}"))),
            Self::AllZero { .. } | Self::AllEvents { .. } => {
                f.write_str(&self.sentence(|rate| format!("{rate:.5}")))
            }
            Self::Corrected { studies: 1, add } => {
                write!(f, "1 study with an empty cell was corrected: x + {add} of n + {}.", 2.0 * add)
            }
            Self::Corrected { studies, add } => write!(
                f,
                "{studies} studies with an empty cell were corrected: x + {add} of n + {}.",
                2.0 * add
            ),
            Self::CorrectedGroups { studies, add, events } => write!(
                f,
                "{} with an empty cell {} corrected: {add} was added to {}.",
                if *studies == 1 { "1 study".to_owned() } else { format!("{studies} studies") },
                if *studies == 1 { "was" } else { "were" },
                if *events { "the events" } else { "each of the four cells" }
            ),
            Self::FewForPrediction { k } => {
                write!(f, "The prediction interval is not reliable with so few studies (k = {k}).")
            }
            Self::PredictionEqualsMean { tau2_upper } => write!(
                f,
                "The prediction interval equals the interval of the mean because τ̂² = 0, not as evidence of homogeneity; {}.",
                up_to(*tau2_upper)
            ),
            Self::PredictionInsideMean => f.write_str(
                "A prediction limit lies inside the interval of the mean: the two use different standard errors or quantiles, and k is small.",
            ),
            Self::BoundaryTau2 { tau2_upper } => {
                write!(f, "τ̂² = 0 is an estimate at its boundary; {}.", up_to(*tau2_upper))
            }
            Self::Tau2IntervalNull => f.write_str(
                "The interval of τ² is empty (the studies agree more than sampling error allows); both limits are shown as 0.",
            ),
            Self::Tau2Unbounded => f.write_str("The interval of τ² has no finite upper limit."),
            Self::Tau2Outside => f.write_str(
                "The interval of τ² does not contain its estimate: the interval and the estimator answer from different equations.",
            ),
            Self::Tau2IntervalMeetsZero { p_value } => write!(
                f,
                "The interval of τ² reaches 0 although the one-sided test of τ² = 0 has p = {p_value:.3}: the interval is two-sided."
            ),
            Self::AllOrNothing => f.write_str(
                "In every study either none or all had the event, so the binomial-normal model puts the between-study variance at infinity and has no pooled rate; the beta-binomial model has one.",
            ),
            Self::OnePatientEach => f.write_str(
                "Every study has one patient: chance and differences between studies cannot be told apart, so only the common-effect result is shown.",
            ),
            Self::BoundaryRho { rho_upper } => write!(
                f,
                "ρ̂ = 0 is an estimate at its boundary, where the model is the binomial one; ρ may be as large as {rho_upper:.3}."
            ),
            Self::RhoIsOne => f.write_str(
                "In every study either none or all had the event: ρ̂ = 1, and each study counts as one observation.",
            ),
            Self::RhoIntervalMeetsZero { p_value } => write!(
                f,
                "The interval of ρ reaches 0 although the one-sided test of ρ = 0 has p = {p_value:.3}: the interval is two-sided."
            ),
            Self::NotConverged => f.write_str(
                "A search or an integral of the likelihood missed its tolerance: check the result against another model.",
            ),
            Self::SeveralModes { modes } => write!(
                f,
                "The likelihood has {modes} local maxima in τ²; the highest one is reported. Other software may stop at another."
            ),
            Self::Clipped => f.write_str(
                "A limit left the range 0 to 1 and is shown at its edge; limits on the logit scale cannot leave it.",
            ),
            Self::ClippedValue => f.write_str(
                "A limit left the range of possible values and is shown at its edge.",
            ),
            Self::InversionTiny => f.write_str(
                "The pooled Freeman–Tukey value stands for less than one patient, so it is shown by sin², without the inversion.",
            ),
            Self::InversionUnsafe { .. } => {
                f.write_str(&self.sentence(|rate| format!("{rate:.6}")))
            }
            Self::HkNarrow { scale: 0.0 } => f.write_str(
                "The studies agree exactly, so Hartung–Knapp's variance is 0: its interval shrinks to a point and its test has no value, which says nothing about certainty. `adhoc` guards against that.",
            ),
            Self::HkNarrow { scale } => write!(
                f,
                "Hartung–Knapp multiplies the variance by {}, below 1: the interval is narrower than Wald's because the studies agree more than chance would have it. `adhoc` guards against that.",
                if *scale < 0.001 { format!("{scale:.1e}") } else { format!("{scale:.3}") }
            ),
            Self::NoInformation { all, corrected } => write!(
                f,
                "{}: the two-step value comes from the {} and not from data; a GLMM gives the exact bound of one common rate instead.",
                if *all { "Every patient of every study had the event" } else { "No study saw an event" },
                if *corrected { "correction of empty cells" } else { "transformation" }
            ),
            Self::WaldOfCorrected { studies } => write!(
                f,
                "The Wald interval of {} with an empty cell is that of the corrected effect: the rate itself, 0 or 1, lies outside it.",
                if *studies == 1 { "1 study".to_owned() } else { format!("{studies} studies") }
            ),
            Self::QBelowDf { q, df } => write!(
                f,
                "Q = {q:.2} is below its {df} {}: the studies differ no more than chance alone would make them.",
                if *df == 1.0 { "degree of freedom" } else { "degrees of freedom" }
            ),
            Self::Dropped { studies, silent } => {
                let they = if studies.len() == 1 { "it says" } else { "they say" };
                let lack = match silent {
                    Silent::Odds => "no events (or nothing but events) in both groups",
                    Silent::Ratio => "no events in either group",
                };
                let names = studies.join(", ");
                write!(f, "Left out for {lack}: {names}; {they} nothing about the ratio.")
            }
            Self::CorrectedForDisplay { studies, add } => write!(
                f,
                "The lines of {} with an empty cell show effects with {add} added to each cell; the pooled value takes the counts as they are.",
                if *studies == 1 { "1 study".to_owned() } else { format!("{studies} studies") }
            ),
            Self::Intercepts { sigma2 } => write!(
                f,
                "The studies' intercepts, the mean of both groups on the log scale, vary with σ² = {sigma2:.3}."
            ),
            Self::OneSided => f.write_str(
                "In every study only one and the same group has events (or non-events): the pooled ratio is 0 or infinite. Peto's method, or a risk difference, gives a finite value.",
            ),
            Self::RatiosZeroOrInfinite => f.write_str(
                "Every study's ratio is either 0 or infinite, so that the model puts the between-study variance at infinity and has no pooled ratio.",
            ),
            Self::Dominated { study, weight } => write!(
                f,
                "{study} has {} % of the weight of the common effect: that line shows little but this study.",
                (weight * 10.0).floor() / 10.0
            ),
        }
    }
}

/// The interval of an estimate by a method that is neither Wald nor based on t: what it is called, and
/// its limits on the display scale.
pub(super) fn own_interval(pooled: &Estimate) -> Option<(&'static str, (f64, f64))> {
    let name = match pooled.method {
        CiMethod::Kr => "Kenward–Roger",
        CiMethod::Pl => "profile-likelihood",
        CiMethod::Hc => "Henmi–Copas",
        CiMethod::Bootstrap => "bootstrap",
        _ => return None,
    };
    Some((name, pooled.ci_lower.zip(pooled.ci_upper)?))
}

/// What an estimate of 0 leaves open.
fn up_to(tau2_upper: Option<f64>) -> String {
    match tau2_upper {
        None => "τ² has no finite upper limit".to_owned(),
        Some(0.0) => "the interval of τ² is empty".to_owned(),
        Some(u) if u < 0.001 => format!("τ² may be as large as {u:.1e}"),
        Some(u) => format!("τ² may be as large as {u:.3}"),
    }
}

impl Serialize for Note {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Adds the sentences on a prediction interval and on `τ̂² = 0` that every model shares.
///
/// `tau2` is the estimate with the upper limit of its interval, if that is bounded.
pub(super) fn on_prediction(
    notes: &mut Vec<Note>,
    prediction: Option<&Prediction>,
    pooled: &Estimate,
    k: usize,
    (tau2, tau2_upper): (f64, Option<f64>),
) {
    let limits = pooled.yi_lower.zip(pooled.yi_upper);
    let predicted = prediction.and_then(|p| p.yi_lower.zip(p.yi_upper));
    if prediction.is_some() && k < 5 {
        notes.push(Note::FewForPrediction { k });
    }
    let equal = limits.zip(predicted).is_some_and(|((l, u), (pl, pu))| {
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-12 * (u - l).abs();
        close(l, pl) && close(u, pu)
    });
    if tau2 == 0.0 {
        notes.push(if equal {
            Note::PredictionEqualsMean { tau2_upper }
        } else {
            Note::BoundaryTau2 { tau2_upper }
        });
    }
    let inside = limits.zip(predicted).is_some_and(|((l, u), (pl, pu))| pl > l || pu < u);
    if inside && !equal {
        notes.push(Note::PredictionInsideMean);
    }
}
