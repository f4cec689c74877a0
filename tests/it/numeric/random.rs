//! Seeded draws: reproducible, and from the distribution they name.

use resorb::numeric::rng::Rng;
use resorb::numeric::{beta, binomial, gamma, normal};

const DRAWS: u32 = 20_000;

/// The Kolmogorov–Smirnov distance of draws from a distribution function; 1.95/√n is its 0.1% point.
fn distance(mut draws: Vec<f64>, cdf: impl Fn(f64) -> f64) -> f64 {
    draws.sort_by(f64::total_cmp);
    let n = draws.len() as f64;
    draws.iter().enumerate().fold(0.0, |d: f64, (i, x)| {
        let (f, i) = (cdf(*x), i as f64);
        d.max((f - i / n).abs()).max((f - (i + 1.0) / n).abs())
    })
}

fn draws(mut one: impl FnMut(&mut Rng) -> f64) -> Vec<f64> {
    let mut rng = Rng::new(20_240_107);
    (0..DRAWS).map(|_| one(&mut rng)).collect()
}

#[test]
fn continuous_draws_follow_their_distribution() {
    let limit = 1.95 / f64::from(DRAWS).sqrt();
    assert!(distance(draws(Rng::uniform), |x| x) < limit);
    assert!(distance(draws(Rng::normal), normal::cdf) < limit);
    for shape in [0.05, 0.7, 1.0, 3.5, 1e6] {
        assert!(distance(draws(|r| r.gamma(shape)), |x| gamma::cdf(x, shape, 1.0)) < limit);
    }
    for (a, b) in [(0.05, 0.1), (0.5, 0.5), (1.0, 1.0), (2.0, 7.0), (300.0, 0.4), (1e5, 2e5)] {
        assert!(distance(draws(|r| r.beta(a, b)), |x| beta::cdf(x, a, b)) < limit, "{a} {b}");
    }
}

/// Pearson's χ² over the deciles of each binomial; 9 degrees of freedom at most, 0.1% point 27.9.
#[test]
fn binomial_draws_follow_their_distribution() {
    for (n, p) in
        [(1, 0.3), (10, 0.5), (84, 0.762), (1000, 0.001), (100_000, 0.3), (1_000_000_000, 0.02)]
    {
        let trials = n as f64;
        let cuts: Vec<f64> =
            (1..10).map(|d| binomial::quantile(0.1 * f64::from(d), trials, p)).collect();
        let mut counts = [0.0; 10];
        for x in draws(|r| r.binomial(n, p) as f64) {
            assert!((0.0..=trials).contains(&x));
            counts[cuts.iter().filter(|c| x > **c).count()] += 1.0;
        }
        let mut below = 0.0;
        let mut chi2 = 0.0;
        for (i, count) in counts.iter().enumerate() {
            let upto = cuts.get(i).map_or(1.0, |c| binomial::cdf(*c, trials, p));
            let expected = f64::from(DRAWS) * (upto - below);
            if expected > 1e-6 {
                chi2 += (count - expected).powi(2) / expected;
            } else {
                assert_eq!(*count, 0.0);
            }
            below = upto;
        }
        assert!(chi2 < 27.9, "n = {n}, p = {p}: {chi2}");
    }
}

#[test]
fn streams_do_not_depend_on_each_other() {
    let mut third = Rng::stream(7, 3);
    let expected = [third.uniform(), third.uniform()];
    for i in 0..10 {
        let mut other = Rng::stream(7, i);
        let ours = [other.uniform(), other.uniform()];
        assert_eq!(ours == expected, i == 3);
    }
    assert_ne!(Rng::new(7).uniform(), Rng::new(8).uniform());
}

/// The first draws of seed 1, so that a change of generator or sampler cannot go unseen.
#[test]
fn draws_are_the_same_on_every_machine() {
    let mut rng = Rng::new(1);
    let drawn =
        (rng.uniform(), rng.normal(), rng.gamma(2.5), rng.beta(2.0, 3.0), rng.binomial(84, 0.762));
    assert_eq!(
        drawn,
        (
            0.402_485_663_664_848_06,
            -1.410_817_700_610_999_4,
            2.694_770_254_184_245,
            0.266_623_103_600_362_07,
            66
        )
    );
}

#[test]
fn whole_numbers_and_edges() {
    let mut rng = Rng::new(3);
    let mut seen = [0; 6];
    (0..6000).for_each(|_| seen[usize::try_from(rng.below(6)).unwrap()] += 1);
    assert!(seen.iter().all(|c| (850..1150).contains(c)), "{seen:?}");
    assert_eq!(
        (rng.below(0), rng.binomial(0, 0.5), rng.binomial(9, 0.0), rng.binomial(9, 1.0)),
        (0, 0, 0, 9)
    );
    assert_eq!(rng.binomial(9, f64::NAN), 0);
    assert!(rng.gamma(0.0).is_nan() && rng.beta(-1.0, 1.0).is_nan());
}

/// Shapes at which samplers are known to overflow, underflow or divide 0 by 0.
#[test]
fn extreme_shapes_stay_in_range() {
    let mut rng = Rng::new(11);
    let shapes = [1e-300, 1e-12, 1e-5, 1e-3, 0.3, 1.0, 1e3, 1e9, 1e15, 1e300];
    for a in shapes {
        assert!((0..200).all(|_| rng.gamma(a) >= 0.0), "{a}");
        for b in shapes {
            let inside = |x: f64| (0.0..=1.0).contains(&x);
            assert!((0..200).all(|_| inside(rng.beta(a, b))), "{a} {b}");
        }
    }
    for p in [0.0, 1e-300, 1e-9, 0.5, 1.0 - 1e-16, 1.0] {
        for n in [1, 1_000_000_000, 1 << 53] {
            assert!((0..200).all(|_| rng.binomial(n, p) <= n), "{n} {p}");
        }
    }
}
