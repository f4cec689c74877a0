//! What can be wrong with outcomes beyond single proportions, and what was converted.

use std::fmt;

use crate::study::OutcomeKind;

/// What is wrong with the columns or cells of an outcome.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum OutcomeProblem {
    /// Columns for several kinds of outcome.
    #[error("the columns fit several kinds of outcome: {}", names(kinds))]
    Ambiguous {
        /// The kinds.
        kinds: Vec<OutcomeKind>,
    },
    /// Not all columns of a kind.
    #[error("the columns of {} are not complete: {}", kind.name(), found(there))]
    Incomplete {
        /// The kind.
        kind: OutcomeKind,
        /// What there is of it.
        there: Vec<String>,
    },
    /// A name that `--column` does not know.
    #[error("`{name}` is nothing that a column of outcomes can hold")]
    UnknownField {
        /// What was given.
        name: String,
    },
    /// A column given for something that is not there.
    #[error("there is no column `{name}` for {field}")]
    UnknownColumn {
        /// What it is for.
        field: String,
        /// The column given.
        name: String,
        /// The columns there are.
        columns: Vec<String>,
    },
    /// A value that must be above 0.
    #[error("{value} cannot be {what}, which is above 0")]
    NotPositive {
        /// What it is.
        what: &'static str,
        /// The value.
        value: f64,
    },
    /// An interval that does not contain its point.
    #[error("{point} does not lie inside its interval, {lower} to {upper}")]
    PointOutside {
        /// The point.
        point: f64,
        /// The lower limit.
        lower: f64,
        /// The upper limit.
        upper: f64,
    },
    /// An interval whose point is not in the middle on the scale stated.
    #[error(
        "{point} is not in the middle of its interval, {lower} to {upper}, on the scale stated"
    )]
    Asymmetric {
        /// The point.
        point: f64,
        /// The lower limit.
        lower: f64,
        /// The upper limit.
        upper: f64,
        /// The scale on which it is.
        fits: Option<&'static str>,
    },
    /// Quartiles or a range out of order.
    #[error("the median, quartiles and range do not stand in order")]
    Unordered,
    /// A p value that is none.
    #[error("{value} is no two-sided p value, which lies above 0 and is at most 1")]
    PValue {
        /// The value.
        value: f64,
    },
    /// A direction that is none.
    #[error("`{value}` is no direction")]
    NotADirection {
        /// The cell.
        value: String,
    },
    /// p values without a direction.
    #[error("p values do not say in which direction an effect goes")]
    NoDirection,
    /// A measure from which there is no way.
    #[error("{measure} cannot be converted")]
    NotConverted {
        /// What it is.
        measure: String,
    },
    /// Effects to be converted that do not say what they are.
    #[error("nothing says what these effects are, so that they cannot be converted")]
    NoMeasures,
    /// Effects of several measures.
    #[error("these effects are of several measures, which cannot be pooled as they are")]
    Mixed,
    /// Standard errors in a column of variances.
    #[error("this column of variances holds standard errors: their intervals say so")]
    SeAsVariance,
    /// Variances in a column of standard errors.
    #[error("this column of standard errors holds variances: their intervals say so")]
    VarianceAsSe,
}

impl OutcomeProblem {
    /// What to do about it.
    #[must_use]
    pub fn fix(&self) -> String {
        match self {
            Self::Ambiguous { kinds } => {
                let kinds: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
                format!("say which with --kind {}", kinds.join(", or --kind "))
            }
            Self::Incomplete { kind, .. } => format!(
                "{} needs {}; name a column with --column FIELD=COL, such as --column {}=COL",
                kind.word(),
                kind.columns().join(", "),
                kind.columns().first().unwrap_or(&"events")
            ),
            Self::UnknownField { .. } => "the fields are events1, total1, nonevents1, time1, mean1, \
                 sd1, se1, lower1, upper1, median1, q1_1 and so on (2 for the other group, none for a \
                 single one), r, t, p_value, direction, yi, vi, se, measure, or, rr, irr, hr"
                .into(),
            Self::UnknownColumn { columns, .. } => format!("the columns are {}", columns.join(", ")),
            Self::NotPositive { .. } => "check the cell, and whether the column is what its name says".into(),
            Self::PointOutside { .. } => {
                "check the cells; a limit may have lost its sign, or the columns are swapped".into()
            }
            Self::Asymmetric { fits: Some("the logarithm, as of a ratio"), .. } => {
                "its logarithm is in the middle, so it is a ratio: call the column or, rr, irr, hr or \
                 ratio, or name it with --column ratio=COL"
                    .into()
            }
            Self::Asymmetric { fits: Some(_), .. } => {
                "the value itself is in the middle, so it is no ratio or already a logarithm: call the \
                 column yi, or name it with --column yi=COL"
                    .into()
            }
            Self::Asymmetric { fits: None, .. } => {
                "neither the values nor their logarithms are; check the cells".into()
            }
            Self::Unordered => "check the cells; columns may be swapped".into(),
            Self::PValue { .. } => "give p as printed, such as 0.03; of p < 0.001 give 0.001, which makes \
                 the effect no larger than it is; a minus stands for a negative effect where there is no \
                 column direction"
                .into(),
            Self::NotADirection { .. } => "write + or −, positive or negative".into(),
            Self::NoDirection => "add a column direction with + or − for each effect, or write a minus \
                 before the p values of negative effects"
                .into(),
            Self::NotConverted { .. } => "possible are OR, SMD, COR (r, between −1 and 1) and ZCOR".into(),
            Self::NoMeasures => "add a column measure with OR, SMD, COR or ZCOR for each effect; odds \
                 ratios are logarithms beside vi or sei, and ratios beside their limits"
                .into(),
            Self::Mixed => "take them to one scale with --convert-to SMD, OR or ZCOR, or use those of one \
                 measure with --where"
                .into(),
            Self::SeAsVariance => "call it sei, or name it with --column se=COL".into(),
            Self::VarianceAsSe => "call it vi, or name it with --column vi=COL".into(),
        }
    }
}

/// What was made of what reports print instead of a mean and standard deviation, or of an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// Standard deviations from standard errors.
    Se,
    /// Standard deviations from 95 % intervals.
    Interval,
    /// Means and standard deviations from medians and quartiles.
    Quartiles,
    /// From medians and ranges.
    Range,
    /// From medians, quartiles and ranges.
    Five,
    /// Correlations from t values.
    TToR,
    /// Standardised mean differences from t values.
    TToG,
    /// Correlations from p values.
    PToR,
    /// Standardised mean differences from p values.
    PToG,
    /// Variances of correlations from numbers of pairs.
    RVariance,
    /// Odds ratios and standardised mean differences into one another.
    Logistic,
    /// Correlations and differences of two groups into one another.
    Parted,
    /// Variances of effects from 95 % intervals.
    EffectInterval,
    /// Logarithms of ratios and their variances from 95 % intervals.
    RatioInterval,
}

impl fmt::Display for Conversion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Se => "standard deviations from standard errors (se × √n)",
            Self::Interval => "standard deviations from 95 % intervals (Student's t)",
            Self::Quartiles => {
                "means (Luo 2018) and standard deviations (Wan 2014) from medians and quartiles"
            }
            Self::Range => {
                "means (Luo 2018) and standard deviations (Wan 2014) from medians and ranges"
            }
            Self::Five => {
                "means (Luo 2018) and standard deviations (Shi 2020) from medians, quartiles and ranges"
            }
            Self::TToR => "correlations from t values, t/√(t² + n − 2)",
            Self::TToG => "Hedges' g from t values",
            Self::PToR => "correlations from p values, taken to be two-sided by Student's t (n − 2 df)",
            Self::PToG => {
                "Hedges' g from p values, taken to be two-sided by Student's t of two groups with equal variances (n1 + n2 − 2 df)"
            }
            Self::RVariance => "variances of correlations from their pairs, (1 − r²)²/(n − 1)",
            Self::Logistic => {
                "between odds ratios and SMD by √3/π, which takes both to be of one logistic variable (Chinn 2000)"
            }
            Self::Parted => {
                "between correlations and differences of two groups, which takes the groups to part one normal variable, of equal sizes unless both are given (Borenstein 2009)"
            }
            Self::EffectInterval => "variances from 95 % intervals (normal)",
            Self::RatioInterval => "logarithms of ratios, with variances from 95 % intervals (normal)",
        })
    }
}

fn names(kinds: &[OutcomeKind]) -> String {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    names.join("; ")
}

fn found(there: &[String]) -> String {
    if there.is_empty() {
        "there is none".to_owned()
    } else {
        format!("there is {}", there.join(", "))
    }
}
