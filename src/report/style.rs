//! Presentation choices: they change how a number looks, never what it is.

use std::{fmt, str::FromStr};

/// How numbers are shown in tables; JSON and CSV always carry full precision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// The scale on which rates are shown.
    pub scale: Scale,
    /// Decimals of rates; `None` chooses by significant digits.
    pub digits: Option<usize>,
    /// Whether the terminal table may use bold type.
    pub colour: bool,
    /// What follows the model's name in the headline, such as what selected it.
    pub model_remark: Option<String>,
}

/// The scale on which rates are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scale {
    /// Events per hundred.
    #[default]
    Percent,
    /// From 0 to 1.
    Proportion,
    /// Events per thousand.
    Per1000,
}

/// A name that is no scale.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a scale: use percent, proportion or per-1000")]
pub struct UnknownScale(String);

impl Scale {
    /// Every scale, in the order in which help lists them.
    pub const ALL: [Self; 3] = [Self::Percent, Self::Proportion, Self::Per1000];

    /// The name, as `--scale` takes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::Proportion => "proportion",
            Self::Per1000 => "per-1000",
        }
    }
}

impl fmt::Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Scale {
    type Err = UnknownScale;

    /// Reads a name in any case.
    fn from_str(text: &str) -> Result<Self, UnknownScale> {
        Self::ALL
            .into_iter()
            .find(|scale| scale.name().eq_ignore_ascii_case(text.trim()))
            .ok_or_else(|| UnknownScale(text.to_owned()))
    }
}
