//! The table of the studies: every column of the data, to be sorted and searched.

use std::fmt::Write as _;

use super::{
    super::{
        number::{UNDEFINED, Values, fixed},
        pool::{limits, outcome_heads},
    },
    document::{Writer, open_table, study_attribute},
    text::escape,
};
use crate::{
    model::{Fit, StudyRow},
    report::document::Cell,
    study::Column,
};

/// Columns of the data whose cells are no longer stand beside the results; the others wait until the
/// reader asks for them.
const SHORT: usize = 16;
/// No more of them than this.
const FEW: usize = 2;
/// Studies shown at most: a browser sorts no more at the speed of a finger.
const MOST: usize = 2000;

/// A column: its head, whether it holds numbers, and whether it waits.
struct Head {
    text: String,
    number: bool,
    extra: bool,
}

/// Writes the table, and what it leaves out.
pub(super) fn table(writer: &mut Writer<'_>, fit: &Fit, values: Values) -> String {
    let heads = heads(fit, values);
    let waiting = heads.iter().filter(|head| head.extra).count();
    let mut out = String::new();
    let _ = write!(
        out,
        "<div class=\"tools\" hidden><label for=\"search\">Search the studies</label> <input id=\"search\" type=\"search\" autocomplete=\"off\" aria-controls=\"studies-table\"> <output id=\"found\" for=\"search\"></output>"
    );
    if waiting > 0 {
        let _ = write!(
            out,
            " <button type=\"button\" id=\"columns\" aria-pressed=\"false\">All columns ({waiting} more)</button>"
        );
    }
    out.push_str("</div>\n");
    let number = writer.number();
    let attributes = " id=\"studies-table\" class=\"sortable\"";
    open_table(&mut out, number, "The studies, with every column of the data", attributes);
    out.push_str("<thead>\n<tr>");
    for head in &heads {
        let class = match (head.number, head.extra) {
            (true, true) => " class=\"num extra\"",
            (true, false) => " class=\"num\"",
            (false, true) => " class=\"extra\"",
            (false, false) => "",
        };
        let _ = write!(out, "<th scope=\"col\"{class}>{}</th>", escape(&head.text));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    let further = self::waiting(fit);
    for (place, study) in fit.studies.iter().take(MOST).enumerate() {
        row(&mut out, fit, values, (place, &study), &further);
    }
    out.push_str("</tbody>\n</table></div>\n");
    if fit.k > MOST {
        let _ = writeln!(
            out,
            "<p class=\"model\">The first {MOST} of {} studies; the CSV file has all of them.</p>",
            fit.k
        );
    }
    out
}

fn heads(fit: &Fit, values: Values) -> Vec<Head> {
    let head = |text: &str| Head { text: text.to_owned(), number: true, extra: false };
    let level = fit.settings.level.percent();
    let studies = fit.studies.studies();
    let mut heads = vec![Head { number: false, ..head("Study") }];
    heads.extend(outcome_heads(studies.outcomes().kind()).map(head));
    heads.push(head(values.heading()));
    heads.push(head(&format!("{level} % CI")));
    heads.push(head("Weight %"));
    heads.extend(studies.moderators().iter().zip(waiting(fit)).map(|(moderator, extra)| Head {
        text: capital(&moderator.name.replace('_', " ")),
        number: matches!(moderator.column, Column::Number(_)),
        extra,
    }));
    heads
}

/// With a capital letter, as heads begin.
fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether each further column of the data waits.
fn waiting(fit: &Fit) -> Vec<bool> {
    let mut shown = 0;
    let moderators = fit.studies.studies().moderators().iter();
    moderators
        .map(|moderator| {
            let longest = match &moderator.column {
                Column::Number(_) => 0,
                Column::Text(cells) => {
                    let lengths = cells.iter().flatten().map(|cell| cell.chars().count());
                    lengths.max().unwrap_or(0)
                }
            };
            let extra = longest > SHORT || shown >= FEW;
            shown += usize::from(!extra);
            extra
        })
        .collect()
}

fn row(
    out: &mut String,
    fit: &Fit,
    values: Values,
    (place, study): (usize, &StudyRow<'_>),
    waiting: &[bool],
) {
    let outcomes = fit.studies.studies().outcomes();
    let weight = if fit.random.is_some() { study.weight_random } else { study.weight_common };
    let (attribute, name) = (study_attribute(study.study), escape(study.study));
    let _ = write!(out, "<tr{attribute}><th scope=\"row\">{name}</th>");
    if let Some((events, total)) = study.events.zip(study.total) {
        number(out, Some(total as f64), &format!("{events}/{total}"), false);
    }
    for cell in outcomes.cells(place) {
        number(out, None, &cell, false);
    }
    number(out, Some(study.estimate), &values.show(study.estimate), false);
    let interval = match limits(values, Some(study.ci_lower), Some(study.ci_upper)) {
        Cell::Interval { lower, upper } => format!("[{lower}, {upper}]"),
        Cell::Text(text) => text,
        Cell::Empty => String::new(),
    };
    number(out, Some(study.ci_lower), &interval, false);
    let text = weight.map_or_else(|| UNDEFINED.to_owned(), |weight| fixed(weight, 1));
    number(out, weight, &text, false);
    for (moderator, &extra) in fit.studies.studies().moderators().iter().zip(waiting) {
        match &moderator.column {
            Column::Number(cells) => {
                let value = cells.get(place).copied().flatten();
                let text = value.map_or_else(String::new, |value| value.to_string());
                number(out, value, &text, extra);
            }
            Column::Text(cells) => {
                let text = cells.get(place).and_then(Option::as_deref).unwrap_or_default();
                let class = if extra { " class=\"extra\"" } else { "" };
                let _ = write!(out, "<td{class}>{}</td>", escape(text));
            }
        }
    }
    out.push_str("</tr>\n");
}

/// A cell with a number, and the value to sort it by.
fn number(out: &mut String, value: Option<f64>, text: &str, extra: bool) {
    let class = if extra { "num extra" } else { "num" };
    let sort = value.map_or_else(String::new, |value| format!(" data-sort=\"{value}\""));
    let _ = write!(out, "<td class=\"{class}\"{sort}>{}</td>", escape(text));
}
