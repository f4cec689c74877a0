//! References as BibTeX, in UTF-8.

use std::fmt::Write;

use super::{Name, Reference, Work};

/// A BibTeX file of `works`, in their order.
///
/// ```
/// use resorb::report::references;
/// let file = references::bibtex(&references::all());
/// assert!(file.contains("@article{dersimonian1986,"));
/// ```
#[must_use]
pub fn bibtex(works: &[&Reference]) -> String {
    works.iter().map(|work| entry(work)).collect::<Vec<_>>().join("\n")
}

fn entry(work: &Reference) -> String {
    let year = work.year.to_string();
    let mut fields = vec![
        ("author", people(work.authors)),
        // Braces keep the capitals of names.
        ("title", format!("{{{}}}", escaped(work.title))),
    ];
    let kind = match work.work {
        Work::Article { journal, volume, pages } => {
            fields.push(("journal", escaped(journal)));
            fields.push(("year", year));
            fields.push(("volume", escaped(volume)));
            fields.push(("pages", range(pages)));
            "article"
        }
        Work::Book { publisher } => {
            fields.push(("publisher", escaped(publisher)));
            fields.push(("year", year));
            "book"
        }
        Work::Chapter { book, editors, publisher, pages } => {
            fields.push(("booktitle", format!("{{{}}}", escaped(book))));
            fields.push(("editor", people(editors)));
            fields.push(("publisher", escaped(publisher)));
            fields.push(("year", year));
            fields.push(("pages", range(pages)));
            "incollection"
        }
        Work::Talk { event } => {
            fields.push(("howpublished", escaped(event)));
            fields.push(("year", year));
            "misc"
        }
    };
    if let Some(doi) = work.doi {
        // The package doi or hyperref prints it verbatim: nothing in it is escaped.
        fields.push(("doi", doi.to_owned()));
    }
    let mut text = format!("@{kind}{{{},\n", work.key);
    for (name, value) in fields {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {name} = {{{value}}},");
    }
    text.push_str("}\n");
    text
}

/// `DerSimonian, R. and Laird, N.`
fn people(authors: &[&'static str]) -> String {
    let person = |author: &&'static str| match Name::of(author) {
        Name { family, initials: "" } => format!("{{{}}}", escaped(family)),
        name => format!("{}, {}", escaped(name.family), name.dotted()),
    };
    authors.iter().map(person).collect::<Vec<_>>().join(" and ")
}

/// `177--188`.
fn range(pages: &str) -> String {
    escaped(pages).replace('–', "--")
}

/// What LaTeX would read as a command, as text.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '²' => escaped.push_str("$^2$"),
            _ => escaped.push(c),
        }
    }
    escaped
}
