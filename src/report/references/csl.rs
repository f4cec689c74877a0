//! References as CSL-JSON, which Zotero, pandoc and Quarto read.

use serde_json::{Map, Value, json};

use super::{Name, Reference, Work};

/// A CSL-JSON file of `works`, in their order.
///
/// ```
/// use resorb::report::references;
/// let file = references::csl_json(&references::all());
/// assert!(file.contains("\"id\": \"dersimonian1986\""));
/// ```
#[must_use]
pub fn csl_json(works: &[&Reference]) -> String {
    format!("{:#}\n", items(works))
}

/// The same as a value.
pub(in crate::report) fn items(works: &[&Reference]) -> Value {
    Value::Array(works.iter().map(|work| Value::Object(item(work))).collect())
}

fn item(work: &Reference) -> Map<String, Value> {
    let mut item = Map::new();
    let mut put = |key: &str, value: Value| item.insert(key.to_owned(), value);
    put("id", work.key.into());
    put("title", work.title.into());
    put("author", people(work.authors));
    put("issued", json!({ "date-parts": [[work.year]] }));
    if let Some(doi) = work.doi {
        put("DOI", doi.into());
    }
    let kind = match work.work {
        Work::Article { journal, volume, pages } => {
            put("container-title", journal.into());
            put("volume", volume.into());
            put("page", range(pages));
            "article-journal"
        }
        Work::Book { publisher } => {
            put("publisher", publisher.into());
            "book"
        }
        Work::Chapter { book, editors, publisher, pages } => {
            put("container-title", book.into());
            put("editor", people(editors));
            put("publisher", publisher.into());
            put("page", range(pages));
            "chapter"
        }
        Work::Talk { event } => {
            put("event-title", event.into());
            "speech"
        }
    };
    put("type", kind.into());
    item
}

fn people(authors: &[&'static str]) -> Value {
    let person = |author: &&'static str| match Name::of(author) {
        Name { family, initials: "" } => json!({ "literal": family }),
        name => json!({ "family": name.family, "given": name.dotted() }),
    };
    authors.iter().map(person).collect()
}

fn range(pages: &str) -> Value {
    pages.replace('–', "-").into()
}
