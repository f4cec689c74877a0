//! Published rates without data to hold them against, and tables of them.

use resorb::{
    analysis::{Examined, examine},
    plan::Plan,
    report::{self, InputInfo, Style},
};

use crate::{answer::Answer, failure::Failure};

/// Claims on their own.
pub(super) fn alone(plan: &Plan, style: &Style) -> Result<Answer, Failure> {
    let claims = plan.claim.iter().map(|claim| Ok(examine(claim.claim()?)));
    let claims: Vec<Examined> = claims.collect::<Result<_, Failure>>()?;
    answer(Vec::new(), &claims, None, style)
}

/// The document of claims.
pub(super) fn answer(
    warnings: Vec<String>,
    claims: &[Examined],
    info: Option<&InputInfo>,
    style: &Style,
) -> Result<Answer, Failure> {
    Answer::new(warnings, Some(&report::claim_document(claims, info, style)), |out, format| {
        report::write_claims(out, claims, info, format, style)
    })
}
