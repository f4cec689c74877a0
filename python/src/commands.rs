//! The commands: a plan and a table in, an answer out.

mod claims;
mod described;
mod methods;
mod simulate;

use resorb::{
    analysis::compare_tools,
    data,
    plan::{Plan, Results, execute},
    report::{self, Checked, GoshSummary, Style},
};

pub(crate) use described::{claims, datasets, explain};
pub(crate) use simulate::{scenario, simulated};

use crate::{
    answer::Answer,
    failure::Failure,
    html::fragment,
    options::Options,
    source::{Raw, Source},
};

/// Runs a command; `plan` holds how the table is read and what is asked.
pub(crate) fn run(
    command: &str,
    raw: Option<&Raw>,
    plan: &str,
    style: &Options,
) -> Result<Answer, Failure> {
    let plan = parsed(plan)?;
    let style = styled(style)?;
    match (command, raw) {
        ("claim", None) => claims::alone(&plan, &style),
        (_, None) => Err(Failure::said("there are no data")),
        ("check", Some(raw)) => check(raw, &plan),
        ("methods", Some(raw)) => methods::paragraphs(raw, &plan, &style),
        ("compare_tools", Some(raw)) => {
            let Source { table, info, warnings, .. } = Source::read(raw, &plan.mapping())?;
            let tools = compare_tools(&table.studies)?;
            let document = report::compare_document(&tools, &info, &style);
            Answer::new(warnings, fragment(&document), |out, format| {
                report::write_compared(out, &tools, &info, format, &style)
            })
        }
        (command, Some(raw)) => {
            let source = Source::read(raw, &plan.mapping())?;
            let results = execute(&source.table, &plan)?;
            answered(command, source, &results, &style)
        }
    }
}

/// What a reader of values expected, in words.
const EXPECTED: [(&str, &str); 5] = [
    ("expected u64", "expected a whole number from 0"),
    ("expected u32", "expected a whole number from 0"),
    ("expected u8", "expected a whole number from 0"),
    ("expected f64", "expected a number"),
    ("expected a string", "expected text"),
];

/// The plan that the Python side wrote. What is wrong with it names the option.
pub(crate) fn parsed(text: &str) -> Result<Plan, Failure> {
    Plan::parse(text).map_err(|problems| {
        let problem = problems.first();
        let line = problem.position(text).and_then(|(line, _)| text.lines().nth(line - 1));
        let option =
            line.and_then(|line| line.split_once(" = ")).map(|(key, _)| key.replace('-', "_"));
        let said = EXPECTED
            .iter()
            .fold(problem.message.clone(), |said, (type_of, words)| said.replace(type_of, words));
        let message = match option {
            Some(option) => format!("`{option}`: {said}"),
            None => said,
        };
        Failure::Said { message, help: problem.help.clone() }
    })
}

/// How tables show numbers.
fn styled(options: &Options) -> Result<Style, Failure> {
    Ok(Style {
        scale: options.text("scale")?.map(|name| name.parse()).transpose()?.unwrap_or_default(),
        digits: options.whole("digits")?,
        ..Style::default()
    })
}

/// The result of a command among those of its plan.
fn answered(
    command: &str,
    Source { info, warnings, .. }: Source,
    results: &Results,
    style: &Style,
) -> Result<Answer, Failure> {
    let none = || Failure::said(format!("there is no command `{command}`"));
    match command {
        "pool" => {
            let pooled = results.pool.as_ref().ok_or_else(none)?;
            Answer::new(
                warnings,
                fragment(&report::document(pooled, &info, style)),
                |out, format| report::write(out, pooled, &info, format, style),
            )
        }
        "subgroup" => {
            let groups = results.subgroups.first().ok_or_else(none)?;
            let document = report::subgroup_document(groups, &info, style);
            Answer::new(warnings, fragment(&document), |out, format| {
                report::write_subgroups(out, groups, &info, format, style)
            })
        }
        "regress" => {
            let fit = results.regressions.first().ok_or_else(none)?;
            let document = report::regression_document(fit, &info, style);
            Answer::new(warnings, fragment(&document), |out, format| {
                report::write_regression(out, fit, &info, format, style)
            })
        }
        "sensitivity" => {
            let answer = results.sensitivity.as_ref().ok_or_else(none)?;
            let document = report::sensitivity_document(answer, &info, style);
            Answer::new(warnings, fragment(&document), |out, format| {
                report::write_sensitivity(out, answer, &info, format, style)
            })
        }
        "bias" => {
            let answer = results.bias.as_ref().ok_or_else(none)?;
            Answer::new(
                warnings,
                fragment(&report::bias_document(answer, &info, style)),
                |out, format| report::write_bias(out, answer, &info, format, style),
            )
        }
        "gosh" => {
            let found = results.gosh.as_ref().ok_or_else(none)?;
            let summary = GoshSummary::new(&found.fit, &found.subsets, found.sampling);
            Answer::new(
                warnings,
                fragment(&report::gosh_document(&summary, &info, style)),
                |out, format| report::write_gosh(out, &summary, &info, format, style),
            )
        }
        "multiverse" => {
            let found = results.multiverse.as_ref().ok_or_else(none)?;
            let (all, summary) = (&found.all, &found.summary);
            let document = report::multiverse_document(all, summary, &info, style);
            Answer::new(warnings, fragment(&document), |out, format| {
                let how = (format, found.rows);
                report::write_multiverse(out, (all, summary), &info, how, style)
            })
        }
        "predictors" => {
            let answer = results.predictors.first().ok_or_else(none)?;
            let document = report::predictors_document(answer, &info, style);
            Answer::new(warnings, fragment(&document), |out, format| {
                report::write_predictors(out, answer, &info, format, style)
            })
        }
        "claim" => claims::answer(warnings, &results.claims, Some(&info), style),
        _ => Err(none()),
    }
}

/// What a table holds and what is wrong with it, which is no failure.
fn check(raw: &Raw, plan: &Plan) -> Result<Answer, Failure> {
    let found = data::check(&raw.content, &plan.mapping());
    let info = raw.info(found.table.as_ref());
    let used = found.table.as_ref().map_or_else(String::new, |table| {
        format!("{}: {} of {} rows are used\n", raw.name, table.used, table.rows)
    });
    let told = if found.problems.is_empty() {
        "No problems found.\n".to_owned()
    } else {
        format!("{}\n", found.problems)
    };
    let content = Checked::new(info, found.table.as_ref(), &found.problems);
    Answer::described("check", content, used + &told)
}
