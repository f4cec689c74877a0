//! The judgements of the studies, from the texts of a table.

use super::super::{
    behind::{maybe, table},
    forest::{Judgement, Tool},
};

/// The risk of bias of studies, domain by domain.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Appraisal {
    /// The tool that the judgements were made with.
    pub tool: Tool,
    /// The names of the domains; one called `overall` is the judgement of the whole study.
    pub domains: Vec<String>,
    /// The studies, in the order of the table.
    pub studies: Vec<Appraised>,
}

/// The judgements of a study.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Appraised {
    /// Its name.
    pub study: String,
    /// One for each domain.
    pub judgements: Vec<Judgement>,
    /// How much it counts in the bars; all alike without.
    pub weight: Option<f64>,
}

/// Which part of the figure is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// Traffic lights and bars.
    #[default]
    Both,
    /// A traffic light for each study and domain.
    Lights,
    /// A bar for each domain.
    Bars,
}

/// What is wrong with a table of judgements, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct AppraisalProblem {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Names of the column of studies.
const STUDY: [&str; 4] = ["study", "author", "trial", "label"];

impl Appraisal {
    /// Reads the rows of a table, each with its line. `columns` are the domains; without them, all
    /// columns in which every text is a judgement of the tool. `weight` names a column of weights.
    ///
    /// # Errors
    /// [`AppraisalProblem`]: a column that is not there, a text that is no judgement, a weight that is
    /// no number from 0 up.
    pub fn read(
        head: &[String],
        rows: &[(u64, Vec<String>)],
        tool: Tool,
        columns: Option<&[&str]>,
        weight: Option<&str>,
    ) -> Result<Self, AppraisalProblem> {
        let problem = |message: String, help: String| AppraisalProblem { message, help };
        let place = |name: &str| head.iter().position(|h| h.eq_ignore_ascii_case(name.trim()));
        let find = |name: &str| {
            place(name).ok_or_else(|| {
                problem(
                    format!("there is no column `{}`", name.trim()),
                    format!("the columns are {}", head.join(", ")),
                )
            })
        };
        let Some(study) = STUDY.iter().find_map(|name| place(name)) else {
            let help = format!("call one of {} `study`", head.join(", "));
            return Err(problem("no column holds the studies' names".to_owned(), help));
        };
        let cell = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
        let weighted = weight.map(find).transpose()?;
        let domains: Vec<usize> = match columns {
            Some(names) => names.iter().map(|name| find(name)).collect::<Result<_, _>>()?,
            None => (0..head.len())
                .filter(|&at| at != study && Some(at) != weighted)
                .filter(|&at| {
                    let texts = || rows.iter().map(|(_, row)| cell(row, at));
                    texts().all(|text| tool.read(&text).is_some())
                        && texts().any(|text| !text.is_empty())
                })
                .collect(),
        };
        if domains.is_empty() {
            return Err(problem(
                "no column holds judgements of this tool alone".to_owned(),
                format!(
                    "its words are {}; --rob-tool names another tool, --rob the columns",
                    tool.words()
                ),
            ));
        }
        let studies = rows.iter().map(|(line, row)| {
            let name = cell(row, study);
            let judgements = domains.iter().map(|&at| {
                let text = cell(row, at);
                tool.read(&text).ok_or_else(|| {
                    problem(
                        format!("line {line}: `{text}` of {name} is no judgement of this tool"),
                        format!("its words are {}; --rob-tool names another tool", tool.words()),
                    )
                })
            });
            let weight = weighted.map(|at| {
                let text = cell(row, at);
                let number = text.parse::<f64>().ok().filter(|w| w.is_finite() && *w >= 0.0);
                number.ok_or_else(|| {
                    problem(
                        format!("line {line}: `{text}` of {name} is no weight"),
                        "write a number from 0 up".to_owned(),
                    )
                })
            });
            Ok(Appraised {
                judgements: judgements.collect::<Result<_, _>>()?,
                weight: weight.transpose()?,
                study: name,
            })
        });
        let studies: Vec<Appraised> = studies.collect::<Result<_, AppraisalProblem>>()?;
        if weighted.is_some() && studies.iter().filter_map(|s| s.weight).sum::<f64>() <= 0.0 {
            let help = "give at least one study a weight above 0".to_owned();
            return Err(problem("all weights are 0".to_owned(), help));
        }
        let name = |&at: &usize| head.get(at).map(|name| name.replace('_', " "));
        Ok(Self { tool, domains: domains.iter().filter_map(name).collect(), studies })
    }

    /// What heads a domain's column: `D1`, counted without the overall judgement.
    pub(super) fn short(&self, place: usize) -> String {
        if self.is_overall(place) {
            return "Overall".to_owned();
        }
        let before = (0..place).filter(|&i| !self.is_overall(i)).count();
        format!("D{}", before + 1)
    }

    /// Whether a column is the judgement of the whole study.
    pub(super) fn is_overall(&self, place: usize) -> bool {
        self.domains.get(place).is_some_and(|name| name.eq_ignore_ascii_case("overall"))
    }

    /// Whether any study has this judgement.
    pub(super) fn uses(&self, judgement: Judgement) -> bool {
        self.studies.iter().any(|study| study.judgements.contains(&judgement))
    }

    /// Whether the bars go by weights.
    pub(super) fn is_weighted(&self) -> bool {
        self.studies.iter().all(|study| study.weight.is_some())
    }

    /// The studies with a judgement in a domain: how many, and their share from 0 to 1.
    pub(super) fn share(&self, domain: usize, judgement: Judgement) -> (usize, f64) {
        let weighted = self.is_weighted();
        let weight = |study: &Appraised| if weighted { study.weight.unwrap_or(0.0) } else { 1.0 };
        let with =
            || self.studies.iter().filter(|study| study.judgements.get(domain) == Some(&judgement));
        let all: f64 = self.studies.iter().map(weight).sum();
        (with().count(), with().map(weight).sum::<f64>() / all)
    }

    /// The figure in words.
    pub(super) fn describe(&self) -> String {
        let domains = (0..self.domains.len()).map(|i| {
            let counts: Vec<String> = Judgement::ALL
                .into_iter()
                .map(|judgement| (self.share(i, judgement).0, judgement))
                .filter(|(count, _)| *count > 0)
                .map(|(count, judgement)| format!("{count} {}", self.tool.name(judgement)))
                .collect();
            let name = self.domains.get(i).cloned().unwrap_or_default();
            format!("{}: {}.", super::super::words::heading(&name), counts.join(", "))
        });
        let count = super::super::words::studies(self.studies.len());
        format!("{} of {count}. {}", self.tool.title(), domains.collect::<Vec<_>>().join(" "))
    }

    /// The judgements as CSV: a line for each study.
    #[must_use]
    pub fn csv(&self) -> String {
        let weighted = self.is_weighted();
        let mut head = vec!["study"];
        head.extend(self.domains.iter().map(String::as_str));
        if weighted {
            head.push("weight");
        }
        let rows = self.studies.iter().map(|study| {
            let words = study.judgements.iter().map(|&j| self.tool.name(j).to_owned());
            let weight = weighted.then(|| maybe(study.weight));
            std::iter::once(study.study.clone()).chain(words).chain(weight).collect()
        });
        table(&head, rows)
    }
}
