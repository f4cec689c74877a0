//! From options as typed to settings that make sense: the home of every conflict between options.

use super::{
    args::SettingsArgs,
    clash::{Clash, Fixed},
    failure::Failure,
    given::Given,
    values::{Ci, ModelKind, spelling},
};
use crate::{
    data::Table,
    effect::{Correction, CorrectionRule, Measure},
    model::{Model, OneStepCi, PredictionMethod, Settings, Tau2Ci, Tau2Method, TwoStep, TwoStepCi},
    plan::stated_measure,
    study::OutcomeKind,
};

/// Validated choices of an analysis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    /// What is computed.
    pub(super) settings: Settings,
    /// The option that selected the two-step model where nothing else did.
    pub(super) selected_by: Option<Given>,
}

impl TryFrom<&SettingsArgs> for Choice {
    type Error = Clash;

    fn try_from(args: &SettingsArgs) -> Result<Self, Clash> {
        let fixed = fixed(args)?;
        let selected_by = if fixed.is_none() { args.of_two_step().next() } else { None };
        let mut settings = match fixed {
            Some(Fixed::Preset(preset)) => preset.settings(),
            Some(Fixed::Model(ModelKind::BetaBinomial)) => beta_binomial(),
            Some(Fixed::Model(ModelKind::MantelHaenszel)) => common_only(Model::MantelHaenszel {
                measure: Measure::Or,
                correction: Correction::default(),
            }),
            Some(Fixed::Model(ModelKind::Peto)) => common_only(Model::Peto),
            Some(Fixed::Model(ModelKind::TwoStep)) => Settings::two_step(),
            None if selected_by.is_some() => Settings::two_step(),
            Some(Fixed::Model(kind)) => two_group(kind),
            None => Settings::default(),
        };
        let kind = ModelKind::of(&settings.model);
        if let Some(given) = args.stranger_to(kind) {
            return Err(match (fixed, selected_by) {
                (None, Some(two_step)) => Clash::TwoModels { two_step, glmm: given },
                (fixed, _) => {
                    Clash::NotInModel { given, fixed: fixed.unwrap_or(Fixed::Model(kind)), kind }
                }
            });
        }
        match &mut settings.model {
            Model::TwoStep(two_step) => fill(args, two_step),
            Model::Glmm { link, ci, q_test } => {
                *link = args.link.unwrap_or(*link);
                *ci = args.ci.and_then(Ci::one_step).unwrap_or(*ci);
                *q_test = args.q_test.unwrap_or(*q_test);
            }
            Model::BetaBinomial { ci }
            | Model::TwoGroupGlmm { ci, .. }
            | Model::RateGlmm { ci } => {
                *ci = args.ci.and_then(Ci::one_step).unwrap_or(*ci);
            }
            Model::MantelHaenszel { measure, correction } => {
                *measure = args.measure.unwrap_or(*measure);
                correction.add = args.add.unwrap_or(correction.add);
                correction.to = args.to.unwrap_or(correction.to);
            }
            Model::Peto => {}
        }
        settings.prediction = args.prediction.unwrap_or(settings.prediction);
        settings.study_ci = args.study_ci.unwrap_or(settings.study_ci);
        settings.i2 = args.i2.unwrap_or(settings.i2);
        settings.level = args.level.unwrap_or(settings.level);
        settings.seed = args.seed.unwrap_or(settings.seed);
        if let Model::TwoStep(two_step) = &settings.model {
            check_estimator(args, two_step, settings.prediction)?;
            check_scale(args, two_step)?;
        }
        Ok(Self { settings, selected_by })
    }
}

impl Choice {
    /// The choices for what a table holds: outcomes other than single proportions are pooled in two
    /// steps unless another model is asked for, by the measure their columns state or the default of
    /// their kind.
    pub(super) fn suited(args: &SettingsArgs, table: &Table) -> Result<Self, Clash> {
        let outcome = table.studies.outcomes().kind();
        if outcome == OutcomeKind::Proportions {
            return Self::try_from(args);
        }
        let mut args = args.clone();
        if args.model.is_none() && args.preset.is_none() {
            args.model = Some(ModelKind::TwoStep);
        }
        let model =
            args.preset.map(|preset| ModelKind::of(&preset.settings().model)).or(args.model);
        // Mantel and Haenszel's method pools the default of both kinds that it is for.
        let strata = matches!(outcome, OutcomeKind::TwoProportions | OutcomeKind::TwoRates)
            && model == Some(ModelKind::MantelHaenszel);
        if args.measure.is_none() && (strata || model == Some(ModelKind::TwoStep)) {
            let stated = table.stated.map(stated_measure);
            args.measure = Some(stated.unwrap_or_else(|| Measure::default_for(outcome)));
        }
        let mut choice = Self::try_from(&args)?;
        let own = choice.settings.model;
        choice.settings.model = own.for_outcome(outcome);
        // Neither a link nor a test is chosen where there is one of each.
        match (choice.settings.model != own).then(|| args.of_glmm().next()).flatten() {
            Some(given) => {
                let kind = ModelKind::Glmm;
                let fixed = fixed(&args)?.unwrap_or(Fixed::Model(kind));
                Err(Clash::NotInModel { given, fixed, kind })
            }
            None => Ok(choice),
        }
    }
}

/// The choices where `option`, if given, belongs to the two-step model alone and so selects it; and
/// what selected the model, as the headline says it. What the table holds has its say once it is known.
pub(super) fn of_two_step(
    args: &SettingsArgs,
    option: Option<&'static str>,
    table: Option<&Table>,
) -> Result<(Choice, Option<String>), Failure> {
    let mut args = args.clone();
    let unasked = args.model.is_none() && args.preset.is_none();
    match (option, args.model) {
        (Some(option), Some(kind)) if kind != ModelKind::TwoStep => {
            return Err(Failure::Usage {
                message: format!("`{option}` does not go with `--model {}`", spelling(&kind)),
                help: "only the two-step model has it; leave out one of the two".to_owned(),
            });
        }
        (Some(_), None) if unasked => args.model = Some(ModelKind::TwoStep),
        _ => {}
    }
    let choice = match table {
        Some(table) => Choice::suited(&args, table)?,
        None => Choice::try_from(&args)?,
    };
    let by = match (&choice.selected_by, option.filter(|_| unasked)) {
        (Some(given), _) => Some(given.to_string()),
        (None, option) => option.map(str::to_owned),
    };
    Ok((choice, by.map(|option| format!("selected by {option}"))))
}

/// What settles the model whatever the other options say.
fn fixed(args: &SettingsArgs) -> Result<Option<Fixed>, Clash> {
    let Some(preset) = args.preset else { return Ok(args.model.map(Fixed::Model)) };
    let kind = ModelKind::of(&preset.settings().model);
    match args.model {
        Some(model) if model != kind => Err(Clash::PresetModel { preset, kind, model }),
        _ => Ok(Some(Fixed::Preset(preset))),
    }
}

fn beta_binomial() -> Settings {
    Settings {
        model: Model::BetaBinomial { ci: OneStepCi::default() },
        prediction: PredictionMethod::Bootstrap,
        ..Settings::default()
    }
}

/// A one-step model of two groups, or for the default model its settings.
fn two_group(kind: ModelKind) -> Settings {
    kind.two_group().map_or_else(Settings::default, |kind| Settings {
        model: Model::TwoGroupGlmm { kind, ci: OneStepCi::default() },
        ..Settings::default()
    })
}

/// A model without random effects, and so without a prediction.
fn common_only(model: Model) -> Settings {
    Settings { model, prediction: PredictionMethod::None, ..Settings::default() }
}

/// Writes the two-step options given over those of `two_step`.
fn fill(args: &SettingsArgs, two_step: &mut TwoStep) {
    let Correction { add, to } = two_step.correction;
    *two_step = TwoStep {
        measure: args.measure.unwrap_or(two_step.measure),
        correction: Correction { add: args.add.unwrap_or(add), to: args.to.unwrap_or(to) },
        tau2: args.tau2.unwrap_or(two_step.tau2),
        tau2_ci: args.tau2_ci.unwrap_or(two_step.tau2_ci),
        genq_weights: args.genq_weights.unwrap_or(two_step.genq_weights),
        ci: args.ci.map_or(two_step.ci, Into::into),
        inversion: args.inversion.unwrap_or(two_step.inversion),
    };
}

/// Refuses intervals that do not go with the estimator of `τ²`.
fn check_estimator(
    args: &SettingsArgs,
    two_step: &TwoStep,
    prediction: PredictionMethod,
) -> Result<(), Clash> {
    use Tau2Method::{Dl, Ml, Reml};
    let tau2 = two_step.tau2;
    let ci: Option<(_, &[_])> = match two_step.ci {
        TwoStepCi::Kr => Some(("--ci kr", &[Reml])),
        TwoStepCi::Pl => Some(("--ci pl", &[Reml, Ml])),
        TwoStepCi::Hc => Some(("--ci hc", &[Dl])),
        _ => None,
    };
    let tau2_ci: Option<(_, &[_])> = match two_step.tau2_ci {
        Tau2Ci::Pl => Some(("--tau2-ci pl", &[Reml, Ml])),
        Tau2Ci::Bt => Some(("--tau2-ci bt", &[Dl])),
        Tau2Ci::Qp | Tau2Ci::Genq => None,
    };
    let predicted: Option<(_, &[_])> = match prediction {
        PredictionMethod::Kr => Some(("--prediction kr", &[Reml])),
        _ => None,
    };
    let generalised =
        matches!(tau2, Tau2Method::Genq | Tau2Method::Genqm) || two_step.tau2_ci == Tau2Ci::Genq;
    if args.genq_weights.is_some() && !generalised {
        return Err(Clash::WeightsWithout);
    }
    [ci, tau2_ci, predicted]
        .into_iter()
        .flatten()
        .find(|(_, wanted)| !wanted.contains(&tau2))
        .map_or(Ok(()), |(method, wanted)| {
            Err(Clash::NeedsTau2 { method, tau2, typed: args.tau2.is_some(), wanted })
        })
}

/// Refuses corrections and inversions that do not go with the measure.
fn check_scale(args: &SettingsArgs, two_step: &TwoStep) -> Result<(), Clash> {
    let TwoStep { measure, correction, .. } = *two_step;
    match (args.inversion, args.add, args.to) {
        (Some(inversion), _, _) if !matches!(measure, Measure::Pft | Measure::Irft) => {
            Err(Clash::InversionWithout { inversion, measure })
        }
        (_, Some(add), _) if !(add.is_finite() && add >= 0.0) => Err(Clash::BadCorrection { add }),
        (_, Some(_), _) | (_, _, Some(_)) if !measure.takes_correction() => {
            Err(Clash::NoCorrection { measure })
        }
        (_, Some(add), _) if correction.to == CorrectionRule::None => Err(Clash::AddToNone { add }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
