//! What a paper says about an analysis, with the works to cite.

use resorb::{
    plan::{Plan, execute},
    report::{
        Style,
        methods::{self, Context, Paragraphs},
        references,
    },
};

use crate::{
    answer::Answer,
    failure::Failure,
    source::{Raw, Source},
};

/// The paragraphs on the pooled result and on the other analyses of the plan.
pub(super) fn paragraphs(raw: &Raw, plan: &Plan, style: &Style) -> Result<Answer, Failure> {
    let Source { table, info, warnings, .. } = Source::read(raw, &plan.mapping())?;
    let results = execute(&table, plan)?;
    let pooled = results.pool.as_ref().ok_or_else(|| Failure::said("there is no pooled result"))?;
    let paragraphs = Paragraphs::of(pooled, &Context::of(&results, &info, style));
    let cited = paragraphs.cited();
    let answer = Answer::new(warnings, None, |out, format| {
        methods::write(out, &paragraphs, (&info, &pooled.fit.settings), format, false)
    })?;
    Ok(answer.citing(references::bibtex(&cited), references::csl_json(&cited)))
}
