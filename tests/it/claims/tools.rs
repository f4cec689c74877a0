//! Tools side by side: their numbers are those of the presets, and the steps end there.

use resorb::{
    analysis::{Changed, Printout, Tool, compare_tools},
    effect::Measure,
    model::{Model, Preset, Settings, TwoStep, pool},
    study::Studies,
};

use super::grid::lumbar;

#[test]
fn each_tool_prints_what_its_preset_gives_and_its_steps_end_there() {
    let studies = lumbar();
    let tools = compare_tools(&studies).unwrap();
    assert_eq!(tools.len(), Tool::ALL.len());
    for tool in &tools {
        let own = Printout::of(tool.fit.as_ref().unwrap());
        assert_eq!(own, Printout::of(&pool(&studies, &tool.settings).unwrap()));
        let last = tool
            .steps
            .last()
            .map_or_else(|| Printout::of(tools[0].fit.as_ref().unwrap()), |step| step.result);
        assert_eq!(own, last, "{:?}", tool.tool);
    }
    let steps = |wanted: Tool| -> Vec<Changed> {
        let tool = tools.iter().find(|tool| tool.tool == wanted).unwrap();
        tool.steps.iter().map(|step| step.choice).collect()
    };
    assert_eq!(steps(Tool::Metafor), []);
    assert_eq!(steps(Tool::Revman), [Changed::Interval, Changed::Prediction]);
    assert_eq!(steps(Tool::Stata), [Changed::Measure, Changed::Prediction]);
    assert_eq!(steps(Tool::Textbook), [Changed::Tau2, Changed::Prediction, Changed::I2]);
    assert_eq!(steps(Tool::Meta), [Changed::Model, Changed::Prediction, Changed::I2]);
    let metafor = Printout::of(&pool(&studies, &Preset::Metafor.settings()).unwrap());
    assert_eq!(Printout::of(tools[0].fit.as_ref().unwrap()), metafor);
}

/// Stata's choices against a printout of `meta set es cil ciu` and `meta summarize` at their defaults, of
/// the fictional studies of its manual (`webuse metaset`; printed at statalist.org, thread 1696829): REML,
/// normal quantiles, I² from τ² (5.30 where Q of 6.34 on 9 df gives 0). The effects are read from the three
/// decimals of the printout, which moves the last digit of the results.
#[test]
fn the_choices_of_stata_give_what_it_prints() {
    const METASET: [(f64, f64, f64); 10] = [
        (1.480, -0.352, 3.311),
        (0.999, -0.933, 2.931),
        (1.272, 0.427, 2.117),
        (1.001, 0.750, 1.252),
        (1.179, -0.527, 2.884),
        (1.939, 0.427, 3.452),
        (2.377, 1.005, 3.750),
        (0.694, -0.569, 1.956),
        (1.099, -0.147, 2.345),
        (1.805, -0.151, 3.761),
    ];
    let rows = METASET.iter().enumerate().map(|(i, &(y, lower, upper))| {
        let se: f64 = (upper - lower) / (2.0 * 1.959_963_984_540_054);
        (format!("Study {}", i + 1), y, se * se)
    });
    let studies = Studies::from_effects(rows).unwrap();
    let settings = Tool::Stata.settings();
    let choices = TwoStep { measure: Measure::Gen, ..settings.model.as_two_step() };
    let settings = Settings { model: Model::TwoStep(choices), ..settings };
    let fit = pool(&studies, &settings).unwrap();
    let pooled = fit.random.unwrap().pooled;
    let close =
        |ours: f64, theirs: f64, to: f64| assert!((ours - theirs).abs() < to, "{ours} {theirs}");
    close(pooled.estimate, 1.138, 1e-3);
    close(pooled.ci_lower.unwrap(), 0.857, 1e-3);
    close(pooled.ci_upper.unwrap(), 1.418, 1e-3);
    close(pooled.statistic.unwrap(), 7.95, 1e-2);
    close(fit.heterogeneity.tau2.unwrap(), 0.0157, 2e-4);
    close(fit.heterogeneity.q.unwrap(), 6.34, 1e-2);
    assert_eq!(fit.heterogeneity.i2_q, Some(0.0));
    close(Printout::of(&fit).i2.unwrap(), 5.30, 0.06);
}

/// Only the choice that a step names moves: an interval leaves the rate, another I² leaves all else.
#[test]
fn a_step_moves_what_it_is_about() {
    for tool in compare_tools(&lumbar()).unwrap() {
        let mut before: Option<Printout> = None;
        for step in &tool.steps {
            let after = step.result;
            if let Some(before) = before {
                match step.choice {
                    Changed::Interval | Changed::Prediction | Changed::I2 => {
                        assert_eq!(before.estimate, after.estimate);
                    }
                    _ => {}
                }
                if step.choice == Changed::I2 {
                    assert_eq!((before.ci_lower, before.upper), (after.ci_lower, after.upper));
                }
            }
            before = Some(after);
        }
    }
}

/// A tool that cannot pool the studies says why; the others are there.
#[test]
fn a_tool_without_a_result_says_why() {
    let studies = Studies::from_counts([("A", 9, 9), ("B", 0, 4), ("C", 7, 7)]).unwrap();
    let tools = compare_tools(&studies).unwrap();
    assert!(tools[0].fit.is_ok());
    let effects = Studies::from_effects([("A", 0.1, 0.2), ("B", 0.3, 0.1)]).unwrap();
    assert!(compare_tools(&effects).is_err());
}
