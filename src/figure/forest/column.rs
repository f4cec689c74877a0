//! The columns of the table around the plot: which there are, and the text of their cells.

use super::{Forest, Mark, Row, Value};
use crate::figure::{Face, FigureError, Numbers, Rich, Theme, number::fixed};

/// A column beside the plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The study's name.
    Study,
    /// Events.
    Events,
    /// Total.
    Total,
    /// Events and total in one column, `35/77`.
    Counts,
    /// What the group at this place gives.
    Group(usize),
    /// The value with its interval.
    Rate,
    /// Where a new study is expected.
    Prediction,
    /// The weight in the random-effects result.
    Weight,
    /// The weight in the common-effect result.
    WeightCommon,
    /// The moderator at this place.
    Moderator(usize),
    /// The risk-of-bias domain at this place.
    Bias(usize),
}

/// Columns left and right of the plot.
pub type Columns = (Vec<Column>, Vec<Column>);

/// How the pieces of a cell line up below one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
    /// On the decimal mark.
    Mark(char),
    Middle,
}

/// A piece of a cell, with the space in front of it in units of the font size.
pub(super) struct Piece {
    pub(super) align: Align,
    pub(super) space: f64,
}

impl Column {
    /// Reads `study,year,events,total | rate,weight`; any moderator may be named.
    ///
    /// # Errors
    /// [`FigureError::UnknownColumn`] for a name that is neither a column nor a moderator,
    /// [`FigureError::Empty`] for a list without a name.
    ///
    /// ```
    /// use resorb::figure::forest::{Column, Forest};
    /// let (left, right) = Column::parse("study,events,total | rate", &Forest::default())?;
    /// assert_eq!(left, [Column::Study, Column::Events, Column::Total]);
    /// assert_eq!(right, [Column::Rate]);
    /// # Ok::<(), resorb::figure::FigureError>(())
    /// ```
    pub fn parse(list: &str, forest: &Forest) -> Result<Columns, FigureError> {
        let (left, right) = list.split_once('|').unwrap_or((list, ""));
        let side = |side: &str| {
            side.split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(|name| Self::named(name, forest))
                .collect::<Result<Vec<Vec<_>>, _>>()
                .map(|lists| lists.concat())
        };
        let columns = (side(left)?, side(right)?);
        if columns.0.is_empty() && columns.1.is_empty() {
            return Err(FigureError::Empty {
                what: "the list of columns to show is empty; name at least one, such as study",
            });
        }
        Ok(columns)
    }

    fn named(name: &str, forest: &Forest) -> Result<Vec<Self>, FigureError> {
        let column = match name.to_lowercase().as_str() {
            "study" => Self::Study,
            "events" => Self::Events,
            "total" => Self::Total,
            "counts" => Self::Counts,
            "groups" => return Ok((0..forest.groups.len()).map(Self::Group).collect()),
            "rate" | "effect" | "estimate" => Self::Rate,
            "prediction" => Self::Prediction,
            "weight" => Self::Weight,
            "weight-common" => Self::WeightCommon,
            "bias" if !forest.bias.is_empty() => {
                return Ok((0..forest.bias.len()).map(Self::Bias).collect());
            }
            _ => {
                let place = forest.moderators.iter().position(|m| m == name);
                Self::Moderator(place.ok_or_else(|| unknown(name, forest))?)
            }
        };
        Ok(vec![column])
    }

    /// The name by which it is asked for.
    pub(super) fn name(self, forest: &Forest) -> String {
        match self {
            Self::Study => "study",
            Self::Events => "events",
            Self::Total => "total",
            Self::Counts => "counts",
            Self::Group(_) => "groups",
            Self::Rate => "rate",
            Self::Prediction => "prediction",
            Self::Weight => "weight",
            Self::WeightCommon => "weight-common",
            Self::Moderator(i) => forest.moderators.get(i).map_or("", String::as_str),
            Self::Bias(_) => "bias",
        }
        .to_owned()
    }

    /// The columns for what the rows hold.
    pub(super) fn usual(forest: &Forest) -> Columns {
        if let Some(columns) = &forest.columns {
            return columns.clone();
        }
        let any = |has: fn(&Row) -> bool| forest.rows().any(has);
        let mut left = vec![Self::Study];
        left.extend(any(|row| row.events.is_some()).then_some(Self::Events));
        left.extend(any(|row| row.total.is_some()).then_some(Self::Total));
        left.extend((0..forest.groups.len()).map(Self::Group));
        let mut right = vec![Self::Rate];
        right.extend(any(|row| row.weight.is_some()).then_some(Self::Weight));
        right.extend((0..forest.bias.len()).map(Self::Bias));
        (left, right)
    }

    /// The fewest columns that tell the result, for narrow figures.
    pub(super) fn compact(forest: &Forest) -> Columns {
        if forest.columns.is_some() {
            return (vec![Self::Study], vec![Self::Rate]);
        }
        let mut left = vec![Self::Study];
        left.extend(forest.rows().any(|row| row.events.is_some()).then_some(Self::Counts));
        let mut right = vec![Self::Rate];
        right.extend((0..forest.bias.len()).map(Self::Bias));
        (left, right)
    }

    /// What stands over it, line by line.
    pub(super) fn head(self, forest: &Forest, numbers: Numbers, theme: &Theme) -> Vec<String> {
        let one = |text: &str| vec![text.to_owned()];
        match self {
            Self::Study => one(forest.head.as_deref().unwrap_or("Study")),
            Self::Events => one("Events"),
            Self::Total => one("Total"),
            Self::Counts => vec!["Events/".to_owned(), "total".to_owned()],
            Self::Group(i) => forest.groups.get(i).cloned().into_iter().collect(),
            Self::Rate => {
                let interval = format!("{}{}% CI{}", theme.open, level(forest), theme.close);
                vec![numbers.scale.heading(&forest.effect), interval]
            }
            Self::Prediction => {
                let interval = format!("{}{}% PI{}", theme.open, level(forest), theme.close);
                vec!["Prediction".to_owned(), interval]
            }
            Self::Weight => one("Weight, %"),
            Self::WeightCommon => vec!["Weight,".to_owned(), "common, %".to_owned()],
            Self::Moderator(i) => forest
                .moderators
                .get(i)
                .map(|name| crate::figure::words::heading(name))
                .into_iter()
                .collect(),
            Self::Bias(i) => vec![domain(forest, i)],
        }
    }

    /// How its cells are cut into pieces.
    pub(super) fn pieces(self, forest: &Forest, theme: &Theme) -> Vec<Piece> {
        let piece = |align, space| Piece { align, space };
        match self {
            Self::Study => vec![piece(Align::Left, 0.0)],
            // Inside parentheses there is no space to line up in.
            Self::Rate if theme.is_closed() => {
                vec![piece(Align::Right, 0.0), piece(Align::Right, 0.45)]
            }
            Self::Prediction if theme.is_closed() => vec![piece(Align::Right, 0.0)],
            Self::Rate => {
                vec![piece(Align::Right, 0.0), piece(Align::Right, 0.45), piece(Align::Right, 0.0)]
            }
            Self::Prediction => vec![piece(Align::Right, 0.0), piece(Align::Right, 0.0)],
            Self::Counts => vec![piece(Align::Right, 0.0), piece(Align::Left, 0.0)],
            Self::Moderator(i) => {
                let text = forest
                    .studies()
                    .any(|row| matches!(row.moderators.get(i), Some(Value::Text(_))));
                vec![piece(if text { Align::Left } else { Align::Mark(theme.mark) }, 0.0)]
            }
            Self::Bias(_) => vec![piece(Align::Middle, 0.0)],
            Self::Events | Self::Total | Self::Group(_) | Self::Weight | Self::WeightCommon => {
                vec![piece(Align::Right, 0.0)]
            }
        }
    }

    /// The text of a row's cell, piece by piece; risk of bias is drawn, not written.
    pub(super) fn cell(self, row: &Row, numbers: Numbers, theme: &Theme) -> Vec<Rich> {
        let count = |n: Option<u64>| n.map_or_else(String::new, grouped);
        let weight = |w: Option<f64>| w.map_or_else(String::new, |w| fixed(w, 1, theme.mark));
        let texts = match self {
            Self::Study => vec![row.label.clone()],
            Self::Events => vec![count(row.events)],
            Self::Group(i) => vec![row.groups.get(i).cloned().unwrap_or_default()],
            Self::Total => vec![count(row.total)],
            Self::Counts => match (row.events, row.total) {
                (Some(x), Some(n)) => vec![grouped(x), format!("/{}", grouped(n))],
                _ => vec![],
            },
            Self::Rate => interval(row, numbers, theme),
            Self::Prediction => {
                let own = row.lower.zip(row.upper).filter(|_| row.mark == Mark::Prediction);
                let limits = row.prediction.or(own).map(|(lower, upper)| {
                    [
                        format!("{}{}{}", theme.open, numbers.value(lower), theme.between),
                        format!("{}{}", numbers.value(upper), theme.close),
                    ]
                });
                limits.map_or_else(Vec::new, |limits| together(limits, theme))
            }
            Self::Weight => vec![weight(row.weight)],
            Self::WeightCommon => vec![weight(row.weight_common)],
            Self::Moderator(i) => vec![match row.moderators.get(i) {
                Some(Value::Number(x)) => plain(*x, theme.mark),
                Some(Value::Fixed(x, digits)) => fixed(*x, *digits, theme.mark),
                Some(Value::Text(text)) => text.clone(),
                Some(Value::Missing) => "–".to_owned(),
                None => String::new(),
            }],
            Self::Bias(_) => vec![],
        };
        let face = match row.mark {
            Mark::Square | Mark::Result => Face::Regular,
            Mark::Common | Mark::Random | Mark::Prediction => Face::Bold,
        };
        texts.into_iter().map(|text| Rich::in_face(text, face)).collect()
    }
}

/// `D1`, counted without the overall judgement, which is no domain: `Overall`.
pub(super) fn domain(forest: &Forest, place: usize) -> String {
    let overall = |name: &String| name.eq_ignore_ascii_case("overall");
    if forest.bias.get(place).is_some_and(overall) {
        return "Overall".to_owned();
    }
    let before = forest.bias.iter().take(place).filter(|name| !overall(name)).count();
    format!("D{}", before + 1)
}

/// `75.7`, `(66.1,` and `83.4)`, so that each lines up with those below it.
fn interval(row: &Row, numbers: Numbers, theme: &Theme) -> Vec<String> {
    let estimate = row.estimate.map_or_else(String::new, |x| numbers.value(x));
    let limits = match (row.lower, row.upper) {
        (Some(lower), Some(upper)) => [
            format!("{}{}{}", theme.open, numbers.value(lower), theme.between),
            format!("{}{}", numbers.value(upper), theme.close),
        ],
        (None, Some(upper)) => {
            [String::new(), format!("{}≤ {}{}", theme.open, numbers.value(upper), theme.close)]
        }
        (Some(lower), None) => {
            [String::new(), format!("{}≥ {}{}", theme.open, numbers.value(lower), theme.close)]
        }
        (None, None) => [String::new(), String::new()],
    };
    std::iter::once(estimate).chain(together(limits, theme)).collect()
}

/// The two halves of an interval, in one piece where nothing lines up inside.
fn together([lower, upper]: [String; 2], theme: &Theme) -> Vec<String> {
    if theme.is_closed() { vec![format!("{lower}{upper}")] } else { vec![lower, upper] }
}

/// The confidence level without needless digits: `95`, `97.5`.
pub(super) fn level(forest: &Forest) -> String {
    crate::figure::number::short(forest.level, 2, '.')
}

/// A whole number; from ten thousand on with thin spaces between thousands.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}

/// A number of a moderator column as the file has it, at most four digits behind the mark.
fn plain(x: f64, mark: char) -> String {
    crate::figure::number::short(x, 4, mark)
}

fn unknown(name: &str, forest: &Forest) -> FigureError {
    let own =
        ["study", "events", "total", "counts", "rate", "prediction", "weight", "weight-common"];
    let known = own.into_iter().chain(forest.moderators.iter().map(String::as_str));
    FigureError::UnknownColumn {
        name: name.to_owned(),
        known: known.collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_column_is_named_with_those_that_exist() {
        let forest = Forest { moderators: vec!["year".into()], ..Forest::default() };
        let error = Column::parse("study, colour", &forest).unwrap_err().to_string();
        assert!(error.contains("`colour`") && error.contains("year"), "{error}");
        assert_eq!(Column::parse("year|", &forest).unwrap().0, [Column::Moderator(0)]);
    }

    #[test]
    fn an_empty_list_of_columns_is_an_error() {
        for list in ["", " | ", ","] {
            let error = Column::parse(list, &Forest::default()).unwrap_err().to_string();
            assert!(error.contains("name at least one"), "{error}");
        }
    }

    #[test]
    fn the_overall_judgement_is_no_domain() {
        let bias = ["selection", "Overall", "recall"].map(String::from).to_vec();
        let forest = Forest { bias, ..Forest::default() };
        assert_eq!([0, 1, 2].map(|i| domain(&forest, i)), ["D1", "Overall", "D2"]);
    }

    #[test]
    fn thousands_are_apart_from_ten_thousand_on() {
        assert_eq!(grouped(9999), "9999");
        assert_eq!(grouped(1_234_567), "1\u{a0}234\u{a0}567");
    }
}
