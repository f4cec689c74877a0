//! `[[claim]]`: a published rate that is held against the data.

use serde::{Deserialize, Serialize};

use super::{AnalysisError, GridPlan, words};
use crate::{
    analysis::{Claim, ClaimError, Examined, Printed, Stated, examine_all_against},
    data::Table,
    model::Level,
    study::OutcomeKind,
};

/// The numbers of a claim. Rates are written in quotes as they are printed, with all their digits:
/// `"0.60"` or `"60%"`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ClaimPlan {
    /// The rate.
    pub claim_rate: String,
    /// Its interval, two rates with a comma between them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim_ci: Option<String>,
    /// The level of the interval.
    #[serde(default, deserialize_with = "words::level", skip_serializing_if = "Option::is_none")]
    pub claim_level: Option<Level>,
    /// The number of studies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim_k: Option<u64>,
    /// The number of patients.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim_total: Option<u64>,
    /// The number of patients with the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim_events: Option<u64>,
    /// I² in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim_i2: Option<String>,
    /// The smallest rate of a study.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim_min: Option<String>,
    /// The largest rate of a study.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim_max: Option<String>,
    /// Decimals that it was printed with, as a proportion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim_digits: Option<u8>,
    /// Who claims it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim_label: Option<String>,
    /// The analyses that it is held against; those of `[multiverse]` unless given.
    #[serde(default, skip_serializing_if = "words::is_default")]
    pub grid: GridPlan,
}

impl ClaimPlan {
    /// The claim.
    ///
    /// # Errors
    /// [`ClaimError`] for a text that is no rate, and for numbers that contradict one another.
    ///
    /// ```
    /// use resorb::plan::ClaimPlan;
    /// let plan = ClaimPlan { claim_rate: "76.6%".to_owned(), ..ClaimPlan::default() };
    /// assert_eq!(plan.claim()?.stated().rate.value(), 0.766);
    /// # Ok::<(), resorb::analysis::ClaimError>(())
    /// ```
    pub fn claim(&self) -> Result<Claim, ClaimError> {
        let rate = |text: &Option<String>| text.as_deref().map(Printed::rate).transpose();
        let mut stated = Stated {
            label: self.claim_label.clone(),
            ci: self.claim_ci.as_deref().map(limits).transpose()?,
            k: self.claim_k,
            total: self.claim_total,
            events: self.claim_events,
            i2: self.claim_i2.as_deref().map(Printed::percentage).transpose()?,
            smallest: rate(&self.claim_min)?,
            largest: rate(&self.claim_max)?,
            level: self.claim_level.unwrap_or_default(),
            ..Stated::new(Printed::rate(&self.claim_rate)?)
        };
        if let Some(digits) = self.claim_digits {
            stated.rate = stated.rate.with_decimals(digits);
            stated.ci = stated.ci.map(|ci| ci.map(|limit| limit.with_decimals(digits)));
        }
        Claim::new(stated)
    }

    /// The grid that it is held against: its own, or else that of `[multiverse]`.
    fn grid<'g>(&'g self, otherwise: Option<&'g GridPlan>) -> &'g GridPlan {
        otherwise.filter(|_| words::is_default(&self.grid)).unwrap_or(&self.grid)
    }
}

/// Holds each claim against the data; those of one grid share its analyses.
pub(super) fn examined(
    claims: &[(&ClaimPlan, Claim)],
    table: &Table,
    otherwise: Option<&GridPlan>,
) -> Result<Vec<Examined>, AnalysisError> {
    let mut all = Vec::with_capacity(claims.len());
    for alike in claims.chunk_by(|(a, _), (b, _)| a.grid(otherwise) == b.grid(otherwise)) {
        let Some((first, _)) = alike.first() else { continue };
        let grid = first.grid(otherwise).of(table);
        let claims = alike.iter().map(|(_, claim)| claim.clone()).collect();
        all.extend(examine_all_against(claims, &table.studies, &grid, &mut |_, _| {})?);
    }
    Ok(all)
}

/// Refuses data that give no rates: a rate is held against rates.
pub(super) fn of_rates(table: &Table) -> Result<(), AnalysisError> {
    match table.studies.outcomes().kind() {
        OutcomeKind::Proportions => Ok(()),
        kind => Err(AnalysisError::Refused(format!(
            "the claim is a rate of events of a total, and these studies give {}; hold it against studies of one group",
            kind.name()
        ))),
    }
}

/// Two rates with a comma between them.
fn limits(text: &str) -> Result<[Printed; 2], ClaimError> {
    let (lower, upper) =
        text.split_once(',').ok_or_else(|| ClaimError::NotAnInterval { text: text.to_owned() })?;
    Ok([Printed::rate(lower)?, Printed::rate(upper)?])
}
