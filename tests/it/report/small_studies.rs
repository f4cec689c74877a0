//! Sensitivity, small studies, subsets: what their tables, JSON and terms look like.

use insta::assert_snapshot;
use resorb::{
    analysis::{
        GoshEstimator, GoshOptions, Order, Resampling, Sampling, Sensitivity, SensitivityOptions,
        gosh, sensitivity,
        small_study::{Bias, BiasOptions, bias},
    },
    model::{Model, OneStepCi, Settings, Tau2Method, pool},
    report::{
        Document, Format, GoshSummary, Label, Style, bias_document, explain, gosh_document,
        sensitivity_document, write_bias, write_gosh, write_sensitivity,
    },
    study::Studies,
};
use serde_json::Value;

use super::{golden::short, input, reference};

fn swayed(settings: &Settings) -> Sensitivity {
    let options = SensitivityOptions {
        order: Order::Size,
        threshold: Some(0.7),
        bootstrap: Some((Resampling::Parametric, 49)),
        ..SensitivityOptions::default()
    };
    sensitivity(&reference("pritz1997"), settings, &options).unwrap()
}

fn biased(null: Option<f64>) -> Bias {
    let options = BiasOptions { null, threshold: Some(0.7), ..BiasOptions::default() };
    bias(&reference("pritz1997"), &Settings::two_step(), &options).unwrap()
}

/// What `write` writes.
fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut out = Vec::new();
    write(&mut out);
    String::from_utf8(out).unwrap()
}

fn sensitivity_text(settings: &Settings, format: Format) -> String {
    let (answer, input) = (swayed(settings), input("pritz1997.csv", 14));
    written(|out| write_sensitivity(out, &answer, &input, format, &Style::default()).unwrap())
}

fn bias_text(null: Option<f64>, format: Format) -> String {
    let (answer, input) = (biased(null), input("pritz1997.csv", 14));
    written(|out| write_bias(out, &answer, &input, format, &Style::default()).unwrap())
}

fn subsets(studies: &Studies, options: &GoshOptions, format: Format) -> String {
    let settings = Settings::two_step();
    let fit = pool(studies, &settings).unwrap();
    let gosh = gosh(studies, &settings, options, &mut |_, _| {}).unwrap();
    let summary = GoshSummary::new(&fit, &gosh, options.sampling);
    let input = input("data.csv", studies.k());
    written(|out| write_gosh(out, &summary, &input, format, &Style::default()).unwrap())
}

fn eight() -> Studies {
    let studies = reference("pritz1997");
    let mask: Vec<bool> = (0..studies.k()).map(|i| i < 8).collect();
    studies.subset(&mask).unwrap()
}

#[test]
fn sensitivity_table() {
    assert_snapshot!(sensitivity_text(&Settings::two_step(), Format::Table));
}

#[test]
fn sensitivity_of_a_one_step_model() {
    let model = Model::BetaBinomial { ci: OneStepCi::T };
    let settings = Settings { model, ..Settings::default() };
    assert_snapshot!(sensitivity_text(&settings, Format::Table));
}

#[test]
fn bias_table() {
    assert_snapshot!(bias_text(None, Format::Table));
}

#[test]
fn bias_table_with_a_null_value() {
    assert_snapshot!(bias_text(Some(0.5), Format::Table));
}

#[test]
fn gosh_table() {
    let options = GoshOptions::default();
    assert_snapshot!(subsets(&eight(), &options, Format::Table));
}

#[test]
fn gosh_json() {
    let estimator = GoshEstimator::Random(Tau2Method::Dl);
    let options = GoshOptions { estimator, ..GoshOptions::default() };
    assert_snapshot!(short(&subsets(&eight(), &options, Format::Json)));
}

#[test]
fn a_sample_says_that_it_is_one() {
    let options = GoshOptions {
        budget: 100,
        sample: 100,
        sampling: Sampling::Sizes,
        ..GoshOptions::default()
    };
    let table = subsets(&eight(), &options, Format::Table);
    assert!(table.contains("a sample of 100 subsets, each size equally likely"), "{table}");
    assert!(table.contains("seed 0"), "{table}");
}

/// With two studies no subset of two lacks one, so that none lies apart from others.
#[test]
fn two_studies_do_not_part_their_subsets() {
    let studies = Studies::from_counts([("A", 3, 10), ("B", 30, 40)]).unwrap();
    let table = subsets(&studies, &GoshOptions::default(), Format::Table);
    assert!(!table.contains("lie furthest") && table.contains("3 subsets are few"), "{table}");
}

/// One study makes no random-effects result to resample, equal ones no heterogeneity.
#[test]
fn what_a_bootstrap_and_a_share_cannot_say() {
    let asked = |k: usize| {
        let options = SensitivityOptions {
            threshold: Some(0.2),
            bootstrap: Some((Resampling::Parametric, 100)),
            ..SensitivityOptions::default()
        };
        let studies = Studies::from_counts((0..k).map(|i| (format!("study {i}"), 3, 10))).unwrap();
        sensitivity(&studies, &Settings::two_step(), &options).unwrap()
    };
    let text = |answer: &Sensitivity| {
        let text = written(|out| {
            let input = input("data.csv", 3);
            write_sensitivity(out, answer, &input, Format::Table, &Style::default()).unwrap();
        });
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let mut answer = asked(3);
    let equal = text(&answer);
    assert!(equal.contains("τ̂² = 0: the share of settings") && equal.contains("Bootstrap"));
    answer.bootstrap.as_mut().unwrap().intervals.clear();
    let failed = text(&answer);
    assert!(failed.contains("none of the 100 resamples") && !failed.contains("Bootstrap from"));
}

/// No line of a table is wider than a terminal.
#[test]
fn tables_fit_80_columns() {
    let texts = [
        sensitivity_text(&Settings::two_step(), Format::Table),
        sensitivity_text(&Settings::default(), Format::Table),
        bias_text(Some(0.5), Format::Table),
        subsets(&eight(), &GoshOptions::default(), Format::Table),
    ];
    for line in texts.iter().flat_map(|text| text.lines()) {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
    }
}

/// The keys of the contract in DESIGN, and neither NaN nor an infinity.
#[test]
fn json_has_the_keys_of_the_contract() {
    let parsed = |text: String| -> Value { serde_json::from_str(&text).unwrap() };
    let answer = parsed(sensitivity_text(&Settings::two_step(), Format::Json));
    assert_eq!(
        (&answer["schema"], &answer["command"]),
        (&"resorb/1".into(), &"sensitivity".into())
    );
    assert_eq!(answer["leave_one_out"].as_array().unwrap().len(), 14);
    assert_eq!(answer["cumulative"].as_array().unwrap().len(), 14);
    for key in ["left_out", "random", "heterogeneity", "prediction", "common"] {
        assert!(answer["leave_one_out"][0].get(key).is_some(), "{key}");
    }
    let influence = [
        "study",
        "rstudent",
        "dffits",
        "cook_d",
        "cov_ratio",
        "tau2_deleted",
        "q_deleted",
        "hat",
        "weight",
        "dfbetas",
    ];
    for key in influence {
        assert!(answer["influence"][0].get(key).is_some(), "{key}");
    }
    assert!(answer["baujat"][0]["x"].is_number() && answer["baujat"][0]["y"].is_number());
    assert!(answer["threshold"]["probability"].is_number());

    let answer = parsed(bias_text(Some(0.5), Format::Json));
    assert_eq!(answer["tests"][0]["name"], "size");
    for key in ["statistic", "df", "p_value", "note"] {
        assert!(answer["tests"][0].get(key).is_some(), "{key}");
    }
    assert_eq!(answer["trim_and_fill"][0]["estimator"], "L0");
    assert!(answer["trim_and_fill"][0]["random"]["estimate"].is_number());
    for key in ["type", "yi", "se", "tau2", "delta", "log_likelihood"] {
        assert!(answer["selection"][0].get(key).is_some(), "{key}");
    }
    let rest = [
        "pet",
        "peese",
        "limit",
        "copas",
        "henmi_copas",
        "excess_significance",
        "lfk",
        "fail_safe_n",
        "threshold",
    ];
    for key in rest {
        assert!(!answer[key].is_null(), "{key}");
    }

    let answer = parsed(subsets(&eight(), &GoshOptions::default(), Format::Json));
    assert_eq!((&answer["subsets"], &answer["estimator"]), (&255.into(), &"REML".into()));
    for key in ["p", "estimate", "i2", "tau2"] {
        assert_eq!(answer["quantiles"][key].as_array().unwrap().len(), 7, "{key}");
    }
    for key in ["study", "median_with", "median_without"] {
        assert!(answer["by_study"][0].get(key).is_some(), "{key}");
    }
}

/// Every term that these tables print can be looked up.
#[test]
fn every_term_has_an_entry() {
    let (swayed, biased) = (swayed(&Settings::two_step()), biased(Some(0.5)));
    let (info, style) = (input("data.csv", 14), Style::default());
    let settings = Settings::two_step();
    let fit = pool(&eight(), &settings).unwrap();
    let gosh = gosh(&eight(), &settings, &GoshOptions::default(), &mut |_, _| {}).unwrap();
    let summary = GoshSummary::new(&fit, &gosh, Sampling::Subsets);
    let documents: [Document; 3] = [
        sensitivity_document(&swayed, &info, &style),
        bias_document(&biased, &info, &style),
        gosh_document(&summary, &info, &style),
    ];
    for label in documents.iter().flat_map(Document::labels) {
        if let Label::Term { text, term } = label {
            assert!(explain(term).is_some(), "`{text}` has no entry `{term}`");
        }
    }
}
