//! Intervals of the pooled value, of a new study and of single studies.

use super::{
    super::{
        number::grouped,
        references::{Reference, intervals as works, random::HARDY_1996},
    },
    Context, Text, measure,
};
use crate::{
    effect::StudyInterval,
    model::{DRAWS, Model, OneStepCi, PredictionMethod, RESAMPLES, Settings, TwoStepCi},
    study::OutcomeKind,
};

pub(super) fn say(text: &mut Text, settings: &Settings, context: &Context<'_>) {
    let level = settings.level.percent();
    let (how, cited) = pooled(settings);
    text.sentence(
        &format!("The {level} % confidence interval of the pooled value is {how}"),
        cited,
    );
    let few = context.pooled.is_some_and(|pooled| pooled.fit.k < 3);
    if !settings.model.common_only() && !few {
        prediction(text, settings, context);
    }
    single(text, settings, context);
}

/// How an interval of the pooled value is made, as it reads after "is", and who proposed it.
fn pooled(settings: &Settings) -> (String, &'static [&'static Reference]) {
    let two_step = match &settings.model {
        Model::TwoStep(choices) => choices.ci,
        Model::Glmm { ci, .. }
        | Model::BetaBinomial { ci }
        | Model::TwoGroupGlmm { ci, .. }
        | Model::RateGlmm { ci } => {
            return one_step(*ci, settings);
        }
        Model::MantelHaenszel { .. } | Model::Peto => TwoStepCi::Z,
    };
    let (how, cited): (&str, &'static [&'static Reference]) = match two_step {
        TwoStepCi::Z => (WALD, &[&works::WALD_1943]),
        TwoStepCi::T => (T, &[&works::FOLLMANN_1999]),
        TwoStepCi::Hk => (
            "that of Hartung, Knapp, Sidik and Jonkman, with quantiles of t on k − 1 degrees of \
             freedom",
            &[&works::HARTUNG_2001, &works::SIDIK_2002],
        ),
        TwoStepCi::Adhoc => (
            "that of Hartung, Knapp, Sidik and Jonkman, with quantiles of t on k − 1 degrees of \
             freedom and a variance that is never scaled down",
            &[&works::HARTUNG_2001, &works::SIDIK_2002, &works::KNAPP_2003, &works::ROEVER_2015],
        ),
        TwoStepCi::Kr => {
            ("that of Kenward and Roger", &[&works::KENWARD_1997, &works::PARTLETT_2017])
        }
        TwoStepCi::Pl => ("by profile likelihood", &[&HARDY_1996]),
        TwoStepCi::Hc => ("that of Henmi and Copas", &[&works::HENMI_2010]),
        TwoStepCi::Bootstrap => {
            let how = format!("by parametric bootstrap-t with {}", resamples(RESAMPLES, settings));
            return (how, &[&works::VAN_DEN_NOORTGATE_2005]);
        }
    };
    (how.to_owned(), cited)
}

const WALD: &str = "that of Wald, with quantiles of the normal distribution";
const T: &str = "that of Wald with quantiles of t on k − 1 degrees of freedom";

fn one_step(ci: OneStepCi, settings: &Settings) -> (String, &'static [&'static Reference]) {
    match ci {
        OneStepCi::Z => (WALD.to_owned(), &[&works::WALD_1943]),
        OneStepCi::T => (T.to_owned(), &[&works::FOLLMANN_1999]),
        OneStepCi::Pl => ("by profile likelihood".to_owned(), &[&HARDY_1996]),
        OneStepCi::Bootstrap => (
            format!(
                "by percentiles of a parametric bootstrap with {}",
                resamples(RESAMPLES, settings)
            ),
            &[&works::VAN_DEN_NOORTGATE_2005],
        ),
    }
}

fn resamples(count: u32, settings: &Settings) -> String {
    let count = usize::try_from(count).map_or_else(|_| count.to_string(), grouped);
    format!("{count} resamples (seed {})", settings.seed)
}

fn prediction(text: &mut Text, settings: &Settings, context: &Context<'_>) {
    let (how, cited): (String, &'static [&'static Reference]) = match settings.prediction {
        PredictionMethod::None => {
            text.whole("No prediction interval was computed.");
            return;
        }
        _ if matches!(settings.model, Model::BetaBinomial { .. }) => (
            format!(
                "has the quantiles of the beta distributions of a parametric bootstrap with {}",
                resamples(RESAMPLES, settings)
            ),
            &[&works::HIGGINS_2009, &works::VAN_DEN_NOORTGATE_2005],
        ),
        PredictionMethod::T => (
            "has quantiles of t on k − 1 degrees of freedom and the Wald standard error".to_owned(),
            &[&works::HIGGINS_2009, &works::INTHOUT_2016],
        ),
        PredictionMethod::Hts => (
            "has quantiles of t on k − 2 degrees of freedom and the Wald standard error".to_owned(),
            &[&works::HIGGINS_2009, &works::INTHOUT_2016],
        ),
        PredictionMethod::Normal => (
            "has quantiles of the normal distribution and the Wald standard error".to_owned(),
            &[&works::HIGGINS_2009, &works::INTHOUT_2016],
        ),
        PredictionMethod::Hk => (
            "has quantiles of t on k − 1 degrees of freedom and the standard error of Hartung and \
             Knapp"
                .to_owned(),
            &[&works::HIGGINS_2009, &works::PARTLETT_2017],
        ),
        PredictionMethod::Kr => (
            "has the standard error and the degrees of freedom of Kenward and Roger".to_owned(),
            &[&works::HIGGINS_2009, &works::PARTLETT_2017],
        ),
        PredictionMethod::Bootstrap if matches!(settings.model, Model::TwoStep(_)) => (
            format!("is by parametric bootstrap with {}", resamples(DRAWS, settings)),
            &[&works::NAGASHIMA_2019],
        ),
        PredictionMethod::Bootstrap => (
            format!(
                "has the quantiles of the normal distributions of a parametric bootstrap with {}",
                resamples(RESAMPLES, settings)
            ),
            &[&works::HIGGINS_2009, &works::VAN_DEN_NOORTGATE_2005],
        ),
    };
    text.sentence(
        &format!(
            "The {} % prediction interval for the true {} of a new study {how}",
            settings.level.percent(),
            measure::noun(context.measure(settings))
        ),
        cited,
    );
}

/// Intervals of single studies; what is no single proportion has no exact one.
fn single(text: &mut Text, settings: &Settings, context: &Context<'_>) {
    let method = match context.kind(settings) {
        OutcomeKind::Proportions => settings.study_ci,
        _ => StudyInterval::Wald,
    };
    let (name, cited): (&str, &'static [&'static Reference]) = match method {
        StudyInterval::ClopperPearson => {
            ("exact intervals of Clopper and Pearson", &[&works::CLOPPER_1934])
        }
        StudyInterval::Wilson => ("Wilson's score intervals", &[&works::WILSON_1927]),
        StudyInterval::WilsonCc => {
            ("Wilson's score intervals with continuity correction", &[&works::NEWCOMBE_1998A])
        }
        StudyInterval::AgrestiCoull => ("intervals of Agresti and Coull", &[&works::AGRESTI_1998]),
        StudyInterval::Jeffreys => ("equal-tailed Jeffreys intervals", &[&works::BROWN_2001]),
        StudyInterval::MidP => ("exact mid-P intervals", &[&works::LANCASTER_1961]),
        StudyInterval::Wald => {
            ("Wald intervals on the scale of the analysis", &[&works::WALD_1943])
        }
    };
    text.sentence(&format!("Single studies have {name}"), cited);
}
