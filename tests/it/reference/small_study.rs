//! Small-study effects: tests, trim and fill, selection models, limits.

use std::sync::LazyLock;

use resorb::{
    analysis::small_study::{
        Direction, Dispersion, FailSafeMethod, Funnel, Predictor, Selection, SelectionKind,
        SmallStudyError, TrimEstimator, begg, copas, doi, excess_significance, fail_safe_n, limit,
        peese, pet, regression_test, selection, trim_and_fill,
    },
    model::{Model, Settings, Tau2Method, TwoStep},
    numeric::normal,
};
use serde_json::Value;

use super::{CLOSED, ITERATED, Ledger, MORE, SETS, Set, column, json};

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

/// Filled once, for the test of this subject and for those that look at all.
pub(super) static LEDGER: LazyLock<Ledger> = LazyLock::new(|| Ledger::of(compare));

fn compare(ledger: &mut Ledger) {
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
        // Theirs integrates a study's power over five τ on either side of the mean: what lies beyond,
        // 5.7e-7 of the mass, is missing from each. `integrate` over nine gives ours to 15 digits
        // (6.07754901493755 for pritz1997, and theirs over five).
        let missing = excess.expected - set.at("tes/expected").and_then(Value::as_f64).unwrap();
        let most = 5.8e-7 * data.k() as f64;
        ledger.judge(&set, "tes/expected", excess.expected, missing > 0.0 && missing < most);
        ledger.close(&set, "tes/p", Some(excess.p_value), 2e-5);
        seen(ledger, &set);
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

/// The Copas model. Their searches are looser than ours, so that their line and what is found on it are
/// good to four or five digits.
///
/// Where ρ ends at its limit, .9999, their standard errors are no such thing: second differences across the
/// limit, or the one of the row before where these fail (along the line of debruin2009: .185, .118, .088,
/// .088, .088, .088, .427, where the profile likelihood has .183, .180, .177, .176, .174, .173, .173).
/// There ours is held against the curvature of the profile likelihood (`extra/copas_line.py`). With τ² at
/// 0 as well there is none, and ours says so.
fn seen(ledger: &mut Ledger, set: &Set) {
    let found = copas(&funnel(set, Tau2Method::Ml)).unwrap();
    let adjusted = found.adjusted.unwrap();
    ledger.close(set, "copas/yi", Some(adjusted.yi), 3e-5);
    let p = |se: f64| 2.0 * normal::sf((adjusted.yi / se).abs());
    if adjusted.rho.abs() < 0.9998 {
        let se = adjusted.se.unwrap();
        ledger.close(set, "copas/se", Some(se), 1e-5);
        // What 1e-5 in the standard error is in the p value of z = 3.3.
        ledger.close(set, "copas/p", Some(p(se)), 2e-4);
        return;
    }
    let (ours, right) = match (set.name.as_str(), adjusted.se) {
        ("raudenbush1985.more", se) => (f64::NAN, adjusted.tau2 == 0.0 && se.is_none()),
        (name, Some(se)) => {
            let path = &json("extra/copas_line.json")[name.trim_end_matches(".more")]["path"];
            let mut path = path.as_array().unwrap().iter();
            let profile = path.find(|point| point["p"].as_f64().unwrap() > 0.1).unwrap();
            (se, (se / profile["se"].as_f64().unwrap() - 1.0).abs() < 1e-3)
        }
        (_, None) => (f64::NAN, false),
    };
    ledger.judge(set, "copas/se", ours, right);
    ledger.judge(set, "copas/p", p(ours), right);
}

/// Our maximum must be at least theirs. Where it is the same one, what is left of their search in the
/// likelihood bounds how far their parameters are from ours: `Δ ≤ ½(difference/se)²`.
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
    let step = matches!(fit.kind, SelectionKind::Step(_));
    // Their integrals are good to about 1e-9 of the log-likelihood; steps have closed forms. A beta
    // weight bends where p is held, and adaptive quadrature across the bend stops early: at their
    // parameters theirs is 6.4e-5 (ldh_resorption) and 4.2e-4 (raudenbush1985) above what Gauss and
    // Legendre's rule gives piece by piece in NumPy.
    let slack = match fit.kind {
        SelectionKind::Step(_) => 1e-12,
        SelectionKind::Beta => 5e-4,
        _ => 1e-8,
    };
    let ahead = fit.log_likelihood - theirs;
    if ahead < -slack {
        ledger.fail(format!("{name}: {key}: {} below theirs, {theirs}", fit.log_likelihood));
    }
    let near = |ours: f64, theirs: f64, se: Option<f64>| {
        // Not the same maximum, or one on a boundary of ours that theirs only approaches.
        ahead > slack.max(1e-6)
            || fit.boundary
            || se.is_none_or(|se| {
                (ours - theirs).abs() <= se * (2.0 * (ahead.abs() + slack)).sqrt() * 1.5
            })
    };
    ledger.judge(&set, &path("ll"), fit.log_likelihood, true);
    ledger.judge(&set, &path("yi"), fit.yi, near(fit.yi, number("yi").unwrap(), fit.se));
    ledger.judge(&set, &path("tau2"), fit.tau2, near(fit.tau2, tau2, fit.tau2_se));
    if let Some(theirs) = number("lrt") {
        ledger.judge(&set, &path("lrt"), fit.lrt, fit.lrt >= theirs - 2.0 * slack);
    }
    let single = deltas.len() == 1;
    for (i, (ours, theirs)) in fit.delta.iter().zip(&deltas).enumerate() {
        let at = if single { path("delta") } else { format!("{}/{i}", path("delta")) };
        let se = fit.delta_se[i];
        ledger.judge(&set, &at, *ours, (step && i == 0) || near(*ours, *theirs, se));
    }
    let at_se = path("se");
    match number("se") {
        None => {
            // What they could not invert: a Hessian from differences.
            if set.at(&at_se).is_some() {
                ledger.judge(&set, &at_se, fit.se.unwrap_or(f64::NAN), fit.se.is_some());
            }
        }
        Some(theirs) => {
            // Theirs is 28 % off: `tests/reference/extra/small_study.py` has the exact one.
            let wrong = *name == "pritz1997.more" && key == "sel_logistic";
            let right = if wrong {
                json("extra/small_study.json")["pritz1997"]["logistic"]["se"].as_f64().unwrap()
            } else {
                theirs
            };
            // Closed forms; second derivatives of theirs by differences of an integral; and where the
            // search has stopped early, those at another place.
            let tolerance = match () {
                () if wrong => 1e-6,
                () if step => 1e-4,
                () if fit.kind == SelectionKind::Beta => 2e-2,
                () if ahead < 1e-8 => 1e-4,
                () => 2e-3,
            };
            let near = (fit.se.unwrap() / right - 1.0).abs() < tolerance;
            let other = ahead > slack.max(5e-6) || fit.boundary;
            ledger.judge(&set, &at_se, fit.se.unwrap(), other || near);
        }
    }
}

#[test]
fn small_study_effects_agree() {
    LEDGER.assert_clean();
}
