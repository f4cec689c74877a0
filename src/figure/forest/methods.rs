//! How the results of a forest plot were made, in one sentence under it.

use crate::{
    effect::{Measure, StudyInterval},
    figure::number::short,
    model::{CiMethod, Fit, Link, Model, PredictionMethod, QTest, Tau2Method, TwoStep},
};

/// `Random effects: two-step inverse variance (logit scale), τ² by REML, Hartung–Knapp interval (14 df).
/// Prediction interval by t (14 df). Clopper–Pearson intervals of the studies.`
pub(super) fn methods(fit: &Fit) -> String {
    let mut sentences: Vec<String> = pooling(fit).into_iter().collect();
    if let Some(p) = &fit.prediction {
        let name = prediction(p.method);
        sentences.extend(name.map(|n| format!("Prediction interval by {n}{}.", degrees(p.df))));
    }
    // What is no single proportion has no exact interval: theirs can only be Wald's.
    let proportions = fit.studies.studies().counts().is_some();
    let method = if proportions { fit.settings.study_ci } else { StudyInterval::Wald };
    sentences.push(format!("{} intervals of the studies.", study(method)));
    if fit.heterogeneity.q.is_some() {
        sentences.extend(test(&fit.settings.model).map(str::to_owned));
    }
    sentences.join(" ")
}

/// How the studies were pooled.
pub(super) fn pooling(fit: &Fit) -> Option<String> {
    let random = fit.random.as_ref()?;
    let (model, interval) = (model(&fit.settings.model), ci(random.pooled.method));
    Some(format!("Random effects: {model}, {interval}{}.", degrees(random.pooled.df)))
}

fn model(model: &Model) -> String {
    match model {
        Model::TwoStep(TwoStep { measure: Measure::Gen, tau2: method, .. }) => {
            format!("two-step inverse variance, τ² by {}", tau2(*method))
        }
        Model::TwoStep(TwoStep { measure, tau2: method, .. }) => {
            let (name, method) = (measure.name(), tau2(*method));
            format!("two-step inverse variance ({name} scale), τ² by {method}")
        }
        Model::Glmm { link, .. } => {
            let link = match link {
                Link::Logit => "logit",
                Link::Probit => "probit",
                Link::Cloglog => "complementary log-log",
            };
            format!("binomial-normal GLMM ({link} link) by maximum likelihood")
        }
        Model::BetaBinomial { .. } => "beta-binomial model by maximum likelihood".to_owned(),
        Model::MantelHaenszel { measure, .. } => format!("Mantel–Haenszel {}", measure.name()),
        Model::Peto => "Peto odds ratio".to_owned(),
        Model::TwoGroupGlmm { kind, .. } => {
            format!("{} ({}) by maximum likelihood", kind.code(), kind.name())
        }
        Model::RateGlmm { .. } => "Poisson-normal GLMM (log link) by maximum likelihood".to_owned(),
    }
}

/// What the statistic of heterogeneity is, where it is not Cochran's Q.
const fn test(model: &Model) -> Option<&'static str> {
    match model {
        Model::TwoStep(_) | Model::MantelHaenszel { .. } | Model::Peto => None,
        Model::TwoGroupGlmm { .. } => Some("LR: likelihood ratio against a ratio for each study."),
        Model::Glmm { q_test: QTest::Wald, .. } => Some("Wald: of studies neither 0/n nor n/n."),
        Model::Glmm { .. } | Model::BetaBinomial { .. } | Model::RateGlmm { .. } => {
            Some("LR: likelihood ratio against a rate for each study.")
        }
    }
}

/// ` (14 df)`, on one line.
fn degrees(df: Option<f64>) -> String {
    df.map_or_else(String::new, |df| format!(" ({}\u{a0}df)", short(df, 1, '.')))
}

const fn ci(method: CiMethod) -> &'static str {
    match method {
        CiMethod::Z => "Wald interval",
        CiMethod::T => "t interval",
        CiMethod::Hk => "Hartung–Knapp interval",
        CiMethod::Adhoc => "ad hoc Hartung–Knapp interval",
        CiMethod::Kr => "Kenward–Roger interval",
        CiMethod::Pl => "profile-likelihood interval",
        CiMethod::Hc => "Henmi–Copas interval",
        CiMethod::Bootstrap => "parametric bootstrap interval",
        CiMethod::Exact => "exact bound",
    }
}

const fn prediction(method: PredictionMethod) -> Option<&'static str> {
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

const fn study(method: StudyInterval) -> &'static str {
    match method {
        StudyInterval::ClopperPearson => "Clopper–Pearson",
        StudyInterval::Wilson => "Wilson",
        StudyInterval::WilsonCc => "Continuity-corrected Wilson",
        StudyInterval::AgrestiCoull => "Agresti–Coull",
        StudyInterval::Jeffreys => "Jeffreys",
        StudyInterval::MidP => "Mid-P",
        StudyInterval::Wald => "Wald",
    }
}

const fn tau2(method: Tau2Method) -> &'static str {
    match method {
        Tau2Method::Dl => "DerSimonian–Laird",
        Tau2Method::He => "Hedges",
        Tau2Method::Hs => "Hunter–Schmidt",
        Tau2Method::Hsk => "Hunter–Schmidt with correction",
        Tau2Method::Sj => "Sidik–Jonkman",
        Tau2Method::Pm => "Paule–Mandel",
        Tau2Method::Pmm => "median-unbiased Paule–Mandel",
        Tau2Method::Ml => "maximum likelihood",
        Tau2Method::Reml => "REML",
        Tau2Method::Eb => "empirical Bayes",
        Tau2Method::Dl2 => "two-step DerSimonian–Laird",
        Tau2Method::Genq => "generalised Q",
        Tau2Method::Genqm => "median-unbiased generalised Q",
    }
}
