//! The extension module behind the Python package `resorb`: options by name and the bytes of a table in, the
//! library's results out, as the command line writes them. Files, frames and wording for people are the
//! Python side's.

mod answer;
mod commands;
mod failure;
mod figures;
mod options;
mod source;

use pyo3::pymodule;

/// What the package calls.
#[pymodule]
#[expect(clippy::needless_pass_by_value, reason = "what Python hands over belongs to the function")]
mod _resorb {
    use pyo3::prelude::*;
    use resorb::data::bundled as data_sets;

    #[pymodule_export]
    use crate::{answer::Answer, commands::Written, figures::Drawn};
    use crate::{commands, figures, options::Options, source::Raw};

    /// The version of the library.
    #[pyfunction]
    fn version() -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// Runs a command on a table: what is asked as the text of a plan, how it looks as JSON.
    #[pyfunction]
    fn run(
        py: Python<'_>,
        command: &str,
        table: Option<Raw>,
        plan: &str,
        style: &str,
    ) -> PyResult<Answer> {
        let done =
            py.detach(|| commands::run(command, table.as_ref(), plan, &Options::read(style)?));
        done.map_err(|failure| failure.raise(py))
    }

    /// The report of a table: what is asked as an object, how it looks as JSON.
    #[pyfunction]
    fn report(
        py: Python<'_>,
        table: Raw,
        asked: commands::Asked,
        style: &str,
    ) -> PyResult<Written> {
        let done = py.detach(|| commands::report(&table, &asked, &Options::read(style)?));
        done.map_err(|failure| failure.raise(py))
    }

    /// The data that an analysis file names.
    #[pyfunction]
    fn plan_data(py: Python<'_>, file: &str, text: &str) -> PyResult<String> {
        commands::named(file, text).map_err(|failure| failure.raise(py))
    }

    /// Every result of an analysis file on its table, each with the name of its command.
    #[pyfunction]
    fn carried_out(
        py: Python<'_>,
        table: Raw,
        plan: &str,
    ) -> PyResult<Vec<(&'static str, Answer)>> {
        let done = py.detach(|| commands::carried_out(&table, plan));
        done.map_err(|failure| failure.raise(py))
    }

    /// Holds a published effect against studies: the grid as the text of a plan, the claim as JSON.
    #[pyfunction]
    fn effect_claim(py: Python<'_>, table: Raw, plan: &str, options: &str) -> PyResult<Answer> {
        let done = py.detach(|| commands::effect_claim(&table, plan, &Options::read(options)?));
        done.map_err(|failure| failure.raise(py))
    }

    /// The table that `simulate` draws.
    #[pyfunction]
    fn simulated(py: Python<'_>, options: &str) -> PyResult<String> {
        let drawn = py.detach(|| commands::simulated(&Options::read(options)?));
        drawn.map_err(|failure| failure.raise(py))
    }

    /// How methods, or the test of groups, do over many simulated data sets.
    #[pyfunction]
    fn scenario(py: Python<'_>, options: &str) -> PyResult<Answer> {
        let done = py.detach(|| commands::scenario(&Options::read(options)?));
        done.map_err(|failure| failure.raise(py))
    }

    /// Draws a figure of a table: the analysis as the text of a plan, the figure's options as JSON.
    #[pyfunction]
    fn draw(py: Python<'_>, kind: &str, table: Raw, plan: &str, options: &str) -> PyResult<Drawn> {
        let drawn = py.detach(|| figures::draw(kind, &table, plan, &Options::read(options)?));
        drawn.map_err(|failure| failure.raise(py))
    }

    /// Draws a figure of what is no table of studies: judgements of bias, or the flow of a search.
    #[pyfunction]
    fn draw_appraisal(py: Python<'_>, kind: &str, table: Raw, options: &str) -> PyResult<Drawn> {
        let drawn = py.detach(|| figures::draw_appraisal(kind, &table, &Options::read(options)?));
        drawn.map_err(|failure| failure.raise(py))
    }

    /// The bundled data sets as JSON.
    #[pyfunction]
    fn datasets(py: Python<'_>) -> PyResult<String> {
        commands::datasets().map_err(|failure| failure.raise(py))
    }

    /// The claims of a table, one a row, as JSON.
    #[pyfunction]
    fn claims(py: Python<'_>, name: &str, content: &[u8]) -> PyResult<String> {
        commands::claims(name, content).map_err(|failure| failure.raise(py))
    }

    /// What a term means, as JSON; all terms for an empty one.
    #[pyfunction]
    fn explain(py: Python<'_>, term: &str) -> PyResult<String> {
        commands::explain(term).map_err(|failure| failure.raise(py))
    }

    /// The text of a bundled data set.
    #[pyfunction]
    fn bundled(name: &str) -> Option<&'static str> {
        data_sets::find(name).map(|dataset| dataset.csv)
    }

    /// The names of the bundled data sets.
    #[pyfunction]
    fn dataset_names() -> Vec<&'static str> {
        data_sets::ALL.iter().map(|dataset| dataset.name).collect()
    }

    /// The candidate that was probably meant.
    #[pyfunction]
    fn nearest(name: &str, candidates: Vec<String>) -> Option<String> {
        resorb::study::nearest(name, candidates.iter().map(String::as_str)).map(str::to_owned)
    }
}
