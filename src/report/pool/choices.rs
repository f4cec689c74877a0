//! The choices of an analysis, in words.

use super::super::{
    Style,
    document::{Label, List},
    number::{degrees, fixed, measure},
    rows,
};
use crate::{
    effect::{Correction, CorrectionRule, Inversion, Measure, StudyInterval},
    model::{CiMethod, Fit, Link, Model, PredictionMethod, Settings, Tau2Ci, Tau2Method, TwoStep},
    study::OutcomeKind,
};

/// What was fitted, in the line under the source.
pub(super) fn model_line(fit: &Fit, style: &Style) -> String {
    let studies = rows::counted(fit.studies.studies());
    let remark = style.model_remark.as_ref().map(|remark| format!(" ({remark})"));
    format!("{studies}; model: {}{}", method(&fit.settings), remark.unwrap_or_default())
}

/// A model's name in a few words: `two-step logit, REML`.
pub(in crate::report) fn method(settings: &Settings) -> String {
    match &settings.model {
        Model::TwoStep(TwoStep { measure: Measure::Gen, tau2, .. }) => {
            format!("two-step, {}", tau2.code())
        }
        Model::TwoStep(TwoStep { measure, tau2, .. }) => {
            let measure = match measure {
                Measure::Pas => "arcsine",
                Measure::Pft => "Freeman–Tukey",
                other => other.name(),
            };
            format!("two-step {measure}, {}", tau2.code())
        }
        Model::Glmm { link: Link::Logit, .. } => "binomial-normal GLMM".to_owned(),
        Model::Glmm { link: Link::Probit, .. } => "binomial-normal GLMM, probit".to_owned(),
        Model::Glmm { link: Link::Cloglog, .. } => "binomial-normal GLMM, cloglog".to_owned(),
        Model::BetaBinomial { .. } => "beta-binomial".to_owned(),
        Model::MantelHaenszel { measure, .. } => format!("Mantel–Haenszel {}", measure.name()),
        Model::Peto => "Peto odds ratio".to_owned(),
        Model::TwoGroupGlmm { kind, .. } => {
            format!("{}, {}", kind.code(), kind.name())
        }
        Model::RateGlmm { .. } => "Poisson-normal GLMM".to_owned(),
    }
}

/// All choices, each with the term that explains it.
pub(super) fn list(fit: &Fit) -> List {
    let settings = &fit.settings;
    let mut items = model_items(settings, fit.random.is_some());
    items.extend(ci(fit));
    items.extend(prediction(fit));
    items.push(study_ci(settings));
    items.push(level(settings));
    if fit.resamples().is_some() {
        items.push(Label::term(format!("seed {}", settings.seed), "seed"));
    }
    List { heading: Label::plain("Choices"), items }
}

/// The model with its own choices; those of `τ²` only where there is a random-effects part.
pub(in crate::report) fn model_items(settings: &Settings, random: bool) -> Vec<Label> {
    match &settings.model {
        Model::TwoStep(two_step) => two_step_items(random, two_step),
        Model::Glmm { link, .. } => {
            let link = match link {
                Link::Logit => "logit link",
                Link::Probit => "probit link",
                Link::Cloglog => "complementary log-log link",
            };
            vec![
                Label::term("binomial-normal GLMM", "glmm"),
                Label::term(link, "link"),
                Label::term("maximum likelihood", "likelihood"),
            ]
        }
        Model::BetaBinomial { .. } => vec![
            Label::term("beta-binomial model", "beta-binomial"),
            Label::term("maximum likelihood", "likelihood"),
        ],
        Model::MantelHaenszel { measure, correction } => vec![
            Label::term("Mantel–Haenszel", "mantel-haenszel"),
            Label::term(format!("{} ({})", measure.name(), measure.code()), "yi"),
            Label::term(
                format!("single studies and Q: {}", corrected(*correction, measure.kind())),
                "continuity-correction",
            ),
        ],
        Model::Peto => vec![Label::term("Peto's one-step odds ratio", "peto")],
        Model::TwoGroupGlmm { kind, .. } => vec![
            Label::term(format!("{}: {}", kind.code(), kind.name()), kind.term()),
            Label::term("maximum likelihood", "likelihood"),
        ],
        Model::RateGlmm { .. } => vec![
            Label::term("Poisson-normal GLMM", "glmm"),
            Label::term("log link", "link"),
            Label::term("maximum likelihood", "likelihood"),
        ],
    }
}

/// The intervals of single studies.
pub(in crate::report) fn study_ci(settings: &Settings) -> Label {
    // What is no single proportion has no exact interval: yi ± z·√vi.
    let method = if measure(settings).is_some() { StudyInterval::Wald } else { settings.study_ci };
    let (name, term) = study_interval(method);
    Label::term(format!("{name} intervals of the studies"), term)
}

/// The confidence level.
pub(in crate::report) fn level(settings: &Settings) -> Label {
    Label::term(format!("level {} %", settings.level.percent()), "level")
}

fn two_step_items(random: bool, two_step: &TwoStep) -> Vec<Label> {
    let TwoStep { measure, correction, tau2, tau2_ci, inversion, .. } = two_step;
    let mut items = vec![Label::term("two-step inverse variance", "two-step")];
    if *measure != Measure::Gen {
        let term = term(*measure);
        items.push(Label::term(format!("{} ({})", measure.name(), measure.code()), term));
    }
    if measure.takes_correction() {
        items.push(Label::term(corrected(*correction, measure.kind()), "continuity-correction"));
    }
    if random {
        items.push(Label::term(format!("τ² by {}", tau2.code()), tau2.code()));
        let (name, term) = match tau2_ci {
            Tau2Ci::Qp => ("Q-profile", "q-profile"),
            Tau2Ci::Pl => ("profile likelihood", "pl"),
            Tau2Ci::Genq => ("generalised Q", "genq"),
            Tau2Ci::Bt => ("Biggerstaff–Tweedie", "bt"),
        };
        items.push(Label::term(format!("its interval by {name}"), term));
    }
    if matches!(measure, Measure::Pft | Measure::Irft) {
        let size = match inversion {
            Inversion::Variance => "variance",
            Inversion::Harmonic => "harmonic mean",
            Inversion::Geometric => "geometric mean",
            Inversion::Arithmetic => "arithmetic mean",
        };
        items.push(Label::term(format!("inversion by {size}"), "inversion"));
    }
    items
}

/// The article that explains a measure.
const fn term(measure: Measure) -> &'static str {
    match measure {
        Measure::Or | Measure::Peto | Measure::Yuq | Measure::Yuy | Measure::Phi => "or",
        Measure::Rr => "rr",
        Measure::Rd | Measure::As => "rd",
        Measure::Irr
        | Measure::Ird
        | Measure::Irln
        | Measure::Ir
        | Measure::Irs
        | Measure::Irft => "irr",
        Measure::Md | Measure::Mdp => "md",
        Measure::Smd | Measure::Smdh => "smd",
        Measure::Zcor | Measure::Cor | Measure::Ucor => "zcor",
        Measure::Plo | Measure::Pln | Measure::Pr | Measure::Prz | Measure::Pas | Measure::Pft => {
            measure.code()
        }
        _ => "yi",
    }
}

fn corrected(correction: Correction, kind: OutcomeKind) -> String {
    let Correction { add, to } = correction;
    let (cells, all) = match kind {
        OutcomeKind::TwoProportions => ("all four cells", "all cells"),
        OutcomeKind::Rates => ("the events", "all events"),
        OutcomeKind::TwoRates => ("the events of both groups", "all events"),
        _ => ("both cells", "all cells"),
    };
    match to {
        CorrectionRule::Only0 if kind == OutcomeKind::Rates => {
            format!("{add} added to the events where there are none")
        }
        CorrectionRule::Only0 => format!("{add} added to {cells} where one is empty"),
        CorrectionRule::If0all => format!("{add} added to {all} if one is empty"),
        CorrectionRule::All => format!("{add} added to {all}"),
        CorrectionRule::None => "no continuity correction".to_owned(),
    }
}

/// The name of an interval, and the term that explains it.
pub(in crate::report) const fn ci_name(method: CiMethod) -> (&'static str, &'static str) {
    match method {
        CiMethod::Z => ("Wald interval", "z"),
        CiMethod::T => ("t interval", "t"),
        CiMethod::Hk => ("Hartung–Knapp interval", "hk"),
        CiMethod::Adhoc => ("adhoc Hartung–Knapp interval", "adhoc"),
        CiMethod::Kr => ("Kenward–Roger interval", "kr"),
        CiMethod::Pl => ("profile-likelihood interval", "pl"),
        CiMethod::Hc => ("Henmi–Copas interval", "hc"),
        CiMethod::Bootstrap => ("parametric bootstrap interval", "bootstrap"),
        CiMethod::Exact => ("exact bound", "exact"),
    }
}

/// The interval of the pooled value, with its degrees of freedom and the factor on the variance.
pub(in crate::report) fn ci(fit: &Fit) -> Option<Label> {
    let random = fit.random.as_ref()?;
    let (name, term) = ci_name(random.pooled.method);
    // With the mean fixed nothing is left to restrict: there is one likelihood, that of ML.
    let likelihood = random.pooled.method == CiMethod::Pl && is_reml(fit);
    let name = if likelihood { format!("{name}, by ML's likelihood") } else { name.to_owned() };
    let df = random.pooled.df.map_or_else(String::new, |df| format!(", {} df", degrees(df)));
    let scale = random
        .hk_scale
        .map_or_else(String::new, |scale| format!(", variance × {}", fixed(scale, 3)));
    let resamples = resampled(fit.resamples().and_then(|resamples| resamples.ci));
    let details = format!("{df}{scale}{resamples}");
    let details = details.strip_prefix(", ").map_or_else(String::new, |d| format!(" ({d})"));
    Some(Label::term(format!("{name}{details}"), term))
}

fn is_reml(fit: &Fit) -> bool {
    matches!(fit.settings.model, Model::TwoStep(TwoStep { tau2: Tau2Method::Reml, .. }))
}

fn prediction(fit: &Fit) -> Option<Label> {
    let prediction = fit.prediction.as_ref()?;
    let name = prediction_name(prediction.method)?;
    let df = prediction.df.map_or_else(String::new, |df| format!(", {} df", degrees(df)));
    let resamples = resampled(fit.resamples().and_then(|resamples| resamples.prediction));
    let details = format!("{df}{resamples}");
    let details = details.strip_prefix(", ").map_or_else(String::new, |d| format!(" ({d})"));
    Some(Label::term(format!("prediction by {name}{details}"), "prediction-interval"))
}

/// `, 1999 resamples` where there are some.
fn resampled(resamples: Option<u32>) -> String {
    resamples.map_or_else(String::new, |resamples| format!(", {resamples} resamples"))
}

/// How a prediction interval is made; `None` for none.
pub(in crate::report) const fn prediction_name(method: PredictionMethod) -> Option<&'static str> {
    Some(match method {
        PredictionMethod::T => "t",
        PredictionMethod::Hts => "Higgins–Thompson–Spiegelhalter",
        PredictionMethod::Normal => "normal quantiles",
        PredictionMethod::Hk => "Hartung–Knapp",
        PredictionMethod::Kr => "Kenward–Roger",
        PredictionMethod::Bootstrap => "parametric bootstrap",
        PredictionMethod::None => return None,
    })
}

const fn study_interval(method: StudyInterval) -> (&'static str, &'static str) {
    match method {
        StudyInterval::ClopperPearson => ("Clopper–Pearson", "clopper-pearson"),
        StudyInterval::Wilson => ("Wilson", "wilson"),
        StudyInterval::WilsonCc => ("continuity-corrected Wilson", "wilson-cc"),
        StudyInterval::AgrestiCoull => ("Agresti–Coull", "agresti-coull"),
        StudyInterval::Jeffreys => ("Jeffreys", "jeffreys"),
        StudyInterval::MidP => ("mid-P", "mid-p"),
        StudyInterval::Wald => ("Wald", "wald"),
    }
}
