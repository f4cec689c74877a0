//! What it comes to, in plain sentences: what a number is consistent with, never what its authors did.

use serde::Serialize;

use super::{
    Against, Arithmetic, Check, CheckName, Claim, CrudeWithout, Stated, WidthKind,
    against::{self, Sought},
    arithmetic,
    words::{count, join, percent},
};
use crate::{
    analysis::{Grid, Multiverse, MultiverseError, Specification},
    study::Studies,
};

/// A claim with everything found out about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Examined {
    /// The claim.
    pub claim: Claim,
    /// What its numbers say by themselves.
    #[serde(flatten)]
    pub arithmetic: Arithmetic,
    /// What studies say about it.
    #[serde(flatten)]
    pub against: Option<Against>,
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
    let verdict = by_itself(&arithmetic);
    Examined { claim, arithmetic, against: None, verdict }
}

/// Examines a claim by arithmetic, and against every analysis of `grid` on `studies`; the level is the
/// claim's.
///
/// # Errors
/// Those of [`multiverse`](crate::analysis::multiverse).
///
/// ```
/// use resorb::{analysis::{Claim, Grid, Printed, Stated, examine_against}, study::Studies};
/// let studies = Studies::from_counts([("A", 64, 84), ("B", 35, 77), ("C", 25, 36)])?;
/// let claim = Claim::new(Stated::new(Printed::rate("0.629")?))?; // 124/197
/// let found = examine_against(claim, &studies, &Grid::default(), &mut |_, _| {})?;
/// let crude = |m: &resorb::analysis::Specification| m.model.as_deref() == Some("crude");
/// assert!(found.against.is_some_and(|against| against.matches.iter().any(crude)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn examine_against(
    claim: Claim,
    studies: &Studies,
    grid: &Grid,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Examined, MultiverseError> {
    let all = against::analyses(studies, grid, claim.stated().level, progress)?;
    Ok(examine_in(claim, studies, &all))
}

/// Examines several claims, for which the analyses are carried out once as long as their intervals are
/// of one level.
///
/// # Errors
/// Those of [`multiverse`](crate::analysis::multiverse).
pub fn examine_all_against(
    claims: Vec<Claim>,
    studies: &Studies,
    grid: &Grid,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Vec<Examined>, MultiverseError> {
    let mut known: Vec<Multiverse> = Vec::new();
    let mut examined = Vec::with_capacity(claims.len());
    for claim in claims {
        let level = claim.stated().level;
        if !known.iter().any(|all| all.level == level) {
            known.push(against::analyses(studies, grid, level, progress)?);
        }
        let all = known.iter().find(|all| all.level == level);
        examined.extend(all.map(|all| examine_in(claim, studies, all)));
    }
    Ok(examined)
}

fn examine_in(claim: Claim, studies: &Studies, all: &Multiverse) -> Examined {
    let mut examined = examine(claim);
    let stated = examined.claim.stated();
    let found = Against {
        crude_without: against::crude_without(stated, studies),
        ..against::against(Sought::from(stated), studies, all)
    };
    let sentences = with_studies(stated, &examined.arithmetic, &found);
    examined.verdict.extend(sentences);
    examined.against = Some(found);
    examined
}

fn by_itself(found: &Arithmetic) -> Vec<String> {
    let sentence = |name: CheckName| {
        let check = found.checks.iter().find(|check| check.name == name);
        check.map(|check| check.sentence.clone())
    };
    let mut sentences: Vec<String> = sentence(CheckName::CrudeSum).into_iter().collect();
    let impossible = |check: &Check| {
        matches!(check.name, CheckName::WholeCount | CheckName::Rounding)
            && check.holds == Some(false)
    };
    sentences
        .extend(found.checks.iter().find(|check| impossible(check)).map(|c| c.sentence.clone()));
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

fn interval(specification: &Specification) -> String {
    let number = |p: f64| format!("{:.1}", 100.0 * p);
    format!(
        "{} [{}, {}]",
        percent(specification.estimate, 1),
        number(specification.ci_lower),
        number(specification.ci_upper)
    )
}

fn with_studies(stated: &Stated, arithmetic: &Arithmetic, found: &Against) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(reference) = &found.reference {
        let new =
            reference.lower.zip(reference.upper).map_or_else(String::new, |(lower, upper)| {
                format!(
                    ", and expects a new study between {} and {}",
                    percent(lower, 1),
                    percent(upper, 1)
                )
            });
        sentences.push(format!(
            "Of these {} studies ({} of {} patients) the binomial-normal model makes {}{new}.",
            found.k,
            count(found.events.unwrap_or_default()),
            count(found.total.unwrap_or_default()),
            interval(reference)
        ));
    }
    let others = stated.k.is_some_and(|k| k != found.k as u64)
        || stated.total.zip(found.total).is_some_and(|(claimed, total)| claimed != total);
    if others {
        let k = stated.k.map(|k| format!("{} studies", count(k)));
        let total = stated.total.map(|total| format!("{} patients", count(total)));
        let parts: Vec<&str> = [&k, &total].into_iter().flatten().map(String::as_str).collect();
        sentences.push(format!(
            "They are not all the studies of the claim, or not the same: it has {}.",
            join(&parts, "and")
        ));
    }
    sentences.push(matches(stated, found));
    if arithmetic.crude_sum == Some(true) {
        sentences.extend(without(stated, &found.crude_without));
    }
    sentences
}

fn matches(stated: &Stated, found: &Against) -> String {
    let printed = stated.rate.percent();
    let what = match (stated.ci.is_some(), stated.i2.is_some()) {
        (true, true) => format!("{printed} with its interval and its I²"),
        (true, false) => format!("{printed} with its interval"),
        (false, true) => format!("{printed} with its I²"),
        (false, false) => printed,
    };
    let all = count(found.specifications as u64);
    if found.matches.is_empty() {
        let nearest = found.nearest.first().map_or_else(String::new, |nearest| {
            format!("; the nearest is {}, by {}", interval(nearest), nearest.words())
        });
        return format!(
            "None of {all} analyses of them gives {what}: the estimates range from {} to {}{nearest}.",
            percent(found.range[0], 1),
            percent(found.range[1], 1)
        );
    }
    let n = found.matches.len() as u64;
    let names: Vec<String> = found
        .shared
        .iter()
        .map(|shared| format!("{} {}", shared.choice.replace('_', " "), shared.level))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let common = if names.is_empty() {
        String::new()
    } else {
        format!("; {} has {}", if n == 1 { "it" } else { "each" }, join(&names, "and"))
    };
    let verb = if n == 1 { "gives" } else { "give" };
    format!("{} of {all} analyses of them {verb} {what} to the printed digits{common}.", count(n))
}

/// What one study does to a crude sum: the one whose rate is the claim's extreme, or else the one
/// that moves it most.
fn without(stated: &Stated, all: &[CrudeWithout]) -> Option<String> {
    let study = all.iter().find(|study| study.is_stated_extreme).or_else(|| all.first())?;
    let extreme = if !study.is_stated_extreme {
        ""
    } else if stated.largest.is_some_and(|largest| largest.covers(study.rate)) {
        ", the largest rate that the claim states"
    } else {
        ", the smallest rate that the claim states"
    };
    Some(format!(
        "If {} ({} of {}, {}{extreme}) is among the claim's studies, the crude rate without it is {} of {}, {}.",
        study.study,
        count(study.events),
        count(study.total),
        percent(study.rate, 1),
        count(study.events_without),
        count(study.total_without),
        percent(study.rate_without, 1)
    ))
}
