//! What a forest plot shows: finished numbers, line by line.

use super::{Columns, Judgement, Tool};
use crate::figure::{Rich, Scale, Spread};

/// The content of a forest plot. A [`Fit`](crate::model::Fit) becomes one by `Forest::from`;
/// subgroups, cumulative and leave-one-out analyses fill it with their own lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forest {
    /// What the values are: `Rate`, `Odds ratio`.
    pub effect: String,
    /// Of what kind they are: it says how they are written and spread.
    pub values: Values,
    /// The confidence level of the intervals, in percent.
    pub level: f64,
    /// What the rows are, where they are no studies: `Left out`, `Method`.
    pub head: Option<String>,
    /// Heads of the columns of what each group of a study gives, which rows carry: `Group 1`.
    pub groups: Vec<String>,
    /// The columns that suit the content where nobody asks for others; those of studies if `None`.
    pub columns: Option<Columns>,
    /// Names of the moderator columns that rows carry.
    pub moderators: Vec<String>,
    /// Names of the risk-of-bias domains that rows carry.
    pub bias: Vec<String>,
    /// The tool whose words the judgements are.
    pub tool: Tool,
    /// The studies; several sections are subgroups.
    pub sections: Vec<Section>,
    /// The results over everything.
    pub overall: Vec<Row>,
    /// Sentences under the figure: heterogeneity first.
    pub notes: Vec<Note>,
    /// A dashed line at the pooled value.
    pub reference: Option<f64>,
    /// A solid line at the value of no effect, for ratios and differences.
    pub null: Option<f64>,
}

/// Of what kind the values of a forest plot are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Values {
    /// Rates from 0 to 1, in the scale of the options.
    #[default]
    Rates,
    /// Ratios, on a log axis around 1.
    Ratios,
    /// Anything else, as it is.
    Plain,
}

impl Values {
    /// How they are written, with rates in `rates`.
    pub(super) const fn scale(self, rates: Scale) -> Scale {
        match self {
            Self::Rates => rates,
            Self::Ratios | Self::Plain => Scale::Plain,
        }
    }

    /// How their axis is spread where nobody asks for another.
    pub(super) const fn spread(self) -> Spread {
        match self {
            Self::Ratios => Spread::Log,
            Self::Rates | Self::Plain => Spread::Linear,
        }
    }
}

/// Studies that belong together, with their own results.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// Its name; a plot without subgroups has none.
    pub heading: Option<String>,
    /// The name of the group that it is a part of, where groups are nested; sections of one group
    /// follow each other.
    pub within: Option<String>,
    /// The studies.
    pub rows: Vec<Row>,
    /// Their results.
    pub summaries: Vec<Row>,
    /// Sentences about them.
    pub notes: Vec<Note>,
}

/// One line with a mark in the plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// What it is called.
    pub label: String,
    /// Which mark it has.
    pub mark: Mark,
    /// Events.
    pub events: Option<u64>,
    /// Among how many.
    pub total: Option<u64>,
    /// What its groups give, where it is no events of one total: `4/123`.
    pub groups: Vec<String>,
    /// The value.
    pub estimate: Option<f64>,
    /// The lower limit.
    pub lower: Option<f64>,
    /// The upper limit.
    pub upper: Option<f64>,
    /// Where a new study is expected: a bar behind the mark.
    pub prediction: Option<(f64, f64)>,
    /// The distribution of a new study's value: values with the probability to lie below them.
    pub distribution: Vec<(f64, f64)>,
    /// The weight in percent.
    pub weight: Option<f64>,
    /// The weight in the common-effect result, in percent.
    pub weight_common: Option<f64>,
    /// Values of the moderators, in their order.
    pub moderators: Vec<Value>,
    /// Judgements of the risk-of-bias domains, in their order.
    pub bias: Vec<Judgement>,
}

/// How a row is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// A study: a square whose area is its weight.
    #[default]
    Square,
    /// A common-effect result.
    Common,
    /// A random-effects result, or any other that leads.
    Random,
    /// A pooled result that stands in a row as studies do: one of several methods.
    Result,
    /// A range without a value: a prediction interval.
    Prediction,
}

impl Mark {
    /// Whether it is a result over studies.
    #[must_use]
    pub const fn is_summary(self) -> bool {
        !matches!(self, Self::Square | Self::Result)
    }
}

/// A cell of a moderator column.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing known.
    #[default]
    Missing,
    /// A number, with the digits it needs.
    Number(f64),
    /// A number with this many digits behind the mark.
    Fixed(f64, usize),
    /// Words.
    Text(String),
}

/// A sentence about results, in parts, so that each style writes its numbers its own way.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// Heterogeneity.
    Heterogeneity(Heterogeneity),
    /// Any other sentence.
    Text(Rich),
}

/// What a heterogeneity line says; parts that are not known are left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heterogeneity {
    /// What stands before it: `Heterogeneity`.
    pub label: String,
    /// The between-study standard deviation.
    pub tau: Option<f64>,
    /// The scale it is on: `logit`.
    pub tau_scale: Option<String>,
    /// I² in percent.
    pub i2: Option<f64>,
    /// Its interval.
    pub i2_limits: Option<(f64, f64)>,
    /// The statistic of the heterogeneity test.
    pub q: Option<f64>,
    /// Which statistic that is.
    pub statistic: Statistic,
    /// Its degrees of freedom.
    pub df: Option<f64>,
    /// Its p value.
    pub p_value: Option<f64>,
}

/// A statistic of heterogeneity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Statistic {
    /// Cochran's Q, and what is computed as it.
    #[default]
    Q,
    /// The likelihood ratio against a value for each study.
    LikelihoodRatio,
    /// Wald's, of studies with events and non-events.
    Wald,
}

impl Row {
    /// The study's name, where the row is a study.
    #[must_use]
    pub fn study(&self) -> Option<&str> {
        (self.mark == Mark::Square).then_some(self.label.as_str())
    }
}

impl Section {
    /// The heading with that of the group around it: `Mild / contained`.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        let heading = self.heading.as_ref()?;
        Some(
            self.within
                .as_ref()
                .map_or_else(|| heading.clone(), |within| format!("{within} / {heading}")),
        )
    }
}

impl Forest {
    /// Every row in the order of the page.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.sections
            .iter()
            .flat_map(|section| section.rows.iter().chain(&section.summaries))
            .chain(&self.overall)
    }

    /// The size of values, which says how many digits they need: the median of those that are not 0.
    pub(super) fn typical(&self) -> f64 {
        let values = self.rows().filter_map(|row| row.estimate).map(f64::abs);
        let mut values: Vec<f64> = values.filter(|x| *x > 0.0 && x.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(0.0)
    }

    /// The studies.
    pub fn studies(&self) -> impl Iterator<Item = &Row> {
        self.sections.iter().flat_map(|section| &section.rows)
    }
}
