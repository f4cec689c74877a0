//! A number as it stands in print: its value and how far rounding may have moved it.

use serde::{Serialize, Serializer};

use super::ClaimError;

/// A printed number and the decimals it was printed with: the true one lies half a unit of the last
/// decimal around it.
///
/// ```
/// use resorb::analysis::Printed;
/// let rate = Printed::rate("76.6 %")?;
/// assert_eq!((rate.value(), rate.decimals()), (0.766, 3));
/// assert!(rate.covers(1684.0 / 2199.0));
/// assert!(!rate.covers(1683.0 / 2199.0));
/// # Ok::<(), resorb::analysis::ClaimError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Printed {
    value: f64,
    decimals: u8,
}

/// More decimals than a double holds.
const MOST_DECIMALS: usize = 15;

impl Printed {
    /// A number printed with `decimals` decimals.
    ///
    /// # Errors
    /// [`ClaimError::NotANumber`] unless `value` is finite and `decimals` at most 15.
    pub fn new(value: f64, decimals: u8) -> Result<Self, ClaimError> {
        if value.is_finite() && usize::from(decimals) <= MOST_DECIMALS {
            Ok(Self { value, decimals })
        } else {
            Err(ClaimError::NotANumber { text: value.to_string() })
        }
    }

    /// A rate as typed, `0.766`, `76.6%` or `76.6 %`; the decimals are those of the text, read as a
    /// proportion.
    ///
    /// # Errors
    /// [`ClaimError::TwoReadings`] for a number above 1 without a percent sign,
    /// [`ClaimError::NotARate`] for one outside 0 to 1 with it, [`ClaimError::NotANumber`] for the
    /// rest.
    pub fn rate(text: &str) -> Result<Self, ClaimError> {
        let trimmed = text.trim();
        let (number, percent) = match trimmed.strip_suffix('%') {
            Some(number) => (number.trim_end(), true),
            None => (trimmed, false),
        };
        let plain = Self::plain(number)?;
        let rate = if percent { Self::shifted(number, 2)? } else { plain };
        match rate.value {
            0.0..=1.0 => Ok(rate),
            _ if percent || plain.value < 0.0 => {
                Err(ClaimError::NotARate { text: trimmed.to_owned() })
            }
            _ => Err(ClaimError::TwoReadings {
                text: number.to_owned(),
                proportion: Self::shifted(number, 2)?.value,
            }),
        }
    }

    /// A percentage as typed, with or without its sign, such as I²: 95, 95.1 or 95.1 %.
    ///
    /// # Errors
    /// [`ClaimError::NotANumber`] for what is no number from 0 to 100.
    pub fn percentage(text: &str) -> Result<Self, ClaimError> {
        let trimmed = text.trim();
        let number = trimmed.strip_suffix('%').map_or(trimmed, str::trim_end);
        Self::plain(number)
            .ok()
            .filter(|found| (0.0..=100.0).contains(&found.value))
            .ok_or_else(|| ClaimError::NotAPercentage { text: trimmed.to_owned() })
    }

    /// A number that is no rate, such as a ratio or a difference, as typed.
    ///
    /// # Errors
    /// [`ClaimError::NotANumber`] for anything else.
    pub fn number(text: &str) -> Result<Self, ClaimError> {
        Self::plain(text.trim())
    }

    fn plain(number: &str) -> Result<Self, ClaimError> {
        Self::shifted(number, 0)
    }

    /// Digits with the decimal point `by` places further left. One division of whole numbers: 76.6 %
    /// is the double nearest to 0.766.
    fn shifted(number: &str, by: usize) -> Result<Self, ClaimError> {
        let refuse = || ClaimError::NotANumber { text: number.to_owned() };
        let (sign, digits) = match number.strip_prefix(['-', '−']) {
            Some(rest) => (-1.0, rest),
            None => (1.0, number),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all = format!("{whole}{fraction}");
        let decimals = fraction.len() + by;
        if all.is_empty() || !all.bytes().all(|b| b.is_ascii_digit()) || decimals > MOST_DECIMALS {
            return Err(refuse());
        }
        let units: u64 = all.parse().map_err(|_| refuse())?;
        let decimals = u8::try_from(decimals).map_err(|_| refuse())?;
        Ok(Self { value: sign * units as f64 / 10f64.powi(i32::from(decimals)), decimals })
    }

    /// The same number, of which more decimals are known to have been printed: 0.60 typed as 0.6.
    #[must_use]
    pub fn with_decimals(self, decimals: u8) -> Self {
        Self { decimals: decimals.max(self.decimals).min(15), ..self }
    }

    /// The number.
    #[must_use]
    pub const fn value(self) -> f64 {
        self.value
    }

    /// Its decimals.
    #[must_use]
    pub const fn decimals(self) -> u8 {
        self.decimals
    }

    /// Half a unit of the last decimal.
    #[must_use]
    pub fn half(self) -> f64 {
        0.5 * 0.1f64.powi(i32::from(self.decimals))
    }

    /// The least number that may be behind it.
    #[must_use]
    pub fn lower(self) -> f64 {
        self.value - self.half()
    }

    /// The largest number that may be behind it; a half may have been rounded either way.
    #[must_use]
    pub fn upper(self) -> f64 {
        self.value + self.half()
    }

    /// Whether `x` rounds to it.
    #[must_use]
    pub fn covers(self, x: f64) -> bool {
        // A half written in binary is off by an ulp: it still is a half.
        (x - self.value).abs() <= self.half() * (1.0 + 1e-9)
    }

    /// How far `x` is from rounding to it; 0 where it does.
    #[must_use]
    pub fn distance(self, x: f64) -> f64 {
        if self.covers(x) { 0.0 } else { (x - self.value).abs() - self.half() }
    }

    /// As it was printed.
    #[must_use]
    pub fn plain_text(self) -> String {
        format!("{:.*}", usize::from(self.decimals), self.value).replace('-', "−")
    }

    /// As a percentage with the decimals that were printed.
    #[must_use]
    pub fn percent(self) -> String {
        let decimals = usize::from(self.decimals.saturating_sub(2));
        format!("{:.decimals$} %", 100.0 * self.value)
    }
}

impl Serialize for Printed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_those_of_the_text() {
        let read = |text| Printed::rate(text).map(|rate| (rate.value(), rate.decimals()));
        assert_eq!(read("0.60").unwrap(), (0.6, 2));
        assert_eq!(read(".7039").unwrap(), (0.7039, 4));
        assert_eq!(read("76.6%").unwrap(), (0.766, 3));
        assert_eq!(read("63 %").unwrap(), (0.63, 2));
        assert_eq!(read("1").unwrap(), (1.0, 0));
        assert_eq!(read("100 %").unwrap(), (1.0, 2));
    }

    #[test]
    fn what_is_no_rate_says_why() {
        let error = |text| Printed::rate(text).unwrap_err().to_string();
        let both = error("76.6");
        assert!(both.contains("76.6 %") && both.contains("0.766"), "{both}");
        assert!(both.contains("more than all"), "{both}");
        for text in ["-0.1", "101 %", "250"] {
            assert!(matches!(
                Printed::rate(text),
                Err(ClaimError::NotARate { .. } | ClaimError::TwoReadings { .. })
            ));
        }
        for text in ["", "%", "0,766", "1e-3", "nan", "0.7.6", "0.1234567890123456"] {
            assert!(matches!(Printed::rate(text), Err(ClaimError::NotANumber { .. })), "{text}");
        }
    }

    #[test]
    fn a_half_may_have_been_rounded_either_way() {
        let up = Printed::rate("0.605").unwrap();
        let down = Printed::rate("0.604").unwrap();
        assert!(up.covers(0.6045) && down.covers(0.6045));
        assert!(!up.covers(0.604_49) && !down.covers(0.604_51));
    }
}
