//! What reports print instead of a mean and a standard deviation, or of an effect, converted.

use crate::numeric::{normal, special::ln_rising, student_t};

/// The standard deviation behind a standard error of the mean of `n`: `se·√n`.
#[must_use]
pub fn sd_from_se(se: f64, n: f64) -> f64 {
    se * n.sqrt()
}

/// The standard deviation behind a 95 % interval of the mean of `n ≥ 2`, which is taken to be by
/// Student's t with n − 1 degrees of freedom.
///
/// ```
/// use resorb::study::convert::sd_from_interval;
/// // 10 ± 2.262·1/√10
/// assert!((sd_from_interval(9.28464, 10.71536, 10.0) - 1.0).abs() < 1e-4);
/// ```
#[must_use]
pub fn sd_from_interval(lower: f64, upper: f64, n: f64) -> f64 {
    (upper - lower) / (2.0 * student_t::quantile_upper(0.025, n - 1.0)) * n.sqrt()
}

/// Median, quartiles and range, of which a report may print three or five.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Summary {
    /// Median and quartiles.
    Quartiles {
        /// First quartile.
        q1: f64,
        /// Median.
        median: f64,
        /// Third quartile.
        q3: f64,
    },
    /// Median and range.
    Range {
        /// Smallest value.
        min: f64,
        /// Median.
        median: f64,
        /// Largest value.
        max: f64,
    },
    /// All five.
    Five {
        /// Smallest value.
        min: f64,
        /// First quartile.
        q1: f64,
        /// Median.
        median: f64,
        /// Third quartile.
        q3: f64,
        /// Largest value.
        max: f64,
    },
}

impl Summary {
    /// Whether the numbers stand in their order.
    #[must_use]
    pub fn is_ordered(self) -> bool {
        match self {
            Self::Quartiles { q1, median, q3 } => q1 <= median && median <= q3 && q1 < q3,
            Self::Range { min, median, max } => min <= median && median <= max && min < max,
            Self::Five { min, q1, median, q3, max } => {
                min <= q1 && q1 <= median && median <= q3 && q3 <= max && min < max
            }
        }
    }

    /// The mean of `n` values from a normal distribution with this summary (Luo et al. 2018).
    #[must_use]
    pub fn mean(self, n: f64) -> f64 {
        match self {
            Self::Range { min, median, max } => {
                let w = 4.0 / (4.0 + n.powf(0.75));
                w * f64::midpoint(min, max) + (1.0 - w) * median
            }
            Self::Quartiles { q1, median, q3 } => {
                let w = 0.7 + 0.39 / n;
                w * f64::midpoint(q1, q3) + (1.0 - w) * median
            }
            Self::Five { min, q1, median, q3, max } => {
                let range = 2.2 / (2.2 + n.powf(0.75));
                let quartiles = 0.7 - 0.72 / n.powf(0.55);
                range * f64::midpoint(min, max)
                    + quartiles * f64::midpoint(q1, q3)
                    + (1.0 - range - quartiles) * median
            }
        }
    }

    /// The standard deviation of `n` such values (Wan et al. 2014; of all five numbers, Shi et al.
    /// 2020).
    ///
    /// ```
    /// use resorb::study::convert::Summary;
    /// let summary = Summary::Quartiles { q1: -0.6744897501960817, median: 0.0, q3: 0.6744897501960817 };
    /// assert!((summary.sd(1e9) - 1.0).abs() < 1e-6);
    /// ```
    #[must_use]
    pub fn sd(self, n: f64) -> f64 {
        // Expected places of the largest of n normal values and of their third quartile (Blom 1958).
        let extreme = || normal::quantile((n - 0.375) / (n + 0.25));
        let quartile = || normal::quantile((0.75 * n - 0.125) / (n + 0.25));
        match self {
            Self::Range { min, max, .. } => (max - min) / (2.0 * extreme()),
            Self::Quartiles { q1, q3, .. } => (q3 - q1) / (2.0 * quartile()),
            Self::Five { min, q1, q3, max, .. } => {
                let w = 0.07 * n.powf(0.6);
                (max - min) / (2.0 * (1.0 + w) * extreme())
                    + (q3 - q1) / (2.0 * (1.0 + 1.0 / w) * quartile())
            }
        }
    }
}

/// The correlation behind a t value of a regression or correlation of `n` pairs:
/// `t/√(t² + n − 2)`.
#[must_use]
pub fn r_from_t(t: f64, n: f64) -> f64 {
    t / t.mul_add(t, n - 2.0).sqrt()
}

/// The two-sided p value's t, with the sign of `direction`.
#[must_use]
pub fn t_from_p(p: f64, df: f64, direction: f64) -> f64 {
    student_t::quantile_upper(p / 2.0, df).copysign(direction)
}

/// Hedges' g and its variance from the t value of two groups (`t·√(1/n₁ + 1/n₂)`, corrected by the
/// exact factor).
#[must_use]
pub fn g_from_t(t: f64, n1: f64, n2: f64) -> (f64, f64) {
    let inverse = 1.0 / n1 + 1.0 / n2;
    let g = small_sample(n1 + n2 - 2.0) * t * inverse.sqrt();
    (g, inverse + g * g / (2.0 * (n1 + n2)))
}

/// The exact factor that takes the small-sample bias out of a standardised mean difference with `m`
/// degrees of freedom, `Γ(m/2) / (√(m/2) Γ((m−1)/2))` (Hedges 1981).
///
/// ```
/// use resorb::study::convert::small_sample;
/// assert!((small_sample(2.0) - std::f64::consts::PI.sqrt().recip()).abs() < 1e-14);
/// ```
#[must_use]
pub fn small_sample(m: f64) -> f64 {
    (ln_rising((m - 1.0) / 2.0, 0.5) - 0.5 * (m / 2.0).ln()).exp()
}

/// A log odds ratio as a standardised mean difference, `(d, v)` from `(ln OR, v)`: both are of one
/// logistic variable cut at a point (Hasselblad and Hedges 1995; Chinn 2000), so × √3/π.
///
/// ```
/// use resorb::study::convert::{log_or_from_smd, smd_from_log_or};
/// let (d, v) = smd_from_log_or(0.9069, 0.0676);
/// assert!((d - 0.5000).abs() < 5e-5 && (v - 0.0205).abs() < 5e-5);
/// assert!((log_or_from_smd(d, v).0 - 0.9069).abs() < 1e-12);
/// ```
#[must_use]
pub fn smd_from_log_or(y: f64, v: f64) -> (f64, f64) {
    let factor = 3f64.sqrt() / std::f64::consts::PI;
    (y * factor, v * factor * factor)
}

/// The way back of [`smd_from_log_or`].
#[must_use]
pub fn log_or_from_smd(d: f64, v: f64) -> (f64, f64) {
    let factor = std::f64::consts::PI / 3f64.sqrt();
    (d * factor, v * factor * factor)
}

/// A standardised mean difference of groups of `n1` and `n2` as a correlation, `d/√(d² + a)` with
/// `a = (n1+n2)²/(n1·n2)`, which assumes that the groups part one normal variable (Borenstein et al.
/// 2009); the variance by the delta method.
///
/// ```
/// use resorb::study::convert::{r_from_smd, smd_from_r};
/// let (r, v) = r_from_smd(0.5, 0.0205, 100.0, 100.0);
/// assert!((r - 0.2425).abs() < 5e-5 && (v - 0.00427).abs() < 5e-6);
/// assert!((smd_from_r(r, v).0 - 0.5).abs() < 1e-12);
/// ```
#[must_use]
pub fn r_from_smd(d: f64, v: f64, n1: f64, n2: f64) -> (f64, f64) {
    let a = (n1 + n2) * (n1 + n2) / (n1 * n2);
    let whole = d.mul_add(d, a);
    (d / whole.sqrt(), a * a * v / whole.powi(3))
}

/// A correlation as a standardised mean difference of two groups of one size, `2r/√(1 − r²)`; the
/// variance by the delta method.
#[must_use]
pub fn smd_from_r(r: f64, v: f64) -> (f64, f64) {
    let rest = (1.0 - r) * (1.0 + r);
    (2.0 * r / rest.sqrt(), 4.0 * v / rest.powi(3))
}
