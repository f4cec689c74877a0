//! The design matrix of a meta-regression and the way back to it from values asked about.

use std::collections::HashMap;

use nalgebra::DMatrix;

use super::{
    DesignError, Factor, Formula,
    basis::{Basis, Value},
    design_error::TextCell,
};
use crate::study::{Column, Moderator, Studies, nearest};

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
        let known = formula.columns();
        let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
        if let Some((column, _)) =
            references.iter().find(|(c, _)| !known.iter().any(|name| same(name, c)))
        {
            return Err(DesignError::UnknownReference {
                column: column.clone(),
                available: known.iter().map(|&name| name.to_owned()).collect(),
            });
        }
        let mask = complete(formula, studies)?;
        let too_many = |coefficients, studies, hint| DesignError::TooManyCoefficients {
            coefficients,
            studies,
            hint,
        };
        let used = studies.subset(&mask).map_err(|_| too_many(1, 0, String::new()))?;
        let mut terms = Vec::with_capacity(formula.terms.len());
        // Without an intercept the first categorical term carries all its levels.
        let mut full = !formula.intercept;
        for term in &formula.terms {
            let mut factors = Vec::with_capacity(term.len());
            for factor in term {
                let moderator = find(&used, &factor.column)?;
                let mut given =
                    references.iter().filter(|(column, _)| same(column, &moderator.name));
                let reference = given.next().map(|(_, level)| level.as_str());
                let alone = term.len() == 1;
                let every = if alone { full } else { !formula.has_margin(term, factor) };
                let text = |error| match error {
                    DesignError::NotNumeric { column, .. } => {
                        DesignError::NotNumeric { cell: first_text(&used, &column), column }
                    }
                    other => other,
                };
                let basis = Basis::learn(factor, moderator, reference, every).map_err(text)?;
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
            let hint = numbers_as_text(&used, formula);
            return Err(too_many(p, used.k(), hint));
        }
        design.x = DMatrix::from_fn(used.k(), p, |i, j| rows[i][j]);
        if let Some(column) = first_dependent(&design.x) {
            let term = design.names.get(column).cloned().unwrap_or_default();
            if design.x.column(column).amax() == 0.0 {
                return Err(DesignError::EmptyCombination { term });
            }
            return Err(DesignError::Collinear { term, hint: margins_hint(formula) });
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
    let available = || studies.moderators().iter().map(|m| m.name.clone()).collect::<Vec<_>>();
    studies.moderator_in_any_case(name).ok_or_else(|| DesignError::UnknownColumn {
        column: name.to_owned(),
        nearest: nearest(name, available().iter().map(String::as_str)).map(str::to_owned),
        available: available(),
    })
}

/// The first cell of a text column that is no number.
fn first_text(studies: &Studies, column: &str) -> Option<TextCell> {
    let Column::Text(cells) = &studies.moderator(column)?.column else { return None };
    let mut rows = studies.rows().iter().zip(cells);
    rows.find_map(|(&line, cell)| {
        let value = cell.as_deref().filter(|cell| cell.parse::<f64>().is_err())?;
        Some(TextCell { line, value: value.to_owned() })
    })
}

/// The text columns that are mostly numbers, each with a cell that is none.
pub(super) fn mostly_numbers(studies: &Studies, formula: &Formula) -> Vec<(String, TextCell)> {
    let columns = formula.columns();
    let found = columns.iter().filter_map(|name| {
        let moderator = studies.moderator_in_any_case(name)?;
        let Column::Text(cells) = &moderator.column else { return None };
        let numbers = cells.iter().flatten().filter(|cell| cell.parse::<f64>().is_ok()).count();
        let mostly = 2 * numbers > cells.len();
        Some((moderator.name.clone(), first_text(studies, &moderator.name).filter(|_| mostly)?))
    });
    found.collect()
}

fn numbers_as_text(studies: &Studies, formula: &Formula) -> String {
    let of = |(column, cell): &(String, TextCell)| {
        format!(
            "; `{column}` is read as text because of {cell}, so that each of its values is a level"
        )
    };
    mostly_numbers(studies, formula).iter().map(of).collect()
}

/// What to write for interactions whose main effects are not there.
fn margins_hint(formula: &Formula) -> String {
    let lacks = |term: &&Vec<Factor>| {
        term.len() > 1 && term.iter().any(|factor| !formula.has_margin(term, factor))
    };
    formula.terms.iter().find(lacks).map_or_else(String::new, |term| {
        let with = |mark: &str| {
            term.iter().map(ToString::to_string).collect::<Vec<_>>().join(mark)
        };
        format!(
            "; `{}` stands without all of its main effects: write {} for those too, or 0 + {} for a value of each combination",
            with(":"),
            with(" * "),
            with(":")
        )
    })
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
