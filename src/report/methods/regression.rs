//! Meta-regression, as methods.

use super::{
    super::references::{Reference, intervals, one_step, questions as works, random},
    Text, measure, spread,
};
use crate::model::{CiMethod, Link, Model, OmnibusMethod, Regression, Settings};

/// What was done for a meta-regression beside an analysis by `settings`.
pub(super) fn say(text: &mut Text, fit: &Regression, settings: &Settings) {
    model(text, fit, settings);
    if !fit.references.is_empty() {
        let compared: Vec<String> = fit
            .references
            .iter()
            .map(|reference| format!("levels of {} with {}", reference.column, reference.level))
            .collect();
        text.whole(&format!("Coefficients compare {}.", listed(&compared)));
    }
    coefficients(text, fit);
    if fit.lr_test.is_some() {
        text.sentence(
            "The model was also compared with that without moderators by the likelihood ratio, both \
             fitted by maximum likelihood",
            &[&works::HUIZENGA_2011],
        );
    }
    if fit.r2.is_some() {
        text.sentence("R² is the share of τ² that the moderators take away", &[&works::LOPEZ_2014]);
    }
    residual(text, fit);
    if let Some(robust) = &fit.robust {
        text.sentence(
            &format!(
                "Because rows of one {} are not independent, coefficients were also tested by \
                 cluster-robust tests ({})",
                robust.cluster.one(),
                robust.method
            ),
            &[&works::TIPTON_2015, &works::TIPTON_PUSTEJOVSKY_2015],
        );
    }
    if let Some(permuted) = &fit.permutation {
        let how = if permuted.exact {
            format!("all {} permutations", permuted.permutations)
        } else {
            format!("{} permutations (seed {})", permuted.permutations, permuted.seed)
        };
        text.sentence(
            &format!("Coefficients were also tested by {how} of the moderators over the studies"),
            &[&works::HIGGINS_2004],
        );
    }
    if let Some(trend) = &fit.trend {
        text.sentence(
            &format!(
                "A trend over {} was tested with equal steps from {}",
                trend.column,
                trend.levels.join(" to ")
            ),
            &[&works::ARMITAGE_1955],
        );
    }
}

fn model(text: &mut Text, fit: &Regression, settings: &Settings) {
    let on = moderators(fit);
    match &fit.settings.model {
        Model::Glmm { link, .. } => {
            let scale = match link {
                Link::Logit => "logits",
                Link::Probit => "probits",
                Link::Cloglog => "complementary log-logs",
            };
            text.sentence(
                &format!(
                    "In a meta-regression the {scale} of the studies' true proportions depend on \
                     {on} in a binomial-normal generalised linear mixed model, fitted by maximum \
                     likelihood"
                ),
                &[&works::THOMPSON_HIGGINS_2002, &one_step::STIJNEN_2010],
            );
        }
        Model::TwoStep(choices) => {
            let (name, cited) = spread::tau2(choices);
            let what = if fit.settings.model == settings.model {
                "the effects".to_owned()
            } else {
                let effects = measure::effects(choices.measure);
                let first = effects.chars().next().map(|c| c.to_lowercase().to_string());
                let rest = effects.get(first.as_ref().map_or(0, String::len)..);
                let plain = rest.unwrap_or_default().trim_end_matches(',');
                format!("{}{plain}", first.unwrap_or_default())
            };
            text.clause(
                &format!(
                    "In a meta-regression {what} were regressed on {on} by a mixed-effects model"
                ),
                &[&works::BERKEY_1995, &works::THOMPSON_HIGGINS_2002],
            );
            text.clause(&format!(", with the τ² that remains estimated by {name}"), cited);
            text.whole(".");
        }
        // No other model takes moderators.
        _ => {}
    }
}

/// The terms as a sentence names them: `year and design`.
fn moderators(fit: &Regression) -> String {
    let terms: Vec<String> = fit.terms.iter().map(|term| term.term.clone()).collect();
    if terms.is_empty() { fit.formula.clone() } else { listed(&terms) }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn coefficients(text: &mut Text, fit: &Regression) {
    let t = "quantiles of t on k − p degrees of freedom, for k studies and p coefficients";
    let (how, cited): (String, &[&'static Reference]) = match fit.method() {
        CiMethod::Hk => {
            (format!("the standard errors of Knapp and Hartung and {t}"), &[&intervals::KNAPP_2003])
        }
        CiMethod::Adhoc => (
            format!(
                "the standard errors of Knapp and Hartung, which are never scaled down, and {t}"
            ),
            &[&intervals::KNAPP_2003, &intervals::ROEVER_2015],
        ),
        CiMethod::T => (format!("Wald standard errors and {t}"), &[&intervals::WALD_1943]),
        _ => (
            "Wald standard errors and quantiles of the normal distribution".to_owned(),
            &[&intervals::WALD_1943],
        ),
    };
    text.clause(&format!("Tests and intervals of the coefficients have {how}"), cited);
    if let Some(test) = fit.test.filter(|test| test.df1 > 1.0) {
        let all = match test.method {
            OmnibusMethod::F | OmnibusMethod::Htz => "an F test",
            OmnibusMethod::Chi2 => "a χ² test (QM)",
        };
        text.clause(
            &format!("; the moderators were tested together by {all}"),
            &[&works::VIECHTBAUER_2015],
        );
    }
    text.whole(".");
}

fn residual(text: &mut Text, fit: &Regression) {
    match &fit.settings.model {
        Model::TwoStep(choices) => {
            text.clause(
                "Residual heterogeneity was tested by the residual Q (QE)",
                &[&super::super::references::effects::HEDGES_1985],
            );
            let (name, cited) = spread::tau2_interval(choices);
            text.clause(&format!(", and its τ² has an interval by {name}"), cited);
        }
        _ => {
            text.clause(
                "Residual heterogeneity was tested by the likelihood ratio against a model with a \
                 proportion for each study, and its τ² has an interval by profile likelihood",
                &[&random::HARDY_1996],
            );
        }
    }
    text.whole(".");
}
