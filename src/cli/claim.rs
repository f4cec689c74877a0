//! `resorb claim`: what a published rate is consistent with.

use std::path::PathBuf;

use clap::Args;

use super::{
    args::{DataArgs, GridArgs, OutputArgs, SaveArgs, brief},
    destination::Destination,
    failure::Failure,
    input::{self, Input},
    progress::Progress,
    source::{self, Source},
};
use crate::{
    analysis::{
        Claim, ClaimError, EffectClaimError, Printed, StatedEffect, examine, examine_all_against,
        examine_effect,
    },
    data::{self, ClaimRow, Table},
    model::Level,
    plan::{Choices, ClaimPlan, GridPlan},
    report,
    study::OutcomeKind,
};

const EXAMPLES: &str = "\
Examples:
  resorb claim --claim-rate 76.6% --claim-k 34 --claim-total 2199 \\
               --claim-events 1684
  resorb claim --claim-rate 0.63 --claim-ci 0.49,0.77 --claim-total 2219
  resorb claim --claims published_claims
  resorb claim --claim-effect 0.47 --claim-ci 0.33,0.69 --against trials.csv
  resorb claim --claim-rate 76.6% --claim-k 34 --claim-total 2199 \\
               --claim-events 1684 --claim-max 96.2% --against ldh_resorption";

/// Say what a published rate is consistent with
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Rates are typed as printed, with all their digits: 0.60 or 60%.",
    after_long_help = EXAMPLES,
    mut_args(|arg| brief(arg, SHORT))
)]
pub(super) struct ClaimCommand {
    #[command(flatten)]
    stated: StatedArgs,

    /// Studies whose analyses the claim is held against
    #[arg(
        long,
        value_name = "DATA",
        help_heading = "Claim",
        long_help = "Studies whose analyses the claim is held against: CSV or .xlsx file, - for \
                     standard input, or the name of a bundled data set"
    )]
    against: Option<PathBuf>,

    #[command(flatten)]
    grid: GridArgs,
    #[command(flatten)]
    reading: DataArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    save: SaveArgs,
}

/// The options of `-h`.
const SHORT: &[&str] = &[
    "claim_rate",
    "claim_effect",
    "claim_ci",
    "claim_k",
    "claim_total",
    "claim_events",
    "claim_i2",
    "claim_max",
    "claim_digits",
    "claims",
    "against",
    "vary_by",
    "vary_where",
    "vary_studies",
    "filters",
    "all_rows",
    "format",
    "output",
    "help",
];

/// The numbers of a claim.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Claim")]
pub(super) struct StatedArgs {
    /// The rate as printed: 0.766 or 76.6%
    #[arg(long, value_name = "RATE")]
    claim_rate: Option<String>,

    /// A ratio, difference, mean or correlation as printed: 0.47
    #[arg(
        long,
        value_name = "VALUE",
        allow_negative_numbers = true,
        long_help = "A pooled ratio (on the natural scale), difference, mean or correlation as \
                     printed, such as 0.47; it is held against studies, which --against names"
    )]
    claim_effect: Option<String>,

    /// Its interval as printed: 0.49,0.77 or 49%,77%
    #[arg(long, value_name = "LOWER,UPPER", allow_hyphen_values = true)]
    claim_ci: Option<String>,

    /// Level of that interval [default: 95]
    #[arg(long, value_name = "LEVEL")]
    claim_level: Option<Level>,

    /// Number of studies
    #[arg(long, value_name = "COUNT")]
    claim_k: Option<u64>,

    /// Number of patients
    #[arg(long, value_name = "COUNT")]
    claim_total: Option<u64>,

    /// Number of patients with the event
    #[arg(long, value_name = "COUNT")]
    claim_events: Option<u64>,

    /// I² in percent, as printed
    #[arg(long, value_name = "PERCENT")]
    claim_i2: Option<String>,

    /// Smallest rate of a study
    #[arg(long, value_name = "RATE")]
    claim_min: Option<String>,

    /// Largest rate of a study
    #[arg(long, value_name = "RATE")]
    claim_max: Option<String>,

    /// Decimals printed, of proportions: 3 for 76.6 %
    #[arg(
        long,
        value_name = "COUNT",
        value_parser = clap::value_parser!(u8).range(0..=15),
        long_help = "Decimals that the rate and its limits were printed with, as proportions: 3 for \
                     76.6 % [default: as typed]"
    )]
    claim_digits: Option<u8>,

    /// Who claims it, for the result
    #[arg(long, value_name = "TEXT")]
    claim_label: Option<String>,

    /// CSV table of claims, one a row, or a bundled one
    #[arg(
        long,
        value_name = "FILE",
        long_help = "CSV table of claims, one a row, - for standard input, or the bundled \
                     published_claims; its columns are review, year, group, rate, ci_lower, \
                     ci_upper, studies, patients, events and i2, all but rate optional"
    )]
    claims: Option<PathBuf>,
}

impl ClaimCommand {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.ready()?;
        let destination = Destination::try_from(&self.output)?;
        if let Some(value) = &self.stated.claim_effect {
            return self.effect(value, &destination);
        }
        let stated = self.stated.claims()?;
        let claims = stated.iter().map(|(_, claim)| claim.clone());
        let (claims, info) = match &self.against {
            None => (claims.map(examine).collect(), None),
            Some(data) => {
                let Source { table, info } = source::read(Some(data), &self.reading)?;
                of_rates(&table)?;
                let grid = self.grid.grid(&table);
                let mut progress = Progress::new();
                let claims = claims.collect();
                let examined =
                    examine_all_against(claims, &table.studies, &grid, &mut |done, total| {
                        progress.tell(done, total);
                    })?;
                (examined, Some(info))
            }
        };
        destination.write(|mut out| {
            report::write_claims(
                &mut out,
                &claims,
                info.as_ref(),
                destination.format,
                &destination.style,
            )
        })?;
        let Some(data) = &self.against else { return Ok(()) };
        self.save.write((data, &self.reading), Choices::default(), &self.output, |plan| {
            let grid = GridPlan::from(&self.grid);
            let claims = stated.into_iter().map(|(claim, _)| claim);
            plan.claim = claims.map(|claim| ClaimPlan { grid: grid.clone(), ..claim }).collect();
        })
    }

    /// Refuses to save what is not held against data: an analysis file begins with them.
    fn ready(&self) -> Result<(), Failure> {
        if self.save.save.is_some() && self.against.is_none() {
            return Err(Failure::Usage {
                message: "`--save` writes an analysis of data, and none are given".to_owned(),
                help: "add --against with the studies that the claim is held against".to_owned(),
            });
        }
        self.save.ready(self.against.as_deref())
    }
}

impl ClaimCommand {
    /// A claim about an effect against the analyses of studies.
    fn effect(&self, value: &str, destination: &Destination) -> Result<(), Failure> {
        if self.save.save.is_some() {
            return Err(Failure::Usage {
                message: "an analysis file holds claims about rates, not effects".to_owned(),
                help: "leave out --save".to_owned(),
            });
        }
        let claim = self.stated.effect(value)?;
        let Some(data) = &self.against else {
            return Err(Failure::Usage {
                message: "`--claim-effect` needs studies to be held against".to_owned(),
                help: "name them with --against DATA".to_owned(),
            });
        };
        let Source { table, info } = source::read(Some(data), &self.reading)?;
        if table.studies.outcomes().kind() == OutcomeKind::Proportions {
            return Err(Failure::Usage {
                message: "these studies give events of a total, whose pooled value is a rate"
                    .to_owned(),
                help: "give the claim with --claim-rate".to_owned(),
            });
        }
        let grid = self.grid.grid(&table);
        let mut progress = Progress::new();
        let tell = &mut |done, total| progress.tell(done, total);
        let examined =
            examine_effect(claim, &table.studies, &grid, tell).map_err(|error| match error {
                EffectClaimError::Multiverse(error) => Failure::from(error),
                other => Failure::Refused(other.to_string()),
            })?;
        destination.write(|mut out| {
            let (format, style) = (destination.format, &destination.style);
            report::write_effect_claim(&mut out, &examined, &info, format, style)
        })
    }
}

/// A rate is held against rates.
fn of_rates(table: &Table) -> Result<(), Failure> {
    match table.studies.outcomes().kind() {
        OutcomeKind::Proportions => Ok(()),
        kind => Err(Failure::Usage {
            message: format!(
                "the claim is a rate of events of a total, and these studies give {}",
                kind.name()
            ),
            help: "give a pooled value of these with --claim-effect".to_owned(),
        }),
    }
}

fn wrong(error: &ClaimError) -> Failure {
    Failure::Refused(error.to_string())
}

/// A claim as it is written and as it is understood.
type Told = (ClaimPlan, Claim);

impl StatedArgs {
    /// The claims that are to be examined.
    fn claims(&self) -> Result<Vec<Told>, Failure> {
        let both = || Failure::Usage {
            message: "`--claims` and `--claim-rate` are two ways to give claims".to_owned(),
            help: "give one of them".to_owned(),
        };
        match (&self.claim_rate, &self.claims) {
            (Some(_), Some(_)) => Err(both()),
            (Some(rate), None) => {
                let plan = self.one(rate);
                let claim = plan.claim().map_err(|error| wrong(&error))?;
                Ok(vec![(plan, claim)])
            }
            (None, Some(path)) => self.table(path),
            (None, None) => Err(Failure::Usage {
                message: "there is no claim to examine".to_owned(),
                help:
                    "give a rate as printed, as in --claim-rate 76.6%, a table with --claims, or \
                       an effect with --claim-effect"
                        .to_owned(),
            }),
        }
    }

    /// A claim about an effect.
    fn effect(&self, value: &str) -> Result<StatedEffect, Failure> {
        let of_rates = [
            ("--claim-rate", self.claim_rate.is_some()),
            ("--claims", self.claims.is_some()),
            ("--claim-total", self.claim_total.is_some()),
            ("--claim-events", self.claim_events.is_some()),
            ("--claim-min", self.claim_min.is_some()),
            ("--claim-max", self.claim_max.is_some()),
        ];
        if let Some((option, _)) = of_rates.iter().find(|(_, given)| *given) {
            return Err(Failure::Usage {
                message: format!("`{option}` is about rates and does not go with `--claim-effect`"),
                help: "leave out one of the two".to_owned(),
            });
        }
        let read = || -> Result<StatedEffect, ClaimError> {
            let ci = self.claim_ci.as_deref().map(plain_limits).transpose()?;
            let digits = |number: Printed| match self.claim_digits {
                Some(digits) => number.with_decimals(digits),
                None => number,
            };
            Ok(StatedEffect {
                label: self.claim_label.clone(),
                ci: ci.map(|ci| ci.map(digits)),
                k: self.claim_k,
                i2: self.claim_i2.as_deref().map(Printed::percentage).transpose()?,
                level: self.claim_level.unwrap_or_default(),
                ..StatedEffect::new(digits(Printed::number(value)?))
            })
        };
        read().map_err(|error| wrong(&error))
    }

    fn one(&self, rate: &str) -> ClaimPlan {
        ClaimPlan {
            claim_rate: rate.to_owned(),
            claim_ci: self.claim_ci.clone(),
            claim_level: self.claim_level,
            claim_k: self.claim_k,
            claim_total: self.claim_total,
            claim_events: self.claim_events,
            claim_i2: self.claim_i2.clone(),
            claim_min: self.claim_min.clone(),
            claim_max: self.claim_max.clone(),
            claim_digits: self.claim_digits,
            claim_label: self.claim_label.clone(),
            grid: GridPlan::default(),
        }
    }

    fn table(&self, path: &std::path::Path) -> Result<Vec<Told>, Failure> {
        let Input { bytes, source_name, .. } = input::open(path).map_err(Failure::Open)?;
        let rows = data::claims(&bytes)
            .map_err(|error| Failure::Refused(format!("{source_name}: {error}")))?;
        rows.into_iter()
            .map(|row| {
                let line = row.line;
                let failed =
                    |what: String| Failure::Refused(format!("{source_name}, line {line}: {what}"));
                let plan = self.of_row(row).map_err(failed)?;
                let claim = plan.claim().map_err(|error| failed(error.to_string()))?;
                Ok((plan, claim))
            })
            .collect()
    }

    /// The numbers of a row of a table of claims, with what the options say of all claims.
    fn of_row(&self, row: ClaimRow) -> Result<ClaimPlan, String> {
        let count = |text: Option<String>| {
            let read = |text: String| {
                text.parse::<u64>().map_err(|_| format!("`{text}` is not a whole number"))
            };
            text.map(read).transpose()
        };
        let claim_ci = match (row.ci_lower, row.ci_upper) {
            (Some(lower), Some(upper)) => Some(format!("{lower},{upper}")),
            (None, None) => None,
            _ => return Err("one limit of the interval is missing".to_owned()),
        };
        Ok(ClaimPlan {
            claim_rate: row.rate.ok_or("the rate is missing")?,
            claim_ci,
            claim_level: self.claim_level,
            claim_k: count(row.k)?,
            claim_total: count(row.total)?,
            claim_events: count(row.events)?,
            claim_i2: row.i2,
            claim_digits: self.claim_digits,
            claim_label: (!row.label.is_empty()).then_some(row.label),
            ..ClaimPlan::default()
        })
    }
}

/// Two numbers with a comma between them.
fn plain_limits(text: &str) -> Result<[Printed; 2], ClaimError> {
    let (lower, upper) =
        text.split_once(',').ok_or_else(|| ClaimError::NotAnInterval { text: text.to_owned() })?;
    Ok([Printed::number(lower)?, Printed::number(upper)?])
}
