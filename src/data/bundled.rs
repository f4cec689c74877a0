//! The data sets that come with the crate; `datasets/README.md` has the meaning of every column.

/// A data set that is compiled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dataset {
    /// The name by which it is asked for.
    pub name: &'static str,
    /// What its rows are.
    pub rows: Rows,
    /// What it is, in a few words.
    pub title: &'static str,
    /// The file.
    pub csv: &'static str,
    /// What a row is and what can be done with it.
    pub description: &'static str,
    /// What a report on it must say.
    pub cautions: &'static [&'static str],
}

impl Dataset {
    /// The line of column names; the comments before it are not part of the table.
    #[must_use]
    pub fn header(&self) -> &'static str {
        self.csv.lines().find(|line| !line.starts_with('#')).unwrap_or_default()
    }
}

/// What the rows of a data set are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Primary studies.
    Studies,
    /// Results of reviews, which share studies: never to be pooled.
    Reviews,
    /// No studies at all, drawn to agree with a review's summary: every result says so.
    Simulated,
}

/// Every data set, in the order in which they are listed.
pub const ALL: &[Dataset] = &[
    Dataset {
        name: "ldh_resorption",
        rows: Rows::Studies,
        title: "Resorption of lumbar disc herniations without surgery, by study",
        csv: include_str!("../../datasets/ldh_resorption.csv"),
        description: "20 primary studies, one row each: herniations that shrank or vanished among \
            those imaged again. The column include marks the 15 studies that belong in a pooled \
            rate, 926 of 1,322.",
        cautions: &[DEFINITIONS, SELECTED, INFERRED, OVERLAPPING],
    },
    Dataset {
        name: "ldh_resorption_by_type",
        rows: Rows::Studies,
        title: "The same by type of herniation",
        csv: include_str!("../../datasets/ldh_resorption_by_type.csv"),
        description: "13 rows of 8 studies: bulge, protrusion, extrusion, sequestration. Three \
            studies have several rows, so that rows are not independent.",
        cautions: &[
            "Bush 1992, Komori 1996 and Ahn 2000 stand in several groups: comparisons of groups must \
             allow for it.",
            "The count of bulges in Bush 1992 is an upper bound.",
            DEFINITIONS,
            SELECTED,
        ],
    },
    Dataset {
        name: "ldh_predictors",
        rows: Rows::Studies,
        title: "What resorbed herniations had in common: 2×2 tables",
        csv: include_str!("../../datasets/ldh_predictors.csv"),
        description: "6 comparisons of 5 studies: resorption with and without a predictor (uncontained \
            herniation, migration, high T2 signal, rim enhancement).",
        cautions: &[
            "Komori 1996 stands under two predictors: never pool across predictors.",
            "Most predictors rest on one study.",
            INFERRED,
        ],
    },
    Dataset {
        name: "published_claims",
        rows: Rows::Reviews,
        title: "The pooled rates that reviews print",
        csv: include_str!("../../datasets/published_claims.csv"),
        description: "14 rates of 5 reviews, overall and by type of herniation, as printed: for \
            comparison, not for pooling.",
        cautions: &[
            "Reviews overlap in their primary studies: never pool them, neither with one another nor \
             with primary studies.",
            "Methods differ: some rates are crude sums, some come from random-effects models, and for some \
             the abstract does not say.",
        ],
    },
    Dataset {
        name: "xie2024_stand_in",
        rows: Rows::Simulated,
        title: "Simulated studies that agree with the summary of Xie 2024",
        csv: include_str!("../../datasets/xie2024_stand_in.csv"),
        description: "34 rows, 1,684 of 2,199 patients, rates from 20 % to 96.2 %, a type of herniation \
            each. Simulated data: a stand-in until the review's own table of studies is typed in.",
        cautions: &[
            "Simulated data, not real studies: never mix them with real ones, and cite nothing from them.",
            "Only the sums and the range are those of the review; how the rates differ was made up.",
        ],
    },
];

const DEFINITIONS: &str = "Definitions of resorption differ (any shrinkage, at least 25, 30 or 50 %, \
    complete): in Lee 2017 alone it is 486 of 505 by one and 220 of 505 by another.";
const SELECTED: &str = "Series are selected: some have one type of herniation or ruptured discs only, \
    and who is imaged again is itself a selection.";
const INFERRED: &str =
    "Some counts are inferred from printed percentages; the column derivation says which.";
const OVERLAPPING: &str = "Yu 2014, Suzhou 2022 and Gadolinium cohort 2025 may share patients of one \
    hospital, Kwon 2009 and Lee 2017 of one hospital group: leave one of each out to see what it does.";

/// The data set of that name.
///
/// ```
/// use resorb::data::{self, Mapping, bundled};
/// let lumbar = bundled::find("ldh_resorption").ok_or("not bundled")?;
/// let table = data::read(lumbar.csv.as_bytes(), &Mapping::default())?;
/// assert_eq!((table.used, table.rows), (15, 20));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn find(name: &str) -> Option<&'static Dataset> {
    ALL.iter().find(|dataset| dataset.name == name)
}
