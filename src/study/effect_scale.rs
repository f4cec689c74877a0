//! Scales between which effects of different designs can be taken, so that reports that print odds
//! ratios, standardised mean differences and correlations of the same question can be pooled.

use super::convert::{log_or_from_smd, r_from_smd, smd_from_log_or, smd_from_r};

/// A scale of effects that others can be converted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EffectScale {
    /// Logarithms of odds ratios.
    LogOddsRatio,
    /// Standardised mean differences.
    Smd,
    /// Correlations as they are.
    Correlation,
    /// Correlations by Fisher's z.
    FishersZ,
}

/// What a conversion takes for granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Assumption {
    /// Both are of one logistic variable, cut at a point for the odds ratio (Hasselblad and Hedges
    /// 1995; Chinn 2000).
    Logistic,
    /// The two groups part one normal variable (Borenstein et al. 2009).
    Parted,
}

impl EffectScale {
    /// Takes an effect with its variance from this scale to another, over the standardised mean
    /// difference; `groups` are the sizes of the groups where they are known, else taken to be equal.
    /// Variances by the delta method.
    ///
    /// ```
    /// use resorb::study::EffectScale::{FishersZ, LogOddsRatio, Smd};
    /// // Borenstein et al. 2009, chapter 7: an odds ratio as d, and d = 0.5 as r of 0.2425.
    /// let (d, v) = LogOddsRatio.to(Smd, (0.9069, 0.0676), None);
    /// assert!((d - 0.5).abs() < 5e-5 && (v - 0.0205).abs() < 5e-5);
    /// let (z, _) = Smd.to(FishersZ, (0.5, 0.0205), Some((100.0, 100.0)));
    /// assert!((z.tanh() - 0.2425).abs() < 5e-5);
    /// ```
    #[must_use]
    pub fn to(self, other: Self, (y, v): (f64, f64), groups: Option<(f64, f64)>) -> (f64, f64) {
        let (n1, n2) = groups.unwrap_or((1.0, 1.0));
        let correlation = |(y, v): (f64, f64), from: Self, to: Self| match (from, to) {
            (Self::FishersZ, Self::Correlation) => {
                let r = y.tanh();
                (r, v * rest(r).powi(2))
            }
            (Self::Correlation, Self::FishersZ) => (y.atanh(), v / rest(y).powi(2)),
            _ => (y, v),
        };
        if self == other {
            return (y, v);
        }
        if self.is_correlation() && other.is_correlation() {
            return correlation((y, v), self, other);
        }
        let (d, v) = match self {
            Self::Smd => (y, v),
            Self::LogOddsRatio => smd_from_log_or(y, v),
            Self::Correlation | Self::FishersZ => {
                let (r, v) = correlation((y, v), self, Self::Correlation);
                smd_from_r(r, v)
            }
        };
        match other {
            Self::Smd => (d, v),
            Self::LogOddsRatio => log_or_from_smd(d, v),
            Self::Correlation | Self::FishersZ => {
                correlation(r_from_smd(d, v, n1, n2), Self::Correlation, other)
            }
        }
    }

    /// What the way from this scale to another takes for granted, in order.
    #[must_use]
    pub fn assumptions(self, other: Self) -> Vec<Assumption> {
        let mut all = Vec::new();
        let of_ratio = |scale| scale == Self::LogOddsRatio;
        if self != other && (of_ratio(self) || of_ratio(other)) {
            all.push(Assumption::Logistic);
        }
        if self.is_correlation() != other.is_correlation() {
            all.push(Assumption::Parted);
        }
        all
    }

    const fn is_correlation(self) -> bool {
        matches!(self, Self::Correlation | Self::FishersZ)
    }
}

/// `1 − r²`, exact near 1.
fn rest(r: f64) -> f64 {
    (1.0 - r) * (1.0 + r)
}
