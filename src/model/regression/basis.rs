//! How a moderator becomes columns: the same for the studies of a fit and for a value asked about.

use super::{DesignError, Factor, Transform};
use crate::{
    numeric::quantile_of_sorted,
    study::{Column, Moderator},
};

/// A value of a moderator.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A level.
    Text(String),
}

/// A factor with everything learnt from the studies: means, knots, levels.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Basis {
    pub(super) column: String,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    /// `(x − shift)/scale` and its powers up to `degree`.
    Powers { name: String, shift: f64, scale: f64, degree: i32 },
    /// Harrell's restricted cubic spline.
    Spline { knots: Vec<f64> },
    /// One indicator a level; with `full` all of them, else all but the first.
    Levels { levels: Vec<String>, full: bool },
}

impl Basis {
    /// Learns from the cells of the studies in the fit, none of which is missing. `reference` is the
    /// level that the others are compared with; `full` keeps an indicator for it.
    pub(super) fn learn(
        factor: &Factor,
        moderator: &Moderator,
        reference: Option<&str>,
        full: bool,
    ) -> Result<Self, DesignError> {
        let column = moderator.name.clone();
        let kind = match &moderator.column {
            Column::Number(values) if reference.is_none() => {
                let values: Vec<f64> = values.iter().copied().flatten().collect();
                numeric(factor, &column, &values)?
            }
            _ if factor.transform != Transform::None => {
                return Err(DesignError::NotNumeric { column, cell: None });
            }
            other => Kind::Levels { levels: levels(other, &column, reference)?, full },
        };
        Ok(Self { column, kind })
    }

    /// The names of its columns.
    pub(super) fn names(&self) -> Vec<String> {
        match &self.kind {
            Kind::Powers { name, degree: 1, .. } => vec![name.clone()],
            Kind::Powers { name, degree, .. } => {
                (1..=*degree).map(|power| format!("{name}^{power}")).collect()
            }
            Kind::Spline { knots } => {
                (1..knots.len()).map(|i| format!("rcs({}) {i}", self.column)).collect()
            }
            Kind::Levels { levels, full } => levels
                .iter()
                .skip(usize::from(!full))
                .map(|level| format!("{}={level}", self.column))
                .collect(),
        }
    }

    /// The reference level, where the factor has one.
    pub(super) fn reference(&self) -> Option<&str> {
        match &self.kind {
            Kind::Levels { levels, .. } => levels.first().map(String::as_str),
            _ => None,
        }
    }

    /// The levels, where the factor has them, the reference first.
    pub(super) fn levels(&self) -> Option<&[String]> {
        match &self.kind {
            Kind::Levels { levels, .. } => Some(levels),
            _ => None,
        }
    }

    /// Its columns at `value`.
    pub(super) fn at(&self, value: &Value) -> Result<Vec<f64>, DesignError> {
        match (&self.kind, value) {
            (Kind::Powers { shift, scale, degree, .. }, Value::Number(x)) => {
                let z = (x - shift) / scale;
                Ok((1..=*degree).map(|power| z.powi(power)).collect())
            }
            (Kind::Spline { knots }, Value::Number(x)) => Ok(restricted_cubic(*x, knots)),
            (Kind::Levels { levels, full }, value) => {
                let text = match value {
                    Value::Number(x) => x.to_string(),
                    Value::Text(text) => text.clone(),
                };
                if !levels.contains(&text) {
                    return Err(DesignError::UnknownLevel {
                        column: self.column.clone(),
                        level: text,
                        available: levels.clone(),
                    });
                }
                Ok(levels
                    .iter()
                    .skip(usize::from(!full))
                    .map(|level| f64::from(u8::from(*level == text)))
                    .collect())
            }
            (_, Value::Text(text)) => {
                Err(DesignError::NotANumber { column: self.column.clone(), value: text.clone() })
            }
        }
    }
}

fn numeric(factor: &Factor, column: &str, values: &[f64]) -> Result<Kind, DesignError> {
    let k = values.len() as f64;
    let mean = values.iter().sum::<f64>() / k;
    let sd = (values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (k - 1.0)).sqrt();
    let constant = values.iter().all(|x| Some(x) == values.first());
    if constant {
        return Err(DesignError::Constant { column: column.to_owned() });
    }
    let powers = |shift, scale, degree| Kind::Powers {
        name: match factor.transform {
            // The degree is in the power that follows the name.
            Transform::Poly(_) => format!("center({column})"),
            _ => Factor { column: column.to_owned(), ..factor.clone() }.to_string(),
        },
        shift,
        scale,
        degree,
    };
    Ok(match factor.transform {
        Transform::None => powers(0.0, 1.0, 1),
        Transform::Center => powers(mean, 1.0, 1),
        Transform::Scale => powers(mean, sd, 1),
        Transform::Poly(degree) => powers(mean, 1.0, i32::try_from(degree).unwrap_or(5)),
        Transform::Spline(knots) => {
            let mut sorted = values.to_vec();
            sorted.sort_by(f64::total_cmp);
            let knots: Vec<f64> =
                knot_places(knots).iter().map(|&p| quantile_of_sorted(&sorted, p)).collect();
            if knots.windows(2).any(|pair| pair[0] >= pair[1]) {
                return Err(DesignError::TiedKnots { column: column.to_owned() });
            }
            Kind::Spline { knots }
        }
    })
}

fn levels(
    column: &Column,
    name: &str,
    reference: Option<&str>,
) -> Result<Vec<String>, DesignError> {
    let cells = (0..column.len()).filter_map(|i| column.level(i));
    let mut levels: Vec<String> = Vec::new();
    for cell in cells {
        if !levels.contains(&cell) {
            levels.push(cell);
        }
    }
    // Alphabetical in any case, as in R, so that the reference does not hang on the order of rows.
    levels.sort_by_cached_key(|level| (level.to_lowercase(), level.clone()));
    if let Some(reference) = reference {
        let Some(place) = levels.iter().position(|level| level == reference) else {
            return Err(DesignError::UnknownLevel {
                column: name.to_owned(),
                level: reference.to_owned(),
                available: levels,
            });
        };
        let first = levels.remove(place);
        levels.insert(0, first);
    }
    if levels.len() < 2 {
        return Err(DesignError::Constant { column: name.to_owned() });
    }
    Ok(levels)
}

/// Quantiles at which knots stand (Harrell 2015, table 2.3).
fn knot_places(knots: usize) -> &'static [f64] {
    match knots {
        3 => &[0.10, 0.50, 0.90],
        4 => &[0.05, 0.35, 0.65, 0.95],
        5 => &[0.05, 0.275, 0.50, 0.725, 0.95],
        6 => &[0.05, 0.23, 0.41, 0.59, 0.77, 0.95],
        _ => &[0.025, 0.1833, 0.3417, 0.50, 0.6583, 0.8167, 0.975],
    }
}

/// `x` and the nonlinear terms of a restricted cubic spline, divided by the squared range of the knots
/// so that all columns have the unit of `x` (Harrell 2015, equation 2.24 and 2.26).
fn restricted_cubic(x: f64, knots: &[f64]) -> Vec<f64> {
    let cube = |t: f64| t.max(0.0).powi(3);
    let (Some(&first), Some(&last), Some(&penultimate)) =
        (knots.first(), knots.last(), knots.iter().rev().nth(1))
    else {
        return vec![x];
    };
    let unit = (last - first) * (last - first);
    let inner = knots.iter().take(knots.len() - 2).map(|&knot| {
        (cube(x - knot) - cube(x - penultimate) * (last - knot) / (last - penultimate)
            + cube(x - last) * (penultimate - knot) / (last - penultimate))
            / unit
    });
    std::iter::once(x).chain(inner).collect()
}
