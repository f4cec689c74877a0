//! What cannot be done says so, names the column or level, and what to do.

use resorb::{
    analysis::{Grouping, LevelOrder, subgroups_by},
    data::{self, Mapping},
    model::{
        Adjust, Model, OneStepCi, PredictionMethod, QTest, Settings, TwoStep, TwoStepCi, regress,
    },
    study::Studies,
};

const CSV: &[u8] = b"study,events,total,arm,year,same,twice,team\n\
    A,4,22,x,1990,1,3980,a\nB,9,25,x,1999,1,3998,a\nC,30,84,y,2004,1,4008,b\n\
    D,17,27,y,2011,1,4022,c\nE,11,30,z,2015,1,4030,\n";

fn studies() -> Studies {
    data::read(CSV, &Mapping::default()).unwrap().studies
}

#[track_caller]
fn refused(formula: &str, expected: &str) {
    let error = regress(&studies(), &formula.parse().unwrap(), &[], &Settings::two_step());
    let error = error.unwrap_err().to_string();
    assert!(error.contains(expected), "{error}");
}

#[test]
fn formulas_that_make_no_design() {
    refused("yaer", "no column `yaer`; did you mean `year`?");
    refused("same", "`same` has the same value in every study");
    refused("year + twice", "`twice` is determined by the terms before it");
    refused("arm * year", "6 coefficients for 5 studies");
    refused("center(arm)", "`arm` holds text");
    refused("rcs(same, 3)", "same value");
    refused("center(arm)", "`arm` holds text, such as `x` on line 2");
}

/// One cell makes a column of numbers text: the message names it.
#[test]
fn numbers_read_as_text_name_the_cell() {
    let csv = b"study,events,total,year\nA,4,22,1990\nB,9,25,1999\nC,30,84,2004a\nD,17,27,2011\n\
        E,11,30,1990\nF,10,30,1999\nG,12,30,2011\n";
    let studies = data::read(csv, &Mapping::default()).unwrap().studies;
    let fit =
        |formula: &str| regress(&studies, &formula.parse().unwrap(), &[], &Settings::two_step());
    let error = fit("center(year)").unwrap_err().to_string();
    assert!(error.contains("`year` holds text, such as `2004a` on line 4"), "{error}");
    let remarks = fit("year").unwrap().remarks;
    assert!(remarks[0].contains("read as text because of `2004a` on line 4"), "{remarks:?}");
    assert_eq!(fit("poly(year, 2)").unwrap_err().to_string(), error);
}

#[test]
fn formulas_that_say_too_much_or_too_little() {
    let parse = |text: &str| text.parse::<resorb::model::Formula>();
    assert!(parse("0").unwrap_err().to_string().contains("without an intercept a formula needs"));
    assert!(parse("1 - 1").unwrap_err().to_string().contains("needs a term"));
    assert!(parse("x:x").unwrap_err().to_string().contains("`poly(x, 2)` is its square"));
    assert!(parse("a * x * a").unwrap_err().to_string().contains("interacts with itself"));
    assert_eq!(parse("x + a + x").unwrap().repeated, ["x"]);
    assert_eq!(parse("a:x + x:a").unwrap().repeated, ["x:a"]);
    // What `*` stands for is no slip.
    assert!(parse("a + a*x").unwrap().repeated.is_empty());
    let fit =
        regress(&studies(), &parse("year + year").unwrap(), &[], &Settings::two_step()).unwrap();
    assert!(fit.remarks[0].contains("names `year` more than once"));
    assert_eq!(fit.coefficients.len(), 2);
}

/// Interactions without main effects are coded so that they span what they say, as in R: a slope for each
/// level, or a value for each combination.
#[test]
fn interactions_without_main_effects() {
    let terms = |formula: &str| {
        let fit = regress(&studies(), &formula.parse().unwrap(), &[], &Settings::two_step());
        fit.map(|fit| fit.coefficients.iter().map(|c| c.term.clone()).collect::<Vec<_>>())
    };
    assert_eq!(terms("year:arm").unwrap(), ["intercept", "year:arm=x", "year:arm=y", "year:arm=z"]);
    assert_eq!(
        terms("year + year:arm").unwrap(),
        ["intercept", "year", "year:arm=y", "year:arm=z"]
    );
    assert!(terms("0 + year:arm").unwrap().iter().all(|term| term.starts_with("year:arm=")));
    let csv = b"study,events,total,a,b\nA,4,22,p,u\nB,9,25,p,v\nC,30,84,q,u\nD,17,27,q,v\n\
        E,11,30,p,u\nF,10,30,q,u\nG,12,30,p,u\n";
    let studies = data::read(csv, &Mapping::default()).unwrap().studies;
    let fit =
        |formula: &str| regress(&studies, &formula.parse().unwrap(), &[], &Settings::two_step());
    let error = fit("a:b").unwrap_err().to_string();
    assert!(error.contains("write a * b for those too, or 0 + a:b"), "{error}");
    // Each combination has its own value: the same model in another coding.
    let (cells, crossed) = (fit("0 + a:b").unwrap(), fit("a * b").unwrap());
    assert_eq!(cells.coefficients.len(), 4);
    let tau2 = |fit: &resorb::model::Regression| fit.heterogeneity.tau2.unwrap();
    assert!((tau2(&cells) - tau2(&crossed)).abs() < 1e-9);
    let at = |fit: &resorb::model::Regression| fit.predict_at("a=q,b=v").unwrap().yi;
    assert!((at(&cells) - at(&crossed)).abs() < 1e-9);
    assert!(fit("a + a:b").is_ok());
}

#[test]
fn one_column_does_not_nest_in_itself() {
    let error =
        subgroups_by(&studies(), &["arm", "Arm"], &Grouping::default(), &Settings::two_step());
    assert!(error.unwrap_err().to_string().contains("`arm` is named twice"));
}

#[test]
fn references_levels_and_values_that_are_not_there() {
    let fit = |references: &[(String, String)]| {
        regress(&studies(), &"arm".parse().unwrap(), references, &Settings::two_step())
    };
    let error = fit(&[("arm".into(), "q".into())]).unwrap_err().to_string();
    assert!(
        error.contains("`arm` has no level `q`; its levels are q") || error.contains("x, y, z")
    );
    let fit = fit(&[]).unwrap();
    let message = |text: &str| fit.predict_at(text).unwrap_err().to_string();
    assert!(message("arm=q").contains("x, y, z"));
    assert!(message("year=2000").contains("the model does not use `year`; it uses arm"));
    assert!(message("arm").contains("column=value"));
    let numeric =
        regress(&studies(), &"year".parse().unwrap(), &[], &Settings::two_step()).unwrap();
    let error = numeric.predict_at("year=abc").unwrap_err().to_string();
    assert_eq!(error, "`abc` is no number, and `year` is numeric: write year=NUMBER");
    let contrast = |text: &str| {
        let fit = fit.clone().with_contrasts(&[text.to_owned()], Adjust::Holm);
        fit.unwrap_err().to_string()
    };
    assert!(
        contrast("x - q").contains("level `q`; there are arm: x, y, z"),
        "{}",
        contrast("x - q")
    );
    assert!(contrast("x-y").contains("not a difference of two levels"));
    let trend = |text: &str| fit.clone().with_trend(text).unwrap_err().to_string();
    assert!(trend("x<x").contains("two different levels"));
    assert!(trend("x<q").contains("level `q`"));
}

#[test]
fn settings_without_a_regression() {
    let model = |model| Settings { model, ..Settings::default() };
    let refused = |settings: Settings, expected: &str| {
        let error = regress(&studies(), &"year".parse().unwrap(), &[], &settings).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    };
    let two_step = |ci| model(Model::TwoStep(TwoStep { ci, ..TwoStep::default() }));
    refused(two_step(TwoStepCi::Kr), "choose z, t, hk or adhoc");
    let glmm = |ci| model(Model::Glmm { link: resorb::model::Link::Logit, ci, q_test: QTest::Lrt });
    refused(glmm(OneStepCi::Pl), "choose t or z");
    refused(model(Model::BetaBinomial { ci: OneStepCi::T }), "use the GLMM");
    let prediction = Settings { prediction: PredictionMethod::Bootstrap, ..Settings::default() };
    refused(prediction, "choose t, hts, normal or none");
    let fit = regress(&studies(), &"year".parse().unwrap(), &[], &Settings::default()).unwrap();
    assert!(fit.clone().permute(10).unwrap_err().to_string().contains("needs the two-step model"));
    let robust = fit.with_robust(resorb::model::Small::Cr2, None).unwrap_err().to_string();
    assert!(robust.contains("needs the two-step model"));
}

/// A study without a moderator takes no part and is named.
#[test]
fn a_missing_moderator_is_named() {
    let fit = regress(&studies(), &"team".parse().unwrap(), &[], &Settings::two_step()).unwrap();
    assert_eq!((fit.k, fit.excluded.as_slice()), (4, &["E".to_owned()][..]));
}

#[test]
fn groups_that_cannot_share_a_variance() {
    let grouping = Grouping { tau2_common: true, ..Grouping::default() };
    let settings =
        Settings { model: Model::BetaBinomial { ci: OneStepCi::T }, ..Settings::default() };
    let error = subgroups_by(&studies(), &["arm"], &grouping, &settings).unwrap_err();
    assert!(error.to_string().contains("no τ² that groups could share"));
    let order = LevelOrder::Given(vec!["q".to_owned()]);
    let grouping = Grouping { order, ..Grouping::default() };
    let error = subgroups_by(&studies(), &["arm"], &grouping, &Settings::two_step()).unwrap_err();
    assert!(error.to_string().contains("level `q`; the levels are x, y, z"));
}

/// Groups in which no one or everyone had the event, and groups of one study.
#[test]
fn extreme_groups_are_shown_and_take_no_part_where_they_have_no_value() {
    let csv = b"study,events,total,arm\nA,0,22,none\nB,0,25,none\nC,30,30,all\nD,17,17,all\n\
        E,10,20,some\nF,14,40,some\nG,3,9,one\n";
    let studies = data::read(csv, &Mapping::default()).unwrap().studies;
    let ours =
        subgroups_by(&studies, &["arm"], &Grouping::default(), &Settings::default()).unwrap();
    assert_eq!(ours.groups.len(), 4);
    // `some`, and `one` with its own variance.
    assert_eq!(ours.between.random.unwrap().df, 1.0);
    assert_eq!(ours.between.without_single_studies, None);
    // The two-step model corrects empty cells, so that every group has a value.
    let ours =
        subgroups_by(&studies, &["arm"], &Grouping::default(), &Settings::two_step()).unwrap();
    assert_eq!(ours.between.random.unwrap().df, 3.0);
    assert_eq!(ours.between.without_single_studies.unwrap().df, 2.0);
}
