//! Tools side by side: their numbers are those of the presets, and the steps end there.

use resorb::{
    analysis::{Changed, Printout, Tool, compare_tools},
    model::{Preset, pool},
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
