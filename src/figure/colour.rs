//! Colours.

use std::fmt;

/// A colour of the sRGB space with an opacity from 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    rgb: u32,
    alpha: u8,
}

impl Colour {
    /// Black.
    pub const BLACK: Self = Self::hex(0);
    /// White.
    pub const WHITE: Self = Self::hex(0x00ff_ffff);

    /// The opaque colour `0xRRGGBB`.
    #[must_use]
    pub const fn hex(rgb: u32) -> Self {
        Self { rgb: rgb & 0x00ff_ffff, alpha: u8::MAX }
    }

    /// The opaque colour of three parts.
    #[must_use]
    pub fn rgb(r: u8, g: u8, b: u8) -> Self {
        Self::hex(u32::from(r) << 16 | u32::from(g) << 8 | u32::from(b))
    }

    /// The same colour, seen through: 0 is invisible, 255 opaque.
    #[must_use]
    pub const fn with_alpha(self, alpha: u8) -> Self {
        Self { alpha, ..self }
    }

    /// Red, green and blue.
    #[must_use]
    pub const fn parts(self) -> (u8, u8, u8) {
        let [_, r, g, b] = self.rgb.to_be_bytes();
        (r, g, b)
    }

    /// The opacity from 0 to 1.
    #[must_use]
    pub fn opacity(self) -> f64 {
        f64::from(self.alpha) / f64::from(u8::MAX)
    }
}

/// `#rrggbb`, without the opacity, which SVG writes apart.
impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:06x}", self.rgb)
    }
}
