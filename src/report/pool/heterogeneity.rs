//! How much the studies differ, in words.

use super::{
    super::{
        document::{Facts, Label},
        number::{degrees, fixed, p_value, precise},
    },
    Context,
};
use crate::{
    effect::Measure,
    model::{Fit, Heterogeneity, I2, Link, Model, Note, QTest, Settings, Tau2Ci, Test, TestName},
};

/// τ first: for rates I² is high by construction, and says less.
pub(super) fn facts(context: Context<'_>) -> Facts {
    let fit = context.fit;
    let mut facts = found(&fit.settings, &fit.heterogeneity);
    if fit.heterogeneity.tau2.is_none() && fit.heterogeneity.rho.is_none() {
        facts.insert(0, (Label::term("τ", "tau"), no_spread(fit).to_owned()));
    }
    Facts { heading: Label::term("Heterogeneity", "heterogeneity"), facts }
}

/// What is known of the heterogeneity, by name.
pub(in crate::report) fn found(
    settings: &Settings,
    heterogeneity: &Heterogeneity,
) -> Vec<(Label, String)> {
    let spread = [tau(settings, heterogeneity), rho(heterogeneity), i2(settings, heterogeneity)];
    let mut facts: Vec<(Label, String)> = spread.into_iter().flatten().collect();
    if let Some(h2) = heterogeneity.h2 {
        let range = interval(heterogeneity.h2_lower, heterogeneity.h2_upper, |h2| fixed(h2, 2));
        facts.push((Label::term("H²", "h2"), format!("{}{range}", fixed(h2, 2))));
    }
    facts.extend(heterogeneity.tests.iter().map(|test| tested(settings, heterogeneity, test)));
    facts
}

fn tau(settings: &Settings, h: &Heterogeneity) -> Option<(Label, String)> {
    let scale = match scale_name(settings) {
        "" => String::new(),
        name => format!(" ({name} scale)"),
    };
    let tau2 = h.tau2?;
    let range = interval(h.tau2_lower, h.tau2_upper, |tau2| precise(tau2, 3));
    let how = h.tau2_interval.filter(|_| !range.is_empty()).map_or("", |ci| match ci {
        Tau2Ci::Qp => ", Q-profile",
        Tau2Ci::Pl => ", profile likelihood",
        Tau2Ci::Genq => ", generalised Q",
        Tau2Ci::Bt => ", Biggerstaff–Tweedie",
    });
    let tau = h.tau.map_or_else(String::new, |tau| format!("{}{scale}; ", precise(tau, 3)));
    Some((Label::term("τ", "tau"), format!("{tau}τ² = {}{range}{how}", precise(tau2, 3))))
}

fn rho(h: &Heterogeneity) -> Option<(Label, String)> {
    let rho = h.rho?;
    let range = interval(h.rho_lower, h.rho_upper, |rho| precise(rho, 3));
    let text = format!("{}{range}, overdispersion of the beta-binomial model", precise(rho, 3));
    Some((Label::term("ρ", "rho"), text))
}

/// Both kinds of I², the one the settings prefer first.
fn i2(settings: &Settings, h: &Heterogeneity) -> Option<(Label, String)> {
    let percent = |i2: f64| fixed(i2, 1);
    let one = |value: Option<f64>, lower, upper, source: &str| {
        let value = value?;
        Some(format!("{} %{} {source}", percent(value), interval(lower, upper, percent)))
    };
    let from_tau2 = one(h.i2, h.i2_lower, h.i2_upper, "from τ²");
    let from_q = one(h.i2_q, h.i2_q_lower, h.i2_q_upper, q_source(settings));
    let both = match settings.i2 {
        I2::Tau2 => [from_tau2, from_q],
        I2::Q => [from_q, from_tau2],
    };
    let parts: Vec<String> = both.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| (Label::term("I²", "i2"), parts.join("; ")))
}

/// What the Q-based I² is computed from.
const fn q_source(settings: &Settings) -> &'static str {
    match settings.model {
        Model::TwoStep(_) | Model::MantelHaenszel { .. } | Model::Peto => "from Q",
        Model::Glmm { q_test: QTest::Wald, .. } => "from the Wald test",
        Model::Glmm { q_test: QTest::WaldAll, .. } => "from the Wald test, k − 1 df",
        Model::Glmm { .. }
        | Model::BetaBinomial { .. }
        | Model::TwoGroupGlmm { .. }
        | Model::RateGlmm { .. } => "from the LRT",
    }
}

fn tested(settings: &Settings, heterogeneity: &Heterogeneity, test: &Test) -> (Label, String) {
    let numbers = format!(
        "{} on {} df, {}",
        fixed(test.statistic, 2),
        degrees(test.df),
        p_value(test.p_value)
    );
    match test.name {
        TestName::Q => (Label::term("Q", "q"), numbers),
        TestName::BreslowDay => (Label::term("Breslow–Day", "breslow-day"), numbers),
        TestName::Tarone => {
            (Label::term("Tarone", "breslow-day"), format!("{numbers}, Breslow–Day corrected"))
        }
        TestName::Cmh => {
            (Label::term("CMH", "cmh"), format!("{numbers}, no difference in any study"))
        }
        TestName::Lrt => {
            let own = match settings.model {
                Model::TwoGroupGlmm { .. } => "a ratio",
                _ => "a rate",
            };
            (Label::term("LRT", "lrt"), format!("{numbers}, against {own} for each study"))
        }
        TestName::Wald => {
            let df = match settings.model {
                Model::Glmm { q_test: QTest::WaldAll, .. } => "; df of all studies",
                _ => "",
            };
            let text = format!("{numbers}, over the studies without an empty cell{df}");
            (Label::term("Wald", "wald-test"), text)
        }
        TestName::LrtTau2 => {
            let null = if heterogeneity.tau2.is_some() { "τ² = 0" } else { "ρ = 0" };
            let numbers = format!("{}, {}", fixed(test.statistic, 2), p_value(test.p_value));
            let text = format!("likelihood ratio {numbers} (half χ² on 1 df)");
            (Label::term(null, "lrt-tau2"), text)
        }
    }
}

/// Why there is no τ.
fn no_spread(fit: &Fit) -> &'static str {
    let degenerate = |note: &Note| matches!(note, Note::AllZero { .. } | Note::AllEvents { .. });
    match fit.k {
        1 => "not defined for one study",
        _ if fit.settings.model.common_only() => "not part of the model: one common effect",
        _ if fit.diagnostics.warnings.iter().any(degenerate) => {
            "not estimated: all studies have the same extreme rate"
        }
        _ => "not defined for these data",
    }
}

/// The scale on which τ and coefficients are measured; nothing for effects computed elsewhere.
pub(in crate::report) const fn scale_name(settings: &Settings) -> &'static str {
    match &settings.model {
        Model::TwoStep(two_step) => two_step.measure.scale(),
        Model::MantelHaenszel { measure, .. } => measure.scale(),
        Model::Peto | Model::TwoGroupGlmm { .. } => "log ratio",
        Model::RateGlmm { .. } => Measure::Irln.scale(),
        Model::Glmm { link: Link::Logit, .. } | Model::BetaBinomial { .. } => "logit",
        Model::Glmm { link: Link::Probit, .. } => "probit",
        Model::Glmm { link: Link::Cloglog, .. } => "complementary log-log",
    }
}

/// ` [lower, upper]`, with ∞ for a missing upper limit; nothing without a lower one.
pub(in crate::report) fn interval(
    lower: Option<f64>,
    upper: Option<f64>,
    show: impl Fn(f64) -> String,
) -> String {
    lower.map_or_else(String::new, |lower| {
        let upper = upper.map_or_else(|| "∞".to_owned(), &show);
        format!(" [{}, {upper}]", show(lower))
    })
}
