//! Forests of groups, steps, methods and judgements: what their rows say and where they lie.

use resorb::{
    analysis::{LevelOrder, Order, Unit, cumulative, leave_one_out, pooled, subgroups},
    data::{self, Mapping},
    effect::Measure,
    figure::{
        Embedding, FigureError, Fonts, Spread,
        forest::{Forest, Mark, Note, Options, PredictionMark, Tool, Value, forest},
        svg,
    },
    model::{Model, OneStepCi, Settings, TwoStep, pool},
    study::Studies,
};
use roxmltree::Document;

use crate::figure_parse::{assert_tidy, attribute, has_class, mark_area, named, ticks};

const TABLE: &str = "\
study,year,type,d1,events,total
Bush 1992,1992,bulge,low,4,22
Bush 1992,1992,extrusion,high,64,84
Komori 1996,1996,extrusion,low,35,77
Ahn 2000,2000,extrusion,some concerns,25,36
Cribb 2007,2007,protrusion,low,14,15
Yu 2014,2014,protrusion,,20,83
";

fn studies() -> Studies {
    data::read(TABLE.as_bytes(), &Mapping::default()).unwrap().studies
}

fn both() -> [Settings; 2] {
    [Settings::default(), Settings::two_step()]
}

fn tidy(input: &Forest, options: &Options, case: &str) -> String {
    let fonts = Fonts::bundled().unwrap();
    for width in [85.0, 114.0, 174.0] {
        let options = Options { width, ..options.clone() };
        match forest(input, &options, &fonts) {
            Ok(scene) => assert_tidy(&svg(&scene, &fonts, Embedding::None), &fonts, case),
            Err(error) => {
                assert!(matches!(error, FigureError::TooNarrow { .. }), "{case}: {error}");
            }
        }
    }
    svg(&forest(input, options, &fonts).unwrap(), &fonts, Embedding::None)
}

#[test]
fn groups_have_their_results_and_the_test_between_them() {
    for settings in both() {
        let by = subgroups(&studies(), &["type"], &LevelOrder::Data, &settings).unwrap();
        let input = Forest::from(&by);
        let file = tidy(&input, &Options::default(), "groups");
        let headings: Vec<_> = input.sections.iter().map(|s| s.heading.clone().unwrap()).collect();
        assert_eq!(headings, ["Bulge", "Extrusion", "Protrusion"]);
        // A group of one study has no result beside the study's own.
        assert!(input.sections[0].summaries.is_empty());
        assert!(file.contains("One study: nothing to pool."));
        let extrusion = &input.sections[1].summaries[0];
        let fit = &by.groups[1].fit;
        assert_eq!(extrusion.estimate, Some(fit.random.unwrap().pooled.estimate));
        // Weights are those over all studies: they and the groups' sums are 100.
        let sum: f64 = input.studies().filter_map(|row| row.weight).sum();
        assert!((sum - 100.0).abs() < 1e-9, "{sum}");
        let rows: f64 = input.sections[1].rows.iter().filter_map(|row| row.weight).sum();
        assert!((extrusion.weight.unwrap() - rows).abs() < 1e-12);
        let between = by.between.random.unwrap();
        let Some(Note::Heterogeneity(test)) = input.notes.get(1) else {
            panic!("{:?}", input.notes)
        };
        assert_eq!(
            (test.q, test.df, test.p_value),
            (Some(between.q), Some(2.0), Some(between.p_value))
        );
        assert!(file.contains("Bush 1992 gives rows to several groups"), "{file}");
    }
}

#[test]
fn steps_end_at_the_whole_and_parts_surround_it() {
    for settings in both() {
        let whole = pool(&studies(), &settings).unwrap();
        let steps = cumulative(&studies(), &settings, &Order::Column("year".into())).unwrap();
        let input = Forest::cumulative(&whole, &steps);
        let file = tidy(&input, &Options::default(), "cumulative");
        let last = input.studies().last().unwrap();
        assert_eq!(last.label, "+ Yu 2014");
        assert_eq!(last.estimate, input.reference);
        assert_eq!(last.moderators[0], Value::Fixed(6.0, 0));
        assert!(file.contains(">Added</text>") && file.contains("Forest plot of 6 results."));
        let parts = leave_one_out(&studies(), &settings, Unit::Study).unwrap();
        let input = Forest::leave_one_out(&whole, &parts);
        tidy(&input, &Options::default(), "leave one out");
        assert_eq!(input.studies().count(), 5);
        assert_eq!(input.studies().next().unwrap().moderators[0], Value::Fixed(4.0, 0));
        assert_eq!(input.overall[0].mark, Mark::Random);
        assert_eq!(input.overall[0].estimate, input.reference);
    }
}

#[test]
fn methods_stand_with_their_predictions() {
    let answer = pooled(&studies(), &Settings::default(), true).unwrap();
    let input = Forest::models(&answer);
    let file = tidy(&input, &Options::default(), "models");
    // The headline, four others, the common effect, the crude rate.
    let rows: Vec<_> = input.studies().collect();
    assert_eq!(rows.len(), 7);
    assert_eq!(rows[0].label, "binomial-normal GLMM (headline)");
    assert_eq!(
        rows[4].estimate,
        answer.alternatives[3].fit.as_ref().ok().map(|f| f.random.unwrap().pooled.estimate)
    );
    let document = Document::parse(&file).unwrap();
    let ticks = ticks(&document);
    let ((x0, v0), (x1, v1)) = (ticks[0], ticks[ticks.len() - 1]);
    let at = |value: f64| x0 + (100.0 * value - v0) / (v1 - v0) * (x1 - x0);
    let groups: Vec<_> = document.descendants().filter(|n| has_class(n, "row")).collect();
    for (group, row) in groups.iter().zip(&rows) {
        let areas: Vec<_> = group.children().filter_map(mark_area).collect();
        let diamond = areas.iter().find(|a| a.what == "polygon").unwrap();
        assert!((diamond.left - at(row.lower.unwrap())).abs() < 0.075, "{row:?}");
        assert!((diamond.right - at(row.upper.unwrap())).abs() < 0.075, "{row:?}");
        if let Some((lower, upper)) = row.prediction {
            let bar = areas.iter().find(|a| a.what == "rect").unwrap();
            assert!((bar.left - at(lower)).abs() < 0.075 && (bar.right - at(upper)).abs() < 0.075);
        }
    }
}

#[test]
fn a_density_holds_the_probability_of_its_interval() {
    for settings in both() {
        let fit = pool(&studies(), &settings).unwrap();
        let prediction = fit.prediction.unwrap();
        let points = fit.predictive(200);
        assert_eq!(points.len(), 401);
        // The probability below a value, linear between the points.
        let below = |x: f64| {
            let pair = points.windows(2).find(|w| w[0].0 <= x && x <= w[1].0).unwrap();
            let share = (x - pair[0].0) / (pair[1].0 - pair[0].0);
            pair[0].1 + share * (pair[1].1 - pair[0].1)
        };
        assert!((below(prediction.lower) - 0.025).abs() < 2e-4, "{}", below(prediction.lower));
        assert!((below(prediction.upper) - 0.975).abs() < 2e-4, "{}", below(prediction.upper));
        let options = Options { prediction: PredictionMark::Density, ..Options::default() };
        let input = Forest::from(&fit);
        for spread in [Spread::Linear, Spread::Logit] {
            let file =
                tidy(&input, &Options { spread: Some(spread), ..options.clone() }, "density");
            let document = Document::parse(&file).unwrap();
            let row = document.descendants().find(|n| has_class(n, "prediction")).unwrap();
            let shape = named(row, "polygon").next().unwrap();
            let area = mark_area(shape).unwrap();
            let line = named(row, "line").next().unwrap();
            // The line under it is the interval, which the shape goes beyond unless it is cut.
            assert!(area.left <= attribute(&line, "x1") + 0.01, "{area:?}");
            assert!((area.bottom - attribute(&line, "y1")).abs() < 0.01);
        }
    }
    // No such distribution: a bar.
    let beta = Model::BetaBinomial { ci: OneStepCi::default() };
    let fit = pool(&studies(), &Settings { model: beta, ..Settings::default() }).unwrap();
    assert!(fit.predictive(50).is_empty());
    let options = Options { prediction: PredictionMark::Density, ..Options::default() };
    let file = tidy(&Forest::from(&fit), &options, "no density");
    let document = Document::parse(&file).unwrap();
    let row = document.descendants().find(|n| has_class(n, "prediction")).unwrap();
    assert_eq!(named(row, "rect").count(), 1);
}

/// Effects that are given as such stay on a scale without a name.
#[test]
fn a_scale_without_a_name_is_not_named() {
    let given = [(0.6, 0.1), (0.2, 0.02), (0.9, 0.2), (0.1, 0.04)];
    let given = given.iter().enumerate().map(|(i, &(y, v))| (format!("study {i}"), y, v));
    let model = Model::TwoStep(TwoStep { measure: Measure::Gen, ..TwoStep::default() });
    let settings = Settings { model, ..Settings::default() };
    let fit = pool(&Studies::from_effects(given).unwrap(), &settings).unwrap();
    let input = Forest::from(&fit);
    let heterogeneity = input.notes.iter().find_map(|note| match note {
        Note::Heterogeneity(heterogeneity) => Some(heterogeneity),
        Note::Text(_) => None,
    });
    assert!(heterogeneity.unwrap().tau.is_some() && heterogeneity.unwrap().tau_scale.is_none());
    let file = tidy(&input, &Options::default(), "effects");
    assert!(!file.contains("( scale)"), "{file}");
}

#[test]
fn each_tool_has_its_own_words() {
    for (tool, words, foreign) in [
        (Tool::Rob2, ["low", "some concerns", "High risk", "no information"], "serious"),
        (Tool::RobinsI, ["low risk", "moderate", "serious", "critical"], "some concerns"),
        (Tool::Jbi, ["yes", "no", "unclear", "not applicable"], "low"),
    ] {
        for word in words {
            assert!(tool.read(word).is_some(), "{tool:?} {word}");
        }
        assert_eq!(tool.read(foreign), None, "{tool:?}");
        // What a judgement is called is a word that is read as it.
        for word in words {
            let judgement = tool.read(word).unwrap();
            assert_eq!(tool.read(tool.name(judgement)), Some(judgement), "{tool:?} {word}");
        }
    }
}
