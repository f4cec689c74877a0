//! Differences between levels, with p values adjusted for how many they are, and a trend over levels
//! that have an order.

use std::collections::HashMap;

use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

use super::{Combination, DesignError, Omnibus, Regression, Value, solved::Scale};
use crate::{effect::Measure, model::Link, study::Column};

/// How p values of several contrasts are adjusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Adjust {
    /// Not at all.
    None,
    /// Holm 1979: the chance of any false finding.
    #[default]
    Holm,
    /// Benjamini and Hochberg 1995: the share of false findings.
    #[serde(alias = "bh")]
    BenjaminiHochberg,
}

/// A linear combination of coefficients with an adjusted p value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contrast {
    /// The combination.
    #[serde(flatten)]
    pub value: Combination,
    /// Its p value adjusted for the others beside it.
    pub p_adjusted: Option<f64>,
    /// What it is as a ratio of odds (logits) or of rates (logs).
    pub ratio: Option<Ratio>,
}

/// The exponential of a difference with its limits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Ratio {
    /// The ratio.
    pub estimate: f64,
    /// Lower limit.
    pub ci_lower: Option<f64>,
    /// Upper limit.
    pub ci_upper: Option<f64>,
}

/// A trend over the levels of a moderator in a given order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trend {
    /// The moderator.
    pub column: String,
    /// Its levels from the lowest to the highest.
    pub levels: Vec<String>,
    /// The slope for one step, `Σ cᵢμᵢ/Σ cᵢ²` with scores `cᵢ` around their mean.
    pub slope: Combination,
    /// Whether the means depart from a line; `None` for two levels.
    pub departure: Option<Omnibus>,
}

impl Regression {
    /// Adds the differences written as `a - b` (or `column: a - b`), adjusted for one another.
    ///
    /// Other moderators are held at the mean or the reference level, which matters only where they
    /// interact.
    ///
    /// # Errors
    /// [`DesignError`] where a difference cannot be read or no categorical term has its levels.
    pub fn with_contrasts(mut self, texts: &[String], adjust: Adjust) -> Result<Self, DesignError> {
        let found = texts.iter().map(|text| self.difference(text)).collect::<Result<_, _>>()?;
        self.contrasts = self.adjusted(found, adjust);
        Ok(self)
    }

    /// Adds all pairwise differences between the levels of every categorical term, adjusted for one
    /// another.
    ///
    /// # Errors
    /// [`DesignError::NoLevels`] where there is no categorical term.
    pub fn with_pairs(mut self, adjust: Adjust) -> Result<Self, DesignError> {
        let design = &self.solved.designed.design;
        let columns: Vec<String> =
            design.references().map(|(column, _)| column.to_owned()).collect();
        if columns.is_empty() {
            return Err(DesignError::NoLevels);
        }
        let mut found = Vec::new();
        for column in &columns {
            let levels = design.levels(column).unwrap_or_default();
            for (i, first) in levels.iter().enumerate() {
                for second in levels.iter().skip(i + 1) {
                    found.push(self.between(column, second, first)?);
                }
            }
        }
        self.contrasts = self.adjusted(found, adjust);
        Ok(self)
    }

    /// Adds the trend over levels written as `a<b<c`, from the lowest to the highest.
    ///
    /// # Errors
    /// [`DesignError`] where the order cannot be read or no categorical term has its levels.
    pub fn with_trend(mut self, text: &str) -> Result<Self, DesignError> {
        let levels: Vec<String> = text.split('<').map(|level| level.trim().to_owned()).collect();
        let wanted = "an order of at least two different levels, such as a<b<c";
        let twice = levels.iter().enumerate().any(|(i, level)| levels[..i].contains(level));
        if levels.len() < 2 || twice || levels.iter().any(String::is_empty) {
            return Err(DesignError::BadComparison { text: text.to_owned(), wanted });
        }
        let column = self.column_with(&levels)?;
        let rows =
            levels.iter().map(|level| self.row(&column, level)).collect::<Result<Vec<_>, _>>()?;
        let m = levels.len();
        let middle = (m as f64 - 1.0) / 2.0;
        let scores: Vec<f64> = (0..m).map(|i| i as f64 - middle).collect();
        let squares: f64 = scores.iter().map(|c| c * c).sum();
        let mut slope = DVector::zeros(self.p);
        for (row, score) in rows.iter().zip(&scores) {
            slope.axpy(score / squares, row, 1.0);
        }
        // Second differences of the means are 0 on a line.
        let departure = (m > 2).then(|| {
            DMatrix::from_fn(m - 2, self.p, |i, j| {
                rows[i][j] - 2.0 * rows[i + 1][j] + rows[i + 2][j]
            })
        });
        self.trend = Some(Trend {
            slope: self.combination(levels.join(" < "), &slope),
            departure: departure.and_then(|constraints| self.constrained(&constraints)),
            column,
            levels,
        });
        Ok(self)
    }

    /// Reads `a - b`: level names may hold hyphens, so every ` - ` is tried.
    fn difference(&self, text: &str) -> Result<Combination, DesignError> {
        let wanted = "a difference of two levels, such as a - b";
        let bad = || DesignError::BadComparison { text: text.to_owned(), wanted };
        let columns: Vec<&str> =
            self.solved.designed.design.references().map(|(column, _)| column).collect();
        let (only, rest) = match text.split_once(':') {
            Some((column, rest)) if columns.contains(&column.trim()) => (Some(column.trim()), rest),
            _ => (None, text),
        };
        let mut first_failure = None;
        for (place, _) in rest.match_indices(" - ") {
            let (a, b) = (rest[..place].trim(), rest[place + 3..].trim());
            let pair = [a.to_owned(), b.to_owned()];
            let column = match only {
                Some(column) => Ok(column.to_owned()),
                None => self.column_with(&pair),
            };
            match column.and_then(|column| self.between(&column, a, b)) {
                Ok(found) => return Ok(found),
                Err(failure) => first_failure = first_failure.or(Some(failure)),
            }
        }
        Err(first_failure.unwrap_or_else(bad))
    }

    /// The categorical main effect that has all of `levels`.
    fn column_with(&self, levels: &[String]) -> Result<String, DesignError> {
        let design = &self.solved.designed.design;
        let of = |column: &str| design.levels(column).unwrap_or_default().to_vec();
        let columns: Vec<&str> = design.references().map(|(column, _)| column).collect();
        let has_all = |column: &&&str| levels.iter().all(|level| of(column).contains(level));
        if let Some(column) = columns.iter().find(has_all) {
            return Ok((*column).to_owned());
        }
        if columns.is_empty() {
            return Err(DesignError::NoLevels);
        }
        let nowhere = |level: &&String| !columns.iter().any(|column| of(column).contains(level));
        Err(DesignError::NoSuchLevel {
            level: levels.iter().find(nowhere).or(levels.first()).cloned().unwrap_or_default(),
            available: columns
                .iter()
                .map(|column| format!("{column}: {}", of(column).join(", ")))
                .collect(),
        })
    }

    fn between(&self, column: &str, a: &str, b: &str) -> Result<Combination, DesignError> {
        let difference = self.row(column, a)? - self.row(column, b)?;
        Ok(self.combination(format!("{a} - {b}"), &difference))
    }

    /// The row of the design at one level, other moderators at their mean or reference.
    fn row(&self, column: &str, level: &str) -> Result<DVector<f64>, DesignError> {
        let mut values = self.typical();
        values.insert(column.to_owned(), Value::Text(level.to_owned()));
        self.solved.designed.design.at(&values).map(DVector::from_vec)
    }

    /// Each moderator at its mean or at its reference level.
    fn typical(&self) -> HashMap<String, Value> {
        let design = &self.solved.designed.design;
        let value = |column: &str| {
            if let Some(reference) = design.levels(column).and_then(<[String]>::first) {
                return Some(Value::Text(reference.clone()));
            }
            match &self.studies().moderator(column)?.column {
                Column::Number(cells) => {
                    let cells: Vec<f64> = cells.iter().copied().flatten().collect();
                    Some(Value::Number(cells.iter().sum::<f64>() / cells.len() as f64))
                }
                Column::Text(cells) => Some(Value::Text(cells.iter().flatten().min()?.to_string())),
            }
        };
        let columns = design.moderators().into_iter();
        columns.filter_map(|column| Some((column.to_owned(), value(column)?))).collect()
    }

    /// Puts adjusted p values and ratios beside the plain ones.
    fn adjusted(&self, contrasts: Vec<Combination>, adjust: Adjust) -> Vec<Contrast> {
        let p_values: Vec<Option<f64>> = contrasts.iter().map(|c| c.p_value).collect();
        let logs = matches!(
            self.solved.scale,
            Scale::Link(Link::Logit) | Scale::Measure { measure: Measure::Plo, .. }
        ) || matches!(self.solved.scale, Scale::Measure { measure, .. } if measure.is_log());
        contrasts
            .into_iter()
            .zip(adjust_all(&p_values, adjust))
            .map(|(value, p_adjusted)| Contrast {
                ratio: logs.then(|| Ratio {
                    estimate: value.estimate.exp(),
                    ci_lower: value.ci_lower.map(f64::exp),
                    ci_upper: value.ci_upper.map(f64::exp),
                }),
                value,
                p_adjusted,
            })
            .collect()
    }
}

/// Adjusted p values in the order of the plain ones.
fn adjust_all(p_values: &[Option<f64>], adjust: Adjust) -> Vec<Option<f64>> {
    let mut order: Vec<(usize, f64)> =
        p_values.iter().enumerate().filter_map(|(i, p)| Some((i, (*p)?))).collect();
    order.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    let m = order.len() as f64;
    let mut adjusted = vec![None; p_values.len()];
    match adjust {
        Adjust::None => return p_values.to_vec(),
        Adjust::Holm => {
            let mut largest: f64 = 0.0;
            for (rank, &(i, p)) in order.iter().enumerate() {
                largest = largest.max(((m - rank as f64) * p).min(1.0));
                adjusted[i] = Some(largest);
            }
        }
        Adjust::BenjaminiHochberg => {
            let mut smallest: f64 = 1.0;
            for (rank, &(i, p)) in order.iter().enumerate().rev() {
                smallest = smallest.min(m / (rank + 1) as f64 * p);
                adjusted[i] = Some(smallest);
            }
        }
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `p.adjust(c(.01, .04, .03, .005), "holm" | "BH")` in R 4.2.
    #[test]
    fn adjusted_as_in_r() {
        let p = [Some(0.01), Some(0.04), None, Some(0.03), Some(0.005)];
        let close = |ours: Vec<Option<f64>>, theirs: [Option<f64>; 5]| {
            for (ours, theirs) in ours.into_iter().zip(theirs) {
                assert_eq!(ours.is_some(), theirs.is_some());
                assert!((ours.unwrap_or(0.0) - theirs.unwrap_or(0.0)).abs() < 1e-15);
            }
        };
        close(adjust_all(&p, Adjust::Holm), [Some(0.03), Some(0.06), None, Some(0.06), Some(0.02)]);
        close(
            adjust_all(&p, Adjust::BenjaminiHochberg),
            [Some(0.02), Some(0.04), None, Some(0.04), Some(0.02)],
        );
        close(adjust_all(&p, Adjust::None), p);
    }
}
