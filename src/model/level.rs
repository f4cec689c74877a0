//! The confidence level.

use serde::{Deserialize, Serialize};

/// A confidence level strictly between 0 and 1; 0.95 by default.
///
/// ```
/// use resorb::model::Level;
/// let level: Level = "90".parse()?;
/// assert_eq!(level, ".9".parse()?);
/// assert!("0".parse::<Level>().is_err());
/// # Ok::<(), resorb::model::LevelError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Level(f64);

/// A level outside (0, 1).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a confidence level: give a percentage such as 95 or a proportion such as .95"
)]
pub struct LevelError(String);

impl Level {
    /// A level from a proportion.
    ///
    /// # Errors
    /// [`LevelError`] unless `0 < level < 1`.
    pub fn new(level: f64) -> Result<Self, LevelError> {
        if level > 0.0 && level < 1.0 {
            Ok(Self(level))
        } else {
            Err(LevelError(level.to_string()))
        }
    }

    /// As a proportion, such as 0.95.
    #[must_use]
    pub const fn proportion(self) -> f64 {
        self.0
    }

    /// As a percentage, such as 95.
    #[must_use]
    pub fn percent(self) -> f64 {
        // .95 × 100 is 95 exactly, .999 × 100 is not 99.9: round what the eye would round.
        (self.0 * 100.0 * 1e9).round() / 1e9
    }

    /// The probability in one tail, `(1 − level)/2`.
    #[must_use]
    pub fn tail(self) -> f64 {
        (1.0 - self.0) / 2.0
    }
}

impl Default for Level {
    fn default() -> Self {
        Self(0.95)
    }
}

impl TryFrom<f64> for Level {
    type Error = LevelError;
    fn try_from(level: f64) -> Result<Self, LevelError> {
        Self::new(level)
    }
}

impl From<Level> for f64 {
    fn from(level: Level) -> Self {
        level.0
    }
}

impl std::str::FromStr for Level {
    type Err = LevelError;

    /// Reads `95`, `95%` and `.95`: 1 and above is a percentage.
    fn from_str(text: &str) -> Result<Self, LevelError> {
        let number = text.trim().trim_end_matches('%').trim_end();
        let value: f64 = number.parse().map_err(|_| LevelError(text.to_owned()))?;
        let level =
            if value >= 1.0 || number.len() < text.trim().len() { value / 100.0 } else { value };
        Self::new(level).map_err(|_| LevelError(text.to_owned()))
    }
}
