//! The between-study variance and the tests of heterogeneity.

use super::{
    super::references::{
        Reference,
        one_step::{BRESLOW_1980, MANTEL_1959, SELF_1987, TARONE_1985},
        random as works,
    },
    Text,
};
use crate::{
    effect::Measure,
    model::{GenqWeights, I2, Model, QTest, Settings, Tau2Ci, Tau2Method, TwoStep},
};

pub(super) fn say(text: &mut Text, settings: &Settings) {
    match &settings.model {
        Model::TwoStep(choices) => {
            let (name, cited) = tau2(choices);
            text.clause(&format!("The between-study variance τ² was estimated by {name}"), cited);
            let (name, cited) = tau2_interval(choices);
            text.clause(&format!(", with an interval by {name}"), cited);
            text.whole(".");
            text.sentence("Heterogeneity was tested by Cochran's Q", &[&works::COCHRAN_1954]);
            i2(text, settings, "from τ²", "from Q");
        }
        Model::Glmm { q_test, .. } => {
            likelihood_interval(text, "The between-study variance τ²");
            let (test, source) = match q_test {
                QTest::Lrt => (
                    "the likelihood ratio against a model with a proportion for each study",
                    "from the likelihood ratio",
                ),
                QTest::Wald => {
                    ("Cochran's Q over the studies with both events and non-events", "from Q")
                }
                QTest::WaldAll => (
                    "Cochran's Q over the studies with both events and non-events, with the degrees \
                     of freedom of all studies",
                    "from Q",
                ),
            };
            tested(text, test, *q_test != QTest::Lrt, "τ² = 0");
            i2(
                text,
                settings,
                "from τ² and the typical sampling variance on the link scale",
                source,
            );
        }
        Model::BetaBinomial { .. } => {
            likelihood_interval(text, "The overdispersion ρ = 1/(α + β + 1)");
            tested(
                text,
                "the likelihood ratio against a model with a proportion for each study",
                false,
                "ρ = 0",
            );
        }
        Model::TwoGroupGlmm { .. } => {
            likelihood_interval(text, "The between-study variance τ²");
            let test = "the likelihood ratio against a model with a ratio for each study";
            tested(text, test, false, "τ² = 0");
            i2(text, settings, "from τ² and the typical sampling variance", "from that test");
        }
        Model::RateGlmm { .. } => {
            likelihood_interval(text, "The between-study variance τ²");
            let test = "the likelihood ratio against a model with a rate for each study";
            tested(text, test, false, "τ² = 0");
            i2(text, settings, "from τ² and the typical sampling variance", "from that test");
        }
        Model::MantelHaenszel { measure, .. } => {
            text.sentence("Heterogeneity was tested by Cochran's Q", &[&works::COCHRAN_1954]);
            if *measure == Measure::Or {
                text.sentence(
                    "The odds ratios were tested for being one by the test of Breslow and Day, also \
                     as Tarone corrects it",
                    &[&BRESLOW_1980, &TARONE_1985],
                );
            }
            if matches!(measure, Measure::Or | Measure::Irr) {
                text.sentence(
                    "That no study has a difference was tested by the test of Cochran, Mantel and \
                     Haenszel, corrected for continuity",
                    &[&MANTEL_1959],
                );
            }
            i2_of_q(text);
        }
        Model::Peto => {
            text.sentence(
                "Heterogeneity was tested by the Q that belongs to the method",
                &[&works::COCHRAN_1954],
            );
            i2_of_q(text);
        }
    }
}

fn likelihood_interval(text: &mut Text, what: &str) {
    text.sentence(&format!("{what} has an interval by profile likelihood"), &[&works::HARDY_1996]);
}

fn tested(text: &mut Text, test: &str, q: bool, null: &str) {
    text.clause("Heterogeneity was tested by", &[]);
    text.clause(test, if q { &[&works::COCHRAN_1954] } else { &[] });
    text.clause(
        &format!(
            ", and {null} by the likelihood ratio, whose reference is half a χ² distribution on one \
             degree of freedom because the hypothesis lies on a boundary"
        ),
        &[&SELF_1987],
    );
    text.whole(".");
}

/// Both kinds of I², the one that leads first.
fn i2(text: &mut Text, settings: &Settings, tau2: &str, q: &str) {
    let (first, second) = match settings.i2 {
        I2::Tau2 => (tau2, q),
        I2::Q => (q, tau2),
    };
    text.sentence(&format!("I² is given {first}; beside it {second}"), &[&works::HIGGINS_2002]);
}

fn i2_of_q(text: &mut Text) {
    text.sentence("I² is given from Q", &[&works::HIGGINS_2002]);
}

/// The name of an estimator of `τ²`, and who proposed it.
pub(super) fn tau2(choices: &TwoStep) -> (String, &'static [&'static Reference]) {
    let weights = match choices.genq_weights {
        GenqWeights::Se => "weights 1/√vᵢ",
        GenqWeights::Variance => "weights 1/vᵢ",
    };
    let (name, cited): (&str, &'static [&'static Reference]) = match choices.tau2 {
        Tau2Method::Dl => ("the method of DerSimonian and Laird", &[&works::DERSIMONIAN_1986]),
        Tau2Method::He => ("the method of Hedges", &[&works::HEDGES_1983]),
        Tau2Method::Hs => ("the method of Hunter and Schmidt", &[&works::HUNTER_1990]),
        Tau2Method::Hsk => (
            "the method of Hunter and Schmidt with its small-sample correction",
            &[&works::HUNTER_1990, &works::BRANNICK_2019],
        ),
        Tau2Method::Sj => ("the method of Sidik and Jonkman", &[&works::SIDIK_2005]),
        Tau2Method::Pm => ("the method of Paule and Mandel", &[&works::PAULE_1982]),
        Tau2Method::Pmm => (
            "the median-unbiased method of Paule and Mandel",
            &[&works::PAULE_1982, &works::VIECHTBAUER_2021],
        ),
        Tau2Method::Ml => ("maximum likelihood", &[&works::HARDY_1996]),
        Tau2Method::Reml => ("restricted maximum likelihood", &[&works::VIECHTBAUER_2005]),
        Tau2Method::Eb => ("empirical Bayes", &[&works::MORRIS_1983]),
        Tau2Method::Dl2 => {
            ("the two-step method of DerSimonian and Laird", &[&works::DERSIMONIAN_2007])
        }
        Tau2Method::Genq => {
            return (
                format!("the generalised Q statistic with {weights}"),
                &[&works::JACKSON_2013],
            );
        }
        Tau2Method::Genqm => {
            return (
                format!("the median-unbiased generalised Q statistic with {weights}"),
                &[&works::JACKSON_2013, &works::VIECHTBAUER_2021],
            );
        }
    };
    (name.to_owned(), cited)
}

pub(super) fn tau2_interval(choices: &TwoStep) -> (&'static str, &'static [&'static Reference]) {
    match (choices.tau2_ci, choices.genq_weights) {
        (Tau2Ci::Qp, _) => ("the Q-profile method", &[&works::VIECHTBAUER_2007]),
        (Tau2Ci::Pl, _) => ("profile likelihood", &[&works::HARDY_1996]),
        (Tau2Ci::Genq, GenqWeights::Se) => {
            ("the generalised Q statistic with weights 1/√vᵢ", &[&works::JACKSON_2013])
        }
        (Tau2Ci::Genq, GenqWeights::Variance) => {
            ("the generalised Q statistic with weights 1/vᵢ", &[&works::JACKSON_2013])
        }
        (Tau2Ci::Bt, _) => ("the method of Biggerstaff and Tweedie", &[&works::BIGGERSTAFF_1997]),
    }
}
