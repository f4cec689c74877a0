//! The values that options take, each with its spelling and meaning in one place.
//!
//! Values are read without regard to case; errors, completions and `--help` come from the same list.

use std::fmt::Write;

use clap::{ValueEnum, builder::PossibleValue};

use super::args::Plain;
#[cfg(feature = "plot")]
use crate::figure;
use crate::{
    analysis::{
        Family, Resampling, Sampling,
        small_study::{Direction, Side, TrimEstimator},
    },
    data::{ConvertTo, Decimal, Missing},
    effect::{CorrectionRule, Inversion, Measure, StudyInterval},
    model::{
        Adjust, GenqWeights, I2, Link, PredictionMethod, Preset, QTest, Small, Tau2Ci, Tau2Method,
    },
    report::{Format, Scale},
    study::OutcomeKind,
};

pub(super) use crate::plan::{Ci, ModelKind};

macro_rules! values {
    ($type:ty { $($variant:path => $name:literal, $meaning:literal;)+ } $(without $hidden:path)?) => {
        impl ValueEnum for $type {
            fn value_variants<'a>() -> &'a [Self] {
                &[$($variant),+]
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(match self {
                    $($variant => PossibleValue::new($name).help($meaning),)+
                    $($hidden => return None,)?
                })
            }
        }
    };
}

values!(ModelKind {
    ModelKind::Glmm => "glmm", "binomial-normal (rates: Poisson), maximum likelihood";
    ModelKind::BetaBinomial => "beta-binomial", "rates with a beta distribution, maximum likelihood";
    ModelKind::TwoStep => "two-step", "inverse-variance pooling of effects";
    ModelKind::MantelHaenszel => "mh", "two groups: Mantel–Haenszel OR, RR, RD, IRR or IRD";
    ModelKind::Peto => "peto", "two groups: Peto's odds ratio";
    ModelKind::CmEl => "cm-el", "two groups: mixed model given all events, exact";
    ModelKind::CmAl => "cm-al", "two groups: the same, approximated for rare events";
    ModelKind::UmFs => "um-fs", "two groups: mixed model, fixed study effects";
    ModelKind::UmRs => "um-rs", "two groups: mixed model, random study effects";
});

values!(Family {
    Family::Crude => "crude", "all events over all patients";
    Family::Common => "common", "inverse variance, one effect for all studies";
    Family::TwoStep => "two-step", "inverse-variance pooling of effects";
    Family::Glmm => "glmm", "binomial-normal (rates: Poisson), maximum likelihood";
    Family::BetaBinomial => "beta-binomial", "rates with a beta distribution, maximum likelihood";
    Family::MantelHaenszel => "mh", "two groups: Mantel–Haenszel OR, RR, RD, IRR or IRD";
    Family::Peto => "peto", "two groups: Peto's odds ratio";
    Family::UmFs => "um-fs", "two groups: mixed model, fixed study effects";
    Family::UmRs => "um-rs", "two groups: mixed model, random study effects";
    Family::CmEl => "cm-el", "two groups: mixed model given all events, exact";
    Family::CmAl => "cm-al", "two groups: the same, approximated for rare events";
});

values!(ConvertTo {
    ConvertTo::Smd => "SMD", "standardised mean differences";
    ConvertTo::OddsRatio => "OR", "odds ratios";
    ConvertTo::FishersZ => "ZCOR", "correlations by Fisher's z";
});

values!(Plain {
    Plain::Table => "table", "plain text for people";
    Plain::Json => "json", "full precision, schema resorb/1";
});

values!(Measure {
    Measure::Plo => "PLO", "logit";
    Measure::Pln => "PLN", "log";
    Measure::Pr => "PR", "raw proportion";
    Measure::Prz => "PRZ", "probit";
    Measure::Pas => "PAS", "arcsine square root";
    Measure::Pft => "PFT", "Freeman–Tukey double arcsine";
    Measure::Or => "OR", "odds ratio";
    Measure::Rr => "RR", "risk ratio";
    Measure::Rd => "RD", "risk difference";
    Measure::As => "AS", "arcsine risk difference";
    Measure::Peto => "PETO", "Peto odds ratio";
    Measure::Yuq => "YUQ", "Yule's Q";
    Measure::Yuy => "YUY", "Yule's Y";
    Measure::Phi => "PHI", "phi coefficient";
    Measure::Irr => "IRR", "rate ratio";
    Measure::Ird => "IRD", "rate difference";
    Measure::Irln => "IRLN", "log rate";
    Measure::Ir => "IR", "raw rate";
    Measure::Irs => "IRS", "square root of the rate";
    Measure::Irft => "IRFT", "Freeman–Tukey rate";
    Measure::Md => "MD", "mean difference";
    Measure::Mdp => "MDP", "mean difference, pooled variance";
    Measure::Smd => "SMD", "standardised mean difference";
    Measure::Smdh => "SMDH", "standardised mean difference, unequal variances";
    Measure::Rom => "ROM", "ratio of means";
    Measure::Vr => "VR", "ratio of standard deviations";
    Measure::Cvr => "CVR", "ratio of coefficients of variation";
    Measure::Mn => "MN", "mean";
    Measure::Mnln => "MNLN", "log mean";
    Measure::Sdln => "SDLN", "log standard deviation";
    Measure::Cvln => "CVLN", "log coefficient of variation";
    Measure::Zcor => "ZCOR", "correlation by Fisher's z";
    Measure::Cor => "COR", "raw correlation";
    Measure::Ucor => "UCOR", "correlation corrected for bias";
    Measure::Gen => "GEN", "generic effect";
    Measure::Hr => "HR", "hazard ratio";
    Measure::Ratio => "RATIO", "ratio";
});

values!(OutcomeKind {
    OutcomeKind::Proportions => "proportions", "events of a total";
    OutcomeKind::TwoProportions => "two-proportions", "events of a total in two groups";
    OutcomeKind::Rates => "rates", "events over person-time";
    OutcomeKind::TwoRates => "two-rates", "events over person-time in two groups";
    OutcomeKind::Means => "means", "means with standard deviations";
    OutcomeKind::TwoMeans => "two-means", "means with standard deviations in two groups";
    OutcomeKind::Correlations => "correlations", "correlations with numbers of pairs";
    OutcomeKind::Generic => "generic", "effects with variances, or ratios with intervals";
});

values!(TrimEstimator {
    TrimEstimator::L0 => "L0", "by the sum of ranks, linear";
    TrimEstimator::R0 => "R0", "by the longest run of extreme ranks on one side";
    TrimEstimator::Q0 => "Q0", "by the sum of ranks, quadratic";
});

values!(Tau2Method {
    Tau2Method::Reml => "REML", "restricted maximum likelihood";
    Tau2Method::Ml => "ML", "maximum likelihood";
    Tau2Method::Dl => "DL", "DerSimonian–Laird";
    Tau2Method::Dl2 => "DL2", "DerSimonian–Laird in two steps";
    Tau2Method::Pm => "PM", "Paule–Mandel";
    Tau2Method::Pmm => "PMM", "Paule–Mandel, median-unbiased";
    Tau2Method::Eb => "EB", "empirical Bayes";
    Tau2Method::He => "HE", "Hedges";
    Tau2Method::Hs => "HS", "Hunter–Schmidt";
    Tau2Method::Hsk => "HSk", "Hunter–Schmidt with a small-sample factor";
    Tau2Method::Sj => "SJ", "Sidik–Jonkman";
    Tau2Method::Genq => "GENQ", "generalised Q";
    Tau2Method::Genqm => "GENQM", "generalised Q, median-unbiased";
});

values!(Tau2Ci {
    Tau2Ci::Qp => "qp", "Q-profile";
    Tau2Ci::Pl => "pl", "profile likelihood (with ML or REML)";
    Tau2Ci::Genq => "genq", "generalised Q";
    Tau2Ci::Bt => "bt", "Biggerstaff–Tweedie (with DL)";
});

values!(Ci {
    Ci::T => "t", "t quantiles, k − 1 degrees of freedom";
    Ci::Z => "z", "normal quantiles";
    Ci::Pl => "pl", "profile likelihood (two-step: with ML or REML)";
    Ci::Bootstrap => "bootstrap", "parametric bootstrap, with --seed";
    Ci::Adhoc => "adhoc", "Hartung–Knapp that never narrows (two-step)";
    Ci::Hk => "hk", "Hartung–Knapp (two-step)";
    Ci::Kr => "kr", "Kenward–Roger (two-step, with REML)";
    Ci::Hc => "hc", "Henmi–Copas (two-step, with DL)";
});

values!(PredictionMethod {
    PredictionMethod::T => "t", "t quantiles, k − 1 degrees of freedom";
    PredictionMethod::Hts => "hts", "t quantiles, k − 2 degrees of freedom";
    PredictionMethod::Normal => "normal", "normal quantiles";
    PredictionMethod::Hk => "hk", "Hartung–Knapp standard error (two-step)";
    PredictionMethod::Kr => "kr", "Kenward–Roger (two-step, with REML)";
    PredictionMethod::Bootstrap => "bootstrap", "parametric bootstrap, with --seed (two-step)";
    PredictionMethod::None => "none", "no prediction interval";
});

values!(StudyInterval {
    StudyInterval::ClopperPearson => "clopper-pearson", "exact";
    StudyInterval::Wilson => "wilson", "score";
    StudyInterval::WilsonCc => "wilson-cc", "score with continuity correction";
    StudyInterval::AgrestiCoull => "agresti-coull", "adjusted Wald";
    StudyInterval::Jeffreys => "jeffreys", "Bayesian with Jeffreys' prior";
    StudyInterval::MidP => "mid-p", "exact with mid-P";
    StudyInterval::Wald => "wald", "on the analysis scale";
});

values!(GenqWeights {
    GenqWeights::Se => "se", "1/√vi";
    GenqWeights::Variance => "variance", "1/vi, with which GENQ is DL";
});

values!(Link {
    Link::Logit => "logit", "ln(p/(1−p))";
    Link::Probit => "probit", "normal quantile of p";
    Link::Cloglog => "cloglog", "ln(−ln(1−p))";
});

values!(CorrectionRule {
    CorrectionRule::Only0 => "only0", "studies with an empty cell";
    CorrectionRule::If0all => "if0all", "all studies as soon as one has an empty cell";
    CorrectionRule::All => "all", "all studies";
    CorrectionRule::None => "none", "no study";
});

values!(Inversion {
    Inversion::Variance => "variance", "the size whose variance the pooled value has";
    Inversion::Harmonic => "harmonic", "harmonic mean; far off when sizes differ much";
    Inversion::Geometric => "geometric", "geometric mean";
    Inversion::Arithmetic => "arithmetic", "arithmetic mean";
});

values!(I2 {
    I2::Tau2 => "tau2", "from the between-study variance";
    I2::Q => "q", "from the heterogeneity test";
});

values!(QTest {
    QTest::Lrt => "lrt", "likelihood ratio against one rate for each study";
    QTest::Wald => "wald", "Wald type, over studies without an empty cell";
    QTest::WaldAll => "wald-all", "the same on k − 1 df, as metafor and meta print it";
});

values!(Preset {
    Preset::Cochrane2025 => "cochrane-2025", "Cochrane Handbook and RevMan as of 2025";
    Preset::Metafor => "metafor", "rma of R's metafor";
    Preset::Meta => "meta", "metaprop of R's meta";
    Preset::DersimonianLaird => "dersimonian-laird", "DerSimonian and Laird 1986, as in textbooks";
    Preset::Statsmodels => "statsmodels", "combine_effects of Python's statsmodels";
});

values!(Small {
    Small::Cr2 => "CR2", "bias-reduced, Satterthwaite degrees of freedom";
    Small::Cr1 => "CR1", "CR0 times m/(m − 1) for m clusters";
    Small::Cr0 => "CR0", "the plain sandwich";
});

values!(Resampling {
    Resampling::Parametric => "parametric", "counts drawn from the fitted model";
    Resampling::Studies => "studies", "studies drawn with replacement";
});

values!(Sampling {
    Sampling::Subsets => "subsets", "each subset equally likely";
    Sampling::Sizes => "sizes", "each size equally likely, then each subset of it";
});

values!(Side {
    Side::Left => "left", "low effects are missing";
    Side::Right => "right", "high effects are missing";
});

values!(Direction {
    Direction::Greater => "greater", "studies above the null value";
    Direction::Less => "less", "studies below it";
});

values!(Adjust {
    Adjust::Holm => "holm", "Holm: the chance of any false finding";
    Adjust::BenjaminiHochberg => "bh", "Benjamini–Hochberg: the share of false findings";
    Adjust::None => "none", "not at all";
});

values!(Missing {
    Missing::Error => "error", "report it";
    Missing::Drop => "drop", "leave the row out and name it in the result";
});

values!(Decimal {
    Decimal::Point => "point", "1,234.5";
    Decimal::Comma => "comma", "1.234,5";
});

values!(Format {
    Format::Table => "table", "for a terminal of 80 columns";
    Format::Json => "json", "schema resorb/1, full precision";
    Format::Csv => "csv", "studies and pooled lines, full precision";
    Format::Markdown => "markdown", "pipe tables";
    Format::Latex => "latex", "booktabs tables";
});

values!(Scale {
    Scale::Percent => "percent", "events per hundred";
    Scale::Proportion => "proportion", "from 0 to 1";
    Scale::Per1000 => "per-1000", "events per thousand";
});

#[cfg(feature = "plot")]
values!(figure::Style {
    figure::Style::Resorb => "resorb", "light grid, blue squares, orange result";
    figure::Style::Jama => "jama", "as JAMA: P without a leading zero, limits (x–y)";
    figure::Style::Bmj => "bmj", "as The BMJ: violet, limits (x to y)";
    figure::Style::Lancet => "lancet", "as The Lancet: raised decimal points, limits (x–y)";
    figure::Style::Revman => "revman", "as Cochrane's RevMan: blue squares, black diamonds";
    figure::Style::Mono => "mono", "black, white and grey";
});

#[cfg(feature = "plot")]
values!(figure::Embedding {
    figure::Embedding::Subset => "subset", "the letters in use, inside the file";
    figure::Embedding::None => "none", "not at all: the reader needs Open Sans";
    figure::Embedding::Outlines => "outlines", "as paths, which are no text any more";
});

#[cfg(feature = "plot")]
values!(figure::Spread {
    figure::Spread::Linear => "linear", "even";
    figure::Spread::Logit => "logit", "by log odds: room for rates near 0 and 1";
} without figure::Spread::Log);

#[cfg(feature = "plot")]
values!(figure::forest::PredictionMark {
    figure::forest::PredictionMark::Bar => "bar", "a bar";
    figure::forest::PredictionMark::Line => "line", "a line with ends";
    figure::forest::PredictionMark::Density => "density", "the density of a new study's rate";
    figure::forest::PredictionMark::Hidden => "hidden", "not at all; its numbers stay";
});

#[cfg(feature = "plot")]
values!(figure::forest::Tool {
    figure::forest::Tool::Rob2 => "rob2", "RoB 2: low, some concerns, high";
    figure::forest::Tool::RobinsI => "robins-i", "ROBINS-I: low, moderate, serious, critical";
    figure::forest::Tool::Jbi => "jbi", "JBI checklist for prevalence: yes, no, unclear";
});

#[cfg(feature = "plot")]
values!(figure::rob::Part {
    figure::rob::Part::Both => "both", "lights, and bars under them";
    figure::rob::Part::Lights => "lights", "a traffic light for each study and domain";
    figure::rob::Part::Bars => "bars", "a bar for each domain";
});

#[cfg(feature = "plot")]
values!(figure::funnel::Against {
    figure::funnel::Against::Size => "size", "number of patients, log axis";
    figure::funnel::Against::InverseSize => "inverse-size", "one over it, 0 on top";
    figure::funnel::Against::Se => "se", "standard error, 0 on top";
});

/// The long help of an option: its sentence, then every value with its meaning.
///
/// clap would put the list into `-h` too, where it does not fit.
pub(super) fn described<V: ValueEnum>(sentence: &str) -> String {
    let values: Vec<PossibleValue> =
        V::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
    let width = values.iter().map(|value| value.get_name().len()).max().unwrap_or_default();
    let mut text = format!("{sentence}\n");
    for value in &values {
        let meaning = value.get_help().map(ToString::to_string).unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = write!(text, "\n  {:width$}  {meaning}", value.get_name());
    }
    text
}

/// How a value is spelled on the command line.
pub(super) fn spelling(value: &impl ValueEnum) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use clap::ValueEnum;
    use serde::de::{DeserializeOwned, IntoDeserializer, value::Error};

    use super::*;

    /// What an analysis file calls a value is what the command line calls it.
    fn same<V: ValueEnum + DeserializeOwned + PartialEq + Debug>() {
        for value in V::value_variants() {
            let name = spelling(value);
            let read = V::deserialize(IntoDeserializer::<Error>::into_deserializer(name.as_str()));
            assert_eq!(read.as_ref(), Ok(value), "{name}");
        }
    }

    #[test]
    fn one_name_has_one_meaning_in_files_too() {
        same::<ModelKind>();
        same::<Ci>();
        same::<Family>();
        same::<Measure>();
        same::<OutcomeKind>();
        same::<Tau2Method>();
        same::<Tau2Ci>();
        same::<GenqWeights>();
        same::<PredictionMethod>();
        same::<StudyInterval>();
        same::<Link>();
        same::<CorrectionRule>();
        same::<Inversion>();
        same::<I2>();
        same::<QTest>();
        same::<Preset>();
        same::<Small>();
        same::<Resampling>();
        same::<Sampling>();
        same::<Side>();
        same::<Direction>();
        same::<Adjust>();
        same::<Missing>();
        same::<Decimal>();
    }
}
