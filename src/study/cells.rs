//! What studies report, as people read it: `4/123`, `55 (47), 155`.

use super::{MeanSd, OutcomeKind, Outcomes, PersonTime};

impl OutcomeKind {
    /// What heads the columns of [`Outcomes::cells`]; none where single numbers need no group.
    #[must_use]
    pub const fn groups(self) -> &'static [&'static str] {
        match self {
            Self::Proportions | Self::Generic => &[],
            Self::Rates => &["Events/time"],
            Self::Means => &["Mean (SD), n"],
            Self::Correlations => &["n"],
            Self::TwoProportions | Self::TwoRates | Self::TwoMeans => &["Group 1", "Group 2"],
        }
    }
}

impl Outcomes {
    /// What each group of study `i` gives, in the order of [`OutcomeKind::groups`]; nothing for single
    /// proportions, whose two numbers stand apart.
    ///
    /// ```
    /// use resorb::study::Studies;
    /// let bcg = Studies::from_two_counts([("Aronson", 4, 123, 11, 139)])?;
    /// assert_eq!(bcg.outcomes().cells(0), ["4/123", "11/139"]);
    /// assert_eq!(bcg.outcomes().sum_cells(), ["4/123", "11/139"]);
    /// # Ok::<(), resorb::study::StudyError>(())
    /// ```
    #[must_use]
    pub fn cells(&self, i: usize) -> Vec<String> {
        let rate = |r: PersonTime| format!("{}/{}", r.events(), number(r.time()));
        let mean = |m: MeanSd| format!("{} ({}), {}", number(m.mean()), number(m.sd()), m.total());
        let cells = match self {
            Self::Proportions(_) | Self::Generic(_) => None,
            Self::Rates(values) => values.get(i).map(|r| vec![rate(*r)]),
            Self::Means(values) => values.get(i).map(|m| vec![mean(*m)]),
            Self::Correlations(values) => values.get(i).map(|c| vec![c.total().to_string()]),
            Self::TwoProportions(values) => values.get(i).map(|g| {
                [g.first, g.second].map(|c| format!("{}/{}", c.events(), c.total())).to_vec()
            }),
            Self::TwoRates(values) => values.get(i).map(|g| [g.first, g.second].map(rate).to_vec()),
            Self::TwoMeans(values) => values.get(i).map(|g| [g.first, g.second].map(mean).to_vec()),
        };
        cells.unwrap_or_default()
    }

    /// The same of all studies together: events over totals or times, numbers of patients.
    #[must_use]
    pub fn sum_cells(&self) -> Vec<String> {
        let sums = self.sums();
        let sum = |name: &str| {
            let found = sums.iter().find(|(known, _)| *known == name);
            found.map(|(_, sum)| number(*sum)).unwrap_or_default()
        };
        let pair = |a: &str, b: &str| format!("{}/{}", sum(a), sum(b));
        match self.kind() {
            OutcomeKind::Proportions | OutcomeKind::Generic => Vec::new(),
            OutcomeKind::Rates => vec![pair("events", "time")],
            OutcomeKind::Means | OutcomeKind::Correlations => vec![sum("n")],
            OutcomeKind::TwoProportions => {
                vec![pair("events1", "total1"), pair("events2", "total2")]
            }
            OutcomeKind::TwoRates => vec![pair("events1", "time1"), pair("events2", "time2")],
            OutcomeKind::TwoMeans => vec![sum("n1"), sum("n2")],
        }
    }
}

/// A number as the study printed it; what was converted has too many digits.
fn number(value: f64) -> String {
    let text = value.to_string();
    if text.len() <= 7 || value.fract() == 0.0 { text } else { format!("{value:.2}") }
}
