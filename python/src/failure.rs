//! Why a call ends without its result.

use std::fmt::Display;

use pyo3::{prelude::*, types::PyDict};
use resorb::data::{Problem, Problems};

/// Why a call ends without its result, in the words of the command line.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A table that cannot be used.
    Table {
        /// Where it came from.
        name: String,
        /// What is wrong with it.
        problems: Problems,
    },
    /// Anything else, with what to do where that is not part of the sentence.
    Said {
        /// What is wrong.
        message: String,
        /// What to do.
        help: Option<String>,
    },
}

impl Failure {
    /// A failure whose sentence says what to do.
    pub(crate) fn said(message: impl Display) -> Self {
        Self::Said { message: message.to_string(), help: None }
    }

    /// A failure with what to do about it.
    pub(crate) fn with_help(message: impl Display, help: impl Display) -> Self {
        Self::Said { message: message.to_string(), help: Some(help.to_string()) }
    }

    /// The exception; the package's own, so that it can carry the problems.
    pub(crate) fn raise(self, py: Python<'_>) -> PyErr {
        self.exception(py).unwrap_or_else(|error| error)
    }

    fn exception(self, py: Python<'_>) -> PyResult<PyErr> {
        let kind = py.import("resorb._errors")?.getattr("DataError")?;
        let value = match self {
            Self::Said { message, help: None } => kind.call1((message,))?,
            Self::Said { message, help: Some(help) } => {
                kind.call1((format!("{message}\nhelp: {help}"),))?
            }
            Self::Table { name, problems } => {
                let found: Vec<Bound<'_, PyDict>> = problems
                    .iter()
                    .map(|problem| described(py, problem))
                    .collect::<PyResult<_>>()?;
                kind.call1((format!("{name}: {problems}"), found))?
            }
        };
        Ok(PyErr::from_value(value))
    }
}

/// A problem with the keys that `resorb check --format json` gives it.
fn described<'py>(py: Python<'py>, problem: &Problem) -> PyResult<Bound<'py, PyDict>> {
    let place = problem.place.as_ref();
    let told = PyDict::new(py);
    told.set_item("severity", problem.severity.to_string())?;
    told.set_item("line", place.map(|place| place.line))?;
    told.set_item("column", place.and_then(|place| place.column.as_deref()))?;
    told.set_item("message", problem.kind.to_string())?;
    told.set_item("fix", &problem.fix)?;
    Ok(told)
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::said(error)
    }
}
