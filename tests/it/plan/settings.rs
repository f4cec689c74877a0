//! Choices as written and the settings that they come to.

use proptest::prelude::*;
use resorb::{
    effect::{Correction, CorrectionRule, Inversion, Measure},
    model::{
        Link, Model, OneStepCi, PredictionMethod, Preset, QTest, Settings, Tau2Method,
        TwoGroupKind, TwoStep, TwoStepCi,
    },
    plan::{ChoiceError, Choices, Plan},
    study::OutcomeKind,
};

fn choices(settings: &str) -> Choices {
    Plan::parse(&format!("data = \"a.csv\"\n[settings]\n{settings}\n")).unwrap().settings
}

fn of_proportions(text: &str) -> Result<Settings, ChoiceError> {
    choices(text).settings(OutcomeKind::Proportions, None, false)
}

#[test]
fn nothing_written_is_the_default_of_the_kind_of_outcome() {
    assert_eq!(of_proportions("").unwrap(), Settings::default());
    let two = choices("").settings(OutcomeKind::TwoProportions, None, false).unwrap();
    assert_eq!(two.model.as_two_step().measure, Measure::Or);
    let stated = choices("").settings(OutcomeKind::Generic, Some(Measure::Hr), false).unwrap();
    assert_eq!(stated.model.as_two_step().measure, Measure::Hr);
}

#[test]
fn a_choice_that_only_the_two_step_model_has_selects_it() {
    for text in ["tau2 = \"DL\"", "ci = \"hk\"", "measure = \"PFT\"", "prediction = \"kr\""] {
        let settings = of_proportions(text).unwrap();
        assert!(matches!(settings.model, Model::TwoStep(_)), "{text}");
    }
    assert!(matches!(of_proportions("ci = \"pl\"").unwrap().model, Model::Glmm { .. }));
}

#[test]
fn choices_of_different_models_are_refused() {
    let refused = |text: &str| of_proportions(text).unwrap_err().to_string();
    assert_eq!(
        refused("model = \"glmm\"\ntau2 = \"DL\""),
        "`tau2` is no choice of the model glmm, which has link, ci, q-test"
    );
    assert_eq!(
        refused("model = \"glmm\"\nci = \"hk\""),
        "the interval `hk` is none of the model glmm; it has t, z, pl and bootstrap"
    );
    assert_eq!(
        refused("preset = \"meta\"\nmodel = \"two-step\""),
        "the preset `meta` has the model glmm, not two-step; leave out one of the two"
    );
    for unused in [
        "inversion = \"harmonic\"",
        "genq-weights = \"variance\"",
        "measure = \"PAS\"\nadd = 1",
        "to = \"none\"\nadd = 1",
    ] {
        assert!(refused(unused).contains(" changes nothing here: "), "{unused}");
    }
    assert!(refused("add = -1").starts_with("a correction of -1 is not possible"));
}

#[test]
fn presets_are_their_settings() {
    for preset in Preset::ALL {
        let text = format!("preset = \"{}\"", preset.name());
        assert_eq!(of_proportions(&text).unwrap(), preset.settings(), "{text}");
    }
}

fn models() -> impl Strategy<Value = Model> {
    let one_step = || prop::sample::select(vec![OneStepCi::Z, OneStepCi::T, OneStepCi::Pl]);
    let two_step = (
        prop::sample::select(vec![Measure::Plo, Measure::Pas, Measure::Pft, Measure::Or]),
        prop::sample::select(vec![CorrectionRule::Only0, CorrectionRule::All]),
        0.0..2.0_f64,
        prop::sample::select(vec![Tau2Method::Reml, Tau2Method::Hsk, Tau2Method::Genq]),
        prop::sample::select(vec![TwoStepCi::Adhoc, TwoStepCi::Z, TwoStepCi::Kr]),
        prop::sample::select(vec![Inversion::Variance, Inversion::Harmonic]),
    );
    prop_oneof![
        two_step.prop_map(|(measure, to, add, tau2, ci, inversion)| {
            // What does not apply to a measure is left at its default: it is not written.
            let correction = Correction { add, to };
            Model::TwoStep(TwoStep {
                measure,
                tau2,
                ci,
                correction: if measure.takes_correction() {
                    correction
                } else {
                    Correction::default()
                },
                inversion: if measure == Measure::Pft { inversion } else { Inversion::default() },
                ..TwoStep::default()
            })
        }),
        (prop::sample::select(vec![Link::Logit, Link::Cloglog]), one_step())
            .prop_map(|(link, ci)| Model::Glmm { link, ci, q_test: QTest::WaldAll }),
        one_step().prop_map(|ci| Model::BetaBinomial { ci }),
        one_step().prop_map(|ci| Model::TwoGroupGlmm { kind: TwoGroupKind::UmRs, ci }),
        Just(Model::Peto),
        Just(Model::MantelHaenszel { measure: Measure::Rr, correction: Correction::default() }),
    ]
}

/// The GLMM of rates over time is the Poisson-normal one, unless a choice is made that only binomial
/// counts have.
#[test]
fn the_glmm_of_rates() {
    let read = |text: &str| {
        let plan = Plan::parse(&format!("data = \"a.csv\"\n[settings]\nmodel = \"glmm\"\n{text}"));
        plan.unwrap().settings.settings(OutcomeKind::Rates, None, false).unwrap()
    };
    let poisson = read("ci = \"pl\"");
    assert_eq!(poisson.model, Model::RateGlmm { ci: OneStepCi::Pl });
    let written = Choices::from(&poisson);
    assert_eq!(written.settings(OutcomeKind::Rates, None, true).unwrap(), poisson);
    assert!(matches!(read("link = \"probit\"").model, Model::Glmm { .. }));
}

proptest! {
    /// Settings that are written out in full come back as they were, whatever the data hold.
    #[test]
    fn settings_come_back_from_what_is_written(model in models(), seed in 0u64..1 << 40, none in any::<bool>()) {
        let prediction = if none { PredictionMethod::None } else { PredictionMethod::T };
        let settings = Settings { model, prediction, seed, ..Settings::default() };
        let plan = Plan { data: "a.csv".to_owned(), settings: Choices::from(&settings), ..Plan::default() };
        let read = Plan::parse(&plan.to_toml().unwrap()).unwrap();
        for kind in OutcomeKind::ALL {
            prop_assert_eq!(read.settings.settings(kind, Some(Measure::Hr), true).unwrap(), settings);
        }
    }
}
