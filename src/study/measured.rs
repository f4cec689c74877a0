//! Means with their standard deviations, and correlations.

use super::{MAX_TOTAL, StudyError};

/// A mean with the standard deviation of the `n` values behind it: `mean` finite, `sd` above 0, `n ≥ 2`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanSd {
    mean: f64,
    sd: f64,
    n: u64,
}

impl MeanSd {
    /// Checks and keeps a mean, its standard deviation and the number of patients.
    ///
    /// # Errors
    /// [`StudyError::MeanNotFinite`], [`StudyError::SdNotPositive`], [`StudyError::TooFewForSd`] for
    /// fewer than two patients, [`StudyError::TotalTooLarge`] beyond 2⁵³.
    ///
    /// ```
    /// use resorb::study::MeanSd;
    /// assert_eq!(MeanSd::new(55.0, 47.0, 155)?.sd(), 47.0);
    /// assert!(MeanSd::new(55.0, -47.0, 155).is_err());
    /// assert!(MeanSd::new(55.0, 47.0, 1).is_err());
    /// # Ok::<(), resorb::study::StudyError>(())
    /// ```
    pub fn new(mean: f64, sd: f64, n: u64) -> Result<Self, StudyError> {
        match () {
            () if !mean.is_finite() => Err(StudyError::MeanNotFinite { mean }),
            () if !(sd.is_finite() && sd > 0.0) => Err(StudyError::SdNotPositive { sd }),
            () if n < 2 => Err(StudyError::TooFewForSd { n }),
            () if n > MAX_TOTAL => Err(StudyError::TotalTooLarge { total: n }),
            () => Ok(Self { mean, sd, n }),
        }
    }

    /// The mean.
    #[must_use]
    pub const fn mean(self) -> f64 {
        self.mean
    }

    /// The standard deviation.
    #[must_use]
    pub const fn sd(self) -> f64 {
        self.sd
    }

    /// The number of patients.
    #[must_use]
    pub const fn total(self) -> u64 {
        self.n
    }

    /// `n`, the number of patients, for formulas.
    #[must_use]
    pub const fn n(self) -> f64 {
        self.n as f64
    }
}

/// A correlation of `n` pairs: `−1 < r < 1`, `n ≥ 4` (with three pairs it has no sampling variance).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Correlation {
    r: f64,
    n: u64,
}

impl Correlation {
    /// Checks and keeps a correlation.
    ///
    /// # Errors
    /// [`StudyError::NoCorrelation`] for `r` outside −1 and 1, [`StudyError::TooFewPairs`] for fewer
    /// than four pairs, [`StudyError::TotalTooLarge`] beyond 2⁵³.
    ///
    /// ```
    /// use resorb::study::Correlation;
    /// assert_eq!(Correlation::new(0.187, 109)?.r(), 0.187);
    /// assert!(Correlation::new(1.0, 109).is_err());
    /// # Ok::<(), resorb::study::StudyError>(())
    /// ```
    pub fn new(r: f64, n: u64) -> Result<Self, StudyError> {
        match () {
            () if !(r > -1.0 && r < 1.0) => Err(StudyError::NoCorrelation { r }),
            () if n < 4 => Err(StudyError::TooFewPairs { n }),
            () if n > MAX_TOTAL => Err(StudyError::TotalTooLarge { total: n }),
            () => Ok(Self { r, n }),
        }
    }

    /// The correlation.
    #[must_use]
    pub const fn r(self) -> f64 {
        self.r
    }

    /// The number of pairs.
    #[must_use]
    pub const fn total(self) -> u64 {
        self.n
    }

    /// `n`, the number of pairs, for formulas.
    #[must_use]
    pub const fn n(self) -> f64 {
        self.n as f64
    }
}
