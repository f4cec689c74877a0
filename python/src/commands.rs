//! The commands: a plan and a table in, an answer out.

mod claims;
mod described;
mod effect;
mod methods;
mod reports;
mod simulate;

use resorb::{
    analysis::compare_tools,
    data,
    plan::{Plan, Results, execute},
    report::{self, Checked, GoshSummary, Style},
};

pub(crate) use described::{claims, datasets, explain};
pub(crate) use effect::effect_claim;
pub(crate) use reports::{Asked, Written, carried_out, named, report};
pub(crate) use simulate::{scenario, simulated};

use crate::{
    answer::Answer,
    failure::Failure,
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
            Answer::new(warnings, Some(&document), |out, format| {
                report::write_compared(out, &tools, &info, format, &style)
            })
        }
        (command, Some(raw)) => {
            let source = Source::read(raw, &plan.mapping())?;
            let results = execute(&source.table, &plan)?;
            answered(command, &source, &results, &style)
        }
    }
}

/// What a reader of values expected, in words.
const EXPECTED: [(&str, &str); 7] = [
    ("invalid type: ", ""),
    ("wanted string or table", "expected text"),
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
        digits: digits(options)?,
        ..Style::default()
    })
}

/// The decimals of rates.
fn digits(options: &Options) -> Result<Option<usize>, Failure> {
    let digits: Option<usize> = options.whole("digits")?;
    match digits {
        Some(many) if many > MOST_DIGITS => Err(Failure::said(format!(
            "`digits` is a whole number from 0 to {MOST_DIGITS}, and {many} is none"
        ))),
        digits => Ok(digits),
    }
}

/// Decimals that a floating-point number between 0 and 1 has at most.
const MOST_DIGITS: usize = 17;

/// The result of a command, the one that its plan asks for.
fn answered(
    command: &str,
    source: &Source,
    results: &Results,
    style: &Style,
) -> Result<Answer, Failure> {
    let none = || Failure::said(format!("there is no command `{command}`"));
    let mut all = answers(source, results, style)?.into_iter();
    all.find(|(name, _)| *name == command).map(|(_, answer)| answer).ok_or_else(none)
}

/// Every result of a plan, with the name of its command.
fn answers(
    Source { info, warnings, .. }: &Source,
    results: &Results,
    style: &Style,
) -> Result<Vec<(&'static str, Answer)>, Failure> {
    let mut all = Vec::new();
    let mut add = |name, answer: Result<Answer, Failure>| -> Result<(), Failure> {
        all.push((name, answer?));
        Ok(())
    };
    let warned = || warnings.clone();
    if let Some(pooled) = &results.pool {
        let page = report::document(pooled, info, style);
        add(
            "pool",
            Answer::new(warned(), Some(&page), |out, format| {
                report::write(out, pooled, info, format, style)
            }),
        )?;
    }
    for groups in &results.subgroups {
        let page = report::subgroup_document(groups, info, style);
        add(
            "subgroup",
            Answer::new(warned(), Some(&page), |out, format| {
                report::write_subgroups(out, groups, info, format, style)
            }),
        )?;
    }
    for fit in &results.regressions {
        let page = report::regression_document(fit, info, style);
        add(
            "regress",
            Answer::new(warned(), Some(&page), |out, format| {
                report::write_regression(out, fit, info, format, style)
            }),
        )?;
    }
    if let Some(answer) = &results.sensitivity {
        let page = report::sensitivity_document(answer, info, style);
        add(
            "sensitivity",
            Answer::new(warned(), Some(&page), |out, format| {
                report::write_sensitivity(out, answer, info, format, style)
            }),
        )?;
    }
    if let Some(answer) = &results.bias {
        let page = report::bias_document(answer, info, style);
        add(
            "bias",
            Answer::new(warned(), Some(&page), |out, format| {
                report::write_bias(out, answer, info, format, style)
            }),
        )?;
    }
    if let Some(found) = &results.gosh {
        let summary = GoshSummary::new(&found.fit, &found.subsets, found.sampling);
        let page = report::gosh_document(&summary, info, style);
        add(
            "gosh",
            Answer::new(warned(), Some(&page), |out, format| {
                report::write_gosh(out, &summary, info, format, style)
            }),
        )?;
    }
    if let Some(found) = &results.multiverse {
        let (all, summary) = (&found.all, &found.summary);
        let page = report::multiverse_document(all, summary, info, style);
        add(
            "multiverse",
            Answer::new(warned(), Some(&page), |out, format| {
                report::write_multiverse(out, (all, summary), info, (format, found.rows), style)
            }),
        )?;
    }
    for answer in &results.predictors {
        let page = report::predictors_document(answer, info, style);
        add(
            "predictors",
            Answer::new(warned(), Some(&page), |out, format| {
                report::write_predictors(out, answer, info, format, style)
            }),
        )?;
    }
    if !results.claims.is_empty() {
        add("claim", claims::answer(warned(), &results.claims, Some(info), style))?;
    }
    Ok(all)
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
