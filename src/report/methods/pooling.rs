//! How studies are pooled, by model.

use super::{
    super::references::{
        Reference, effects,
        one_step::{
            GREENLAND_1985, HAMZA_2008, JACKSON_2018, KUSS_2015, LIU_1994, MANTEL_1959,
            SKELLAM_1948, STIJNEN_2010, YUSUF_1985, ZEGER_1988,
        },
        random::{DERSIMONIAN_1986, RICE_2018},
    },
    Context, Text, measure,
};
use crate::{
    effect::{Display, Measure},
    model::{Estimand, Link, Model, Settings, TwoGroupKind, TwoStep},
    study::OutcomeKind,
};

pub(super) fn say(text: &mut Text, settings: &Settings, context: &Context<'_>) {
    let kind = context.kind(settings);
    match &settings.model {
        Model::TwoStep(choices) => two_step(text, choices, kind),
        Model::Glmm { link, .. } => glmm(text, *link),
        Model::BetaBinomial { .. } => beta_binomial(text),
        Model::MantelHaenszel { measure: of, correction } => {
            mantel_haenszel(text, *of);
            if let Some(corrected) = measure::corrected(*correction, *of) {
                text.sentence(
                    &format!("{corrected}, only where single studies and Q are shown"),
                    &[&effects::SWEETING_2004],
                );
            }
        }
        Model::Peto => {
            text.sentence(
                "Odds ratios were pooled by Peto's one-step method, which assumes one odds ratio \
                 common to all studies",
                &[&YUSUF_1985],
            );
        }
        Model::TwoGroupGlmm { kind: model, .. } => two_groups(text, *model, kind),
        Model::RateGlmm { .. } => rates(text),
    }
}

fn two_step(text: &mut Text, choices: &TwoStep, kind: OutcomeKind) {
    let TwoStep { measure: of, correction, inversion, .. } = *choices;
    let elsewhere = kind == OutcomeKind::Generic;
    let made = if elsewhere {
        "were taken as reported, with their sampling variances"
    } else {
        "were computed for each study"
    };
    let cited: &[&'static Reference] =
        if elsewhere { &[&effects::WHITEHEAD_1991] } else { measure::cited(of) };
    text.sentence(&format!("{} {made}", measure::effects(of)), cited);
    if let Some(corrected) = measure::corrected(correction, of).filter(|_| !elsewhere) {
        let proportions = of.display() == Display::Proportion;
        let cited: &[&'static Reference] = if proportions {
            &[&effects::GART_1967, &effects::SWEETING_2004]
        } else {
            &[&effects::SWEETING_2004]
        };
        text.sentence(&corrected, cited);
    }
    text.clause(
        "Effects were pooled by inverse variance in a random-effects model",
        &[&DERSIMONIAN_1986],
    );
    text.clause("and, for comparison, with a common effect", &[&RICE_2018]);
    text.whole(".");
    let noun = measure::noun(of);
    if matches!(of, Measure::Pft | Measure::Irft) {
        let (size, cited) = measure::inversion(inversion);
        text.sentence(
            &format!("The pooled value was turned back into a {noun} with {size}"),
            cited,
        );
    }
    if Estimand::of(of) == Estimand::Median && of.display() == Display::Proportion {
        text.sentence(
            "Back on its own scale the pooled proportion is that of the median study, not the mean \
             over studies",
            &[&ZEGER_1988],
        );
    }
}

fn glmm(text: &mut Text, link: Link) {
    let (name, scale) = match link {
        Link::Logit => ("logit", "logits"),
        Link::Probit => ("probit", "probits"),
        Link::Cloglog => ("complementary log-log", "complementary log-logs"),
    };
    text.sentence(
        &format!(
            "Proportions were pooled in one step by a binomial-normal generalised linear mixed model \
             with {name} link: the events of a study are binomial, and the {scale} of the studies' \
             true proportions are normal"
        ),
        &[&HAMZA_2008, &STIJNEN_2010],
    );
    text.sentence(
        "It was fitted by maximum likelihood, with adaptive Gauss–Hermite quadrature",
        &[&LIU_1994],
    );
    text.sentence(
        "The pooled proportion is that of the median study; the mean over studies was found by \
         integration over the random effect, with an interval by the delta method",
        &[&ZEGER_1988],
    );
    common(text);
}

fn beta_binomial(text: &mut Text) {
    text.sentence(
        "Proportions were pooled in one step by a beta-binomial model: the events of a study are \
         binomial, and the studies' true proportions follow a beta distribution",
        &[&SKELLAM_1948, &KUSS_2015],
    );
    text.whole(
        "It was fitted by maximum likelihood, and the pooled proportion is the mean over studies.",
    );
    common(text);
}

/// The common effect of models of counts.
fn common(text: &mut Text) {
    text.sentence(
        "For comparison, one common proportion was estimated from all counts together",
        &[&RICE_2018],
    );
}

fn mantel_haenszel(text: &mut Text, of: Measure) {
    let cited: &[&'static Reference] = match of {
        Measure::Or => &[&MANTEL_1959],
        _ => &[&MANTEL_1959, &GREENLAND_1985],
    };
    let noun = measure::noun(of);
    text.sentence(
        &format!(
            "{}{}s were pooled by the method of Mantel and Haenszel, which takes each study as a \
             stratum and assumes one {noun} common to all studies",
            noun.get(..1).unwrap_or_default().to_uppercase(),
            noun.get(1..).unwrap_or_default()
        ),
        cited,
    );
}

fn two_groups(text: &mut Text, model: TwoGroupKind, kind: OutcomeKind) {
    let rates = kind == OutcomeKind::TwoRates;
    let (counts, ratio) =
        if rates { ("Poisson", "log rate ratios") } else { ("binomial", "log odds ratios") };
    let how = match model {
        TwoGroupKind::UmFs => {
            format!("{counts} counts of both groups, a fixed intercept for each study")
        }
        TwoGroupKind::UmRs => {
            format!("{counts} counts of both groups, random intercepts of the studies")
        }
        TwoGroupKind::CmEl if rates => {
            "binomial counts of the first group given all events of a study".to_owned()
        }
        TwoGroupKind::CmEl => {
            "non-central hypergeometric counts of the first group given all events \
                               of a study, with the exact likelihood"
                .to_owned()
        }
        TwoGroupKind::CmAl => "binomial counts of the first group given all events of a study, an \
                               approximation for rare events"
            .to_owned(),
    };
    text.sentence(
        &format!(
            "The two groups were compared in one step by a generalised linear mixed model ({}): {how}, \
             and normal {ratio}",
            model.code()
        ),
        &[&STIJNEN_2010, &JACKSON_2018],
    );
    text.whole("It was fitted by maximum likelihood, with adaptive quadrature.");
}

fn rates(text: &mut Text) {
    text.sentence(
        "Rates were pooled in one step by a generalised linear mixed model: Poisson counts of events \
         given the time at risk, and normal log rates",
        &[&STIJNEN_2010],
    );
    text.whole("It was fitted by maximum likelihood, with adaptive quadrature.");
    text.sentence(
        "For comparison, one common rate was estimated from all events and times together",
        &[&RICE_2018],
    );
}
