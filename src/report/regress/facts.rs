//! What the moderators explain, and what they leave.

use super::super::{
    document::{Facts, Label},
    number::{degrees, fixed, p_value},
    pool::found,
};
use crate::model::{LikelihoodRatio, Omnibus, OmnibusMethod, Regression, TestName, WaldTest};

/// Tests of the moderators and the share of the variance they take away.
pub(super) fn moderators(fit: &Regression) -> Option<Facts> {
    let mut facts = Vec::new();
    let all = if fit.coefficients.first().is_some_and(|c| c.term == "intercept") {
        "all together"
    } else {
        "all coefficients"
    };
    facts.extend(fit.test.map(|test| (Label::term(all, "qm"), omnibus(&test))));
    if let Some(robust) = fit.robust.as_ref().and_then(|robust| robust.test) {
        facts.push((Label::term("robust (HTZ)", "htz"), htz(&robust.value)));
    }
    if let Some(permutation) = &fit.permutation
        && let Some(p) = permutation.test
    {
        let how = if permutation.exact { "all" } else { "a sample of" };
        let text = format!("{}, {how} {} permutations", p_value(p), permutation.permutations);
        facts.push((Label::term("permuted", "permutation"), text));
    }
    facts
        .extend(fit.lr_test.map(|test| (Label::term("likelihood ratio", "lr-test"), ratio(&test))));
    if fit.terms.len() > 1 {
        for term in &fit.terms {
            let lr = term.lr_test.map_or_else(String::new, |test| format!("; LR {}", ratio(&test)));
            facts.push((Label::Data(term.term.clone()), format!("{}{lr}", omnibus(&term.test))));
            if let Some(test) = term.robust {
                facts.push((Label::term("  robust", "htz"), htz(&test)));
            }
        }
    }
    if fit.p > 1 {
        let text = match fit.r2 {
            Some(r2) => format!("{} % of τ² without moderators", fixed(r2, 1)),
            None => "not defined: there is next to no τ² without moderators, or no such model"
                .to_owned(),
        };
        facts.push((Label::term("R²", "r2"), text));
    }
    let heading = Label::term("Do the moderators matter?", "qm");
    (!facts.is_empty()).then_some(Facts { heading, facts })
}

/// The heterogeneity that is left.
pub(super) fn residual(fit: &Regression) -> Facts {
    let mut facts = found(&fit.settings, &fit.heterogeneity);
    let is_q = fit.heterogeneity.tests.first().is_some_and(|test| test.name == TestName::Q);
    if is_q {
        for (label, _) in &mut facts {
            if label.text() == "Q" {
                *label = Label::term("QE", "qe");
            }
        }
    }
    Facts { heading: Label::term("Residual heterogeneity", "residual-heterogeneity"), facts }
}

pub(super) fn omnibus(test: &Omnibus) -> String {
    let statistic = fixed(test.statistic, 2);
    let df1 = degrees(test.df1);
    let p = p_value(test.p_value);
    match (test.method, test.df2) {
        (OmnibusMethod::F | OmnibusMethod::Htz, Some(df2)) => {
            format!("F {statistic} on {df1} and {} df, {p}", degrees(df2))
        }
        _ => format!("QM {statistic} on {df1} df, {p}"),
    }
}

fn htz(test: &WaldTest) -> String {
    format!(
        "F {} on {} and {} df, {}",
        fixed(test.f, 2),
        degrees(test.df1),
        degrees(test.df2),
        p_value(test.p_value)
    )
}

fn ratio(test: &LikelihoodRatio) -> String {
    format!("{} on {} df, {}", fixed(test.statistic, 2), degrees(test.df), p_value(test.p_value))
}
