//! The two bootstrap intervals against millions of draws of a plain implementation.

use resorb::{
    model::{Fit, Model, PredictionMethod, Settings, Tau2Method, TwoStep, TwoStepCi, pool},
    study::Studies,
};
use serde_json::Value;

use super::{Set, json};
use crate::reference::set::numbers;

/// Standard errors of the Monte-Carlo difference that are still chance.
const CHANCE: f64 = 4.0;

/// Seeds over which ours are averaged.
const SEEDS: u64 = 5;

/// Draws of one of our prediction intervals, resamples of one of our bootstrap-t intervals.
const OUR_DRAWS: [(&str, f64); 2] = [("prediction", 4999.0), ("bootstrap-t", 1999.0)];

fn settings(row: &Value, seed: u64) -> Settings {
    let base = TwoStep { tau2: Tau2Method::Dl, ci: TwoStepCi::Z, ..TwoStep::default() };
    let (prediction, choices) = if row["what"] == "prediction" {
        (PredictionMethod::Bootstrap, base)
    } else {
        let tau2 = serde_json::from_value(row["method"].clone()).unwrap();
        (PredictionMethod::None, TwoStep { tau2, ci: TwoStepCi::Bootstrap, ..base })
    };
    Settings { model: Model::TwoStep(choices), prediction, seed, ..Settings::default() }
}

/// Lower and upper limit and, for the mean, the p value.
fn answer(fit: &Fit) -> [f64; 3] {
    let pooled = fit.random.as_ref().unwrap().pooled;
    match fit.prediction {
        Some(p) => [p.yi_lower.unwrap(), p.yi_upper.unwrap(), f64::NAN],
        None => [pooled.yi_lower, pooled.yi_upper, pooled.p_value].map(Option::unwrap),
    }
}

#[test]
fn bootstrap_intervals_agree_within_chance() {
    let mut worst = 0.0f64;
    for row in json("extra/monte_carlo.json").as_array().unwrap() {
        let set = Set::open(row["set"].as_str().unwrap());
        let what = row["what"].as_str().unwrap();
        let fits = (0..SEEDS).map(|seed| {
            let settings = settings(row, seed);
            let Model::TwoStep(choices) = settings.model else { panic!("two steps") };
            answer(&set.pool(row["measure"].as_str().unwrap(), choices, settings))
        });
        let mut sums = [0.0; 3];
        fits.for_each(|values| sums.iter_mut().zip(values).for_each(|(s, v)| *s += v));
        let [lower, upper, p_value] = sums.map(|sum| sum / SEEDS as f64);

        let ours = OUR_DRAWS.iter().find(|(name, _)| *name == what).unwrap().1 * SEEDS as f64;
        let theirs = row["draws"].as_f64().unwrap();
        let chance = |p: f64| (p * (1.0 - p) * (1.0 / ours + 1.0 / theirs)).sqrt();
        let tail = row["tail"].as_f64().unwrap();
        let mut check = |name: &str, ours: f64, reference: f64, error: f64| {
            let off = (ours - reference).abs() / error;
            worst = worst.max(off);
            let place = format!("{} {what} {} {name}", set.name, row["method"]);
            assert!(off < CHANCE, "{place}: {ours} is {off:.1} errors of {error} from {reference}");
        };
        for (name, ours) in [("lower", lower), ("upper", upper)] {
            let [reference, density] = numbers(&row[name])[..] else { panic!("two numbers") };
            check(name, ours, reference, chance(tail) / density);
        }
        if let Some(reference) = row["p_value"].as_f64() {
            // Ours counts the data as one of the resamples.
            check("p value", p_value, reference, chance(reference) + 1.0 / 1999.0);
        }
    }
    assert!(worst > 0.0);
}

/// R's pimeta prints [0.533, 33.692] for the odds ratio of 13 trials of cisapride (Hartung and
/// Knapp 2001, ½ added to every cell) with 25,000 draws.
#[test]
fn a_published_bootstrap_prediction_interval() {
    let treated = [
        (15, 16),
        (12, 16),
        (29, 34),
        (42, 56),
        (14, 22),
        (44, 54),
        (14, 17),
        (29, 58),
        (10, 14),
        (17, 26),
        (38, 44),
        (19, 29),
        (21, 38),
    ];
    let control = [
        (9, 16),
        (1, 16),
        (18, 34),
        (31, 56),
        (6, 22),
        (17, 55),
        (7, 15),
        (23, 58),
        (3, 15),
        (6, 27),
        (12, 45),
        (22, 30),
        (19, 38),
    ];
    let cells = |(x, n): (i32, i32)| (f64::from(x) + 0.5, f64::from(n - x) + 0.5);
    let trials = treated.into_iter().zip(control).enumerate().map(|(i, (t, c))| {
        let ((a, b), (c, d)) = (cells(t), cells(c));
        let (yi, vi) = ((a * d / (b * c)).ln(), 1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d);
        (format!("trial {i}"), yi, vi)
    });
    let studies = Studies::from_effects(trials).unwrap();
    let model = Model::TwoStep(TwoStep {
        measure: resorb::effect::Measure::Gen,
        tau2: Tau2Method::Dl,
        ci: TwoStepCi::Z,
        ..TwoStep::default()
    });
    let limits: Vec<[f64; 3]> = (0..SEEDS)
        .map(|seed| {
            let prediction = PredictionMethod::Bootstrap;
            let settings = Settings { model, prediction, seed, ..Settings::default() };
            answer(&pool(&studies, &settings).unwrap())
        })
        .collect();
    let mean = |i: usize| limits.iter().map(|l| l[i]).sum::<f64>() / SEEDS as f64;
    // A quantile of 25,000 draws at a density of .03 is off by .03 with probability ⅓.
    assert!((mean(0) - 0.533f64.ln()).abs() < 0.1, "{}", mean(0).exp());
    assert!((mean(1) - 33.692f64.ln()).abs() < 0.1, "{}", mean(1).exp());
}
