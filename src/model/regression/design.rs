//! The design matrix of a meta-regression and the way back to it from values asked about.

use std::collections::HashMap;

use nalgebra::DMatrix;

use super::{
    Formula,
    basis::{Basis, Value},
};
use crate::study::{Column, Moderator, Studies, nearest};

/// Why moderators do not make a design.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DesignError {
    /// A column that is not there.
    #[error("there is no column `{column}`{}; the columns are {}", hint(.nearest.as_deref()), .available.join(", "))]
    UnknownColumn {
        /// The name asked for.
        column: String,
        /// The nearest name.
        nearest: Option<String>,
        /// What there is.
        available: Vec<String>,
    },
    /// A reference level for a column that is no term of the model.
    #[error("a reference level was given for `{column}`, which is no term of the model; its terms are {}", .available.join(", "))]
    UnknownReference {
        /// The column.
        column: String,
        /// The columns of the terms.
        available: Vec<String>,
    },
    /// A level that does not occur.
    #[error("`{column}` has no level `{level}`; its levels are {}", .available.join(", "))]
    UnknownLevel {
        /// The column.
        column: String,
        /// The level asked for.
        level: String,
        /// What there is.
        available: Vec<String>,
    },
    /// The same value everywhere.
    #[error(
        "`{column}` has the same value in every study used: nothing can be regressed on it; drop the term"
    )]
    Constant {
        /// The column.
        column: String,
    },
    /// A text column where a number is needed.
    #[error(
        "`{column}` holds text: center, scale, poly and rcs need a numeric column, and a text column needs one of its levels"
    )]
    NotNumeric {
        /// The column.
        column: String,
    },
    /// Too few distinct values for the knots.
    #[error(
        "`{column}` has too few distinct values for that many knots; ask for fewer, or use poly"
    )]
    TiedKnots {
        /// The column.
        column: String,
    },
    /// A column that the ones before it determine.
    #[error(
        "the term `{term}` is determined by the terms before it (collinear); drop it or one of them"
    )]
    Collinear {
        /// The term.
        term: String,
    },
    /// More coefficients than studies allow.
    #[error(
        "{coefficients} coefficients for {studies} studies: there must be more studies than coefficients; use fewer terms"
    )]
    TooManyCoefficients {
        /// The columns of the design.
        coefficients: usize,
        /// The studies without missing moderators.
        studies: usize,
    },
    /// A value of a column that the model does not use.
    #[error("the model does not use `{column}`; it uses {}", .available.join(", "))]
    NotInModel {
        /// The column.
        column: String,
        /// The columns it uses.
        available: Vec<String>,
    },
    /// Values that cannot be read.
    #[error("`{text}` is not a list of values: write column=value, with commas between several")]
    BadValues {
        /// What was given.
        text: String,
    },
    /// A contrast or a trend that cannot be read.
    #[error("`{text}` is not {wanted}")]
    BadComparison {
        /// What was given.
        text: String,
        /// What it should be.
        wanted: &'static str,
    },
    /// A comparison of levels where there are none.
    #[error(
        "the model has no categorical term whose levels could be compared; add a text column, or give a numeric one a reference level"
    )]
    NoLevels,
    /// Levels that no categorical term has.
    #[error("no categorical term has the level `{level}`; there are {}", .available.join("; "))]
    NoSuchLevel {
        /// The level asked for.
        level: String,
        /// Columns with their levels.
        available: Vec<String>,
    },
    /// A prediction that leaves a moderator open.
    #[error("give a value for `{column}`: the model uses it")]
    NoValue {
        /// The column.
        column: String,
    },
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

/// A design matrix of full rank with the names of its columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Design {
    intercept: bool,
    terms: Vec<Term>,
    names: Vec<String>,
    x: DMatrix<f64>,
}

#[derive(Clone, Debug, PartialEq)]
struct Term {
    name: String,
    factors: Vec<Basis>,
}

/// The studies that have every moderator of a formula, those that do not, and the design of the former.
#[derive(Clone, Debug, PartialEq)]
pub struct Designed {
    /// The studies used.
    pub studies: Studies,
    /// Which of the studies given they are.
    pub mask: Vec<bool>,
    /// Their design.
    pub design: Design,
}

impl Design {
    /// Builds the design of `formula` for the studies that have all its moderators.
    ///
    /// `references` names the level that a categorical moderator is compared with; without one it is
    /// the first in alphabetical order. A numeric column with a reference is treated as categorical.
    ///
    /// # Errors
    /// [`DesignError`]: unknown columns or levels, constant or collinear terms, too many coefficients.
    pub fn of(
        formula: &Formula,
        studies: &Studies,
        references: &[(String, String)],
    ) -> Result<Designed, DesignError> {
        let known = || formula.terms.iter().flatten().map(|factor| factor.column.as_str());
        if let Some((column, _)) = references.iter().find(|(c, _)| !known().any(|name| name == c)) {
            return Err(DesignError::UnknownReference {
                column: column.clone(),
                available: known().map(str::to_owned).collect(),
            });
        }
        let mask = complete(formula, studies)?;
        let too_many =
            |coefficients, studies| DesignError::TooManyCoefficients { coefficients, studies };
        let used = studies.subset(&mask).map_err(|_| too_many(1, 0))?;
        let mut terms = Vec::with_capacity(formula.terms.len());
        // Without an intercept the first categorical term carries all its levels.
        let mut full = !formula.intercept;
        for term in &formula.terms {
            let mut factors = Vec::with_capacity(term.len());
            for factor in term {
                let moderator = find(&used, &factor.column)?;
                let reference =
                    references.iter().find(|(column, _)| *column == moderator.name).map(|(_, l)| l);
                let alone = term.len() == 1;
                let basis =
                    Basis::learn(factor, moderator, reference.map(String::as_str), full && alone)?;
                if alone && basis.reference().is_some() {
                    full = false;
                }
                factors.push(basis);
            }
            let names: Vec<String> = term.iter().map(ToString::to_string).collect();
            terms.push(Term { name: names.join(":"), factors });
        }
        let mut design = Self {
            intercept: formula.intercept,
            terms,
            names: Vec::new(),
            x: DMatrix::zeros(0, 0),
        };
        design.names = design.column_names();
        let rows = (0..used.k())
            .map(|i| design.row(&|column| cell(&used, column, i)))
            .collect::<Result<Vec<_>, _>>()?;
        let p = design.names.len();
        if p >= used.k() {
            return Err(too_many(p, used.k()));
        }
        design.x = DMatrix::from_fn(used.k(), p, |i, j| rows[i][j]);
        if let Some(column) = first_dependent(&design.x) {
            let term = design.names.get(column).cloned().unwrap_or_default();
            return Err(DesignError::Collinear { term });
        }
        Ok(Designed { studies: used, mask, design })
    }

    /// The matrix, studies × coefficients.
    #[must_use]
    pub const fn matrix(&self) -> &DMatrix<f64> {
        &self.x
    }

    /// The names of its columns.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether the first column is the intercept.
    #[must_use]
    pub const fn has_intercept(&self) -> bool {
        self.intercept
    }

    /// Column and reference level of each categorical main effect.
    pub fn references(&self) -> impl Iterator<Item = (&str, &str)> {
        self.main_effects().filter_map(|basis| Some((basis.column.as_str(), basis.reference()?)))
    }

    /// The columns that a term fills, by its name in the formula.
    #[must_use]
    pub fn columns_of(&self, term: usize) -> std::ops::Range<usize> {
        let width = |term: &Term| term.factors.iter().map(|f| f.names().len()).product::<usize>();
        let before: usize = self.terms.iter().take(term).map(width).sum();
        let start = usize::from(self.intercept) + before;
        start..start + self.terms.get(term).map_or(0, width)
    }

    /// The matrix without the columns of a term.
    pub(super) fn without(&self, term: usize) -> DMatrix<f64> {
        let columns = self.columns_of(term);
        self.x.clone().remove_columns(columns.start, columns.len())
    }

    /// The levels of a categorical main effect, its reference first.
    #[must_use]
    pub fn levels(&self, column: &str) -> Option<&[String]> {
        self.main_effects().find(|basis| basis.column == column)?.levels()
    }

    /// The columns of the table that the terms are made of.
    #[must_use]
    pub fn moderators(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for basis in self.terms.iter().flat_map(|term| &term.factors) {
            if !names.contains(&basis.column.as_str()) {
                names.push(&basis.column);
            }
        }
        names
    }

    fn main_effects(&self) -> impl Iterator<Item = &Basis> {
        self.terms.iter().filter(|term| term.factors.len() == 1).flat_map(|term| &term.factors)
    }

    /// The terms by name.
    pub fn terms(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().map(|term| term.name.as_str())
    }

    /// The row of the design at given values.
    ///
    /// # Errors
    /// [`DesignError::NoValue`] where a moderator of the formula has none, [`DesignError::UnknownLevel`].
    pub fn at(&self, values: &HashMap<String, Value>) -> Result<Vec<f64>, DesignError> {
        self.row(&|column| values.get(column).cloned())
    }

    fn row(&self, value: &dyn Fn(&str) -> Option<Value>) -> Result<Vec<f64>, DesignError> {
        let mut row = if self.intercept { vec![1.0] } else { Vec::new() };
        for term in &self.terms {
            let mut product = vec![1.0];
            for basis in &term.factors {
                let value = value(&basis.column)
                    .ok_or_else(|| DesignError::NoValue { column: basis.column.clone() })?;
                let columns = basis.at(&value)?;
                product = product.iter().flat_map(|a| columns.iter().map(move |b| a * b)).collect();
            }
            row.extend(product);
        }
        Ok(row)
    }

    fn column_names(&self) -> Vec<String> {
        let mut names = if self.intercept { vec!["intercept".to_owned()] } else { Vec::new() };
        for term in &self.terms {
            let mut product = vec![String::new()];
            for basis in &term.factors {
                let columns = basis.names();
                product = product
                    .iter()
                    .flat_map(|a| {
                        columns
                            .iter()
                            .map(move |b| if a.is_empty() { b.clone() } else { format!("{a}:{b}") })
                    })
                    .collect();
            }
            names.extend(product);
        }
        names
    }
}

/// The moderator called `name`, by its exact name or, where that is unique, in any case.
fn find<'a>(studies: &'a Studies, name: &str) -> Result<&'a Moderator, DesignError> {
    let folded = name.to_lowercase();
    let mut alike = studies.moderators().iter().filter(|m| m.name.to_lowercase() == folded);
    let available = || studies.moderators().iter().map(|m| m.name.clone()).collect::<Vec<_>>();
    studies.moderator(name).or_else(|| alike.next().filter(|_| alike.next().is_none())).ok_or_else(
        || DesignError::UnknownColumn {
            column: name.to_owned(),
            nearest: nearest(name, available().iter().map(String::as_str)).map(str::to_owned),
            available: available(),
        },
    )
}

/// Which studies have every moderator of the formula.
fn complete(formula: &Formula, studies: &Studies) -> Result<Vec<bool>, DesignError> {
    let mut mask = vec![true; studies.k()];
    for factor in formula.terms.iter().flatten() {
        let moderator = find(studies, &factor.column)?;
        for (i, keep) in mask.iter_mut().enumerate() {
            *keep &= cell(studies, &moderator.name, i).is_some();
        }
    }
    Ok(mask)
}

fn cell(studies: &Studies, column: &str, i: usize) -> Option<Value> {
    match &studies.moderator(column)?.column {
        Column::Number(values) => values.get(i).copied().flatten().map(Value::Number),
        Column::Text(values) => values.get(i)?.as_deref().map(|text| Value::Text(text.to_owned())),
    }
}

/// The first column that those before it determine, by Gram–Schmidt on columns of unit length.
fn first_dependent(x: &DMatrix<f64>) -> Option<usize> {
    let mut basis: Vec<nalgebra::DVector<f64>> = Vec::with_capacity(x.ncols());
    for (j, column) in x.column_iter().enumerate() {
        let length = column.norm();
        let mut rest = column.clone_owned();
        // Twice, because once loses orthogonality where columns are nearly dependent.
        for _ in 0..2 {
            for b in &basis {
                let along = b.dot(&rest);
                rest.axpy(-along, b, 1.0);
            }
        }
        if rest.norm() <= 1e-9 * length {
            return Some(j);
        }
        basis.push(rest.normalize());
    }
    None
}
