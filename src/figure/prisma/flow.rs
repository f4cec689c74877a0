//! The counts of a flow diagram, checked: what goes into a box comes out of it.

use super::Step;
use crate::study::nearest;

/// How records became included studies; its sums hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    entries: Vec<Entry>,
}

/// A count as a file gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it counts.
    pub step: Step,
    /// Which part: a database, a reason; nothing for the whole.
    pub name: Option<String>,
    /// How many.
    pub count: u64,
    /// Its line in the file, from 1.
    pub line: u64,
}

/// What is wrong with a flow, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FlowProblem {
    /// What is wrong, with the lines.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl FlowProblem {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

impl Flow {
    /// Checks the counts of a review.
    ///
    /// # Errors
    /// [`FlowProblem`]: a count that is missing or given twice, or counts that do not add up, with the
    /// lines that disagree.
    ///
    /// ```
    /// use resorb::figure::prisma::Flow;
    /// let text = "databases = 90\nscreened = 90\nexcluded = 70\nassessed = 21\nstudies = 9\n";
    /// let problem = Flow::toml(text).unwrap_err();
    /// assert_eq!(
    ///     problem.message,
    ///     "90 records screened (line 2) less 70 records excluded (line 3) leave 20, but line 4 says 21 \
    ///      reports assessed for eligibility"
    /// );
    /// ```
    pub fn new(entries: Vec<Entry>) -> Result<Self, FlowProblem> {
        let flow = Self { entries };
        flow.single()?;
        flow.complete()?;
        flow.sums()?;
        Ok(flow)
    }

    /// The counts in the order of the file.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The counts of a step.
    pub fn of(&self, step: Step) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.step == step)
    }

    /// The sum of a step's counts; `None` where the file has none.
    #[must_use]
    pub fn total(&self, step: Step) -> Option<u64> {
        self.of(step).map(|entry| entry.count).reduce(u64::saturating_add)
    }

    /// Whether records came from other methods than databases and registers.
    #[must_use]
    pub fn has_other(&self) -> bool {
        self.total(Step::OtherSources).is_some()
    }

    /// The counts as CSV, a line for each.
    #[must_use]
    pub fn csv(&self) -> String {
        let rows = self.entries.iter().map(|entry| {
            let name = entry.name.clone().unwrap_or_default();
            vec![entry.step.name().to_owned(), name, entry.count.to_string()]
        });
        super::super::behind::table(&["step", "name", "n"], rows)
    }

    /// Nothing is given twice, and no whole beside its parts.
    fn single(&self) -> Result<(), FlowProblem> {
        for (i, entry) in self.entries.iter().enumerate() {
            let Entry { step, name, line, .. } = entry;
            let what = step.name();
            if name.is_some() && !step.has_parts() {
                return Err(FlowProblem::new(
                    format!("line {line}: `{what}` is one count and has no parts"),
                    "leave out the name",
                ));
            }
            let twice = |other: &&Entry| {
                other.step == *step
                    && (other.name == *name || other.name.is_none() || name.is_none())
            };
            if let Some(other) = self.entries.iter().take(i).find(twice) {
                let (message, help) = match name {
                    Some(name) if other.name == entry.name => {
                        (format!("`{what}`, {name}, is given twice"), "leave one of them out")
                    }
                    _ => (
                        format!("`{what}` is given twice, or as a whole beside its parts"),
                        "give one count, or parts that each have a name",
                    ),
                };
                return Err(FlowProblem::new(
                    format!("lines {} and {line}: {message}", other.line),
                    help,
                ));
            }
        }
        Ok(())
    }

    /// What every diagram needs is there.
    fn complete(&self) -> Result<(), FlowProblem> {
        let given = |step: Step| self.total(step).is_some();
        if !given(Step::Databases) && !given(Step::Registers) {
            return Err(FlowProblem::new(
                "no records are identified",
                "add a line for `databases` or `registers`",
            ));
        }
        let mut needed = vec![Step::Screened, Step::Excluded, Step::Assessed, Step::Studies];
        if given(Step::OtherSources) {
            needed.push(Step::OtherAssessed);
        }
        for step in needed {
            if !given(step) {
                return Err(FlowProblem::new(
                    format!("there are no {}", step.words()),
                    format!("add a line for `{}`; 0 is a count", step.name()),
                ));
            }
        }
        for (part, whole) in [
            (Step::NotRetrieved, Step::Sought),
            (Step::OtherNotRetrieved, Step::OtherSought),
            (Step::OtherSought, Step::OtherSources),
            (Step::OtherAssessed, Step::OtherSources),
            (Step::OtherReportsExcluded, Step::OtherAssessed),
        ] {
            if let (Some(entry), false) = (self.of(part).next(), given(whole)) {
                return Err(FlowProblem::new(
                    format!("line {}: `{}` goes with `{}`", entry.line, part.name(), whole.name()),
                    format!("add a line for `{}`", whole.name()),
                ));
            }
        }
        Ok(())
    }

    /// What is left of each step is the next one.
    fn sums(&self) -> Result<(), FlowProblem> {
        let identified = [Step::Databases, Step::Registers];
        self.leaves(&identified, Step::Removed, Step::Screened)?;
        if self.total(Step::Sought).is_some() {
            self.leaves(&[Step::Screened], Step::Excluded, Step::Sought)?;
            self.leaves(&[Step::Sought], Step::NotRetrieved, Step::Assessed)?;
        } else {
            self.leaves(&[Step::Screened], Step::Excluded, Step::Assessed)?;
        }
        if self.total(Step::OtherSought).is_some() {
            self.within(Step::OtherSought, Step::OtherSources)?;
            self.leaves(&[Step::OtherSought], Step::OtherNotRetrieved, Step::OtherAssessed)?;
        } else if self.has_other() {
            self.within(Step::OtherAssessed, Step::OtherSources)?;
        }
        self.within(Step::ReportsExcluded, Step::Assessed)?;
        self.within(Step::OtherReportsExcluded, Step::OtherAssessed)?;
        if self.total(Step::Reports).is_some() {
            // A study may have several reports, and a report may tell of several studies.
            self.included()?;
        }
        Ok(())
    }

    /// `from` less `out` is `next`.
    fn leaves(&self, from: &[Step], out: Step, next: Step) -> Result<(), FlowProblem> {
        let all: u64 =
            from.iter().filter_map(|&step| self.total(step)).fold(0, u64::saturating_add);
        let (gone, found) = (self.total(out).unwrap_or(0), self.total(next).unwrap_or(0));
        if all.checked_sub(gone) == Some(found) {
            return Ok(());
        }
        let before: Vec<String> = from
            .iter()
            .filter(|step| self.total(**step).is_some())
            .map(|&s| self.said(s))
            .collect();
        let less = match self.total(out) {
            Some(_) => format!(" less {}", self.said(out)),
            None => String::new(),
        };
        let left = match all.checked_sub(gone) {
            Some(left) => format!("leave {left}"),
            None => "are less than nothing".to_owned(),
        };
        Err(FlowProblem::new(
            format!(
                "{}{less} {left}, but {} {found} {}",
                before.join(" and "),
                self.place(next, "says", "say"),
                next.words()
            ),
            self.missing(out),
        ))
    }

    /// What is assessed and not excluded are the reports included, of both ways together.
    fn included(&self) -> Result<(), FlowProblem> {
        let sum = |steps: [Step; 2]| {
            steps.into_iter().filter_map(|s| self.total(s)).fold(0, u64::saturating_add)
        };
        let assessed = sum([Step::Assessed, Step::OtherAssessed]);
        let excluded = sum([Step::ReportsExcluded, Step::OtherReportsExcluded]);
        let found = self.total(Step::Reports).unwrap_or(0);
        if assessed.checked_sub(excluded) == Some(found) {
            return Ok(());
        }
        let listed = |steps: [Step; 2]| {
            let given = steps.into_iter().filter(|&step| self.total(step).is_some());
            given.map(|step| self.said(step)).collect::<Vec<_>>().join(" and ")
        };
        let less = match listed([Step::ReportsExcluded, Step::OtherReportsExcluded]) {
            none if none.is_empty() => none,
            some => format!(" less {some}"),
        };
        Err(FlowProblem::new(
            format!(
                "{}{less} leave {}, but {} {found} {}",
                listed([Step::Assessed, Step::OtherAssessed]),
                assessed.saturating_sub(excluded),
                self.place(Step::Reports, "says", "say"),
                Step::Reports.words()
            ),
            self.missing(Step::ReportsExcluded),
        ))
    }

    /// No more of `part` than of `whole`.
    fn within(&self, part: Step, whole: Step) -> Result<(), FlowProblem> {
        match (self.total(part), self.total(whole)) {
            (Some(some), Some(all)) if some > all => Err(FlowProblem::new(
                format!("{} are more than {}", self.said(part), self.said(whole)),
                "correct one of the two",
            )),
            _ => Ok(()),
        }
    }

    /// `90 records screened (line 2)`.
    fn said(&self, step: Step) -> String {
        let lines = self.lines(step);
        format!("{} {} ({lines})", self.total(step).unwrap_or(0), step.words())
    }

    /// `line 3 says`, `lines 3 to 5 say`.
    fn place(&self, step: Step, one: &str, many: &str) -> String {
        let lines = self.lines(step);
        let verb = if lines.starts_with("lines") { many } else { one };
        format!("{lines} {verb}")
    }

    fn lines(&self, step: Step) -> String {
        let mut lines: Vec<u64> = self.of(step).map(|entry| entry.line).collect();
        lines.dedup();
        match lines.as_slice() {
            [] => "no line".to_owned(),
            [one] => format!("line {one}"),
            [first, .., last] if last - first + 1 == lines.len() as u64 => {
                format!("lines {first} to {last}")
            }
            several => {
                let all: Vec<String> = several.iter().map(ToString::to_string).collect();
                format!("lines {}", all.join(", "))
            }
        }
    }

    fn missing(&self, out: Step) -> String {
        match self.total(out) {
            Some(_) => "correct one of these lines".to_owned(),
            None => format!("correct one of these lines, or add one for `{}`", out.name()),
        }
    }
}

/// The step of a name in a file, or what was probably meant.
pub(super) fn step(name: &str, line: u64) -> Result<Step, FlowProblem> {
    Step::find(name).ok_or_else(|| {
        let names = Step::ALL.map(Step::name);
        let key = name.trim().to_lowercase().replace([' ', '-'], "_");
        let help = match nearest(&key, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the steps are {}", names.join(", ")),
        };
        FlowProblem::new(format!("line {line}: there is no step `{}`", name.trim()), help)
    })
}
