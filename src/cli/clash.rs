//! Options that do not go together: what is wrong, and what would be possible.

use std::fmt;

use super::{
    given::Given,
    values::{ModelKind, spelling},
};
use crate::{
    effect::{Inversion, Measure},
    model::{Preset, Tau2Method},
};

/// What settles the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fixed {
    Preset(Preset),
    Model(ModelKind),
}

impl fmt::Display for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Preset(preset) => write!(f, "--preset {}", spelling(preset)),
            Self::Model(model) => write!(f, "--model {}", spelling(model)),
        }
    }
}

/// Why the options given do not make an analysis.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Clash {
    /// An option that the model asked for does not have.
    NotInModel { given: Given, fixed: Fixed, kind: ModelKind },
    /// An option of the two-step model beside one of the GLMM.
    TwoModels { two_step: Given, glmm: Given },
    /// A preset of one model with another.
    PresetModel { preset: Preset, kind: ModelKind, model: ModelKind },
    /// A method that goes with some estimators of τ² only.
    NeedsTau2 { method: &'static str, tau2: Tau2Method, typed: bool, wanted: &'static [Tau2Method] },
    /// Weights of a generalised Q that nothing uses.
    WeightsWithout,
    /// An inversion of a measure that has none.
    InversionWithout { inversion: Inversion, measure: Measure },
    /// A correction of a measure that takes none.
    NoCorrection { measure: Measure },
    /// Something added to no study.
    AddToNone { add: f64 },
    /// A correction that is negative or not a number.
    BadCorrection { add: f64 },
}

impl ModelKind {
    const fn words(self) -> &'static str {
        match self {
            Self::TwoStep => "the two-step model",
            Self::Glmm => "the GLMM",
            Self::BetaBinomial => "the beta-binomial model",
            Self::MantelHaenszel => "Mantel–Haenszel",
            Self::Peto => "Peto's method",
            Self::CmEl | Self::CmAl | Self::UmFs | Self::UmRs => "a one-step model of two groups",
        }
    }
}

impl Clash {
    /// What to do about it.
    pub(super) fn help(&self) -> String {
        match self {
            Self::NotInModel { given, fixed, kind } => {
                let (model, instead) = (kind.words(), given.flag.instead(*kind));
                match fixed {
                    Fixed::Model(_) => format!("{model} {instead}; or leave out `{fixed}`"),
                    Fixed::Preset(_) => format!("{model} {instead}; leave out one of the two"),
                }
            }
            Self::TwoModels { .. } | Self::AddToNone { .. } => {
                "leave out one of the two".to_owned()
            }
            Self::PresetModel { model, .. } => {
                format!("leave out `--model {}`, or the preset", spelling(model))
            }
            Self::NeedsTau2 { typed, wanted, .. } => {
                let names: Vec<String> =
                    wanted.iter().map(|tau2| format!("--tau2 {}", spelling(tau2))).collect();
                format!("{} {}", if *typed { "use" } else { "add" }, names.join(" or "))
            }
            Self::WeightsWithout => "add --tau2 GENQ, --tau2 GENQM or --tau2-ci genq".to_owned(),
            Self::InversionWithout { .. } => "add --measure PFT".to_owned(),
            Self::NoCorrection { .. } => {
                "leave out --add and --to; PLO, PLN, PR and PRZ take a correction".to_owned()
            }
            Self::BadCorrection { .. } => {
                "give a finite number of at least 0, such as 0.5".to_owned()
            }
        }
    }
}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInModel { given, fixed: Fixed::Model(kind), .. } => {
                write!(f, "`{given}` does not go with `--model {}`", spelling(kind))
            }
            Self::NotInModel { given, fixed, kind } => {
                write!(f, "`{given}` does not go with `{fixed}`, which uses {}", kind.words())
            }
            Self::TwoModels { two_step, glmm } => write!(
                f,
                "`{two_step}` belongs to the two-step model and `{glmm}` to the GLMM: they cannot be combined"
            ),
            Self::PresetModel { preset, kind, model } => write!(
                f,
                "`--preset {}` uses {}, not {}",
                spelling(preset),
                kind.words(),
                model.words()
            ),
            Self::NeedsTau2 { method, tau2, typed: true, .. } => {
                write!(f, "`{method}` does not go with `--tau2 {}`", spelling(tau2))
            }
            Self::NeedsTau2 { method, tau2, .. } => write!(
                f,
                "`{method}` does not go with τ² by {}, which is in use here",
                spelling(tau2)
            ),
            Self::WeightsWithout => f.write_str(
                "`--genq-weights` belongs to the generalised Q, which is not in use here",
            ),
            Self::InversionWithout { inversion, measure } => write!(
                f,
                "`--inversion {}` is for the Freeman–Tukey measure, and the measure is {}",
                spelling(inversion),
                measure.code()
            ),
            Self::NoCorrection { measure } => write!(
                f,
                "the measure {} ({}) is defined for empty cells and takes no correction",
                measure.code(),
                measure.name()
            ),
            Self::AddToNone { add } => {
                write!(f, "`--add {add}` does not go with a correction of no study (`--to none`)")
            }
            Self::BadCorrection { add } => write!(f, "a correction of {add} is not possible"),
        }
    }
}

impl std::error::Error for Clash {}
