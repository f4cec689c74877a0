//! The forest plot: by study, by group, cumulative, without each study, or of several methods.

use resorb::{
    analysis::{self, Grouping, Order, Unit, cumulative, leave_one_out, subgroups_by},
    figure::{
        Rich, Spread,
        forest::{Column, Forest, JudgementProblem, Options, PredictionMark, Sort, forest},
    },
    model::pool,
};

use super::{Made, Material, appraisal::TOOLS};
use crate::failure::Failure;

const SPREADS: &[(&str, Spread)] = &[("linear", Spread::Linear), ("logit", Spread::Logit)];

const MARKS: &[(&str, PredictionMark)] = &[
    ("bar", PredictionMark::Bar),
    ("line", PredictionMark::Line),
    ("density", PredictionMark::Density),
    ("hidden", PredictionMark::Hidden),
];

const UNITS: &[(&str, Unit)] = &[("row", Unit::Row), ("study", Unit::Study)];

pub(super) fn draw(m: &Material<'_>) -> Made {
    let mut input = content(m)?;
    judge(m, &mut input)?;
    if let Some(name) = m.options.text("effect_name")? {
        input.effect = name;
    }
    if let Some(order) = m.options.text("sort")? {
        input.sort(Sort::read(&order, &input)?);
    }
    let limits = match m.options.numbers("limits")?.as_slice() {
        [] => None,
        &[lower, upper] => Some((lower, upper)),
        _ => return Err(Failure::said("`limits` takes two numbers, such as (0.2, 0.9)")),
    };
    if let (Some((lower, upper)), Some(_)) = (limits, m.studies.counts())
        && (lower < 0.0 || upper > 1.0)
    {
        return Err(Failure::with_help(
            format!("the limits {lower} and {upper} lie outside the rates from 0 to 1"),
            "give two rates between 0 and 1, such as (0.2, 0.9)",
        ));
    }
    let favours = match m.options.texts("favours")?.as_slice() {
        [] => None,
        [left, right] => Some((left.clone(), right.clone())),
        _ => {
            return Err(Failure::said(
                "`favours` takes two names, such as (\"vaccine\", \"control\")",
            ));
        }
    };
    let show = m.options.text("show")?;
    let columns = show.map(|list| Column::parse(&list, &input)).transpose()?;
    let (left, right) = columns.map_or((None, None), |(l, r)| (Some(l), Some(r)));
    let options = Options {
        style: m.look.style,
        width: m.look.width,
        scale: m.look.scale,
        spread: m.options.word("axis", SPREADS)?,
        limits,
        left,
        right,
        prediction: m.options.word("prediction_mark", MARKS)?.unwrap_or_default(),
        favours,
        title: m.options.text("title")?.map(Rich::from),
        ..Options::default()
    };
    Ok((forest(&input, &options, m.fonts)?, input.csv()))
}

/// Columns of judgements beside the studies.
fn judge(m: &Material<'_>, input: &mut Forest) -> Result<(), Failure> {
    let names = m.options.words("rob")?;
    let tool = m.options.word("rob_tool", TOOLS)?;
    let others = ["cumulative", "leave_one_out", "models"];
    if names.is_empty() {
        return match tool {
            None => Ok(()),
            Some(_) => Err(Failure::with_help(
                "`rob_tool` is the tool of judgements, and no columns hold any",
                "name them in `rob`, as in \"d1,d2,overall\"",
            )),
        };
    }
    if let Some(other) = others.into_iter().find(|name| m.options.has(name)) {
        return Err(Failure::with_help(
            format!("`rob` is of single studies, and `{other}` draws none"),
            "leave out one of the two",
        ));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    input.judge(&names, tool.unwrap_or_default()).map_err(|JudgementProblem { message, help }| {
        Failure::with_help(message, help.replace("--rob-tool", "`rob_tool`"))
    })
}

/// What the rows of the plot are.
fn content(m: &Material<'_>) -> Result<Forest, Failure> {
    let by = m.options.texts("by")?;
    let ways = ["by", "cumulative", "leave_one_out", "models"];
    let given: Vec<&str> = ways.into_iter().filter(|name| m.options.has(name)).collect();
    if let [one, other, ..] = given.as_slice() {
        return Err(Failure::with_help(
            format!("`{one}` and `{other}` are two kinds of forest plot"),
            "leave out one of the two",
        ));
    }
    let (studies, settings) = (m.studies, m.settings);
    if m.options.flag("models")? {
        return Ok(Forest::models(&analysis::pooled(studies, settings, true)?));
    }
    if let Some(order) = m.options.text("cumulative")? {
        let whole = pool(studies, settings)?;
        return Ok(Forest::cumulative(&whole, &cumulative(studies, settings, &ordered(&order))?));
    }
    if let Some(unit) = m.options.word("leave_one_out", UNITS)? {
        let whole = pool(studies, settings)?;
        return Ok(Forest::leave_one_out(&whole, &leave_one_out(studies, settings, unit)?));
    }
    if by.is_empty() {
        return Ok(Forest::from(&pool(studies, settings)?));
    }
    let by: Vec<&str> = by.iter().map(String::as_str).collect();
    let grouping = Grouping {
        order: m.order()?,
        tau2_common: m.options.flag("tau2_common")?,
        ..Grouping::default()
    };
    Ok(Forest::from(&subgroups_by(studies, &by, &grouping, settings)?))
}

/// The order in which studies come in.
fn ordered(name: &str) -> Order {
    match name.trim().to_ascii_lowercase().as_str() {
        "data" => Order::Data,
        "name" => Order::Name,
        "size" => Order::Size,
        _ => Order::Column(name.trim().to_owned()),
    }
}
