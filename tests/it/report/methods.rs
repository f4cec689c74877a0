//! The paragraphs on methods and results: a sentence and a source for every choice, nothing but what
//! the result holds, and golden texts of typical analyses.

use insta::assert_snapshot;
use resorb::{
    analysis::{
        Grouping, SensitivityOptions, pooled, sensitivity, sign_changes,
        small_study::{BiasOptions, bias},
        subgroups_by,
    },
    data::{self, Mapping},
    effect::{Correction, CorrectionRule, Inversion, Measure, StudyInterval},
    model::{
        Adjust, GenqWeights, I2, Level, Link, Model, OneStepCi, PredictionMethod, Preset, QTest,
        Regression, Settings, Small, Tau2Ci, Tau2Method, TwoGroupKind, TwoStep, TwoStepCi, regress,
    },
    report::{
        Excluded, Format, InputInfo, Scale, Style,
        methods::{self, Context, Paragraphs, Part, Text},
        references,
    },
    study::Studies,
};

use super::reference;

const TAU2: [Tau2Method; 13] = [
    Tau2Method::Dl,
    Tau2Method::He,
    Tau2Method::Hs,
    Tau2Method::Hsk,
    Tau2Method::Sj,
    Tau2Method::Pm,
    Tau2Method::Pmm,
    Tau2Method::Ml,
    Tau2Method::Reml,
    Tau2Method::Eb,
    Tau2Method::Dl2,
    Tau2Method::Genq,
    Tau2Method::Genqm,
];
const CI: [TwoStepCi; 8] = [
    TwoStepCi::Z,
    TwoStepCi::T,
    TwoStepCi::Hk,
    TwoStepCi::Adhoc,
    TwoStepCi::Kr,
    TwoStepCi::Pl,
    TwoStepCi::Hc,
    TwoStepCi::Bootstrap,
];
const ONE_STEP_CI: [OneStepCi; 4] =
    [OneStepCi::Z, OneStepCi::T, OneStepCi::Pl, OneStepCi::Bootstrap];
const PREDICTION: [PredictionMethod; 7] = [
    PredictionMethod::T,
    PredictionMethod::Hts,
    PredictionMethod::Normal,
    PredictionMethod::Hk,
    PredictionMethod::Kr,
    PredictionMethod::Bootstrap,
    PredictionMethod::None,
];
const STUDY_CI: [StudyInterval; 7] = [
    StudyInterval::ClopperPearson,
    StudyInterval::Wilson,
    StudyInterval::WilsonCc,
    StudyInterval::AgrestiCoull,
    StudyInterval::Jeffreys,
    StudyInterval::MidP,
    StudyInterval::Wald,
];

fn written(settings: &Settings) -> Text {
    methods::paragraph(settings, &Context::default())
}

fn two_step(change: impl Fn(&mut TwoStep)) -> Settings {
    let mut choices = TwoStep::default();
    change(&mut choices);
    Settings { model: Model::TwoStep(choices), ..Settings::default() }
}

/// Settings that differ in one choice say different things and each cites works of the table; what
/// they cite besides the rest is not nothing.
fn told_apart(all: &[Settings]) {
    let texts: Vec<Text> = all.iter().map(written).collect();
    let known = references::all();
    for (i, text) in texts.iter().enumerate() {
        let plain = text.plain();
        for other in texts.iter().take(i) {
            assert_ne!(other.plain(), plain, "{:?}", all[i]);
        }
        assert!(text.cited().iter().all(|work| known.contains(work)));
        let unfit = ["..", "  ", " .", " ,", ",.", "()", "[]", "NaN", "inf"];
        assert!(unfit.iter().all(|odd| !plain.contains(odd)), "{plain}");
        assert!(plain.ends_with('.') && plain.contains("resorb, version "), "{plain}");
    }
}

/// Every choice stands in a sentence with its source: without the works of all other sentences there is
/// at least one left that belongs to it.
fn sourced<T: std::fmt::Debug + Copy>(
    choices: &[T],
    settings: impl Fn(T) -> Settings,
    sentence: &str,
) {
    let all: Vec<Settings> = choices.iter().copied().map(settings).collect();
    told_apart(&all);
    for (settings, choice) in all.iter().zip(choices) {
        let text = written(settings);
        let parts: Vec<&Part> = text.paragraphs().flatten().collect();
        let place = parts
            .iter()
            .position(|part| matches!(part, Part::Words(words) if words.contains(sentence)));
        let place = place.unwrap_or_else(|| panic!("{choice:?}: no sentence {sentence}"));
        let cites = matches!(parts.get(place + 1), Some(Part::Cited(works)) if !works.is_empty());
        assert!(cites, "{choice:?} cites nothing: {}", text.plain());
    }
}

#[test]
fn every_choice_of_the_two_step_model_has_a_sentence_and_a_source() {
    sourced(&TAU2, |tau2| two_step(|c| c.tau2 = tau2), "τ² was estimated by");
    let intervals = [Tau2Ci::Qp, Tau2Ci::Pl, Tau2Ci::Genq, Tau2Ci::Bt];
    sourced(&intervals, |tau2_ci| two_step(|c| c.tau2_ci = tau2_ci), "with an interval by");
    sourced(&CI, |ci| two_step(|c| c.ci = ci), "confidence interval of the pooled value is");
    let weights = [GenqWeights::Se, GenqWeights::Variance];
    for tau2 in [Tau2Method::Genq, Tau2Method::Genqm] {
        let of = |genq_weights| two_step(|c| (c.tau2, c.genq_weights) = (tau2, genq_weights));
        sourced(&weights, of, "with weights 1/");
    }
    let sizes =
        [Inversion::Variance, Inversion::Harmonic, Inversion::Geometric, Inversion::Arithmetic];
    for measure in [Measure::Pft, Measure::Irft] {
        let of = |inversion| two_step(|c| (c.measure, c.inversion) = (measure, inversion));
        sourced(&sizes, of, "The pooled value was turned back into a");
    }
    let rules = [CorrectionRule::Only0, CorrectionRule::If0all, CorrectionRule::All];
    let of = |to| two_step(|c| c.correction = Correction { add: 0.25, to });
    sourced(&rules, of, "0.25 was added to");
    let none = written(&of(CorrectionRule::None)).plain();
    assert!(none.contains("No continuity correction was applied"), "{none}");
}

/// A measure whose effects are "computed for each study", with who described it; the two with words
/// after the noun included.
#[test]
fn every_measure_has_a_sentence_and_a_source() {
    let of = |measure| two_step(|c| c.measure = measure);
    told_apart(&Measure::ALL.map(of));
    for measure in Measure::ALL {
        let text = written(&of(measure));
        let first: Vec<&Part> = text.paragraphs().flatten().take(2).collect();
        let [Part::Words(words), Part::Cited(works)] = first.as_slice() else {
            panic!("{measure:?}: {first:?}");
        };
        assert!(words.ends_with("for each study") || words.ends_with("variances"), "{words}");
        assert!(!works.is_empty());
        assert_eq!(text.plain().contains(" was added to "), measure.takes_correction());
    }
}

#[test]
fn every_other_choice_has_a_sentence_and_a_source() {
    let predicted = PREDICTION.map(|prediction| Settings { prediction, ..Settings::two_step() });
    told_apart(&predicted);
    sourced(
        &PREDICTION[..6],
        |prediction| Settings { prediction, ..Settings::two_step() },
        "prediction interval for the true proportion of a new study",
    );
    let glmm = [
        PredictionMethod::T,
        PredictionMethod::Hts,
        PredictionMethod::Normal,
        PredictionMethod::Bootstrap,
    ];
    sourced(
        &glmm,
        |prediction| Settings { prediction, ..Settings::default() },
        "prediction interval for the true proportion of a new study",
    );
    sourced(
        &STUDY_CI,
        |study_ci| Settings { study_ci, ..Settings::default() },
        "Single studies have",
    );
    let [tau2, q] = [I2::Tau2, I2::Q].map(|i2| Settings { i2, ..Settings::two_step() });
    told_apart(&[tau2, q]);
    let level = Level::new(0.9).unwrap();
    let text = written(&Settings { level, ..Settings::default() }).plain();
    assert!(text.contains("The 90 % confidence interval") && !text.contains("95 %"), "{text}");
}

#[test]
fn every_model_has_a_sentence_and_a_source() {
    let of = |model| Settings { model, ..Settings::default() };
    for link in [Link::Logit, Link::Probit, Link::Cloglog] {
        sourced(
            &ONE_STEP_CI,
            |ci| of(Model::Glmm { link, ci, q_test: QTest::Lrt }),
            "confidence interval of the pooled value is",
        );
    }
    let ci = OneStepCi::T;
    let models = [
        of(Model::Glmm { link: Link::Logit, ci, q_test: QTest::Lrt }),
        of(Model::Glmm { link: Link::Logit, ci, q_test: QTest::Wald }),
        of(Model::Glmm { link: Link::Logit, ci, q_test: QTest::WaldAll }),
        of(Model::Glmm { link: Link::Probit, ci, q_test: QTest::Lrt }),
        of(Model::Glmm { link: Link::Cloglog, ci, q_test: QTest::Lrt }),
        of(Model::BetaBinomial { ci }),
        of(Model::RateGlmm { ci }),
        of(Model::Peto),
        Settings::two_step(),
    ];
    let stratified = [Measure::Or, Measure::Rr, Measure::Rd, Measure::Irr, Measure::Ird]
        .map(|measure| of(Model::MantelHaenszel { measure, correction: Correction::default() }));
    let two_groups = TwoGroupKind::ALL.map(|kind| of(Model::TwoGroupGlmm { kind, ci }));
    let all = [&models[..], &stratified[..], &two_groups[..]].concat();
    told_apart(&all);
    for settings in all {
        let text = written(&settings);
        assert!(
            matches!(text.paragraphs().flatten().nth(1), Some(Part::Cited(works)) if !works.is_empty())
        );
        let predicts = text.plain().contains("prediction interval");
        assert_eq!(predicts, !settings.model.common_only(), "{}", text.plain());
    }
}

#[test]
fn presets_are_named() {
    for preset in Preset::ALL {
        let text = written(&preset.settings()).plain();
        assert!(text.contains(&format!("those of the preset {} (", preset.name())), "{text}");
    }
    assert!(!written(&Settings::default()).plain().contains("preset"));
}

/// No work stands in the table for nothing but those that other reports cite.
#[test]
fn references_are_cited_or_for_other_reports() {
    let ids = references::all().iter().map(|work| work.key).collect::<Vec<_>>();
    assert!(ids.is_sorted());
    let bibtex = references::bibtex(&references::all());
    assert_eq!(bibtex.matches("\n}\n").count(), ids.len());
    let csl: serde_json::Value =
        serde_json::from_str(&references::csl_json(&references::all())).unwrap();
    let items = csl.as_array().unwrap();
    assert_eq!(items.len(), ids.len());
    for (item, id) in items.iter().zip(ids) {
        assert_eq!(item["id"], id);
        assert!(bibtex.contains(&format!("{{{id},\n")));
    }
}

#[test]
fn bibliographies_look_like_this() {
    let chosen: Vec<_> = references::all()
        .into_iter()
        .filter(|work| {
            ["schwarzer2022", "hunter1990", "viechtbauer2021", "egger1997"].contains(&work.key)
        })
        .collect();
    assert_snapshot!("bibtex", references::bibtex(&chosen));
    assert_snapshot!("csl", references::csl_json(&chosen));
}

fn info(source: &str, rows: usize, used: usize) -> InputInfo {
    let excluded = (used..rows).map(|row| Excluded {
        row: row as u64,
        label: format!("Study {row}"),
        reason: "by column include".to_owned(),
    });
    InputInfo { source: source.to_owned(), sha256: None, rows, used, excluded: excluded.collect() }
}

fn both(studies: &Studies, settings: &Settings) -> String {
    let answer = pooled(studies, settings, false).unwrap();
    let paragraphs = Paragraphs::of(&answer, &Context::default());
    format!("{}\n\n{}\n", paragraphs.methods.plain(), paragraphs.results.plain())
}

fn read(csv: &str) -> Studies {
    data::read(csv.as_bytes(), &Mapping::default()).unwrap().studies
}

const TRIALS: &str = "study,events1,total1,events2,total2\nA,4,123,11,139\nB,6,306,29,303\n\
                      C,3,231,11,220\nD,62,13598,248,12867\nE,0,50,3,52\n";

#[test]
fn the_lumbar_data_with_every_section() {
    let bundled = data::bundled::find("ldh_resorption_by_type").unwrap();
    let studies = read(bundled.csv);
    let settings = Settings::default();
    let answer = pooled(&studies, &settings, false).unwrap();
    let by = subgroups_by(&studies, &["herniation_type"], &Grouping::default(), &settings).unwrap();
    let sensitive = sensitivity(&studies, &settings, &SensitivityOptions::default()).unwrap();
    let small = bias(&studies, &settings, &BiasOptions::default()).unwrap();
    let input = info("lumbar", 16, 13);
    let style = Style { scale: Scale::Proportion, ..Style::default() };
    let context = Context {
        input: Some(&input),
        pooled: None,
        subgroups: std::slice::from_ref(&by),
        regressions: &[],
        sensitivity: Some(&sensitive),
        bias: Some(&small),
        style: Some(&style),
    };
    let paragraphs = Paragraphs::of(&answer, &context);
    for (format, keys, name) in [
        (Format::Table, false, "sections_table"),
        (Format::Markdown, true, "sections_pandoc"),
        (Format::Json, false, "sections_json"),
    ] {
        let mut out = Vec::new();
        methods::write(&mut out, &paragraphs, (&input, &settings), format, keys).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(format != Format::Table || text.lines().all(|line| line.chars().count() <= 80));
        assert_snapshot!(name, text);
    }
}

/// A year for each row and a design: one number, one column of levels, one row without.
const DATED: &str = "study,events,total,year,design\nA,4,22,1992,cohort\nB,9,25,1999,trial\n\
                     C,30,84,2004,cohort\nD,17,27,2011,trial\nE,12,40,2014,series\n\
                     F,20,41,2016,series\nG,8,31,2018,\nH,25,60,2020,cohort\n";

/// The paragraphs with one meta-regression, in Markdown with keys: works and words at once.
fn regressed(settings: &Settings, fit: &Regression, studies: &Studies) -> String {
    let answer = pooled(studies, settings, false).unwrap();
    let context = Context { regressions: std::slice::from_ref(fit), ..Context::default() };
    let paragraphs = Paragraphs::of(&answer, &context);
    let last = |text: String| text.split("\n\n").skip(1).collect::<Vec<_>>().join("\n\n");
    format!("{}\n\n{}\n", last(paragraphs.methods.pandoc()), last(paragraphs.results.pandoc()))
}

#[test]
fn a_meta_regression_by_knapp_and_hartung() {
    let studies = read(DATED);
    let settings = two_step(|c| c.ci = TwoStepCi::Hk);
    let fit = regress(&studies, &"year".parse().unwrap(), &[], &settings).unwrap();
    let text = regressed(&settings, &fit, &studies);
    for number in [fit.r2.unwrap(), fit.heterogeneity.i2.unwrap()] {
        assert!(text.contains(&format!("{number:.1} %")), "{number}: {text}");
    }
    assert_snapshot!(text);
}

#[test]
fn a_meta_regression_with_everything() {
    let studies = read(DATED);
    let settings = Settings::two_step();
    let reference = [("design".to_owned(), "series".to_owned())];
    let fit = regress(&studies, &"design + center(year)".parse().unwrap(), &reference, &settings)
        .and_then(|fit| fit.with_robust(Small::Cr2, None))
        .and_then(|fit| fit.permute(199))
        .unwrap();
    let fit = fit.with_pairs(Adjust::Holm).unwrap().with_trend("series<cohort<trial").unwrap();
    // The pooled result is of another model, so the regression names its own.
    assert_snapshot!(regressed(&Settings::default(), &fit, &studies));
}

#[test]
fn a_meta_regression_in_one_step() {
    let (studies, settings) = (read(DATED), Settings::default());
    let fit = regress(&studies, &"year".parse().unwrap(), &[], &settings).unwrap();
    assert_snapshot!(regressed(&settings, &fit, &studies));
}

#[test]
fn two_steps_with_a_permutation_test() {
    let studies = reference("pritz1997");
    let settings = Settings::two_step();
    let mut answer = pooled(&studies, &settings, false).unwrap();
    answer.permutation = Some(sign_changes(&studies, &settings, Some(0.5), 999).unwrap());
    let paragraphs = Paragraphs::of(&answer, &Context::default());
    assert_snapshot!(format!(
        "{}\n\n{}",
        paragraphs.methods.markdown(),
        paragraphs.results.markdown()
    ));
}

#[test]
fn freeman_tukey_as_older_papers_have_it() {
    let choices = TwoStep {
        measure: Measure::Pft,
        tau2: Tau2Method::Dl,
        ci: TwoStepCi::Z,
        inversion: Inversion::Harmonic,
        ..TwoStep::default()
    };
    let settings = Settings {
        model: Model::TwoStep(choices),
        prediction: PredictionMethod::None,
        ..Settings::default()
    };
    assert_snapshot!(both(&reference("pritz1997"), &settings));
}

#[test]
fn odds_ratios_in_two_steps() {
    let settings = Settings {
        prediction: PredictionMethod::Hk,
        ..two_step(|c| {
            (c.measure, c.ci, c.tau2) = (Measure::Or, TwoStepCi::Hk, Tau2Method::Pm);
        })
    };
    assert_snapshot!(both(&read(TRIALS), &settings));
}

#[test]
fn risk_ratios_by_mantel_and_haenszel() {
    let model = Model::MantelHaenszel { measure: Measure::Rr, correction: Correction::default() };
    assert_snapshot!(both(&read(TRIALS), &Settings { model, ..Settings::default() }));
}

#[test]
fn odds_ratios_by_a_one_step_model() {
    let model = Model::TwoGroupGlmm { kind: TwoGroupKind::CmEl, ci: OneStepCi::Pl };
    assert_snapshot!(both(&read(TRIALS), &Settings { model, ..Settings::default() }));
}

#[test]
fn differences_of_means() {
    let csv = "study,mean1,sd1,n1,mean2,sd2,n2\nA,55,47,155,75,64,156\nB,27,7,31,29,4,32\n\
               C,64,17,75,119,29,71\nD,66,20,18,137,48,18\n";
    let settings = two_step(|c| c.measure = Measure::Smd);
    assert_snapshot!(both(&read(csv), &settings));
}

#[test]
fn effects_computed_elsewhere() {
    let studies =
        Studies::from_effects([("A", 0.4, 0.02), ("B", 0.7, 0.05), ("C", 0.2, 0.03)]).unwrap();
    assert_snapshot!(both(&studies, &two_step(|c| c.measure = Measure::Gen)));
}

/// Where there is less than a pooled value with its interval, the words say so.
#[test]
fn edges_are_said() {
    let results = |counts: &[(&str, u64, u64)], settings: &Settings| {
        let studies = Studies::from_counts(counts.iter().copied()).unwrap();
        methods::results(&pooled(&studies, settings, false).unwrap(), &Context::default()).plain()
    };
    let one = [("A", 3, 20)];
    let two = [("A", 14, 21), ("B", 20, 35)];
    let none = [("A", 0, 20), ("B", 0, 35), ("C", 0, 15)];
    let text = [
        results(&one, &Settings::default()),
        results(&two, &Settings::default()),
        results(&none, &Settings::default()),
        results(&[("A", 6, 10), ("B", 12, 20), ("C", 18, 30)], &Settings::two_step()),
    ];
    assert_snapshot!(text.join("\n---\n"));
}

/// A study's name is data in every format.
#[test]
fn names_stay_names() {
    let odd = [("<img src=x>*_[@key]", 4, 9), ("50 % & more_", 7, 9), ("C", 1, 9), ("D", 2, 9)];
    let studies = Studies::from_counts(odd).unwrap();
    let settings = Settings::default();
    let answer = pooled(&studies, &settings, false).unwrap();
    let sensitive = sensitivity(&studies, &settings, &SensitivityOptions::default()).unwrap();
    let context = Context { sensitivity: Some(&sensitive), ..Context::default() };
    let text = methods::results(&answer, &context);
    assert!(text.plain().contains("without 50 % & more_"), "{}", text.plain());
    assert!(text.pandoc().contains(r"50 % \& more\_"), "{}", text.pandoc());
    assert!(text.latex().contains(r"50 \% \& more\_"), "{}", text.latex());
    assert!(text.cited().is_empty());
}
