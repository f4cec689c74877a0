//! Meta-regression, as results.

use super::super::{Text, regression::listed};
use crate::{
    model::{Combination, Omnibus, OmnibusMethod, Regression, TestName},
    report::{
        number::{degrees, fixed, p_value, precise},
        pool::scale_name,
        regress::{decimals, few_studies},
        rows,
    },
};

/// Coefficients and differences told one by one; more are left to the tables.
const NAMED: usize = 8;

pub(super) fn say(text: &mut Text, fit: &Regression) {
    coefficients(text, fit);
    if fit.coefficients.len() > NAMED || fit.test.is_some_and(|test| test.df1 > 1.0) {
        text.whole(&fit.test.map_or_else(String::new, |test| {
            format!("All moderators together gave {}.", omnibus(&test))
        }));
    }
    if let Some(test) = fit.lr_test {
        text.whole(&format!(
            "The likelihood ratio against the model without moderators was {} on {} df, {}.",
            fixed(test.statistic, 2),
            degrees(test.df),
            p_value(test.p_value)
        ));
    }
    if let Some(r2) = fit.r2 {
        text.whole(&format!(
            "The moderators take away {} % of the between-study variance (R²).",
            fixed(r2, 1)
        ));
    }
    residual(text, fit);
    robust(text, fit);
    permuted(text, fit);
    differences(text, fit);
    if !fit.excluded.is_empty() {
        let names: Vec<&str> = fit.excluded.iter().map(String::as_str).collect();
        text.whole(&format!("{} no value of a moderator and took no part.", rows::have(&names)));
    }
    text.whole(&few_studies(fit).unwrap_or_default());
}

/// ` on the logit scale`, or nothing for effects computed elsewhere.
fn scale(fit: &Regression) -> String {
    match scale_name(&fit.settings) {
        "" => String::new(),
        name => format!(" on the {name} scale"),
    }
}

fn coefficients(text: &mut Text, fit: &Regression) {
    let level = fit.settings.level.percent();
    let counted = rows::counted(fit.studies());
    let named: Vec<String> = fit
        .coefficients
        .iter()
        .filter(|coefficient| coefficient.term != "intercept")
        .map(|coefficient| {
            let show = |value: f64| decimals(value, coefficient.se);
            let statistic =
                coefficient.statistic.map_or_else(String::new, |statistic| match coefficient.df {
                    Some(df) => format!(", t = {} on {} df", fixed(statistic, 2), degrees(df)),
                    None => format!(", z = {}", fixed(statistic, 2)),
                });
            let p = coefficient.p_value.map_or_else(String::new, |p| format!(", {}", p_value(p)));
            format!(
                "{} for {} ({level} % CI {} to {}{statistic}{p})",
                show(coefficient.estimate),
                coefficient.term,
                show(coefficient.ci_lower),
                show(coefficient.ci_upper)
            )
        })
        .collect();
    let scale = scale(fit);
    match named.as_slice() {
        [] => text.whole(&format!("The regression on {} used {counted}.", fit.formula)),
        [one] => text.whole(&format!(
            "In the meta-regression of {counted} the coefficient{scale} was {one}."
        )),
        several if several.len() <= NAMED => text.whole(&format!(
            "In the meta-regression of {counted} the coefficients{scale} were {}.",
            several.join("; ")
        )),
        several => text.whole(&format!(
            "The meta-regression of {counted} on {} has {} coefficients besides the intercept.",
            fit.formula,
            several.len()
        )),
    }
}

fn omnibus(test: &Omnibus) -> String {
    let statistic = fixed(test.statistic, 2);
    let (df1, p) = (degrees(test.df1), p_value(test.p_value));
    match (test.method, test.df2) {
        (OmnibusMethod::F | OmnibusMethod::Htz, Some(df2)) => {
            format!("F = {statistic} on {df1} and {} df, {p}", degrees(df2))
        }
        _ => format!("QM = {statistic} on {df1} df, {p}"),
    }
}

/// What the moderators leave.
fn residual(text: &mut Text, fit: &Regression) {
    let found = &fit.heterogeneity;
    let level = fit.settings.level.percent();
    if let Some(tau2) = found.tau2 {
        let range = found.tau2_lower.map_or_else(String::new, |lower| {
            let upper = found.tau2_upper.map_or_else(|| "∞".to_owned(), |upper| precise(upper, 3));
            format!(" ({level} % CI {} to {upper})", precise(lower, 3))
        });
        let i2 = found.i2.map(|i2| format!(", and the residual I² was {} %", fixed(i2, 1)));
        text.whole(&format!(
            "What remained between the studies was τ² = {}{range}{}.",
            precise(tau2, 3),
            i2.unwrap_or_default()
        ));
    }
    let test = found.tests.iter().find(|test| Some(test.statistic) == found.q);
    text.whole(&test.map_or_else(String::new, |test| {
        let name = if test.name == TestName::Q { "gave QE =" } else { "by likelihood ratio gave" };
        format!(
            "The test of residual heterogeneity {name} {} on {} df, {}.",
            fixed(test.statistic, 2),
            degrees(test.df),
            p_value(test.p_value)
        )
    }));
}

fn robust(text: &mut Text, fit: &Regression) {
    let Some(robust) = &fit.robust else { return };
    let named: Vec<String> = robust
        .coefficients
        .iter()
        .filter(|coefficient| coefficient.term != "intercept")
        .filter_map(|coefficient| {
            // Where one cluster alone determines a part, the p value would look too certain.
            let p = coefficient.p_value.filter(|_| coefficient.note.is_none())?;
            let df =
                coefficient.df.map_or_else(String::new, |df| format!(" on {} df", fixed(df, 1)));
            Some(format!("{}{df} for {}", p_value(p), coefficient.term))
        })
        .collect();
    if !named.is_empty() && named.len() <= NAMED {
        text.whole(&format!("Cluster-robust tests ({}) gave {}.", robust.method, listed(&named)));
    }
    text.whole(&robust.test.map_or_else(String::new, |test| {
        format!(
            "The cluster-robust test of all moderators gave F = {} on {} and {} df, {}.",
            fixed(test.value.f, 2),
            degrees(test.value.df1),
            degrees(test.value.df2),
            p_value(test.value.p_value)
        )
    }));
}

fn permuted(text: &mut Text, fit: &Regression) {
    let Some(permuted) = &fit.permutation else { return };
    let named: Vec<String> = fit
        .coefficients
        .iter()
        .zip(&permuted.coefficients)
        .filter(|(coefficient, _)| coefficient.term != "intercept")
        .map(|(coefficient, p)| format!("{} for {}", p_value(*p), coefficient.term))
        .collect();
    let all = permuted.test.filter(|_| named.len() > 1);
    let all = all.map_or_else(String::new, |p| format!(", and {} for all moderators", p_value(p)));
    if !named.is_empty() && named.len() <= NAMED {
        text.whole(&format!("The permutation test gave {}{all}.", named.join(", ")));
    }
}

fn differences(text: &mut Text, fit: &Regression) {
    let level = fit.settings.level.percent();
    let told = |value: &Combination, adjusted: Option<f64>| {
        let show = |x: f64| decimals(x, value.se.unwrap_or(1.0));
        let range = value
            .ci_lower
            .zip(value.ci_upper)
            .map(|(lower, upper)| format!("{level} % CI {} to {}", show(lower), show(upper)));
        let p = match (adjusted, value.p_value) {
            (Some(p), _) => Some(format!("adjusted {}", p_value(p))),
            (None, p) => p.map(p_value),
        };
        let inside: Vec<String> = [range, p].into_iter().flatten().collect();
        let inside =
            if inside.is_empty() { String::new() } else { format!(" ({})", inside.join(", ")) };
        format!("{}{inside}", show(value.estimate))
    };
    let several = fit.contrasts.len() > 1;
    if !fit.contrasts.is_empty() && fit.contrasts.len() <= NAMED {
        let named: Vec<String> = fit
            .contrasts
            .iter()
            .map(|contrast| {
                let adjusted = contrast.p_adjusted.filter(|_| several);
                format!("{} for {}", told(&contrast.value, adjusted), contrast.value.term)
            })
            .collect();
        let (what, were) =
            if several { ("Differences", "were") } else { ("The difference", "was") };
        text.whole(&format!("{what}{} {were} {}.", scale(fit), named.join("; ")));
    }
    if let Some(trend) = &fit.trend {
        text.whole(&format!(
            "The trend over {} was {} a step.",
            trend.column,
            told(&trend.slope, None)
        ));
    }
}
