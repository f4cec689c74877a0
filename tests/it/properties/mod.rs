//! Properties that hold for any table and any choice (METHODS §9), on generated data.

mod finite;
mod intervals;
mod invariance;
mod monotone;
mod studies;
mod transforms;

use crate::cases::cases;
use proptest::{collection::vec, prelude::*, sample::select};
use resorb::{
    effect::{Correction, CorrectionRule, Inversion, Measure, StudyInterval},
    model::*,
    study::Studies,
};

/// One study with `1 ≤ n ≤ 10⁹`, every order of magnitude as likely, the edges more than likely.
fn counts() -> impl Strategy<Value = (u64, u64)> {
    let total =
        (0.0..9.0f64).prop_map(|digits| (10f64.powf(digits) as u64).clamp(1, 1_000_000_000));
    (total, 0..8u8, 0.0..=1.0f64).prop_map(|(n, kind, share)| {
        let x = match kind {
            0 => 0,
            1 => n,
            2 => 1.min(n),
            3 => n - 1,
            // A rate of any order of magnitude, or one in the middle.
            4 => (n as f64).powf(share) as u64,
            _ => (n as f64 * share) as u64,
        };
        (x.min(n), n)
    })
}

/// A table of `k` studies: any, all empty, all full, or one study many times.
fn tables(k: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Vec<(u64, u64)>> {
    let any = || vec(counts(), k.clone());
    prop_oneof![
        6 => any(),
        1 => any().prop_map(|rows| rows.into_iter().map(|(_, n)| (0, n)).collect()),
        1 => any().prop_map(|rows| rows.into_iter().map(|(_, n)| (n, n)).collect()),
        1 => any().prop_map(|rows| { let first = rows[0]; rows.into_iter().map(|_| first).collect() }),
        // Sizes of one order of magnitude, rates about one value: what reviews look like.
        4 => (vec((5..200u64, 0.0..1.0f64), k.clone()), 0.0..1.0f64).prop_map(|(rows, centre)| {
            rows.into_iter()
                .map(|(n, noise)| (n, 0.25f64.mul_add(noise - 0.5, centre).clamp(0.0, 1.0)))
                .map(|(n, rate)| ((rate * n as f64).round() as u64, n))
                .collect()
        }),
    ]
}

/// Effects with `|yi| ≤ 10⁶` and `10⁻¹² ≤ vi ≤ 10¹²`: any, alike, equal, or as reviews have them.
fn effects(k: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Vec<(f64, f64)>> {
    let wild = (prop_oneof![-1e6..1e6f64, -1.0..1.0f64, Just(0.0)], -12.0..12.0f64)
        .prop_map(|(y, digits)| (y, 10f64.powf(digits)));
    prop_oneof![
        3 => vec(wild, k.clone()),
        3 => vec((-2.0..2.0f64, 0.01..1.0f64), k.clone()),
        1 => (vec((-6.0..6.0f64).prop_map(|digits| 10f64.powf(digits)), k.clone()), -1e6..1e6f64)
            .prop_map(|(vi, y)| vi.into_iter().map(|v| (y, v)).collect()),
        1 => (vec(-1e3..1e3f64, k), -12.0..12.0f64)
            .prop_map(|(yi, v)| yi.into_iter().map(|y| (y, 10f64.powf(v))).collect()),
    ]
}

fn studies(rows: &[(u64, u64)]) -> Studies {
    Studies::from_counts(rows.iter().enumerate().map(|(i, &(x, n))| (format!("s{i}"), x, n)))
        .unwrap()
}

fn generic(rows: &[(f64, f64)]) -> Studies {
    Studies::from_effects(rows.iter().enumerate().map(|(i, &(y, v))| (format!("s{i}"), y, v)))
        .unwrap()
}

const TAU2: [Tau2Method; 13] = [
    Tau2Method::Dl,
    Tau2Method::He,
    Tau2Method::Hs,
    Tau2Method::Hsk,
    Tau2Method::Sj,
    Tau2Method::Pm,
    Tau2Method::Pmm,
    Tau2Method::Ml,
    Tau2Method::Reml,
    Tau2Method::Eb,
    Tau2Method::Dl2,
    Tau2Method::Genq,
    Tau2Method::Genqm,
];

const TAU2_CI: [Tau2Ci; 4] = [Tau2Ci::Qp, Tau2Ci::Pl, Tau2Ci::Genq, Tau2Ci::Bt];

const CI: [TwoStepCi; 8] = [
    TwoStepCi::Z,
    TwoStepCi::T,
    TwoStepCi::Hk,
    TwoStepCi::Adhoc,
    TwoStepCi::Kr,
    TwoStepCi::Pl,
    TwoStepCi::Hc,
    TwoStepCi::Bootstrap,
];

const PREDICTION: [PredictionMethod; 7] = [
    PredictionMethod::T,
    PredictionMethod::Hts,
    PredictionMethod::Normal,
    PredictionMethod::Hk,
    PredictionMethod::Kr,
    PredictionMethod::Bootstrap,
    PredictionMethod::None,
];

const STUDY_CI: [StudyInterval; 7] = [
    StudyInterval::ClopperPearson,
    StudyInterval::Wilson,
    StudyInterval::WilsonCc,
    StudyInterval::AgrestiCoull,
    StudyInterval::Jeffreys,
    StudyInterval::MidP,
    StudyInterval::Wald,
];

/// As many of `rows` as the choices can take in a test: bootstraps draw thousands of samples, the
/// exact distribution of the generalised Q takes time with the square of their number.
fn affordable<'a, T>(rows: &'a [T], settings: &Settings) -> &'a [T] {
    let Model::TwoStep(choices) = settings.model else { return rows };
    let draws =
        choices.ci == TwoStepCi::Bootstrap || settings.prediction == PredictionMethod::Bootstrap;
    let exact = choices.tau2 == Tau2Method::Genqm || choices.tau2_ci == Tau2Ci::Genq;
    let most = match (draws, exact) {
        (true, _) => 8,
        (_, true) => 40,
        _ => rows.len(),
    };
    &rows[..rows.len().min(most)]
}

prop_compose! {
    /// Every choice of the two-step model for one measure, also those that clash.
    fn two_step(measure: Measure)(
        add in prop_oneof![4 => Just(0.5), 1 => 1e-3..2.0f64, 1 => Just(0.0)],
        to in select(vec![
            CorrectionRule::Only0,
            CorrectionRule::Only0,
            CorrectionRule::If0all,
            CorrectionRule::All,
            CorrectionRule::None,
        ]),
        tau2 in select(TAU2.to_vec()),
        tau2_ci in select(TAU2_CI.to_vec()),
        genq_weights in select(vec![GenqWeights::Se, GenqWeights::Variance]),
        ci in select(CI.to_vec()),
        inversion in select(vec![
            Inversion::Variance,
            Inversion::Harmonic,
            Inversion::Geometric,
            Inversion::Arithmetic,
        ]),
    ) -> TwoStep {
        TwoStep {
            measure,
            correction: Correction { add, to },
            tau2,
            tau2_ci,
            genq_weights,
            ci,
            inversion,
        }
    }
}

prop_compose! {
    /// All settings of the two-step model, at any level that a person could ask for.
    fn settings(measures: Vec<Measure>)(
        two_step in select(measures).prop_flat_map(two_step),
        prediction in select(PREDICTION.to_vec()),
        study_ci in select(STUDY_CI.to_vec()),
        level in prop_oneof![
            3 => Just(0.95),
            2 => 0.5..0.999f64,
            1 => select(vec![1e-9, 0.01, 0.2, 0.99999, 1.0 - 1e-12, 1.0 - f64::EPSILON / 2.0]),
        ],
        seed in any::<u64>(),
    ) -> Settings {
        Settings {
            model: Model::TwoStep(two_step),
            prediction,
            study_ci,
            level: Level::new(level).unwrap(),
            seed,
            ..Settings::default()
        }
    }
}

/// The two-step model with one estimator and plain intervals.
fn simple(measure: Measure, tau2: Tau2Method) -> Settings {
    let choices = TwoStep { measure, tau2, ci: TwoStepCi::Z, ..TwoStep::default() };
    Settings { model: Model::TwoStep(choices), ..Settings::default() }
}
