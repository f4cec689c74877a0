//! Every term that a table prints can be looked up.

use resorb::{
    analysis::{Pooled, pooled},
    effect::{Measure, StudyInterval},
    model::{
        Link, Model, OneStepCi, PredictionMethod, QTest, Settings, Tau2Ci, Tau2Method, TwoStep,
        TwoStepCi,
    },
    report::{Label, Style, document, entries, explain, nearest},
};

use super::{analyse, input, reference};

/// Looks up every term of the table of `settings`.
fn look_up(settings: &Settings) {
    let studies = reference("pritz1997");
    look_up_all(&pooled(&studies, settings, false).unwrap());
}

/// Looks up every term of the table of `answer`.
fn look_up_all(answer: &Pooled) {
    for label in document(answer, &input("data.csv", answer.fit.k), &Style::default()).labels() {
        if let Label::Term { text, term } = label {
            assert!(explain(term).is_some(), "`{text}` has no entry `{term}`");
        }
    }
}

fn two_step(two_step: TwoStep) -> Settings {
    Settings { model: Model::TwoStep(two_step), ..Settings::default() }
}

#[test]
fn every_term_of_every_choice_has_an_entry() {
    use Tau2Method::{Dl, Dl2, Eb, Genq, Genqm, He, Hs, Hsk, Ml, Pm, Pmm, Reml, Sj};
    look_up_all(&analyse(&reference("pritz1997"), &Settings::default()));
    for tau2 in [Dl, He, Hs, Hsk, Sj, Pm, Pmm, Ml, Reml, Eb, Dl2, Genq, Genqm] {
        look_up(&two_step(TwoStep { tau2, ..TwoStep::default() }));
    }
    for measure in Measure::PROPORTIONS {
        look_up(&two_step(TwoStep { measure, ..TwoStep::default() }));
    }
    for tau2_ci in [Tau2Ci::Qp, Tau2Ci::Pl, Tau2Ci::Genq] {
        look_up(&two_step(TwoStep { tau2_ci, ..TwoStep::default() }));
    }
    look_up(&two_step(TwoStep { tau2: Dl, tau2_ci: Tau2Ci::Bt, ..TwoStep::default() }));
    for ci in [TwoStepCi::Z, TwoStepCi::T, TwoStepCi::Hk, TwoStepCi::Kr, TwoStepCi::Pl] {
        look_up(&two_step(TwoStep { ci, ..TwoStep::default() }));
    }
    look_up(&two_step(TwoStep { tau2: Dl, ci: TwoStepCi::Hc, ..TwoStep::default() }));
    look_up(&two_step(TwoStep { ci: TwoStepCi::Bootstrap, ..TwoStep::default() }));
    for study_ci in [
        StudyInterval::ClopperPearson,
        StudyInterval::Wilson,
        StudyInterval::WilsonCc,
        StudyInterval::AgrestiCoull,
        StudyInterval::Jeffreys,
        StudyInterval::MidP,
        StudyInterval::Wald,
    ] {
        look_up(&Settings { study_ci, ..Settings::two_step() });
    }
    for link in [Link::Logit, Link::Probit, Link::Cloglog] {
        for ci in [OneStepCi::Z, OneStepCi::T, OneStepCi::Pl] {
            let model = Model::Glmm { link, ci, q_test: QTest::Wald };
            look_up(&Settings { model, ..Settings::default() });
        }
    }
    look_up(&Settings {
        model: Model::BetaBinomial { ci: OneStepCi::Bootstrap },
        ..Settings::default()
    });
    for prediction in [PredictionMethod::Hts, PredictionMethod::Bootstrap] {
        look_up(&Settings { prediction, ..Settings::two_step() });
    }
}

#[test]
fn the_words_of_the_command_line_have_entries() {
    let words = [
        "DL",
        "HE",
        "HS",
        "HSk",
        "SJ",
        "PM",
        "PMM",
        "ML",
        "REML",
        "EB",
        "DL2",
        "GENQ",
        "GENQM",
        "qp",
        "pl",
        "genq",
        "bt",
        "z",
        "t",
        "hk",
        "adhoc",
        "kr",
        "hc",
        "bootstrap",
        "hts",
        "clopper-pearson",
        "wilson",
        "wilson-cc",
        "agresti-coull",
        "jeffreys",
        "mid-p",
        "wald",
        "logit",
        "probit",
        "cloglog",
        "only0",
        "if0all",
        "two-step",
        "glmm",
        "beta-binomial",
        "PLO",
        "PLN",
        "PR",
        "PRZ",
        "PAS",
        "PFT",
        "GEN",
        "inversion",
        "level",
        "seed",
        "lrt",
        "lrt-tau2",
        "I²",
        "τ²",
        "tau^2",
        "H2",
        "Q",
        "ρ",
        "Prediction interval",
        "confidence_interval",
    ];
    for word in words {
        assert!(explain(word).is_some(), "{word}");
    }
}

#[test]
fn a_misspelled_term_is_recognised() {
    assert_eq!(nearest("hartung-nap"), Some("hk"));
    assert_eq!(nearest("beta binomal"), Some("beta-binomial"));
    assert_eq!(nearest("predicion"), Some("prediction-interval"));
    assert_eq!(nearest("zzzz"), None);
    assert!(entries().count() >= 60);
}
