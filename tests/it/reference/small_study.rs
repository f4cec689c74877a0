//! Small-study effects: tests, trim and fill, selection models, limits.

use std::sync::LazyLock;

use resorb::{
    analysis::small_study::{
        Direction, Dispersion, FailSafeMethod, Funnel, Predictor, Selection, SelectionKind,
        SmallStudyError, TrimEstimator, begg, doi, excess_significance, fail_safe_n, limit, peese,
        pet, regression_test, selection, trim_and_fill,
    },
    model::{Model, Settings, Tau2Method, TwoStep},
};
use serde_json::Value;

use super::{CLOSED, ITERATED, Ledger, MORE, SETS, Set, column};

fn funnel(set: &Set, tau2: Tau2Method) -> Funnel {
    let measure = Set::measure(set.default_measure());
    let choices = TwoStep { measure, tau2, ..TwoStep::default() };
    let settings = Settings { model: Model::TwoStep(choices), ..Settings::default() };
    Funnel::new(&set.studies(set.default_measure()), &settings).unwrap()
}

/// The null value that the files presume: 0 on the analysis scale.
fn null(set: &Set) -> Option<f64> {
    set.is_proportion().then_some(0.5)
}

pub(super) fn compare(ledger: &mut Ledger) {
    for set in SETS.map(Set::open) {
        regressions(ledger, &set);
        trimmed(ledger, &set);
        let data = funnel(&set, Tau2Method::Reml);
        let rosenthal = fail_safe_n(&data, FailSafeMethod::Rosenthal, null(&set), None).unwrap();
        ledger.close(&set, "fsn_rosenthal", Some(rosenthal.n), 0.0);
    }
    for set in MORE.map(Set::open) {
        let data = funnel(&set, Tau2Method::Dl);
        let limits = limit(&data).unwrap();
        ledger.close(&set, "limitmeta_dl/yi", Some(limits.yi), 1e-9);
        ledger.close(&set, "limitmeta_dl/se", Some(limits.se), CLOSED);
        ledger.close(&set, "limitmeta_dl/alpha", Some(limits.alpha), 1e-9);
        ledger.close(&set, "limitmeta_dl/beta", Some(limits.beta), 1e-9);
        ledger.close(&set, "limitmeta_dl/g2", Some(limits.g2 / 100.0), CLOSED);
        ledger.close(&set, "lfk", Some(doi(&data).unwrap().index), 1e-9);
        let pet = pet(&data).unwrap();
        ledger.close(&set, "pet_lm/yi", Some(pet.yi), CLOSED);
        ledger.close(&set, "pet_lm/se", Some(pet.se), CLOSED);
        ledger.close(&set, "pet_lm/slope", Some(pet.slope), CLOSED);
        ledger.close(&set, "pet_lm/p_slope", pet.slope_p_value, CLOSED);
        let peese = peese(&data).unwrap();
        ledger.close(&set, "peese_lm/yi", Some(peese.yi), CLOSED);
        ledger.close(&set, "peese_lm/se", Some(peese.se), CLOSED);
        let excess = excess_significance(&funnel(&set, Tau2Method::Reml), null(&set)).unwrap();
        ledger.close(&set, "tes/observed", Some(excess.observed as f64), 0.0);
        // Theirs stands on REML at its default tolerance, 1e-5 in τ².
        ledger.close(&set, "tes/expected", Some(excess.expected), 1e-5);
        ledger.close(&set, "tes/p", Some(excess.p_value), 1e-4);
    }
    for fitted in SELECTED.iter() {
        selected(ledger, fitted);
    }
}

fn regressions(ledger: &mut Ledger, set: &Set) {
    let data = funnel(set, Tau2Method::Reml);
    let test = |predictor, dispersion| regression_test(&data, predictor, dispersion).unwrap();
    let mixed = test(Predictor::Se, Dispersion::Additive(Tau2Method::Reml));
    ledger.close(set, "egger_rma/statistic", mixed.statistic, ITERATED);
    ledger.close(set, "egger_rma/p_value", mixed.p_value, 1e-5);
    ledger.close(set, "egger_rma/limit", Some(mixed.limit), 1e-5);
    let plain = test(Predictor::Se, Dispersion::Multiplicative);
    ledger.close(set, "egger_lm/statistic", plain.statistic, CLOSED);
    ledger.close(set, "egger_lm/df", plain.df, 0.0);
    ledger.close(set, "egger_lm/p_value", plain.p_value, CLOSED);
    ledger.close(set, "egger_lm/limit", Some(plain.limit), CLOSED);
    if set.at("regtest_ninv_lm").is_some() {
        let data =
            if set.is_proportion() { data.clone() } else { data.clone().with_sizes(sizes(set)) };
        let size =
            regression_test(&data, Predictor::InverseSize, Dispersion::Multiplicative).unwrap();
        ledger.close(set, "regtest_ninv_lm/statistic", size.statistic, CLOSED);
        ledger.close(set, "regtest_ninv_lm/p_value", size.p_value, CLOSED);
    }
    let begg = begg(&data, false).unwrap();
    ledger.close(set, "begg/tau", begg.statistic, CLOSED);
    ledger.close(set, "begg/p_value", begg.p_value, CLOSED);
}

/// The sizes of the other kinds of study: both groups together, persons, time.
fn sizes(set: &Set) -> Vec<f64> {
    let columns: &[&str] = match set.default_measure() {
        "OR" => &["total1", "total2"],
        "IRR" => &["time1", "time2"],
        "SMD" => &["n1", "n2"],
        _ => &["n"],
    };
    let numbers = |name: &&str| -> Vec<f64> {
        column(&set.name, name).iter().map(|cell| cell.parse().unwrap()).collect()
    };
    let columns: Vec<Vec<f64>> = columns.iter().map(numbers).collect();
    (0..columns[0].len()).map(|i| columns.iter().map(|column| column[i]).sum()).collect()
}

fn trimmed(ledger: &mut Ledger, set: &Set) {
    let data = funnel(set, Tau2Method::Dl);
    for estimator in TrimEstimator::ALL {
        let key = format!("trimfill_{}_dl", estimator.name());
        let path = |name: &str| format!("{key}/{name}");
        let filled = match trim_and_fill(&data, estimator, None, false) {
            Ok(filled) => filled,
            Err(SmallStudyError::NoRoot | SmallStudyError::Alternates { .. })
                if set.at(&key).is_none() =>
            {
                continue;
            }
            Err(error) => {
                ledger.fail(format!("{}: {key}: {error}", set.name));
                continue;
            }
        };
        let side = serde_json::to_value(filled.side).unwrap();
        ledger.same(set, &path("side"), &side);
        ledger.close(set, &path("k0"), Some(filled.k0 as f64), 0.0);
        let random = filled.fit.random.unwrap().pooled;
        ledger.close(set, &path("yi"), random.yi, CLOSED);
        ledger.close(set, &path("se"), filled.fit.random.unwrap().wald_se, CLOSED);
        ledger.close(set, &path("tau2"), filled.fit.heterogeneity.tau2, 1e-9);
    }
}

/// The selection models of all files, fitted once.
static SELECTED: LazyLock<Vec<(&'static str, String, Selection)>> = LazyLock::new(|| {
    let kinds = [
        ("sel_beta", SelectionKind::Beta),
        ("sel_halfnorm", SelectionKind::HalfNormal),
        ("sel_negexp", SelectionKind::NegativeExponential),
        ("sel_logistic", SelectionKind::Logistic),
        ("sel_power", SelectionKind::Power),
        ("sel_step_0.025_0.5_1", SelectionKind::Step(vec![0.025, 0.5])),
        ("sel_step_0.05_1", SelectionKind::Step(vec![0.05])),
        ("selection_step_ml", SelectionKind::Step(vec![0.025])),
    ];
    let names = SETS.into_iter().chain(MORE);
    names
        .flat_map(|name| kinds.clone().map(|(key, kind)| (name, key, kind)))
        .filter_map(|(name, key, kind)| {
            let set = Set::open(name);
            set.at(key)?;
            let data = funnel(&set, Tau2Method::Ml);
            let fit = selection(&data, kind, null(&set), Direction::Greater).unwrap();
            Some((name, key.to_owned(), fit))
        })
        .collect()
});

/// Our maximum must be at least theirs. Where it is the same one, what is left of their search in the
/// likelihood bounds how far their parameters are from ours: `Δ ≤ ½(difference/se)²`.
///
/// A beta weight below 1 grows in the tail like `exp((1−δ)z²/2)`: its normaliser is infinite unless
/// `δ > τ²/(vᵢ + τ²)` for every study. Their search steps over that line, because it cuts the integral
/// off: there its likelihood is that of nothing.
fn selected(ledger: &mut Ledger, (name, key, fit): &(&'static str, String, Selection)) {
    let set = Set::open(name);
    let path = |name: &str| format!("{key}/{name}");
    let number = |name: &str| set.at(&path(name)).and_then(Value::as_f64);
    let deltas: Vec<f64> = match set.at(&path("delta")).unwrap() {
        Value::Array(values) => values.iter().map(|d| d.as_f64().unwrap()).collect(),
        value => vec![value.as_f64().unwrap()],
    };
    let theirs = number("ll").unwrap();
    let tau2 = number("tau2").unwrap();
    let data = funnel(&set, Tau2Method::Ml);
    let least = data.vi().iter().copied().fold(f64::INFINITY, f64::min);
    let infinite =
        fit.kind == SelectionKind::Beta && deltas.iter().any(|d| *d <= tau2 / (least + tau2));
    let step = matches!(fit.kind, SelectionKind::Step(_));
    // Their integrals are good to about 1e-9 of the log-likelihood; steps have closed forms.
    let slack = if step { 1e-12 } else { 1e-8 };
    let ahead = fit.log_likelihood - theirs;
    if ahead < -slack && !infinite {
        ledger.fail(format!("{name}: {key}: {} below theirs, {theirs}", fit.log_likelihood));
    }
    let near = |ours: f64, theirs: f64, se: Option<f64>| {
        // Not the same maximum, or one on a boundary of ours that theirs only approaches.
        infinite
            || ahead > 1e-6
            || fit.boundary
            || se.is_none_or(|se| {
                (ours - theirs).abs() <= se * (2.0 * (ahead.abs() + slack)).sqrt() * 1.5
            })
    };
    ledger.judge(&set, &path("ll"), fit.log_likelihood, true);
    ledger.judge(&set, &path("yi"), fit.yi, near(fit.yi, number("yi").unwrap(), fit.se));
    ledger.judge(&set, &path("tau2"), fit.tau2, near(fit.tau2, tau2, fit.tau2_se));
    if let Some(theirs) = number("lrt") {
        ledger.judge(&set, &path("lrt"), fit.lrt, infinite || fit.lrt >= theirs - 2.0 * slack);
    }
    let single = deltas.len() == 1;
    for (i, (ours, theirs)) in fit.delta.iter().zip(&deltas).enumerate() {
        let at = if single { path("delta") } else { format!("{}/{i}", path("delta")) };
        let se = fit.delta_se[i];
        ledger.judge(&set, &at, *ours, (step && i == 0) || near(*ours, *theirs, se));
    }
    // Second derivatives of a closed form; those of an integral good to 1e-4 are not compared.
    if let (true, Some(theirs)) = (step, number("se")) {
        let same = ahead > 1e-6 || fit.boundary || (fit.se.unwrap() / theirs - 1.0).abs() < 1e-4;
        ledger.judge(&set, &path("se"), fit.se.unwrap(), same);
    }
}

#[test]
fn small_study_effects_agree() {
    let mut ledger = Ledger::new();
    compare(&mut ledger);
    ledger.assert_clean();
}
