//! What must not change the answer: the order of rows, a shift and a scale, the name of an event.

use super::*;

/// Closed forms.
const CLOSED: f64 = 1e-12;
/// Iterated fits.
const ITERATED: f64 = 1e-8;

/// How far apart two values may be: relative to them and to the scale they are uncertain on.
#[derive(Clone, Copy)]
struct Tolerance {
    relative: f64,
    scale: f64,
}

fn close(a: Option<f64>, b: Option<f64>, Tolerance { relative, scale }: Tolerance) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= relative * (a.abs().max(b.abs()) + scale),
        (a, b) => a == b,
    }
}

fn iterated(settings: &Settings) -> bool {
    let Model::TwoStep(TwoStep { tau2, ci, .. }) = settings.model else { return true };
    use Tau2Method::{Dl, Dl2, Genq, He, Hs, Hsk, Sj};
    use TwoStepCi::{Adhoc, Hk, T, Z};
    !matches!(tau2, Dl | He | Hs | Hsk | Sj | Dl2 | Genq) || !matches!(ci, Z | T | Hk | Adhoc)
}

/// The numbers of `b` are those of `a` after `yi → shift + factor·yi`, `closed` how exactly so where
/// nothing is iterated.
fn same(a: &Fit, b: &Fit, shift: f64, factor: f64, closed: f64) -> Result<(), TestCaseError> {
    let map = |y: Option<f64>| y.map(|y| factor.mul_add(y, shift));
    let pair = |l: Option<f64>, u: Option<f64>| {
        if factor < 0.0 { (map(u), map(l)) } else { (map(l), map(u)) }
    };
    let square = |v: Option<f64>| v.map(|v| factor * factor * v);
    let relative = if iterated(&a.settings) { ITERATED } else { closed };
    let estimates = |fit: &Fit| {
        let common = fit.common.map(|e| (e, closed));
        common.into_iter().chain(fit.random.map(|r| (r.pooled, relative))).collect::<Vec<_>>()
    };
    for ((x, relative), (y, _)) in estimates(a).into_iter().zip(estimates(b)) {
        let tolerance = Tolerance { relative, scale: y.se.unwrap() };
        prop_assert!(close(map(x.yi), y.yi, tolerance), "{x:?}\n{y:?}");
        prop_assert!(close(x.se.map(|se| se * factor.abs()), y.se, tolerance), "{x:?}\n{y:?}");
        // Interval limits other than Wald's come from roots.
        let ends = Tolerance { relative: relative.max(1e-11), ..tolerance };
        let (lower, upper) = pair(x.yi_lower, x.yi_upper);
        prop_assert!(close(lower, y.yi_lower, ends), "{x:?}\n{y:?}");
        prop_assert!(close(upper, y.yi_upper, ends), "{x:?}\n{y:?}");
        prop_assert!(
            close(x.df, y.df, Tolerance { relative: ITERATED, scale: 0.0 }),
            "{x:?}\n{y:?}"
        );
    }
    let (h, g) = (&a.heterogeneity, &b.heterogeneity);
    let scale = g.tau2_se.unwrap_or(0.0);
    prop_assert!(close(square(h.tau2), g.tau2, Tolerance { relative, scale }), "{h:?}\n{g:?}");
    for (x, y) in [(h.tau2_lower, g.tau2_lower), (h.tau2_upper, g.tau2_upper)] {
        prop_assert!(close(square(x), y, Tolerance { relative: ITERATED, scale }), "{h:?}\n{g:?}");
    }
    prop_assert!(close(h.q, g.q, Tolerance { relative: 1e-11, scale: 1.0 }), "{h:?}\n{g:?}");
    for (x, y) in [(h.i2, g.i2), (h.i2_q, g.i2_q), (h.i2_upper, g.i2_upper)] {
        prop_assert!(close(x, y, Tolerance { relative: ITERATED, scale: 1.0 }), "{h:?}\n{g:?}");
    }
    if let (Some(p), Some(q)) = (a.prediction, b.prediction) {
        let (lower, upper) = pair(p.yi_lower, p.yi_upper);
        let scale = q.upper - q.lower;
        let relative = if p.method == PredictionMethod::Bootstrap { 1e-6 } else { relative };
        prop_assert!(close(lower, q.yi_lower, Tolerance { relative, scale }), "{p:?}\n{q:?}");
        prop_assert!(close(upper, q.yi_upper, Tolerance { relative, scale }), "{p:?}\n{q:?}");
    }
    prop_assert_eq!(a.diagnostics.modes, b.diagnostics.modes);
    Ok(())
}

/// Rows in another order.
fn shuffled<T: Copy>(rows: &[T], seed: u64) -> Vec<T> {
    let mut rng = resorb::numeric::rng::Rng::new(seed);
    let mut rows = rows.to_vec();
    for i in (1..rows.len()).rev() {
        rows.swap(i, usize::try_from(rng.below(i as u64 + 1)).unwrap());
    }
    rows
}

fn reviews(k: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Vec<(f64, f64)>> {
    vec((-2.0..2.0f64, 0.01..1.0f64), k)
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn the_order_of_rows(
        rows in tables(1..=60),
        settings in settings(Measure::PROPORTIONS.to_vec()),
        seed in any::<u64>(),
    ) {
        let rows = affordable(&rows, &settings);
        let Ok(fit) = pool(&studies(rows), &settings) else { return Ok(()) };
        let other = pool(&studies(&shuffled(rows, seed)), &settings).unwrap();
        same(&fit, &other, 0.0, 1.0, CLOSED)?;
        prop_assert_eq!(fit.crude, other.crude);
    }

    #[test]
    fn the_order_of_effects(
        rows in effects(1..=60),
        settings in settings(vec![Measure::Gen]),
        seed in any::<u64>(),
    ) {
        let rows = affordable(&rows, &settings);
        let Ok(fit) = pool(&generic(rows), &settings) else { return Ok(()) };
        same(&fit, &pool(&generic(&shuffled(rows, seed)), &settings).unwrap(), 0.0, 1.0, CLOSED)?;
    }

    #[test]
    fn a_shift_and_a_scale(
        rows in reviews(1..=40),
        settings in settings(vec![Measure::Gen]),
        shift in -10.0..10.0f64,
        factor in 0.1..10.0f64,
        mirror in any::<bool>(),
    ) {
        let rows = affordable(&rows, &settings);
        // Draws are not mirrored with the data.
        let Model::TwoStep(choices) = settings.model else { unreachable!() };
        let draws = choices.ci == TwoStepCi::Bootstrap
            || settings.prediction == PredictionMethod::Bootstrap;
        let factor = if mirror && !draws { -factor } else { factor };
        let Ok(fit) = pool(&generic(rows), &settings) else { return Ok(()) };
        let moved: Vec<_> = rows.iter().map(|&(y, v)| (factor.mul_add(y, shift), factor * factor * v)).collect();
        same(&fit, &pool(&generic(&moved), &settings).unwrap(), shift, factor, ITERATED)?;
    }

    /// Counting those without the event gives one minus the rate, on every scale that is symmetric.
    #[test]
    fn the_name_of_an_event(
        rows in tables(1..=40),
        measure in select(vec![Measure::Plo, Measure::Prz, Measure::Pr, Measure::Pas, Measure::Pft]),
        tau2 in select(TAU2.to_vec()),
        ci in select(vec![TwoStepCi::Z, TwoStepCi::T, TwoStepCi::Hk, TwoStepCi::Adhoc]),
    ) {
        let settings = Settings {
            model: Model::TwoStep(TwoStep { measure, tau2, ci, ..TwoStep::default() }),
            ..Settings::default()
        };
        // A raw rate of 1 − 10⁻⁹ has lost the digits that 10⁻⁹ has.
        let rows: Vec<_> = rows.into_iter().filter(|&(_, n)| measure != Measure::Pr || n < 1000).collect();
        prop_assume!(!rows.is_empty());
        let mirrored: Vec<_> = rows.iter().map(|&(x, n)| (n - x, n)).collect();
        let fit = pool(&studies(&rows), &settings).unwrap();
        let other = pool(&studies(&mirrored), &settings).unwrap();
        let turn = match measure {
            Measure::Pr => 1.0,
            Measure::Pas | Measure::Pft => std::f64::consts::FRAC_PI_2,
            _ => 0.0,
        };
        same(&fit, &other, turn, -1.0, ITERATED)?;
        let (a, b) = (fit.common.unwrap(), other.common.unwrap());
        prop_assert!((a.estimate + b.estimate - 1.0).abs() < 1e-9, "{a:?} {b:?}");
    }

    #[test]
    fn twice_the_studies_half_the_variance(rows in effects(1..=60)) {
        let settings = simple(Measure::Gen, Tau2Method::Dl);
        let common = |rows: &[(f64, f64)]| pool(&generic(rows), &settings).unwrap().common.unwrap();
        let (once, twice) = (common(&rows), common(&[rows.clone(), rows.clone()].concat()));
        let tolerance = Tolerance { relative: CLOSED, scale: once.se.unwrap() };
        prop_assert!(close(once.yi, twice.yi, tolerance), "{once:?}\n{twice:?}");
        prop_assert!(close(once.se.map(|se| se * 0.5f64.sqrt()), twice.se, tolerance));
    }
}
