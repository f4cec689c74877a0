//! A plan comes to what its functions return one by one.

use resorb::{
    analysis::{
        Grid, Grouping, SensitivityOptions, multiverse, pooled, sensitivity,
        small_study::{BiasOptions, bias},
        subgroups_by,
    },
    data::{self, Mapping, Table, bundled},
    effect::Measure,
    model::{Level, Model, Settings, regress},
    plan::{OnFailure, Plan, Results, Section, execute},
    report::{Format, InputInfo, Report, Style, write_report},
};

/// A bundled data set read as a plan wants it, and the results.
fn run(text: &str) -> (Table, Results) {
    let plan = Plan::parse(text).unwrap();
    let csv = bundled::find(&plan.data).unwrap().csv;
    let table = data::read(csv.as_bytes(), &plan.mapping()).unwrap();
    let results = execute(&table, &plan).unwrap();
    (table, results)
}

#[test]
fn every_analysis_is_what_its_function_returns() {
    let (table, results) = run(r#"
data = "ldh_resorption"
[pool]
[[subgroup]]
by = "definition_class"
[[regress]]
on = "year"
[sensitivity]
[bias]
[multiverse]
[multiverse.grid]
families = ["crude", "glmm"]
[[claim]]
claim-rate = "76.6%"
"#);
    let studies = &table.studies;
    let settings = Settings::default();
    assert_eq!(results.settings, settings);
    assert_eq!(results.pool, Some(pooled(studies, &settings, true).unwrap()));
    let by = ["definition_class"];
    let groups = subgroups_by(studies, &by, &Grouping::default(), &settings).unwrap();
    assert_eq!(results.subgroups, [groups]);
    let line = regress(studies, &"year".parse().unwrap(), &[], &settings).unwrap();
    assert_eq!(results.regressions, [line]);
    let options = SensitivityOptions::default();
    assert_eq!(results.sensitivity, Some(sensitivity(studies, &settings, &options).unwrap()));
    // A funnel is of effects, so that the default of the two-step model stands for the GLMM.
    let funnel = bias(studies, &Settings::two_step(), &BiasOptions::default()).unwrap();
    assert_eq!(results.bias, Some(funnel));
    let all = results.multiverse.unwrap().all;
    let grid = Grid {
        models: vec![resorb::analysis::Family::Crude, resorb::analysis::Family::Glmm],
        ..Grid::default()
    };
    assert_eq!(all, multiverse(studies, &grid, Level::default(), &mut |_, _| {}).unwrap());
    // The claim is held against the grid of the plan, in which a claim needs one prediction only.
    let against = results.claims[0].against.as_ref().unwrap();
    assert!(against.specifications < all.outcomes.len());
    assert!(results.skipped.is_empty());
}

#[test]
fn a_plan_without_analyses_pools() {
    let (table, results) = run("data = \"ldh_resorption\"");
    assert_eq!(results.pool, Some(pooled(&table.studies, &Settings::default(), true).unwrap()));
    assert!(results.sensitivity.is_none() && results.subgroups.is_empty());
}

#[test]
fn a_permutation_test_selects_the_two_step_model_for_its_part_alone() {
    let (_, results) = run(r#"
data = "ldh_resorption"
[pool]
permutations = 200
null = 0.5
[sensitivity]
"#);
    let pooled = results.pool.unwrap();
    assert!(matches!(pooled.fit.settings.model, Model::TwoStep(_)));
    assert_eq!(pooled.permutation.unwrap().permutations, 200);
    assert!(matches!(results.sensitivity.unwrap().fit.settings.model, Model::Glmm { .. }));
}

#[test]
fn two_groups_have_their_own_defaults() {
    let (_, results) =
        run("data = \"ldh_predictors\"\n[[predictors]]\nby = \"predictor\"\nbaseline = 0.35\n");
    assert_eq!(results.settings.model.as_two_step().measure, Measure::Or);
    assert!(results.predictors[0].predictors.len() > 2);
    assert!(results.pool.is_none(), "only what is asked for");
}

#[test]
fn what_cannot_be_done_stops_or_is_left_out() {
    let text = "data = \"ldh_resorption\"\n[pool]\n[[subgroup]]\nby = \"year\"\n[[subgroup]]\nby = \"tpye\"\n";
    let mut plan = Plan::parse(text).unwrap();
    let csv = bundled::find(&plan.data).unwrap().csv;
    let table = data::read(csv.as_bytes(), &Mapping::default()).unwrap();
    let error = execute(&table, &plan).unwrap_err();
    assert_eq!(error.section, Section::Subgroup(1));
    assert!(error.to_string().contains("tpye"), "{error}");
    plan.on_failure = OnFailure::Skip;
    let results = execute(&table, &plan).unwrap();
    assert_eq!(results.subgroups.len(), 1);
    assert_eq!(results.skipped[0].what, Section::Subgroup(1));
    assert_eq!(results.skipped[0].why, error.to_string());
}

#[test]
fn the_standard_plan_is_what_the_data_carry() {
    let read = |csv: &str| data::read(csv.as_bytes(), &Mapping::default()).unwrap();
    let lumbar = read(bundled::find("ldh_resorption").unwrap().csv);
    let standard = Plan::standard("ldh_resorption", &lumbar, &[]);
    assert!(standard.left_out.is_empty());
    let (plan, results) = (&standard.plan, standard.execute(&lumbar).unwrap());
    assert!(results.pool.is_some() && results.multiverse.is_some() && results.bias.is_some());
    assert!(!results.subgroups.is_empty());
    assert_eq!(Plan::parse(&plan.to_toml().unwrap()).unwrap(), *plan);

    let one = read("study,events,total\nBush 1992,64,84\n");
    let results = Plan::standard("one.csv", &one, &[]).execute(&one).unwrap();
    assert!(results.pool.is_some());
    let left_out: Vec<String> =
        results.skipped.iter().map(|skipped| skipped.what.to_string()).collect();
    assert!(left_out.contains(&"bias".to_owned()), "{left_out:?}");
    assert!(results.skipped.iter().all(|skipped| !skipped.why.is_empty()));

    let two = read(bundled::find("ldh_predictors").unwrap().csv);
    let standard = Plan::standard("ldh_predictors", &two, &["predictor".to_owned()]);
    assert_eq!(standard.plan.subgroup[0].by, ["predictor"]);
    let results = standard.execute(&two).unwrap();
    assert_eq!(results.predictors.len(), 1);
    assert!(results.multiverse.is_some());
}

/// Simulated counts of `k` studies, as a table.
fn many(k: usize) -> Table {
    let rows = (0..k).map(|i| format!("S{i},{},{}\n", 3 + i % 17, 30 + i % 41));
    let csv = format!("study,events,total\n{}", rows.collect::<String>());
    data::read(csv.as_bytes(), &Mapping::default()).unwrap()
}

/// What takes minutes with many studies is left out unasked, each with the way to have it; a plan that
/// asks for it has it.
#[test]
fn many_studies_leave_out_what_takes_long() {
    let asked = |k: usize| {
        let standard = Plan::standard("many.csv", &many(k), &[]);
        let plan = &standard.plan;
        let asked = (plan.sensitivity.is_some(), plan.bias.is_some(), plan.multiverse.is_some());
        (asked, standard.left_out.len())
    };
    assert_eq!(asked(250), ((true, true, true), 0));
    assert_eq!(asked(251), ((false, true, true), 1));
    assert_eq!(asked(500), ((false, true, true), 1));
    assert_eq!(asked(501), ((false, false, false), 3));

    let table = many(1500);
    let results = Plan::standard("many.csv", &table, &[]).execute(&table).unwrap();
    assert_eq!(results.pool.as_ref().unwrap().fit.k, 1500);
    let (input, style) = (InputInfo::default(), Style::default());
    let report = Report::of(&results, &input, &style).unwrap();
    let mut out = Vec::new();
    write_report(&mut out, &report, Format::Markdown).unwrap();
    let text = String::from_utf8(out).unwrap();
    for command in ["sensitivity", "bias", "multiverse"] {
        assert!(text.contains(&format!("resorb {command} DATA")), "{command}");
    }
    assert!(text.contains("takes long with 1500 rows"));

    let own = Plan::parse("data = \"many.csv\"\n[settings]\nmodel = \"two-step\"\n[sensitivity]\n");
    let results = execute(&many(260), &own.unwrap()).unwrap();
    assert_eq!(results.sensitivity.unwrap().leave_one_out.len(), 260);
}

#[test]
fn one_analysis_needs_its_columns_and_several_share_their_rows() {
    let alone =
        Plan::parse("data = \"a.csv\"\n[[subgroup]]\nby = [\"a\", \"b\"]\ncluster = \"c\"\n")
            .unwrap();
    assert_eq!(alone.mapping().grouping.as_deref(), Some("a"));
    assert_eq!(alone.mapping().needed, ["b", "c"]);
    let both =
        Plan::parse("data = \"a.csv\"\n[pool]\n[[subgroup]]\nby = [\"a\", \"b\"]\n").unwrap();
    assert_eq!(both.mapping().grouping, None);
    assert!(both.mapping().needed.is_empty());
}

/// The example of the guide is read and carried out.
#[test]
fn the_guide_s_example_runs() {
    let guide = include_str!("../../../src/guide/plan.md");
    let text = guide.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let (table, results) = run(text);
    assert!(results.skipped.is_empty());
    assert_eq!(results.pool.unwrap().fit.k, table.used);
    assert!(results.gosh.unwrap().subsets.len() <= 1000);
    assert_eq!((results.regressions.len(), results.claims.len()), (1, 1));
    // Every key of the tables is named in the guide.
    let plan = Plan::parse(text).unwrap();
    for key in toml::Table::try_from(&plan).unwrap().keys() {
        assert!(
            guide.contains(&format!("`[{key}]`"))
                || guide.contains(&format!("`[[{key}]]`"))
                || guide.contains(&format!("`{key}`")),
            "{key}"
        );
    }
}
