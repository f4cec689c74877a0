//! What it comes to, in plain sentences: what a number is consistent with, never what its authors did.

use serde::Serialize;

use super::{Arithmetic, CheckName, Claim, WidthKind, arithmetic};

/// A claim with everything found out about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Examined {
    /// The claim.
    pub claim: Claim,
    /// What its numbers say by themselves.
    #[serde(flatten)]
    pub arithmetic: Arithmetic,
    /// What it comes to.
    pub verdict: Vec<String>,
}

/// Examines a claim by arithmetic alone.
///
/// ```
/// use resorb::analysis::{Claim, Printed, Stated, examine};
/// let rate = Printed::rate("76.6 %")?;
/// let claim = Claim::new(Stated { total: Some(2199), events: Some(1684), ..Stated::new(rate) })?;
/// assert!(examine(claim).verdict[0].contains("consistent with a crude sum"));
/// # Ok::<(), resorb::analysis::ClaimError>(())
/// ```
#[must_use]
pub fn examine(claim: Claim) -> Examined {
    let arithmetic = arithmetic(&claim);
    let verdict = verdict(&arithmetic);
    Examined { claim, arithmetic, verdict }
}

fn verdict(found: &Arithmetic) -> Vec<String> {
    let sentence = |name: CheckName| {
        let check = found.checks.iter().find(|check| check.name == name);
        check.map(|check| check.sentence.clone())
    };
    let mut sentences: Vec<String> = sentence(CheckName::CrudeSum).into_iter().collect();
    let width = found.interval.as_ref().and_then(|spread| spread.width);
    match width {
        Some(WidthKind::Narrower) => sentences.extend(sentence(CheckName::IntervalFitsTotal)),
        Some(WidthKind::Wider) => sentences.extend(sentence(CheckName::BetweenStudyVariance)),
        _ => {}
    }
    if found.crude_sum == Some(true) {
        sentences.push("A crude sum counts all patients as one sample: large studies carry it, and how much the studies differ leaves no trace in it.".to_owned());
    }
    sentences
}
