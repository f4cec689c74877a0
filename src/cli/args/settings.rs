//! The choices of an analysis as they are typed: each may be left out.

use clap::Args;

use crate::{
    cli::values::{Ci, ModelKind, described},
    effect::{CorrectionRule, Inversion, Measure, StudyInterval},
    model::{GenqWeights, I2, Level, Link, PredictionMethod, Preset, QTest, Tau2Ci, Tau2Method},
};

/// Options of the analysis; [`crate::cli::choice::Choice`] holds what they come to.
#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Analysis")]
pub(in crate::cli) struct SettingsArgs {
    /// Model: glmm, beta-binomial, two-step, mh, cm-el, …
    #[arg(
        long, value_name = "MODEL", ignore_case = true, hide_possible_values = true,
        long_help = described::<ModelKind>(
            "Model [default: glmm, or two-step where an option belongs only to it]"
        )
    )]
    pub(in crate::cli) model: Option<ModelKind>,

    /// Effect measure (two-step): PLO, PAS, PFT, …
    #[arg(
        long, value_name = "CODE", ignore_case = true, hide_possible_values = true,
        long_help = described::<Measure>(
            "Effect measure of the two-step model [default: PLO, and by the kind of outcome OR, IRR, \
             IRLN, MD, MN, ZCOR or GEN]"
        )
    )]
    pub(in crate::cli) measure: Option<Measure>,

    /// Estimator of τ² (two-step): REML, DL, PM, …
    #[arg(
        long, value_name = "ESTIMATOR", ignore_case = true, hide_possible_values = true,
        long_help = described::<Tau2Method>(
            "Estimator of the between-study variance τ² in the two-step model [default: REML]"
        )
    )]
    pub(in crate::cli) tau2: Option<Tau2Method>,

    /// Interval of τ² (two-step): qp, pl, genq or bt
    #[arg(
        long, value_name = "METHOD", ignore_case = true, hide_possible_values = true,
        long_help = described::<Tau2Ci>(
            "Interval of τ² in the two-step model; the one-step models use the profile likelihood \
             [default: qp]"
        )
    )]
    pub(in crate::cli) tau2_ci: Option<Tau2Ci>,

    /// Weights of the generalised Q (two-step): se or variance
    #[arg(
        long, value_name = "WEIGHTS", ignore_case = true, hide_possible_values = true,
        hide_short_help = true,
        long_help = described::<GenqWeights>(
            "Weights of the generalised Q, for --tau2 GENQ or GENQM and --tau2-ci genq \
             [default: se]"
        )
    )]
    pub(in crate::cli) genq_weights: Option<GenqWeights>,

    /// Interval of the pooled value: t, z, pl, hk, …
    #[arg(
        long, value_name = "METHOD", ignore_case = true, hide_possible_values = true,
        long_help = described::<Ci>(
            "Interval of the pooled value [default: t for one-step models, adhoc for two-step]"
        )
    )]
    pub(in crate::cli) ci: Option<Ci>,

    /// Prediction interval: t, hts, normal, none, …
    #[arg(
        long, value_name = "METHOD", ignore_case = true, hide_possible_values = true,
        long_help = described::<PredictionMethod>(
            "Prediction interval for the true rate of a new study [default: t]"
        )
    )]
    pub(in crate::cli) prediction: Option<PredictionMethod>,

    /// Interval of each study: clopper-pearson, …
    #[arg(
        long, value_name = "METHOD", ignore_case = true, hide_possible_values = true,
        long_help = described::<StudyInterval>(
            "Interval of each single study [default: clopper-pearson]"
        )
    )]
    pub(in crate::cli) study_ci: Option<StudyInterval>,

    /// Link of the GLMM: logit, probit or cloglog
    #[arg(
        long, value_name = "LINK", ignore_case = true, hide_possible_values = true,
        long_help = described::<Link>("Link function of the GLMM [default: logit]")
    )]
    pub(in crate::cli) link: Option<Link>,

    /// Test of heterogeneity in the GLMM
    #[arg(
        long, value_name = "TEST", ignore_case = true, hide_possible_values = true,
        hide_short_help = true,
        long_help = described::<QTest>("Test of heterogeneity in the GLMM [default: lrt]")
    )]
    pub(in crate::cli) q_test: Option<QTest>,

    /// Which I² leads; both are always given
    #[arg(
        long, value_name = "KIND", ignore_case = true, hide_possible_values = true,
        hide_short_help = true,
        long_help = described::<I2>("Which I² leads; both are always given [default: tau2]")
    )]
    pub(in crate::cli) i2: Option<I2>,

    /// Added to corrected cells (two-step) [default: 0.5]
    #[arg(
        long,
        value_name = "NUMBER",
        hide_short_help = true,
        allow_negative_numbers = true,
        long_help = "Continuity correction of the two-step model: NUMBER is added to the events \
                     and to the non-events [default: 0.5]"
    )]
    pub(in crate::cli) add: Option<f64>,

    /// Studies that get the correction (two-step)
    #[arg(
        long, value_name = "RULE", ignore_case = true, hide_possible_values = true,
        hide_short_help = true,
        long_help = described::<CorrectionRule>(
            "Studies that get the continuity correction of the two-step model [default: only0]"
        )
    )]
    pub(in crate::cli) to: Option<CorrectionRule>,

    /// Sample size that turns a pooled PFT back into a rate
    #[arg(
        long, value_name = "SIZE", ignore_case = true, hide_possible_values = true,
        hide_short_help = true,
        long_help = described::<Inversion>(
            "Sample size that turns a pooled Freeman–Tukey value (--measure PFT) back into a rate \
             [default: variance]"
        )
    )]
    pub(in crate::cli) inversion: Option<Inversion>,

    /// Confidence level of every interval: 95 or .95
    #[arg(
        long,
        value_name = "LEVEL",
        long_help = "Confidence level of every interval, in percent or as a proportion: 95 and .95 \
                     are the same [default: 95]"
    )]
    pub(in crate::cli) level: Option<Level>,

    /// Seed of random procedures such as the bootstrap [default: 0]
    #[arg(long, value_name = "NUMBER", hide_short_help = true)]
    pub(in crate::cli) seed: Option<u64>,

    /// Choices of a named tool: cochrane-2025, …
    #[arg(
        long, value_name = "NAME", ignore_case = true, hide_possible_values = true,
        long_help = described::<Preset>(
            "All choices of a named tool or handbook; further options change single choices"
        )
    )]
    pub(in crate::cli) preset: Option<Preset>,
}
