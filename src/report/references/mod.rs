//! The works that methods paragraphs cite, as one table, and its export as BibTeX and CSL-JSON.

mod bibtex;
mod csl;
pub(super) mod effects;
pub(super) mod intervals;
mod name;
pub(super) mod one_step;
pub(super) mod questions;
pub(super) mod random;

pub use bibtex::bibtex;
pub use csl::csl_json;
pub(super) use csl::items;
use name::Name;

use std::fmt::Write;

/// A published work.
#[derive(Debug, PartialEq, Eq)]
pub struct Reference {
    /// Its key in a bibliography: `dersimonian1986`.
    pub key: &'static str,
    /// All authors, family name first, then initials: `DerSimonian R`.
    pub authors: &'static [&'static str],
    /// The year of publication.
    pub year: u16,
    /// The title.
    pub title: &'static str,
    /// Where it appeared.
    pub work: Work,
    /// The digital object identifier, where it has one that is known for certain.
    pub doi: Option<&'static str>,
}

/// Where a work appeared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// An article of a journal.
    Article {
        /// The journal.
        journal: &'static str,
        /// Its volume.
        volume: &'static str,
        /// The pages, or the number of the article.
        pages: &'static str,
    },
    /// A book.
    Book {
        /// Who published it.
        publisher: &'static str,
    },
    /// A chapter of a book.
    Chapter {
        /// The book's title.
        book: &'static str,
        /// Its editors, as authors are named.
        editors: &'static [&'static str],
        /// Who published it.
        publisher: &'static str,
        /// The chapter's pages.
        pages: &'static str,
    },
    /// A talk.
    Talk {
        /// Where it was given.
        event: &'static str,
    },
}

const fn article(journal: &'static str, volume: &'static str, pages: &'static str) -> Work {
    Work::Article { journal, volume, pages }
}

const fn book(publisher: &'static str) -> Work {
    Work::Book { publisher }
}

/// The DOI, where one is given.
const fn doi(doi: &'static str) -> Option<&'static str> {
    if doi.is_empty() { None } else { Some(doi) }
}

/// Works by name, and the list of them.
macro_rules! works {
    ($($name:ident = $key:literal by $authors:expr, $year:literal :
        $title:literal, $work:expr, $doi:literal;)+) => {
        $(pub(in crate::report) const $name: Reference = Reference {
            key: $key,
            authors: &$authors,
            year: $year,
            title: $title,
            work: $work,
            doi: doi($doi),
        };)+
        /// All of this subject.
        pub(super) static ALL: &[&Reference] = &[$(&$name),+];
    };
}
use works;

/// Every work that is ever cited, sorted by its key.
///
/// ```
/// use resorb::report::references;
/// let works = references::all();
/// assert!(works.iter().any(|work| work.key == "dersimonian1986"));
/// ```
#[must_use]
pub fn all() -> Vec<&'static Reference> {
    let subjects = [effects::ALL, random::ALL, intervals::ALL, one_step::ALL, questions::ALL];
    let mut works = subjects.concat();
    works.sort_unstable_by_key(|work| work.key);
    works
}

impl Reference {
    /// As a text cites it: `DerSimonian and Laird 1986`, `Yusuf et al. 1985`.
    #[must_use]
    pub fn label(&self) -> String {
        // Works of the same authors and year are told apart by a letter, which the key ends with.
        let letter = self.key.trim_start_matches(|c: char| !c.is_ascii_digit());
        let letter = letter.trim_start_matches(|c: char| c.is_ascii_digit());
        let year = format!("{}{letter}", self.year);
        let family = |author: &&'static str| Name::of(author).family;
        match self.authors {
            [] => year,
            [one] => format!("{} {year}", family(one)),
            [one, two] => format!("{} and {} {year}", family(one), family(two)),
            [first, ..] => format!("{} et al. {year}", family(first)),
        }
    }

    /// As a list of references has it: authors, title, place, year, pages, DOI.
    #[must_use]
    pub fn listed(&self) -> String {
        let Self { authors, year, title, work, .. } = self;
        let stop = if title.ends_with(['?', '.', '!']) { "" } else { "." };
        let mut text = format!("{}. {title}{stop} ", authors.join(", "));
        // Writing to a String cannot fail.
        let _ = match work {
            Work::Article { journal, volume, pages } => {
                write!(text, "{journal} {year}; {volume}: {pages}.")
            }
            Work::Book { publisher } => write!(text, "{publisher}, {year}."),
            Work::Chapter { book, editors, publisher, pages } => {
                write!(
                    text,
                    "In: {} (eds). {book}. {publisher}, {year}: {pages}.",
                    editors.join(", ")
                )
            }
            Work::Talk { event } => write!(text, "{event}, {year}."),
        };
        if let Some(doi) = self.doi {
            let _ = write!(text, " doi:{doi}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn keys_and_labels_tell_works_apart() {
        let works = all();
        let keys: HashSet<&str> = works.iter().map(|work| work.key).collect();
        let labels: HashSet<String> = works.iter().map(|work| work.label()).collect();
        assert_eq!((keys.len(), labels.len()), (works.len(), works.len()));
        for work in works {
            let family = Name::of(work.authors.first().unwrap()).family.to_lowercase();
            let start: String = family.chars().filter(char::is_ascii_lowercase).take(4).collect();
            let plain: String = work.key.chars().filter(char::is_ascii).collect();
            assert!(plain.starts_with(&start) || !family.is_ascii(), "{}", work.key);
            assert!(work.key.contains(&work.year.to_string()), "{}", work.key);
        }
    }

    #[test]
    fn a_doi_is_one() {
        for work in all() {
            if let Some(doi) = work.doi {
                let (prefix, suffix) = doi.split_once('/').unwrap();
                assert!(prefix.starts_with("10.") && !suffix.is_empty(), "{doi}");
                assert!(!doi.contains(char::is_whitespace), "{doi}");
            }
        }
    }

    #[test]
    fn works_are_listed_as_journals_do() {
        assert_eq!(
            random::DERSIMONIAN_1986.listed(),
            "DerSimonian R, Laird N. Meta-analysis in clinical trials. Controlled Clinical Trials \
             1986; 7: 177–188. doi:10.1016/0197-2456(86)90046-2"
        );
        assert_eq!(
            effects::SCHWARZER_2022.listed(),
            "Schwarzer G, Rücker G. Meta-analysis of proportions. In: Evangelou E, Veroniki AA \
             (eds). Meta-Research: Methods and Protocols. Humana, 2022: 159–172. \
             doi:10.1007/978-1-0716-1566-9_10"
        );
        assert_eq!(one_step::YUSUF_1985.label(), "Yusuf et al. 1985");
        assert_eq!(intervals::NEWCOMBE_1998A.label(), "Newcombe 1998a");
    }
}
