//! What studies report: one kind of outcome for all of them, and its columns.

use serde::{Deserialize, Serialize};

use super::{Correlation, Counts, Effect, MeanSd, PersonTime, TwoGroups};

/// What the studies report: one kind for all of them, so that kinds cannot be mixed.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcomes {
    /// Events of a total, one group a study.
    Proportions(Vec<Counts>),
    /// Events over person-time, one group a study.
    Rates(Vec<PersonTime>),
    /// Means with standard deviations, one group a study.
    Means(Vec<MeanSd>),
    /// Correlations of pairs.
    Correlations(Vec<Correlation>),
    /// Events of a total in two groups: a 2×2 table a study.
    TwoProportions(Vec<TwoGroups<Counts>>),
    /// Events over person-time in two groups.
    TwoRates(Vec<TwoGroups<PersonTime>>),
    /// Means with standard deviations in two groups.
    TwoMeans(Vec<TwoGroups<MeanSd>>),
    /// Effects computed elsewhere, with their variances.
    Generic(Vec<Effect>),
}

/// The kind of an outcome, without the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeKind {
    /// [`Outcomes::Proportions`]
    Proportions,
    /// [`Outcomes::Rates`]
    Rates,
    /// [`Outcomes::Means`]
    Means,
    /// [`Outcomes::Correlations`]
    Correlations,
    /// [`Outcomes::TwoProportions`]
    TwoProportions,
    /// [`Outcomes::TwoRates`]
    TwoRates,
    /// [`Outcomes::TwoMeans`]
    TwoMeans,
    /// [`Outcomes::Generic`]
    Generic,
}

impl OutcomeKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Proportions,
        Self::Rates,
        Self::Means,
        Self::Correlations,
        Self::TwoProportions,
        Self::TwoRates,
        Self::TwoMeans,
        Self::Generic,
    ];

    /// What the studies give, in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proportions => "events of a total",
            Self::Rates => "events over person-time",
            Self::Means => "means with standard deviations",
            Self::Correlations => "correlations",
            Self::TwoProportions => "events of a total in two groups",
            Self::TwoRates => "events over person-time in two groups",
            Self::TwoMeans => "means with standard deviations in two groups",
            Self::Generic => "effects with variances",
        }
    }

    /// Its word as `--kind` takes it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Proportions => "proportions",
            Self::Rates => "rates",
            Self::Means => "means",
            Self::Correlations => "correlations",
            Self::TwoProportions => "two-proportions",
            Self::TwoRates => "two-rates",
            Self::TwoMeans => "two-means",
            Self::Generic => "generic",
        }
    }

    /// The names of what one study gives, as tables, JSON and filters call them.
    #[must_use]
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Proportions => &["events", "total"],
            Self::Rates => &["events", "time"],
            Self::Means => &["mean", "sd", "n"],
            Self::Correlations => &["r", "n"],
            Self::TwoProportions => &["events1", "total1", "events2", "total2"],
            Self::TwoRates => &["events1", "time1", "events2", "time2"],
            Self::TwoMeans => &["mean1", "sd1", "n1", "mean2", "sd2", "n2"],
            Self::Generic => &["yi", "vi"],
        }
    }

    /// Whether a study compares two groups.
    #[must_use]
    pub const fn two_groups(self) -> bool {
        matches!(self, Self::TwoProportions | Self::TwoRates | Self::TwoMeans)
    }
}

impl Outcomes {
    /// Their kind.
    #[must_use]
    pub const fn kind(&self) -> OutcomeKind {
        match self {
            Self::Proportions(_) => OutcomeKind::Proportions,
            Self::Rates(_) => OutcomeKind::Rates,
            Self::Means(_) => OutcomeKind::Means,
            Self::Correlations(_) => OutcomeKind::Correlations,
            Self::TwoProportions(_) => OutcomeKind::TwoProportions,
            Self::TwoRates(_) => OutcomeKind::TwoRates,
            Self::TwoMeans(_) => OutcomeKind::TwoMeans,
            Self::Generic(_) => OutcomeKind::Generic,
        }
    }

    /// The number of studies.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::Proportions(values) => values.len(),
            Self::Rates(values) => values.len(),
            Self::Means(values) => values.len(),
            Self::Correlations(values) => values.len(),
            Self::TwoProportions(values) => values.len(),
            Self::TwoRates(values) => values.len(),
            Self::TwoMeans(values) => values.len(),
            Self::Generic(values) => values.len(),
        }
    }

    /// Whether there is no study.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The studies at `places`, in that order; one that is named twice is there twice, and places
    /// beyond the end are passed over.
    #[must_use]
    pub fn at(&self, places: &[usize]) -> Self {
        fn at<T: Clone>(values: &[T], places: &[usize]) -> Vec<T> {
            places.iter().filter_map(|&place| values.get(place).cloned()).collect()
        }
        match self {
            Self::Proportions(values) => Self::Proportions(at(values, places)),
            Self::Rates(values) => Self::Rates(at(values, places)),
            Self::Means(values) => Self::Means(at(values, places)),
            Self::Correlations(values) => Self::Correlations(at(values, places)),
            Self::TwoProportions(values) => Self::TwoProportions(at(values, places)),
            Self::TwoRates(values) => Self::TwoRates(at(values, places)),
            Self::TwoMeans(values) => Self::TwoMeans(at(values, places)),
            Self::Generic(values) => Self::Generic(at(values, places)),
        }
    }

    /// The numbers study `i` gives, in the order of [`OutcomeKind::columns`]; none beyond the end.
    ///
    /// ```
    /// use resorb::study::{Counts, Outcomes, TwoGroups};
    /// let bcg = TwoGroups { first: Counts::new(4, 123)?, second: Counts::new(11, 139)? };
    /// let outcomes = Outcomes::TwoProportions(vec![bcg]);
    /// assert_eq!(outcomes.values(0), [4.0, 123.0, 11.0, 139.0]);
    /// assert_eq!(outcomes.kind().columns(), ["events1", "total1", "events2", "total2"]);
    /// # Ok::<(), resorb::study::StudyError>(())
    /// ```
    #[must_use]
    pub fn values(&self, i: usize) -> Vec<f64> {
        fn of<T, const N: usize>(values: &[T], i: usize, one: fn(&T) -> [f64; N]) -> Vec<f64> {
            values.get(i).map(|value| one(value).to_vec()).unwrap_or_default()
        }
        match self {
            Self::Proportions(values) => of(values, i, |c| [c.x(), c.n()]),
            Self::Rates(values) => of(values, i, |r| [r.x(), r.time()]),
            Self::Means(values) => of(values, i, |m| [m.mean(), m.sd(), m.n()]),
            Self::Correlations(values) => of(values, i, |c| [c.r(), c.n()]),
            Self::TwoProportions(values) => {
                of(values, i, |g| [g.first.x(), g.first.n(), g.second.x(), g.second.n()])
            }
            Self::TwoRates(values) => {
                of(values, i, |g| [g.first.x(), g.first.time(), g.second.x(), g.second.time()])
            }
            Self::TwoMeans(values) => of(values, i, |g| {
                let (a, b) = (g.first, g.second);
                [a.mean(), a.sd(), a.n(), b.mean(), b.sd(), b.n()]
            }),
            Self::Generic(values) => of(values, i, |e| [e.yi(), e.vi()]),
        }
    }

    /// How large study `i` is: its patients (of both groups), its person-time, or for effects computed
    /// elsewhere their precision, `1/vi`.
    #[must_use]
    pub fn size(&self, i: usize) -> Option<f64> {
        match self {
            Self::Proportions(values) => values.get(i).map(|c| c.n()),
            Self::Rates(values) => values.get(i).map(|r| r.time()),
            Self::Means(values) => values.get(i).map(|m| m.n()),
            Self::Correlations(values) => values.get(i).map(|c| c.n()),
            Self::TwoProportions(values) => values.get(i).map(|g| g.first.n() + g.second.n()),
            Self::TwoRates(values) => values.get(i).map(|g| g.first.time() + g.second.time()),
            Self::TwoMeans(values) => values.get(i).map(|g| g.first.n() + g.second.n()),
            Self::Generic(values) => values.get(i).map(|e| 1.0 / e.vi()),
        }
    }

    /// The sums over all studies of what can be added: events, totals, times and numbers of patients,
    /// by the names of [`OutcomeKind::columns`].
    #[must_use]
    pub fn sums(&self) -> Vec<(&'static str, f64)> {
        let additive = |name: &str| {
            ["events", "total", "time", "n"]
                .iter()
                .any(|base| name.trim_end_matches(['1', '2']) == *base)
        };
        let columns = self.kind().columns();
        let mut sums: Vec<(&'static str, f64)> = columns.iter().map(|name| (*name, 0.0)).collect();
        for i in 0..self.len() {
            for ((_, sum), value) in sums.iter_mut().zip(self.values(i)) {
                *sum += value;
            }
        }
        sums.retain(|(name, _)| additive(name));
        sums
    }

    /// [`Outcomes::size`] of every study.
    pub fn sizes(&self) -> impl Iterator<Item = f64> + Clone {
        (0..self.len()).filter_map(|i| self.size(i))
    }

    /// The number of patients of study `i`, both groups together, where the kind counts patients.
    #[must_use]
    pub fn patients(&self, i: usize) -> Option<f64> {
        match self {
            Self::Rates(_) | Self::TwoRates(_) | Self::Generic(_) => None,
            _ => self.size(i),
        }
    }
}
