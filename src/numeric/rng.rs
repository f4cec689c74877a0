//! Seeded random numbers: the same on every machine, and for any number of threads.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng};
use rand_distr::{Beta, Binomial, Distribution, Gamma, Poisson, StandardNormal};

/// A stream of random numbers from a seed (`ChaCha8`).
///
/// ```
/// use resorb::numeric::rng::Rng;
/// let (mut a, mut b) = (Rng::stream(1, 0), Rng::stream(1, 0));
/// assert_eq!(a.normal(), b.normal());
/// assert_ne!(a.uniform(), Rng::stream(1, 1).uniform());
/// ```
#[derive(Clone, Debug)]
pub struct Rng(ChaCha8Rng);

impl Rng {
    /// The stream 0 of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self::stream(seed, 0)
    }

    /// Stream `index` of a seed, independent of the others: one for each replicate makes the result
    /// the same for any number of threads.
    #[must_use]
    pub fn stream(seed: u64, index: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(index);
        Self(rng)
    }

    /// Uniform in the open interval (0, 1): the middle of one of 2⁵² cells.
    pub fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// Standard normal.
    pub fn normal(&mut self) -> f64 {
        StandardNormal.sample(&mut self.0)
    }

    /// Gamma with this shape and rate 1; NaN for a shape that is not positive and finite.
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if !shape.is_finite() {
            return f64::NAN;
        }
        Gamma::new(shape, 1.0).map_or(f64::NAN, |d| d.sample(&mut self.0))
    }

    /// Beta(a, b); NaN for a parameter that is not positive and finite.
    pub fn beta(&mut self, a: f64, b: f64) -> f64 {
        if !(a.is_finite() && b.is_finite()) {
            return f64::NAN;
        }
        Beta::new(a, b).map_or(f64::NAN, |d| d.sample(&mut self.0))
    }

    /// Events among `n` trials with probability `p` (held to `[0, 1]`; NaN counts as 0).
    pub fn binomial(&mut self, n: u64, p: f64) -> u64 {
        Binomial::new(n, p.clamp(0.0, 1.0)).map_or(0, |d| d.sample(&mut self.0))
    }

    /// Events of a Poisson distribution with this mean; 0 for one that is not positive, and never more
    /// than 2⁵³.
    pub fn poisson(&mut self, mean: f64) -> u64 {
        const MOST: f64 = (1_u64 << 53) as f64;
        if mean.is_nan() || mean <= 0.0 {
            return 0;
        }
        let drawn = Poisson::new(mean.min(MOST)).map_or(0.0, |d| d.sample(&mut self.0));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole, from 0 to 2⁵³"
        )]
        let events = drawn.min(MOST) as u64;
        events
    }

    /// A whole number below `n` (0 for n = 0), for permutations and samples.
    pub fn below(&mut self, n: u64) -> u64 {
        // The high word of a 128-bit product; the bias is below 2⁻⁶⁴ n.
        let wide = u128::from(self.0.next_u64()) * u128::from(n);
        u64::try_from(wide >> 64).unwrap_or(0)
    }
}
