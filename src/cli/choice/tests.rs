//! Options as typed, and the settings or the refusal they come to.

use clap::Parser;

use super::{super::args::SettingsArgs, Choice};
use crate::{
    effect::{Correction, CorrectionRule, Inversion, Measure, StudyInterval},
    model::{
        GenqWeights, I2, Level, Link, Model, OneStepCi, PredictionMethod, Preset, QTest, Settings,
        Tau2Ci, Tau2Method, TwoGroupKind, TwoStep, TwoStepCi,
    },
};

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    settings: SettingsArgs,
}

fn choose(options: &str) -> Result<Choice, super::Clash> {
    let line = Line::try_parse_from(format!("resorb {options}").split_whitespace()).unwrap();
    Choice::try_from(&line.settings)
}

fn settings(options: &str) -> Settings {
    choose(options).unwrap().settings
}

/// The message and the help of a refusal.
fn refusal(options: &str) -> (String, String) {
    let clash = choose(options).unwrap_err();
    (clash.to_string(), clash.help())
}

#[test]
fn nothing_typed_is_the_default() {
    let choice = choose("").unwrap();
    assert_eq!(choice, Choice { settings: Settings::default(), selected_by: None });
}

#[test]
fn every_option_reaches_the_settings() {
    let all = "--model two-step --measure PFT --tau2 GENQ --tau2-ci genq --genq-weights variance \
               --ci hk --prediction hts --study-ci wilson-cc --inversion geometric --level 90 \
               --seed 7 --i2 q";
    let wanted = Settings {
        model: Model::TwoStep(TwoStep {
            measure: Measure::Pft,
            tau2: Tau2Method::Genq,
            tau2_ci: Tau2Ci::Genq,
            genq_weights: GenqWeights::Variance,
            ci: TwoStepCi::Hk,
            inversion: Inversion::Geometric,
            ..TwoStep::default()
        }),
        prediction: PredictionMethod::Hts,
        study_ci: StudyInterval::WilsonCc,
        i2: I2::Q,
        level: Level::new(0.9).unwrap(),
        seed: 7,
    };
    let choice = choose(all).unwrap();
    assert_eq!(choice.settings, wanted);

    let glmm = settings("--link cloglog --ci pl --q-test wald --prediction none --level .99");
    let wanted = Settings {
        model: Model::Glmm { link: Link::Cloglog, ci: OneStepCi::Pl, q_test: QTest::Wald },
        prediction: PredictionMethod::None,
        level: Level::new(0.99).unwrap(),
        ..Settings::default()
    };
    assert_eq!(glmm, wanted);

    let Model::TwoStep(corrected) = settings("--add 0.25 --to if0all").model else { panic!() };
    assert_eq!(corrected.correction, Correction { add: 0.25, to: CorrectionRule::If0all });
    assert_eq!(
        settings("--model beta-binomial --ci z").model,
        Model::BetaBinomial { ci: OneStepCi::Z }
    );
}

#[test]
fn models_of_two_groups() {
    let Model::MantelHaenszel { measure, correction } =
        settings("--model mh --measure RR --add 1 --to all").model
    else {
        panic!("--model mh is Mantel–Haenszel")
    };
    assert_eq!(measure, Measure::Rr);
    assert_eq!(correction, Correction { add: 1.0, to: CorrectionRule::All });
    let peto = settings("--model peto --ci z");
    assert_eq!((peto.model, peto.prediction), (Model::Peto, PredictionMethod::None));
    for kind in TwoGroupKind::ALL {
        let chosen = settings(&format!("--model {} --ci pl --prediction hts", kind.term()));
        assert_eq!(chosen.model, Model::TwoGroupGlmm { kind, ci: OneStepCi::Pl });
        assert_eq!(chosen.prediction, PredictionMethod::Hts);
    }
    for (options, instead) in [
        ("--model mh --measure PLO", "pools OR, RR or RD of counts"),
        ("--model mh --tau2 DL", "has a common effect only"),
        ("--model mh --prediction t", "has a common effect only"),
        ("--model mh --ci hk", "has the Wald interval, --ci z"),
        ("--model peto --measure OR", "pools the odds ratio and nothing else"),
        ("--model peto --ci t", "has the Wald interval, --ci z"),
        ("--model peto --link logit", "has no link"),
        ("--model cm-el --measure OR", "pools the odds ratio of counts and the rate ratio"),
        ("--model um-rs --ci bootstrap", "has --ci t, z or pl"),
        ("--model cm-al --prediction hk", "has --prediction t, hts, normal or none"),
        ("--model um-fs --tau2 REML", "by maximum likelihood"),
        ("--model um-fs --add 1", "corrects no cells"),
    ] {
        let (_, help) = refusal(options);
        assert!(help.contains(instead), "{options}: {help}");
    }
}

#[test]
fn values_are_read_in_any_case() {
    assert_eq!(settings("--tau2 hsk --CI HK".replace("--CI", "--ci").as_str()), {
        let two_step = TwoStep { tau2: Tau2Method::Hsk, ci: TwoStepCi::Hk, ..TwoStep::default() };
        Settings { model: Model::TwoStep(two_step), ..Settings::default() }
    });
    assert_eq!(settings("--measure plo"), Settings::two_step());
    assert_eq!(settings("--preset Cochrane-2025"), Preset::Cochrane2025.settings());
}

#[test]
fn an_option_of_the_two_step_model_selects_it_and_is_named() {
    for option in [
        "--measure PAS",
        "--tau2 DL",
        "--tau2-ci genq",
        "--ci hk",
        "--ci adhoc",
        "--ci kr",
        "--prediction hk",
        "--prediction kr",
        "--prediction bootstrap",
        "--add 1",
        "--to all",
    ] {
        let choice = choose(option).unwrap();
        assert!(matches!(choice.settings.model, Model::TwoStep(_)), "{option}");
        assert_eq!(choice.selected_by.unwrap().to_string(), option);
    }
    for option in ["--ci z", "--ci pl", "--prediction hts", "--study-ci wald", "--level 90"] {
        let choice = choose(option).unwrap();
        assert!(matches!(choice.settings.model, Model::Glmm { .. }), "{option}");
        assert_eq!(choice.selected_by, None);
    }
    assert_eq!(choose("--model two-step --tau2 DL").unwrap().selected_by, None);
}

#[test]
fn presets_are_settings_and_take_further_options() {
    for preset in Preset::ALL {
        assert_eq!(settings(&format!("--preset {}", preset.name())), preset.settings());
    }
    let Model::TwoStep(two_step) = settings("--preset metafor --tau2 PM --ci hk").model else {
        panic!("metafor pools in two steps")
    };
    assert_eq!((two_step.tau2, two_step.ci), (Tau2Method::Pm, TwoStepCi::Hk));
    assert_eq!(settings("--preset meta --model glmm"), Preset::Meta.settings());
}

#[test]
fn clashes_name_what_would_be_possible() {
    for (options, message, help) in [
        (
            "--model glmm --tau2 DL",
            "`--tau2 DL` does not go with `--model glmm`",
            "maximum likelihood; or leave out `--model glmm`",
        ),
        (
            "--model glmm --ci hk",
            "`--ci hk` does not go with `--model glmm`",
            "the GLMM has --ci t, z, pl or bootstrap",
        ),
        (
            "--model beta-binomial --prediction hk",
            "`--prediction hk` does not go with `--model beta-binomial`",
            "--prediction bootstrap or none",
        ),
        (
            "--model two-step --link probit",
            "`--link probit` does not go with `--model two-step`",
            "the two-step model takes its scale from --measure, such as PLO (logit)",
        ),
        (
            "--model two-step --q-test wald",
            "`--q-test wald` does not go with `--model two-step`",
            "Cochran's Q",
        ),
        (
            "--model beta-binomial --link logit",
            "`--link logit` does not go with `--model beta-binomial`",
            "no link",
        ),
        (
            "--preset meta --tau2 DL",
            "`--tau2 DL` does not go with `--preset meta`, which uses the GLMM",
            "leave out one of the two",
        ),
        (
            "--preset metafor --link logit",
            "`--link logit` does not go with `--preset metafor`, which uses the two-step model",
            "--measure",
        ),
        (
            "--preset metafor --model glmm",
            "`--preset metafor` uses the two-step model, not the GLMM",
            "leave out `--model glmm`",
        ),
        (
            "--tau2 DL --link probit",
            "`--tau2 DL` belongs to the two-step model and `--link probit` to the GLMM",
            "leave out one",
        ),
        ("--tau2 DL --ci kr", "`--ci kr` does not go with `--tau2 DL`", "use --tau2 REML"),
        ("--ci hc", "`--ci hc` does not go with τ² by REML", "add --tau2 DL"),
        (
            "--model two-step --tau2 PM --ci pl",
            "`--ci pl` does not go with `--tau2 PM`",
            "use --tau2 REML or --tau2 ML",
        ),
        ("--tau2-ci bt", "`--tau2-ci bt` does not go with τ² by REML", "add --tau2 DL"),
        (
            "--tau2 SJ --tau2-ci pl",
            "`--tau2-ci pl` does not go with `--tau2 SJ`",
            "use --tau2 REML or --tau2 ML",
        ),
        (
            "--preset dersimonian-laird --prediction kr",
            "`--prediction kr` does not go with τ² by DL",
            "add --tau2 REML",
        ),
        ("--genq-weights se", "`--genq-weights` belongs to the generalised Q", "add --tau2 GENQ"),
        (
            "--inversion harmonic",
            "`--inversion harmonic` is for the Freeman–Tukey measure, and the measure is PLO",
            "add --measure PFT",
        ),
        ("--measure PAS --add 1", "the measure PAS (arcsine square root)", "leave out --add"),
        ("--add 1 --to none", "`--add 1` does not go with a correction of no study", "leave out"),
        ("--add -1", "a correction of -1 is not possible", "at least 0"),
        ("--add inf", "a correction of inf is not possible", "at least 0"),
    ] {
        let (said, advised) = refusal(options);
        assert!(said.contains(message), "{options}: {said}");
        assert!(advised.contains(help), "{options}: {advised}");
    }
}

/// What the settings allow, the model takes: no combination passes here and is refused as
/// inconsistent there, and none of the model's refusals comes first from the model.
#[test]
fn the_model_agrees() {
    use crate::{
        model::{ModelError, pool},
        study::Studies,
    };
    let studies =
        Studies::from_counts([("A", 6, 10), ("B", 14, 20), ("C", 15, 30), ("D", 9, 40)]).unwrap();
    for tau2 in ["DL", "REML", "ML", "PM", "GENQ"] {
        for ci in ["z", "t", "hk", "adhoc", "kr", "pl", "hc"] {
            for tau2_ci in ["qp", "pl", "genq", "bt"] {
                for prediction in ["t", "hts", "normal", "hk", "kr", "none"] {
                    let options = format!(
                        "--tau2 {tau2} --ci {ci} --tau2-ci {tau2_ci} --prediction {prediction}"
                    );
                    let Ok(choice) = choose(&options) else { continue };
                    let result = pool(&studies, &choice.settings);
                    let refused = matches!(
                        result,
                        Err(ModelError::CiNeeds { .. }
                            | ModelError::Tau2CiNeeds { .. }
                            | ModelError::PredictionNeeds { .. })
                    );
                    assert!(!refused, "{options}: {result:?}");
                }
            }
        }
    }
}

/// What a refusal advises is taken, and what runs is what the settings say.
#[test]
fn one_step_models_take_the_predictions_they_name() {
    use crate::model::PredictionMethod::{Bootstrap, Hts, None, Normal, T};
    let of = |options: &str| choose(options).unwrap().settings.prediction;
    assert_eq!(of("--model beta-binomial"), Bootstrap);
    assert_eq!(of("--model beta-binomial --prediction bootstrap"), Bootstrap);
    assert_eq!(of("--model beta-binomial --prediction none"), None);
    for method in ["t", "hts", "normal", "hk", "kr"] {
        let (_, advised) = refusal(&format!("--model beta-binomial --prediction {method}"));
        assert!(advised.contains("--prediction bootstrap or none"), "{method}: {advised}");
    }
    for (method, expected) in
        [("t", T), ("hts", Hts), ("normal", Normal), ("bootstrap", Bootstrap), ("none", None)]
    {
        assert_eq!(of(&format!("--model glmm --prediction {method}")), expected);
    }
    // Without a model it is Nagashima's, of the two-step model.
    let choice = choose("--prediction bootstrap").unwrap();
    assert!(matches!(choice.settings.model, Model::TwoStep(_)));
}
