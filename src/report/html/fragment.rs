//! One result as a piece of HTML, for a page that somebody else writes, such as a notebook.

use super::{super::document::Document, document::Writer};

/// The little that its tables need; everything else looks as the page around it does.
const STYLE: &str = "<style>
.resorb table { font-variant-numeric: tabular-nums; }
.resorb caption { text-align: left; font-weight: bold; }
.resorb tbody th { font-weight: normal; }
.resorb th, .resorb td { text-align: left; }
.resorb .num { text-align: right; white-space: nowrap; }
.resorb .lead th, .resorb .lead td { font-weight: bold; }
.resorb .in-1 { padding-left: 1.5em; }
.resorb .in-2 { padding-left: 2.5em; }
.resorb .in-3 { padding-left: 3.5em; }
.resorb .facts div { display: flex; gap: 1em; }
.resorb .facts dt { min-width: 14em; font-weight: normal; }
.resorb .facts dd { margin: 0; }
</style>
";

/// A document as a `<div>` with its tables, which take the look of the page around them. All texts are
/// escaped; there is no script.
///
/// ```
/// use resorb::{
///     analysis::pooled,
///     model::Settings,
///     report::{self, InputInfo, Style},
///     study::Studies,
/// };
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Ahn", 25, 36)])?;
/// let answer = pooled(&studies, &Settings::default(), false)?;
/// let document = report::document(&answer, &InputInfo::default(), &Style::default());
/// assert!(report::fragment(&document).contains("<th scope=\"row\">Komori</th>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn fragment(document: &Document) -> String {
    format!("<div class=\"resorb\">\n{STYLE}{}</div>\n", Writer::alone().document(document, ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::{Align, Block, Cell, Column, Group, Label, Row, Table};

    #[test]
    fn a_fragment_leads_nowhere_and_needs_no_page() {
        let column = |label, align| Column { label, align };
        let row = Row {
            label: Label::Data("<img src=x>".to_owned()),
            indent: 1,
            cells: vec![Cell::Text("50.0".to_owned())],
            headline: true,
        };
        let table = Table {
            heading: None,
            columns: vec![
                column(Label::plain("Study"), Align::Left),
                column(Label::term("I²", "i2"), Align::Right),
            ],
            groups: vec![Group { rows: vec![row], after: None }],
        };
        let document =
            Document { title: vec!["a < b".to_owned()], blocks: vec![Block::Table(table)] };
        let html = fragment(&document);
        let (_, body) = html.split_once("</style>\n").unwrap();
        assert_eq!(
            body,
            "<p class=\"model\">a &lt; b</p>\n<table>\n<thead>\n<tr><th scope=\"col\">Study</th>\
             <th scope=\"col\" class=\"num\">I²</th></tr>\n</thead>\n<tbody>\n<tr class=\"lead\">\
             <th scope=\"row\" class=\"in-1\">&lt;img src=x&gt;</th><td class=\"num\">50.0</td></tr>\n\
             </tbody>\n</table>\n</div>\n"
        );
    }
}
