//! Intervals of the pooled rate, prediction intervals, weights.

use super::{GLMM, PRITZ, close, counts, fit, glmm_by, try_fit};
use resorb::{
    model::{CiMethod, Fit, GlmmFit, Level, Link, Model, OneStepCi, PredictionMethod, Settings},
    numeric::{normal, special, student_t},
};

fn predicting(model: Model, prediction: PredictionMethod) -> Fit {
    try_fit(&PRITZ, Settings { model, prediction, ..Settings::default() }).unwrap()
}

/// `μ̂ ± quantile·se`, and the prediction interval `μ̂ ± quantile·√(τ̂² + se²)`.
#[test]
fn wald_and_prediction() {
    for (ci, quantile) in
        [(OneStepCi::Z, normal::quantile(0.975)), (OneStepCi::T, student_t::quantile(0.975, 13.0))]
    {
        let e = fit(&PRITZ, glmm_by(ci)).random.unwrap().pooled;
        let (yi, se) = (e.yi.unwrap(), e.se.unwrap());
        close("lower", e.yi_lower.unwrap(), yi - quantile * se, 1e-13);
        close("upper", e.yi_upper.unwrap(), yi + quantile * se, 1e-13);
        close("rate", e.ci_upper.unwrap(), special::expit(yi + quantile * se), 1e-13);
        close("statistic", e.statistic.unwrap(), yi / se, 1e-13);
    }
    for (prediction, quantile, df) in [
        (PredictionMethod::T, student_t::quantile(0.975, 13.0), Some(13.0)),
        (PredictionMethod::Hts, student_t::quantile(0.975, 12.0), Some(12.0)),
        (PredictionMethod::Normal, normal::quantile(0.975), None),
    ] {
        let fit = predicting(GLMM, prediction);
        let e = fit.random.unwrap().pooled;
        let half = quantile * (fit.heterogeneity.tau2.unwrap() + e.se.unwrap().powi(2)).sqrt();
        let found = fit.prediction.unwrap();
        assert_eq!((found.method, found.df), (prediction, df));
        close("lower", found.yi_lower.unwrap(), e.yi.unwrap() - half, 1e-12);
        close("upper", found.upper, special::expit(e.yi.unwrap() + half), 1e-12);
    }
}

/// At a profile limit the likelihood has lost exactly half the χ²₁ quantile, at every level.
#[test]
fn profile_likelihood() {
    let model = GlmmFit::new(&counts(&PRITZ), Link::Logit).unwrap();
    for level in [0.5, 0.9, 0.95, 0.999] {
        let level = Level::new(level).unwrap();
        let drop = normal::quantile_upper(level.tail()).powi(2) / 2.0;
        let (lower, upper) = model.mu_interval(level);
        for limit in [lower.unwrap(), upper.unwrap()] {
            let lost = model.log_likelihood() - model.profile_mu(limit);
            assert!((lost - drop).abs() < 1e-8, "{lost} {drop}");
        }
        let (lower, upper) = model.tau2_interval(level);
        let limits: Vec<f64> = [lower, upper.unwrap()].into_iter().filter(|l| *l > 0.0).collect();
        for value in model.profile(&limits) {
            assert!((model.log_likelihood() - value - drop).abs() < 1e-8, "{value}");
        }
    }
    let e = fit(&PRITZ, glmm_by(OneStepCi::Pl)).random.unwrap().pooled;
    assert_eq!(e.method, CiMethod::Pl);
    let lost = model.log_likelihood() - model.profile_mu(0.0);
    close("statistic", e.statistic.unwrap(), (2.0 * lost).sqrt(), 1e-9);
    close("p", e.p_value.unwrap(), 2.0 * normal::sf((2.0 * lost).sqrt()), 1e-7);
}

/// A higher level is a wider interval, whatever it is the interval of.
#[test]
fn levels() {
    for model in [GLMM, Model::BetaBinomial { ci: OneStepCi::T }] {
        let at = |level: f64| {
            let level = Level::new(level).unwrap();
            let fit = try_fit(&PRITZ, Settings { model, level, ..Settings::default() }).unwrap();
            let e = fit.random.unwrap().pooled;
            let mean = fit.random.unwrap().marginal_mean.unwrap();
            let spread = &fit.heterogeneity;
            [
                (e.ci_lower.unwrap(), e.ci_upper.unwrap()),
                (mean.ci_lower.unwrap(), mean.ci_upper.unwrap()),
                (fit.prediction.unwrap().lower, fit.prediction.unwrap().upper),
                (
                    spread.tau2_lower.or(spread.rho_lower).unwrap(),
                    spread.tau2_upper.or(spread.rho_upper).unwrap(),
                ),
            ]
        };
        for (narrow, wide) in at(0.8).into_iter().zip(at(0.95)) {
            assert!(wide.0 < narrow.0 && wide.1 > narrow.1, "{narrow:?} {wide:?}");
        }
    }
}

/// Weights are the information shares of `generate.py`'s integrals at the maximum (mpmath).
#[test]
fn weights_of_the_glmm() {
    let theirs = [
        6.301_373_035_431_128,
        6.264_008_721_394_865,
        6.217_802_054_181_9,
        10.720_780_896_113_06,
        4.613_022_209_424_113,
        10.558_767_166_128_604,
        5.956_460_499_867_99,
        4.961_985_458_378_366,
        10.590_216_177_465_894,
        3.892_944_235_629_310_7,
        4.271_651_300_656_043,
        8.519_126_840_603_663,
        10.394_124_667_024_427,
        6.737_736_737_700_436,
    ];
    let fit = fit(&PRITZ, GLMM);
    for (row, theirs) in fit.studies.iter().zip(theirs) {
        close(row.study, row.weight_random.unwrap(), theirs, 1e-8);
        let (_, n) = PRITZ[row.row as usize - 2];
        close(row.study, row.weight_common.unwrap(), 100.0 * n as f64 / 326.0, 1e-12);
    }
}

/// Beta-binomial weights: `nᵢ/(1 + (nᵢ−1)ρ̂)` ÷ total.
#[test]
fn weights_of_the_beta_binomial() {
    let fit = fit(&PRITZ, Model::BetaBinomial { ci: OneStepCi::Z });
    let rho = fit.heterogeneity.rho.unwrap();
    let information = |n: u64| n as f64 / (1.0 + (n as f64 - 1.0) * rho);
    let total: f64 = PRITZ.iter().map(|&(_, n)| information(n)).sum();
    for (row, (_, n)) in fit.studies.iter().zip(PRITZ) {
        close(row.study, row.weight_random.unwrap(), 100.0 * information(n) / total, 1e-12);
    }
}

/// A plain implementation with its own 4,000 resamples (`tests/reference/one_step/bootstrap.py`):
/// ours differ by chance only, 5 standard errors of a difference of two quantiles at the most.
#[test]
fn bootstrap_agrees_within_chance() {
    let text = std::fs::read_to_string("tests/reference/one_step/bootstrap.json").unwrap();
    let theirs: serde_json::Value = serde_json::from_str(&text).unwrap();
    let models =
        [("glmm", glmm_by(OneStepCi::Bootstrap)), ("beta_binomial", beta_binomial_by_bootstrap())];
    for (name, model) in models {
        let fit = predicting(model, PredictionMethod::Bootstrap);
        let (e, p) = (fit.random.unwrap().pooled, fit.prediction.unwrap());
        // √(p(1−p)) over the normal density at the quantile: so many standard deviations over √B is
        // what chance moves a limit by, and at most that where each resample is a distribution.
        let unit = (0.025_f64 * 0.975).sqrt() / normal::pdf(normal::quantile(0.975));
        let unit = unit * (1.0 / 1999.0 + 1.0 / 4000.0_f64).sqrt();
        for (key, ours) in
            [("ci", [e.yi_lower, e.yi_upper]), ("prediction", [p.yi_lower, p.yi_upper])]
        {
            let [lower, upper] = [0, 1].map(|i| theirs[name][key][i].as_f64().unwrap());
            let chance = unit * (upper - lower) / (2.0 * normal::quantile(0.975));
            for (ours, theirs) in ours.into_iter().zip([lower, upper]) {
                let ours = ours.unwrap();
                assert!((ours - theirs).abs() < 5.0 * chance, "{name} {key}: {ours} {theirs}");
            }
        }
    }
}

fn beta_binomial_by_bootstrap() -> Model {
    Model::BetaBinomial { ci: OneStepCi::Bootstrap }
}

/// The seed decides, and nothing else: not the order of the rows, not the number of threads.
#[test]
fn bootstrap_is_reproducible() {
    let with = |seed| {
        let model = Model::BetaBinomial { ci: OneStepCi::Bootstrap };
        try_fit(&PRITZ[..5], Settings { model, seed, ..Settings::default() }).unwrap()
    };
    let (a, b, c) = (with(1), with(1), with(2));
    assert_eq!((a.random, a.prediction), (b.random, b.prediction));
    assert_ne!(a.prediction, c.prediction);
    #[cfg(feature = "parallel")]
    {
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let alone = one.install(|| with(1));
        assert_eq!((a.random, a.prediction), (alone.random, alone.prediction));
    }
}

/// Resamples without any event keep their place: the lower limit is then 0, the result still finite.
#[test]
fn bootstrap_of_rare_events() {
    let data = [(0, 20), (1, 25), (0, 30), (0, 15)];
    for model in [glmm_by(OneStepCi::Bootstrap), Model::BetaBinomial { ci: OneStepCi::Bootstrap }] {
        let prediction = PredictionMethod::Bootstrap;
        let fit = try_fit(&data, Settings { model, prediction, ..Settings::default() }).unwrap();
        let e = fit.random.unwrap().pooled;
        assert_eq!((e.ci_lower, e.yi_lower), (Some(0.0), None));
        assert!(e.ci_upper.unwrap() > e.estimate);
        let prediction = fit.prediction.unwrap();
        assert_eq!((prediction.lower, prediction.yi_lower), (0.0, None));
        assert!(prediction.upper > e.estimate && prediction.upper < 1.0);
    }
}
