//! The arithmetic of a claim, one check after the other, each with its sentence.

use serde::Serialize;

use super::{
    Claim, Hidden, Spread, Stated, WholeCounts, WidthKind, crude,
    hidden::hidden,
    whole::smallest_total,
    words::{count, join, percent, rate, times},
};

/// What is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckName {
    /// Events over patients round to the rate.
    Rounding,
    /// Some whole number of patients gives the rate.
    WholeCount,
    /// The rate lies in its interval.
    IntervalHoldsRate,
    /// The interval is as wide as the patients allow, or wider.
    IntervalFitsTotal,
    /// The interval is wider than that of one sample.
    BetweenStudyVariance,
    /// A binomial interval has the printed limits.
    BinomialInterval,
    /// The rate lies in the middle of its interval on some scale.
    Symmetry,
    /// What the interval implies for heterogeneity.
    ImpliedHeterogeneity,
    /// The rate is consistent with a crude sum.
    CrudeSum,
}

/// A check with its outcome in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// What is checked.
    pub name: CheckName,
    /// Whether it holds; `None` where the claim does not say enough, or where nothing can fail.
    pub holds: Option<bool>,
    /// What was found.
    pub sentence: String,
}

/// What arithmetic says about a claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Arithmetic {
    /// The checks that the claim's numbers allow.
    pub checks: Vec<Check>,
    /// The counts of the total that round to the rate.
    pub counts: Option<WholeCounts>,
    /// What the interval implies.
    pub interval: Option<Spread>,
    /// Binomial intervals with the printed limits.
    pub binomial_intervals: Vec<Hidden>,
    /// Whether the rate is consistent with a crude sum; `None` where that cannot be told.
    pub crude_sum: Option<bool>,
}

/// Examines the numbers of a claim by themselves.
///
/// ```
/// use resorb::analysis::{Claim, Printed, Stated, arithmetic};
/// let ci = Some([Printed::rate("0.46")?, Printed::rate("0.72")?]);
/// let dai = Stated { ci, total: Some(2880), events: Some(1740), ..Stated::new(Printed::rate("0.60")?) };
/// let found = arithmetic(&Claim::new(dai)?);
/// assert_eq!(found.crude_sum, Some(false)); // the sum rounds to it, and the interval is too wide
/// # Ok::<(), resorb::analysis::ClaimError>(())
/// ```
#[must_use]
pub fn arithmetic(claim: &Claim) -> Arithmetic {
    let stated = claim.stated();
    let counts = stated.total.map(|total| WholeCounts::of(stated.rate, total));
    let interval = Spread::of(stated);
    let given = match (stated.events, counts) {
        // The events that are stated are asked, not all that would round.
        (Some(events), Some(counts)) => Some(WholeCounts { first: events, last: events, ..counts }),
        (_, counts) => counts,
    };
    let binomial_intervals =
        given.zip(stated.ci).map_or_else(Vec::new, |(counts, ci)| hidden(counts, ci, stated.level));
    let crude_sum = crude::crude_sum(stated, interval.as_ref());
    let mut checks: Vec<Check> =
        [rounding(stated), whole_count(stated, counts)].into_iter().flatten().collect();
    if let (Some(ci), Some(spread)) = (stated.ci, &interval) {
        let inside = stated.rate.upper() >= ci[0].lower() && stated.rate.lower() <= ci[1].upper();
        let verb = if inside { "lies in" } else { "lies outside" };
        checks.push(Check {
            name: CheckName::IntervalHoldsRate,
            holds: Some(inside),
            sentence: format!("The rate {verb} its interval."),
        });
        checks.extend(width(stated, spread));
        checks.extend(binomial(stated, spread, &binomial_intervals));
        checks.push(symmetry(spread));
        checks.extend(implied(stated, spread));
    }
    checks.push(Check {
        name: CheckName::CrudeSum,
        holds: crude_sum,
        sentence: crude_sentence(stated, crude_sum, interval.as_ref()),
    });
    Arithmetic { checks, counts, interval, binomial_intervals, crude_sum }
}

fn rounding(stated: &Stated) -> Option<Check> {
    let (events, total) = (stated.events?, stated.total?);
    let share = events as f64 / total as f64;
    let holds = stated.rate.covers(share);
    let shown = percent(share, usize::from(stated.rate.decimals()).saturating_sub(1));
    let end = if holds {
        format!("which rounds to the printed {}.", rate(stated.rate))
    } else {
        format!(
            "which does not round to the printed {}: the rate is not the share of these patients.",
            rate(stated.rate)
        )
    };
    let sentence = format!("{} of {} is {shown}, {end}", count(events), count(total));
    Some(Check { name: CheckName::Rounding, holds: Some(holds), sentence })
}

fn whole_count(stated: &Stated, counts: Option<WholeCounts>) -> Option<Check> {
    let printed = rate(stated.rate);
    let check = |holds, sentence| Some(Check { name: CheckName::WholeCount, holds, sentence });
    let Some(counts) = counts else {
        if let Some(events) = stated.events.filter(|events| *events > 0) {
            let x = events as f64;
            let (least, most) =
                ((x / stated.rate.upper()).ceil(), (x / stated.rate.lower().max(0.0)).floor());
            let sentence = match (least <= most, most.is_finite()) {
                (true, true) if least == most => {
                    format!("{} events give {printed} of a total of {least}.", count(events))
                }
                (true, true) => format!(
                    "{} events give {printed} for totals from {least} to {most}.",
                    count(events)
                ),
                (true, false) => {
                    format!("{} events give {printed} for totals from {least} on.", count(events))
                }
                (false, _) => format!("No total gives {printed} with {} events.", count(events)),
            };
            return check(Some(least <= most), sentence);
        }
        let (events, total) = smallest_total(stated.rate)?;
        return check(
            None,
            format!(
                "The total is not stated; the smallest of which a whole count gives {printed} is {} ({events} of {total}).",
                count(total)
            ),
        );
    };
    let total = count(counts.total);
    if counts.is_empty() {
        return check(
            Some(false),
            format!(
                "No whole number of {total} patients gives {printed}: it is not the share of that many patients, as the result of a model need not be."
            ),
        );
    }
    let which = match counts.len() {
        1 => format!("{} of {total} patients", count(counts.first)),
        _ => format!("{} to {} of {total} patients", count(counts.first), count(counts.last)),
    };
    let every = 10f64.powi(i32::from(stated.rate.decimals())) <= counts.total as f64;
    let power =
        if every { "; of so many, some count gives any rate with these digits" } else { "" };
    let verb = if counts.len() == 1 { "is" } else { "are" };
    check(Some(true), format!("{which} {verb} {printed}{power}."))
}

fn width(stated: &Stated, spread: &Spread) -> Vec<Check> {
    let (Some(kind), Some([lower, upper]), Some(ratio)) =
        (spread.width, spread.binomial, spread.ratio)
    else {
        return Vec::new();
    };
    let total = stated.total.map(count).unwrap_or_default();
    let one = format!(
        "Were all {total} patients one sample, the {} % interval would be {} to {}",
        stated.level.percent(),
        percent(lower, 1),
        percent(upper, 1)
    );
    let mut checks = vec![Check {
        name: CheckName::IntervalFitsTotal,
        holds: Some(kind != WidthKind::Narrower),
        sentence: match kind {
            WidthKind::Narrower => format!(
                "{one}; the printed one is {} as wide: total, rate and interval do not fit one another.",
                times(ratio)
            ),
            _ => "The interval is not narrower than the patients allow.".to_owned(),
        },
    }];
    let sentence = match kind {
        WidthKind::Narrower => return checks,
        WidthKind::Binomial => format!(
            "{one}; the printed one has that width: it is consistent with an interval that leaves out how much the studies differ."
        ),
        WidthKind::Wider => {
            let patients = spread.patients.map_or_else(String::new, |[least, most]| {
                format!(", as wide as for one sample of {} patients", between(least, most))
            });
            format!(
                "{one}; the printed one is {} as wide{patients}: it is consistent with a model in which studies differ.",
                times(ratio)
            )
        }
    };
    let holds = Some(kind == WidthKind::Wider);
    checks.push(Check { name: CheckName::BetweenStudyVariance, holds, sentence });
    checks
}

/// Two whole numbers as one or as a range.
fn between(least: f64, most: f64) -> String {
    let (least, most) = (format!("{least:.0}"), format!("{most:.0}"));
    if least == most { least } else { format!("{least} to {most}") }
}

fn binomial(stated: &Stated, spread: &Spread, found: &[Hidden]) -> Option<Check> {
    let name = CheckName::BinomialInterval;
    if let Some(total) = stated.total {
        let mut names: Vec<&str> = found.iter().map(|hidden| hidden.interval.label()).collect();
        names.dedup();
        let sentence = if names.is_empty() {
            format!("No usual binomial interval of {} patients has these limits.", count(total))
        } else {
            format!(
                "The limits are those of a binomial interval of {} patients: {}.",
                count(total),
                join(&names, "or")
            )
        };
        return Some(Check { name, holds: Some(!names.is_empty()), sentence });
    }
    let [least, most] = spread.patients?;
    let sentence = format!(
        "Without the total it cannot be told whether the interval leaves out how much the studies differ; it is as wide as for one sample of {} patients.",
        between(least, most)
    );
    Some(Check { name, holds: None, sentence })
}

fn symmetry(spread: &Spread) -> Check {
    let names: Vec<&str> = spread.symmetric_on.iter().map(|scale| scale.name()).collect();
    let sentence = if names.is_empty() {
        "The rate is not in the middle of its interval on the raw, arcsine, logit or probit scale."
            .to_owned()
    } else {
        format!(
            "The rate is in the middle of its interval on these scales, as far as the digits tell: {}.",
            join(&names, "and")
        )
    };
    Check { name: CheckName::Symmetry, holds: Some(!names.is_empty()), sentence }
}

fn implied(stated: &Stated, spread: &Spread) -> Option<Check> {
    let implied = spread.implied?;
    let k = stated.k?;
    let i2 =
        stated.i2.map_or_else(String::new, |i2| format!("; the claim says I² {} %", i2.value()));
    let sentence = format!(
        "Were the {} studies of equal size, that width would take τ of about {:.1} on the logit scale (I² about {:.0} %{i2}), and a new study would be expected anywhere from {} to {}.",
        count(k),
        implied.tau,
        implied.i2,
        percent(implied.lower, 0),
        percent(implied.upper, 0),
    );
    Some(Check { name: CheckName::ImpliedHeterogeneity, holds: None, sentence })
}

fn crude_sentence(stated: &Stated, crude: Option<bool>, spread: Option<&Spread>) -> String {
    let printed = rate(stated.rate);
    match crude {
        Some(true) if spread.is_none() => format!(
            "{printed} is consistent with a crude sum: events over patients round to it, and there is no interval."
        ),
        Some(true) => format!(
            "{printed} is consistent with a crude sum: events over patients round to it, and the interval is that of one sample."
        ),
        Some(false) => {
            let sum = rounding(stated).is_some_and(|check| check.holds == Some(true));
            if sum {
                format!(
                    "{printed} is not consistent with a crude sum alone: events over patients round to it, but the interval is not that of one sample."
                )
            } else {
                format!("{printed} is not consistent with a crude sum of these patients.")
            }
        }
        None => format!(
            "Whether {printed} is a crude sum cannot be told: that takes the events and the total, and the interval's width for them."
        ),
    }
}
