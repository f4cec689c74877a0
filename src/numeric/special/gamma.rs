//! The gamma function and its logarithmic derivatives, for positive arguments.

/// `ln Γ(x)` for `x ≥ 0` (∞ at 0); NaN for a negative x.
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    if x < 0.0 { f64::NAN } else { libm::lgamma(x) }
}

/// Coefficients of `ln Γ(1 + x) = −γx + Σ ζ(k)(−x)ᵏ/k`, from k = 2 (DLMF 5.7.3).
const ZETA_OVER_K: [f64; 26] = [
    0.822_467_033_424_113_2,
    0.400_685_634_386_531_43,
    0.270_580_808_427_784_54,
    0.207_385_551_028_673_98,
    0.169_557_176_997_408_2,
    0.144_049_896_768_846_1,
    0.125_509_669_524_743_04,
    0.111_334_265_869_564_69,
    0.100_099_457_512_781_8,
    0.090_954_017_145_829_04,
    0.083_353_840_546_109,
    0.076_932_516_411_352_2,
    0.071_432_946_295_361_33,
    0.066_668_705_882_420_46,
    0.062_500_955_141_213_04,
    0.058_823_978_658_684_585,
    0.055_555_767_627_403_614,
    0.052_631_679_379_616_66,
    0.050_000_047_698_101_69,
    0.047_619_070_330_142_226,
    0.045_454_556_293_204_67,
    0.043_478_266_053_040_26,
    0.041_666_669_150_341_21,
    0.040_000_001_192_140_14,
    0.038_461_539_034_675_18,
    0.037_037_037_312_989_324,
];

const EULER_GAMMA: f64 = 0.577_215_664_901_532_9;

/// `ln Γ(1 + x)` for `x ≥ 0`, with full relative precision near 0.
pub(in crate::numeric) fn ln_gamma_1p(x: f64) -> f64 {
    if x < 0.2 {
        let series = ZETA_OVER_K.iter().rev().fold(0.0, |sum, c| c - x * sum);
        x * (x * series - EULER_GAMMA)
    } else {
        libm::lgamma(1.0 + x)
    }
}

/// `ln Γ(x) − [(x − ½) ln x − x + ½ ln 2π]`, the error of Stirling's formula (DLMF 5.11.1).
pub(in crate::numeric) fn stirling_error(x: f64) -> f64 {
    const C: [f64; 8] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
        -3617.0 / 122_400.0,
    ];
    if x < 10.0 {
        return libm::lgamma(x) - ((x - 0.5) * x.ln() - x + super::HALF_LN_2PI);
    }
    let v = 1.0 / (x * x);
    C.iter().rev().fold(0.0, |sum, c| c + v * sum) / x
}

/// `ln B(a, b)` for positive a and b.
#[must_use]
pub fn ln_beta(a: f64, b: f64) -> f64 {
    let (small, large) = if a <= b { (a, b) } else { (b, a) };
    ln_gamma(small) - super::ln_rising(large, small)
}

/// `ln C(n, k)` for `0 ≤ k ≤ n` (−∞ outside); n and k need not be whole.
#[must_use]
pub fn ln_choose(n: f64, k: f64) -> f64 {
    if k < 0.0 || k > n {
        return f64::NEG_INFINITY;
    }
    let small = k.min(n - k);
    super::ln_rising(n - small + 1.0, small) - ln_gamma_1p(small)
}

/// `ψ(x) = d ln Γ(x) / dx` for `x > 0`; NaN for `x ≤ 0`.
#[must_use]
pub fn digamma(x: f64) -> f64 {
    if x > 0.0 { statrs::function::gamma::digamma(x) } else { f64::NAN }
}

/// `ψ′(x)` for `x > 0`; NaN for `x ≤ 0`. Recurrence up to 12, then DLMF 5.15.8.
#[must_use]
pub fn trigamma(x: f64) -> f64 {
    const BERNOULLI: [f64; 8] = [
        1.0 / 6.0,
        -1.0 / 30.0,
        1.0 / 42.0,
        -1.0 / 30.0,
        5.0 / 66.0,
        -691.0 / 2730.0,
        7.0 / 6.0,
        -3617.0 / 510.0,
    ];
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    let mut z = x;
    let mut shifted = 0.0;
    while z < 12.0 {
        shifted += 1.0 / (z * z);
        z += 1.0;
    }
    let v = 1.0 / (z * z);
    let tail = BERNOULLI.iter().rev().fold(0.0, |sum, c| c + v * sum);
    shifted + 1.0 / z + 0.5 * v + v * tail / z
}
