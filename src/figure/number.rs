//! Numbers as a figure prints them.

use super::Rich;

/// How the values of an axis are shown; they come as plain numbers, rates from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// Rates as percentages.
    #[default]
    Percent,
    /// Rates from 0 to 1.
    Proportion,
    /// Rates per thousand.
    Per1000,
    /// Numbers that are no rates, as they are.
    Plain,
}

impl Scale {
    /// What a value is multiplied with.
    #[must_use]
    pub const fn factor(self) -> f64 {
        match self {
            Self::Percent => 100.0,
            Self::Per1000 => 1000.0,
            Self::Proportion | Self::Plain => 1.0,
        }
    }

    /// A name with the unit behind it: `Rate, %`.
    #[must_use]
    pub fn heading(self, name: &str) -> String {
        match self {
            Self::Percent => format!("{name}, %"),
            Self::Per1000 => format!("{name} per 1000"),
            Self::Proportion | Self::Plain => name.to_owned(),
        }
    }

    /// What stands behind a single number in a sentence.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Percent => "%",
            Self::Per1000 => " per 1000",
            Self::Proportion | Self::Plain => "",
        }
    }

    /// Whether values lie between 0 and 1 by nature.
    #[must_use]
    pub const fn is_rate(self) -> bool {
        !matches!(self, Self::Plain)
    }
}

/// How numbers are written: the scale, the digits behind the mark, the mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// The scale.
    pub scale: Scale,
    /// Digits behind the decimal mark.
    pub digits: usize,
    /// The decimal mark.
    pub mark: char,
}

/// The most digits behind the mark.
const MOST_DIGITS: f64 = 9.0;

impl Numbers {
    /// As many digits as values up to `largest` need: one for percentages, two for proportions, and
    /// more where the largest would show fewer than two figures.
    #[must_use]
    pub fn new(scale: Scale, digits: Option<usize>, mark: char, largest: f64) -> Self {
        let usual = match scale {
            Scale::Percent | Scale::Per1000 => 1,
            Scale::Proportion | Scale::Plain => 2,
        };
        let shown = largest.abs() * scale.factor();
        let power = if shown > 0.0 && shown.is_finite() { shown.log10().floor() } else { 0.0 };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let needed = (1.0 - power).clamp(0.0, MOST_DIGITS) as usize;
        Self { scale, digits: digits.unwrap_or(needed.max(usual)), mark }
    }

    /// A value of the axis.
    ///
    /// ```
    /// use resorb::figure::{Numbers, Scale};
    /// let numbers = Numbers::new(Scale::Percent, None, '.', 0.8);
    /// assert_eq!(numbers.value(0.7567), "75.7");
    /// assert_eq!(numbers.value(-0.00001), "0.0");
    /// ```
    #[must_use]
    pub fn value(&self, x: f64) -> String {
        fixed(x * self.scale.factor(), self.digits, self.mark)
    }
}

/// A number with a fixed count of digits, a true minus sign, and no negative zero.
pub(super) fn fixed(x: f64, digits: usize, mark: char) -> String {
    if !x.is_finite() {
        return "–".to_owned();
    }
    let text = format!("{:.digits$}", x.abs());
    let zero = text.bytes().all(|b| matches!(b, b'0' | b'.'));
    let sign = if x < 0.0 && !zero { "\u{2212}" } else { "" };
    format!("{sign}{}", if mark == '.' { text } else { text.replace('.', &mark.to_string()) })
}

/// A number with up to `digits` digits, without zeros at the end: tick labels.
pub(super) fn short(x: f64, digits: usize, mark: char) -> String {
    let text = fixed(x, digits, mark);
    if text.contains(mark) {
        text.trim_end_matches('0').trim_end_matches(mark).to_owned()
    } else {
        text
    }
}

/// `95%`, `97.5%`.
pub(super) fn percent(x: f64, mark: char) -> String {
    format!("{}%", short(x, 2, mark))
}

/// `p = 0.012` or `p < 0.001`; journals differ in the letter and the leading zero.
pub(super) fn p_value(p: f64, letter: &str, leading_zero: bool, mark: char) -> Rich {
    let strip = |text: String| {
        if leading_zero { text } else { text.trim_start_matches('0').to_owned() }
    };
    let digits = if p < 0.1 { 3 } else { 2 };
    let tail = if p < 0.001 {
        format!(" < {}", strip(fixed(0.001, 3, mark)))
    } else if p > 0.99 {
        format!(" > {}", strip(fixed(0.99, 2, mark)))
    } else {
        format!(" = {}", strip(fixed(p, digits, mark)))
    };
    Rich::default().italic(letter).then(tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minus_is_a_minus_and_zero_has_none() {
        assert_eq!(fixed(-1.25, 2, '.'), "\u{2212}1.25");
        assert_eq!(fixed(-0.001, 2, '.'), "0.00");
        assert_eq!(fixed(1.5, 1, '·'), "1·5");
        assert_eq!(fixed(f64::NAN, 1, '.'), "–");
    }

    #[test]
    fn ticks_lose_zeros_behind_the_mark_only() {
        assert_eq!(short(100.0, 0, '.'), "100");
        assert_eq!(short(0.50, 2, '.'), "0.5");
        assert_eq!(short(20.0, 1, '.'), "20");
    }

    #[test]
    fn p_values_follow_the_journal() {
        assert_eq!(p_value(0.0123, "p", true, '.').text(), "p = 0.012");
        assert_eq!(p_value(0.0123, "P", false, '.').text(), "P = .012");
        assert_eq!(p_value(1e-9, "p", true, '·').text(), "p < 0·001");
        assert_eq!(p_value(1.0, "p", true, '.').text(), "p > 0.99");
    }
}
