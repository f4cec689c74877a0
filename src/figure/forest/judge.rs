//! Columns of the table that hold judgements of the risk of bias.

use super::{Forest, Judgement, Tool, Value};

/// What is wrong with judgements, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct JudgementProblem {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Forest {
    /// Draws the texts of `columns`, which are among [`Forest::moderators`], as judgements of `tool`
    /// beside the studies.
    ///
    /// # Errors
    /// [`JudgementProblem`]: a column that is not there, or a cell that is no judgement of the tool.
    ///
    /// ```
    /// use resorb::{data, figure::forest::{Forest, Tool}, model::{Settings, pool}};
    /// let csv = b"study,events,total,overall\nA,4,22,low\nB,3,25,high\nC,64,84,low\n";
    /// let table = data::read(csv, &data::Mapping::default())?;
    /// let mut forest = Forest::from(&pool(&table.studies, &Settings::default())?);
    /// forest.judge(&["overall"], Tool::Rob2)?;
    /// assert!(forest.judge(&["overall"], Tool::Jbi).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn judge(&mut self, columns: &[&str], tool: Tool) -> Result<(), JudgementProblem> {
        let wrong = |message: String, help: String| JudgementProblem { message, help };
        let mut places = Vec::new();
        for &name in columns {
            let place = self.moderators.iter().position(|m| m == name);
            places.push(place.ok_or_else(|| {
                wrong(
                    format!("there is no column `{name}` with judgements"),
                    format!("the columns are {}", self.moderators.join(", ")),
                )
            })?);
        }
        self.bias.extend(columns.iter().map(|name| name.replace('_', " ")));
        self.tool = tool;
        for row in self.sections.iter_mut().flat_map(|section| &mut section.rows) {
            for &place in &places {
                let judgement = match row.moderators.get(place) {
                    Some(Value::Text(word)) => tool.read(word).ok_or_else(|| {
                        wrong(
                            format!("`{word}` of {} is no judgement of this tool", row.label),
                            format!(
                                "its words are {}; --rob-tool names another tool",
                                tool.words()
                            ),
                        )
                    })?,
                    Some(Value::Number(number) | Value::Fixed(number, _)) => {
                        return Err(wrong(
                            format!("`{number}` of {} is no judgement", row.label),
                            format!("the words of the tool are {}", tool.words()),
                        ));
                    }
                    Some(Value::Missing) | None => Judgement::None,
                };
                row.bias.push(judgement);
            }
        }
        Ok(())
    }
}
