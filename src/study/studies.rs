//! The table after validation: labels, outcomes and moderators, column by column.

use std::sync::Arc;

use super::{Counts, Moderator, Outcomes, PersonTime, TwoGroups};

/// A study's effect on some analysis scale with its sampling variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    yi: f64,
    vi: f64,
}

impl Effect {
    /// Checks and keeps an effect.
    ///
    /// # Errors
    /// [`StudyError::EffectNotFinite`] unless `yi` is finite and `vi` finite and above 0.
    pub fn new(yi: f64, vi: f64) -> Result<Self, StudyError> {
        if yi.is_finite() && vi.is_finite() && vi > 0.0 {
            Ok(Self { yi, vi })
        } else {
            Err(StudyError::EffectNotFinite { yi, vi })
        }
    }

    /// The effect.
    #[must_use]
    pub const fn yi(self) -> f64 {
        self.yi
    }

    /// Its sampling variance.
    #[must_use]
    pub const fn vi(self) -> f64 {
        self.vi
    }
}

/// Studies that passed every check: at least one, all of one outcome kind.
///
/// ```
/// use resorb::study::Studies;
/// let studies = Studies::from_counts([("Bush 1992", 64, 84), ("Komori 1996", 35, 77)])?;
/// assert_eq!(studies.k(), 2);
/// # Ok::<(), resorb::study::StudyError>(())
/// ```
///
/// A clone shares the columns: results carry their studies without copying a million labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Studies {
    columns: Arc<Columns>,
}

#[derive(Debug, PartialEq)]
struct Columns {
    labels: Vec<String>,
    rows: Vec<u64>,
    outcomes: Outcomes,
    moderators: Vec<Moderator>,
}

impl Studies {
    /// Puts checked columns together; `rows` are the file's line numbers (the header is line 1).
    ///
    /// # Errors
    /// [`StudyError::Empty`] without a study, [`StudyError::Lengths`] when the columns differ.
    pub fn new(
        labels: Vec<String>,
        rows: Vec<u64>,
        outcomes: Outcomes,
        moderators: Vec<Moderator>,
    ) -> Result<Self, StudyError> {
        let k = outcomes.len();
        if k == 0 {
            return Err(StudyError::Empty);
        }
        let lengths = [labels.len(), rows.len()].into_iter();
        for found in lengths.chain(moderators.iter().map(|m| m.column.len())) {
            if found != k {
                return Err(StudyError::Lengths { expected: k, found });
            }
        }
        Ok(Self { columns: Arc::new(Columns { labels, rows, outcomes, moderators }) })
    }

    /// Studies from `(label, events, total)`, numbered as the lines of a file with a header.
    ///
    /// # Errors
    /// Those of [`Counts::new`] and [`Studies::new`].
    pub fn from_counts<L: Into<String>>(
        studies: impl IntoIterator<Item = (L, u64, u64)>,
    ) -> Result<Self, StudyError> {
        let mut labels = Vec::new();
        let mut counts = Vec::new();
        for (label, events, total) in studies {
            labels.push(label.into());
            counts.push(Counts::new(events, total)?);
        }
        let rows = (2..).take(labels.len()).collect();
        Self::new(labels, rows, Outcomes::Proportions(counts), Vec::new())
    }

    /// Studies from 2×2 tables, `(label, events1, total1, events2, total2)`.
    ///
    /// # Errors
    /// Those of [`Counts::new`] and [`Studies::new`].
    pub fn from_two_counts<L: Into<String>>(
        studies: impl IntoIterator<Item = (L, u64, u64, u64, u64)>,
    ) -> Result<Self, StudyError> {
        let mut labels = Vec::new();
        let mut tables = Vec::new();
        for (label, events1, total1, events2, total2) in studies {
            labels.push(label.into());
            let first = Counts::new(events1, total1)?;
            tables.push(TwoGroups { first, second: Counts::new(events2, total2)? });
        }
        let rows = (2..).take(labels.len()).collect();
        Self::new(labels, rows, Outcomes::TwoProportions(tables), Vec::new())
    }

    /// Studies from `(label, yi, vi)`.
    ///
    /// # Errors
    /// Those of [`Effect::new`] and [`Studies::new`].
    pub fn from_effects<L: Into<String>>(
        studies: impl IntoIterator<Item = (L, f64, f64)>,
    ) -> Result<Self, StudyError> {
        let mut labels = Vec::new();
        let mut effects = Vec::new();
        for (label, yi, vi) in studies {
            labels.push(label.into());
            effects.push(Effect::new(yi, vi)?);
        }
        let rows = (2..).take(labels.len()).collect();
        Self::new(labels, rows, Outcomes::Generic(effects), Vec::new())
    }

    /// The number of studies.
    #[must_use]
    pub fn k(&self) -> usize {
        self.columns.labels.len()
    }

    /// The studies' names.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.columns.labels
    }

    /// The line of the file each study stands on.
    #[must_use]
    pub fn rows(&self) -> &[u64] {
        &self.columns.rows
    }

    /// What they report.
    #[must_use]
    pub fn outcomes(&self) -> &Outcomes {
        &self.columns.outcomes
    }

    /// The counts, where the outcome is single proportions.
    #[must_use]
    pub fn counts(&self) -> Option<&[Counts]> {
        match &self.columns.outcomes {
            Outcomes::Proportions(counts) => Some(counts),
            _ => None,
        }
    }

    /// The 2×2 tables, where the outcome is events of a total in two groups.
    #[must_use]
    pub fn two_counts(&self) -> Option<&[TwoGroups<Counts>]> {
        match &self.columns.outcomes {
            Outcomes::TwoProportions(tables) => Some(tables),
            _ => None,
        }
    }

    /// The two person-times, where the outcome is events over person-time in two groups.
    #[must_use]
    pub fn two_rates(&self) -> Option<&[TwoGroups<PersonTime>]> {
        match &self.columns.outcomes {
            Outcomes::TwoRates(rates) => Some(rates),
            _ => None,
        }
    }

    /// All moderator columns, in the order of the file.
    #[must_use]
    pub fn moderators(&self) -> &[Moderator] {
        &self.columns.moderators
    }

    /// The moderator column called `name`.
    #[must_use]
    pub fn moderator(&self, name: &str) -> Option<&Moderator> {
        self.columns.moderators.iter().find(|moderator| moderator.name == name)
    }

    /// The moderator column called `name`, or the only one that differs from it in upper and lower case.
    #[must_use]
    pub fn moderator_in_any_case(&self, name: &str) -> Option<&Moderator> {
        let folded = name.to_lowercase();
        let mut alike = self.moderators().iter().filter(|m| m.name.to_lowercase() == folded);
        self.moderator(name).or_else(|| alike.next().filter(|_| alike.next().is_none()))
    }

    /// The studies at which `mask` is true.
    ///
    /// # Errors
    /// [`StudyError::Empty`] when none is left, [`StudyError::Lengths`] for a mask of another length.
    pub fn subset(&self, mask: &[bool]) -> Result<Self, StudyError> {
        fn kept<T: Clone>(values: &[T], mask: &[bool]) -> Vec<T> {
            values.iter().zip(mask).filter(|(_, keep)| **keep).map(|(v, _)| v.clone()).collect()
        }
        if mask.len() != self.k() {
            return Err(StudyError::Lengths { expected: self.k(), found: mask.len() });
        }
        let places: Vec<usize> = (0..self.k()).filter(|&i| mask.get(i) == Some(&true)).collect();
        let outcomes = self.columns.outcomes.at(&places);
        let moderators = self
            .moderators()
            .iter()
            .map(|m| Moderator { name: m.name.clone(), column: m.column.keep(mask) })
            .collect();
        Self::new(
            kept(&self.columns.labels, mask),
            kept(&self.columns.rows, mask),
            outcomes,
            moderators,
        )
    }
}

/// Why a study or a table of studies cannot exist.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum StudyError {
    /// A total of 0.
    #[error("total is 0: a study without patients has no rate; leave the row out")]
    NoPatients,
    /// More events than patients.
    #[error(
        "{events} events of a total of {total}: events cannot exceed the total; check whether the columns are swapped"
    )]
    MoreEventsThanTotal {
        /// The events given.
        events: u64,
        /// The total given.
        total: u64,
    },
    /// A total beyond exact whole numbers.
    #[error("total {total} is above 2^53, where whole numbers stop being exact; check the column")]
    TotalTooLarge {
        /// The total given.
        total: u64,
    },
    /// A time at risk that is not a positive number.
    #[error("a time at risk of {time}: it must be a finite number above 0; check the column")]
    TimeNotPositive {
        /// The time given.
        time: f64,
    },
    /// A mean that is not a finite number.
    #[error("a mean of {mean}: it must be a finite number; check the column")]
    MeanNotFinite {
        /// The mean given.
        mean: f64,
    },
    /// A standard deviation that is not a positive number.
    #[error(
        "a standard deviation of {sd}: it must be a finite number above 0; check whether the column holds standard deviations"
    )]
    SdNotPositive {
        /// The standard deviation given.
        sd: f64,
    },
    /// A standard deviation of fewer than two patients.
    #[error(
        "n of {n}: a standard deviation needs at least two patients; check the column or leave the row out"
    )]
    TooFewForSd {
        /// The number given.
        n: u64,
    },
    /// A correlation outside −1 and 1.
    #[error(
        "a correlation of {r}: it must lie between -1 and 1, both excluded; check whether the column holds percent or Fisher's z"
    )]
    NoCorrelation {
        /// The correlation given.
        r: f64,
    },
    /// A correlation of fewer than four pairs.
    #[error(
        "a correlation of {n} pairs: with fewer than four it has no sampling variance, 1/(n - 3); leave the row out"
    )]
    TooFewPairs {
        /// The number given.
        n: u64,
    },
    /// An effect or a variance that is not a usable number.
    #[error("yi = {yi}, vi = {vi}: yi must be finite and vi finite and above 0")]
    EffectNotFinite {
        /// The effect given.
        yi: f64,
        /// The variance given.
        vi: f64,
    },
    /// No study at all.
    #[error("no study is left to analyse; loosen the filter or check the file")]
    Empty,
    /// Columns of different lengths.
    #[error("a column has {found} values for {expected} studies; give one value a study")]
    Lengths {
        /// The number of studies.
        expected: usize,
        /// The length of the column.
        found: usize,
    },
}
