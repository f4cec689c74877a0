//! The looks of a figure: the house style and those of journals.

use super::Colour;

/// A named look. All of them can be told apart by readers who do not see red and green apart:
/// marks differ in lightness and in shape, never in hue alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// The house style: light grid, blue squares, orange result.
    #[default]
    Resorb,
    /// JAMA: no leading zero in p values, limits in parentheses with a dash.
    Jama,
    /// The BMJ: one violet, limits in parentheses with `to`.
    Bmj,
    /// The Lancet: raised decimal points, limits in parentheses with a dash.
    Lancet,
    /// Cochrane's `RevMan`: blue squares, black diamonds, limits in brackets.
    Revman,
    /// Black, white and grey.
    Mono,
}

impl Style {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Resorb, Self::Jama, Self::Bmj, Self::Lancet, Self::Revman, Self::Mono];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resorb => "resorb",
            Self::Jama => "jama",
            Self::Bmj => "bmj",
            Self::Lancet => "lancet",
            Self::Revman => "revman",
            Self::Mono => "mono",
        }
    }

    /// What it looks like.
    #[must_use]
    pub const fn theme(self) -> Theme {
        let base = Theme {
            ink: Colour::hex(0x1f_2328),
            muted: Colour::hex(0x5a_626b),
            rule: Colour::hex(0x3d_444d),
            grid: None,
            header_fill: None,
            stripe: None,
            square: Colour::hex(0x3b_78a8),
            interval: Colour::hex(0x1f_3f5b),
            common: Colour::hex(0x8a_939c),
            random: Colour::hex(0xd1_622b),
            prediction: Colour::hex(0xd1_622b),
            reference: Colour::hex(0xd1_622b),
            open: "[",
            between: ", ",
            close: "]",
            mark: '.',
            p_letter: "p",
            leading_zero: true,
            coloured: true,
        };
        match self {
            Self::Resorb => Theme { grid: Some(Colour::hex(0xe9_ecef)), ..base },
            Self::Jama => Theme {
                ink: Colour::BLACK,
                muted: Colour::hex(0x40_4040),
                rule: Colour::BLACK,
                stripe: Some(Colour::hex(0xf1_f2f4)),
                square: Colour::hex(0x1b_4f8a),
                interval: Colour::BLACK,
                common: Colour::hex(0x9f_b4cc),
                random: Colour::hex(0x5a_a9d6),
                prediction: Colour::hex(0x5a_a9d6),
                reference: Colour::hex(0x60_6060),
                open: "(",
                between: "\u{2013}",
                close: ")",
                p_letter: "P",
                leading_zero: false,
                ..base
            },
            Self::Bmj => Theme {
                ink: Colour::hex(0x1c_1c1c),
                rule: Colour::hex(0x6b_58a6),
                header_fill: Some(Colour::hex(0xe8_e4f2)),
                square: Colour::hex(0x6b_58a6),
                interval: Colour::hex(0x36_2a63),
                common: Colour::hex(0xb9_afd8),
                random: Colour::hex(0x6b_58a6),
                prediction: Colour::hex(0x6b_58a6),
                reference: Colour::hex(0x6b_58a6),
                open: "(",
                between: " to ",
                close: ")",
                p_letter: "P",
                ..base
            },
            Self::Lancet => Theme {
                ink: Colour::BLACK,
                rule: Colour::BLACK,
                square: Colour::hex(0x00_4f88),
                interval: Colour::BLACK,
                common: Colour::hex(0x8f_b8d6),
                random: Colour::hex(0xb0_2a30),
                prediction: Colour::hex(0xb0_2a30),
                reference: Colour::hex(0x50_5050),
                open: "(",
                between: "\u{2013}",
                close: ")",
                mark: '·',
                ..base
            },
            Self::Revman => Theme {
                ink: Colour::BLACK,
                muted: Colour::hex(0x30_3030),
                rule: Colour::BLACK,
                square: Colour::hex(0x2a_62c4),
                interval: Colour::BLACK,
                common: Colour::hex(0x8c_8c8c),
                random: Colour::BLACK,
                prediction: Colour::BLACK,
                reference: Colour::hex(0x6e_6e6e),
                p_letter: "P",
                ..base
            },
            Self::Mono => Theme {
                ink: Colour::BLACK,
                muted: Colour::hex(0x40_4040),
                rule: Colour::BLACK,
                square: Colour::hex(0x8c_8c8c),
                interval: Colour::BLACK,
                common: Colour::WHITE,
                random: Colour::hex(0x30_3030),
                prediction: Colour::hex(0x30_3030),
                reference: Colour::hex(0x60_6060),
                coloured: false,
                ..base
            },
        }
    }
}

/// Colours and punctuation of a style.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theme {
    /// Text.
    pub ink: Colour,
    /// Text of less weight.
    pub muted: Colour,
    /// Rules of the table and axis lines.
    pub rule: Colour,
    /// Lines behind the marks at the ticks.
    pub grid: Option<Colour>,
    /// Behind the column heads.
    pub header_fill: Option<Colour>,
    /// Behind every other row.
    pub stripe: Option<Colour>,
    /// A study's estimate.
    pub square: Colour,
    /// A study's interval.
    pub interval: Colour,
    /// The common-effect result.
    pub common: Colour,
    /// The random-effects result.
    pub random: Colour,
    /// The prediction interval.
    pub prediction: Colour,
    /// The line at the pooled value.
    pub reference: Colour,
    /// Before the limits of an interval.
    pub open: &'static str,
    /// Between them.
    pub between: &'static str,
    /// Behind them.
    pub close: &'static str,
    /// The decimal mark.
    pub mark: char,
    /// The letter of a p value.
    pub p_letter: &'static str,
    /// Whether a p value starts with `0`.
    pub leading_zero: bool,
    /// Whether judgements of bias have colours; otherwise shades of grey.
    pub coloured: bool,
}

impl Theme {
    /// Whether limits stand close together, in parentheses, so that those of several rows do not line
    /// up.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.open == "("
    }
}
