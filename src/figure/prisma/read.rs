//! A flow from a TOML file or from the rows of a table.

use toml::de::{DeTable, DeValue};

use super::{
    Flow, FlowProblem, Step,
    flow::{Entry, step},
};

impl Flow {
    /// Reads `step = count`, or `step = { name = count, … }` and `[step]` for its parts.
    ///
    /// # Errors
    /// [`FlowProblem`]: no TOML, an unknown step, a value that is no count, and those of [`Flow::new`].
    ///
    /// ```
    /// use resorb::figure::prisma::{Flow, Step};
    /// let flow = Flow::toml(
    ///     "databases = { PubMed = 60, Embase = 40 }\nremoved = { 'Duplicate records' = 10 }\n\
    ///      screened = 90\nexcluded = 70\nassessed = 20\nstudies = 9\n",
    /// )?;
    /// assert_eq!(flow.total(Step::Databases), Some(100));
    /// # Ok::<(), resorb::figure::prisma::FlowProblem>(())
    /// ```
    pub fn toml(text: &str) -> Result<Self, FlowProblem> {
        let line = |at: usize| {
            let before = text.get(..at).unwrap_or_default();
            before.bytes().filter(|byte| *byte == b'\n').count() as u64 + 1
        };
        let table = DeTable::parse(text).map_err(|error| {
            let place = error
                .span()
                .map_or_else(String::new, |span| format!("line {}: ", line(span.start)));
            FlowProblem::new(
                format!("{place}{}", error.message()),
                "write one step a line, such as screened = 90",
            )
        })?;
        // A parsed table has lost the order of the file: the places bring it back.
        let mut entries = Vec::new();
        for (key, value) in table.get_ref() {
            let at = key.span().start;
            let of = step(key.get_ref(), line(at))?;
            if let DeValue::Table(parts) = value.get_ref() {
                for (name, count) in parts {
                    let at = name.span().start;
                    let count = whole(count.get_ref(), of, line(at))?;
                    let name = Some(name.get_ref().to_string());
                    entries.push((at, Entry { step: of, name, count, line: line(at) }));
                }
            } else {
                let count = whole(value.get_ref(), of, line(at))?;
                entries.push((at, Entry { step: of, name: None, count, line: line(at) }));
            }
        }
        entries.sort_by_key(|(at, _)| *at);
        Self::new(entries.into_iter().map(|(_, entry)| entry).collect())
    }

    /// Reads a table with the columns `step`, `name` and `n`, whose rows have their lines.
    ///
    /// # Errors
    /// [`FlowProblem`]: a column that is not there, and those of [`Flow::rows`].
    ///
    /// ```
    /// use resorb::figure::prisma::{Flow, Step};
    /// let steps = [("databases", "9"), ("screened", "9"), ("excluded", "5"), ("assessed", "4"), ("studies", "4")];
    /// let rows: Vec<(u64, Vec<String>)> = (2..)
    ///     .zip(steps)
    ///     .map(|(line, (step, n))| (line, vec![step.to_owned(), n.to_owned()]))
    ///     .collect();
    /// let flow = Flow::table(&["step".to_owned(), "n".to_owned()], &rows)?;
    /// assert_eq!(flow.total(Step::Databases), Some(9));
    /// # Ok::<(), resorb::figure::prisma::FlowProblem>(())
    /// ```
    pub fn table(head: &[String], rows: &[(u64, Vec<String>)]) -> Result<Self, FlowProblem> {
        let place = |names: &[&str]| {
            let is = |head: &String| names.iter().any(|name| head.eq_ignore_ascii_case(name));
            head.iter().position(is)
        };
        let (Some(step), Some(count)) = (place(&["step"]), place(&["n", "count"])) else {
            return Err(FlowProblem::new(
                "there are no columns `step` and `n`",
                format!("the columns are {}", head.join(", ")),
            ));
        };
        let part = place(&["name"]);
        Self::rows(rows.iter().map(|(line, cells)| {
            (*line, cell(cells, Some(step)), cell(cells, part), cell(cells, Some(count)))
        }))
    }

    /// Reads rows of `step`, `name` and `n`, each with its line.
    ///
    /// # Errors
    /// [`FlowProblem`]: an unknown step, a cell that is no count, and those of [`Flow::new`].
    pub fn rows<'r>(
        rows: impl IntoIterator<Item = (u64, &'r str, &'r str, &'r str)>,
    ) -> Result<Self, FlowProblem> {
        let mut entries = Vec::new();
        for (line, of, name, count) in rows {
            let step = step(of, line)?;
            let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
            entries.push(Entry { step, name, count: number(count, step, line)?, line });
        }
        Self::new(entries)
    }
}

fn whole(value: &DeValue<'_>, of: Step, line: u64) -> Result<u64, FlowProblem> {
    match value {
        DeValue::Integer(integer) if integer.radix() == 10 => {
            number(&integer.as_str().replace('_', ""), of, line)
        }
        _ => Err(no_count(of, "this value", line)),
    }
}

fn number(text: &str, of: Step, line: u64) -> Result<u64, FlowProblem> {
    let text = text.trim();
    text.parse().map_err(|_| no_count(of, &format!("`{text}`"), line))
}

fn no_count(of: Step, what: &str, line: u64) -> FlowProblem {
    FlowProblem::new(
        format!("line {line}: {what} is no count of {}", of.words()),
        "write a whole number from 0 up, without separators",
    )
}

fn cell(cells: &[String], at: Option<usize>) -> &str {
    at.and_then(|at| cells.get(at)).map_or("", String::as_str)
}
