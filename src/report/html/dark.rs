//! Figures on a dark ground: every colour of a figure has a twin of the same hue that is as far from
//! black as it was from white.

use std::{collections::BTreeSet, fmt::Write as _};

/// The lightness of the dark ground and of ink on it (`OKLab`).
const GROUND: f64 = 0.21;
const INK: f64 = 0.93;

/// Rules that give the colours of `figures` (as SVG writes them) their twins where the page is dark.
pub(super) fn rules(figures: &str) -> String {
    let mut css = String::new();
    for property in ["fill", "stroke"] {
        for colour in colours(figures, property) {
            let Ok(rgb) = u32::from_str_radix(&colour, 16) else { continue };
            let dark = twin(rgb);
            let _ = writeln!(
                css,
                ".plot [{property}=\"#{colour}\"]{{{property}:light-dark(#{colour},#{dark:06x})}}"
            );
        }
    }
    css
}

/// The colours that a property has, as six hexadecimal digits, in order.
fn colours(figures: &str, property: &str) -> BTreeSet<String> {
    let start = format!("{property}=\"#");
    figures
        .split(start.as_str())
        .skip(1)
        .filter_map(|rest| rest.get(..6))
        .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
        .map(str::to_owned)
        .collect()
}

/// The twin of a colour: its lightness turned round, with a lift for the middle, where marks are; its
/// hue as it was (`OKLab`, Ottosson 2020).
fn twin(rgb: u32) -> u32 {
    let (lightness, a, b) = oklab(rgb);
    let turned = GROUND + (INK - GROUND) * (1.0 - lightness).clamp(0.0, 1.0).powf(0.7);
    from_oklab(turned, a, b)
}

fn oklab(rgb: u32) -> (f64, f64, f64) {
    let [_, r, g, b] = rgb.to_be_bytes();
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let (r, g, b) = (linear(r), linear(g), linear(b));
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    (
        0.210_454_255_3 * l + 0.793_617_785 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766 * s,
    )
}

fn from_oklab(lightness: f64, a: f64, b: f64) -> u32 {
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    let part = |linear: f64| {
        let linear = linear.clamp(0.0, 1.0);
        let part = if linear <= 0.003_130_8 {
            12.92 * linear
        } else {
            1.055 * linear.powf(1.0 / 2.4) - 0.055
        };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let whole = (part * 255.0).round() as u8;
        u32::from(whole)
    };
    let r = part(4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s);
    let g = part(-1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s);
    let b = part(-0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s);
    r << 16 | g << 8 | b
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of WCAG 2.2.
    fn luminance(rgb: u32) -> f64 {
        let [_, r, g, b] = rgb.to_be_bytes();
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    fn contrast(one: u32, other: u32) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn ottossons_examples_come_back() {
        // White and red of the article.
        let (l, a, b) = oklab(0x00ff_ffff);
        assert!((l - 1.0).abs() < 1e-6 && a.abs() < 1e-4 && b.abs() < 1e-4);
        let (l, a, b) = oklab(0x00ff_0000);
        assert!((l - 0.628).abs() < 1e-3 && (a - 0.225).abs() < 1e-3 && (b - 0.126).abs() < 1e-3);
        for colour in [0x3b_78a8, 0xd1_622b, 0x12_3456, 0xff_ffff, 0] {
            let (l, a, b) = oklab(colour);
            assert_eq!(from_oklab(l, a, b), colour);
        }
    }

    #[test]
    fn text_and_marks_stand_out_from_the_dark_ground() {
        let ground = twin(0x00ff_ffff);
        // Ink, muted ink and rules; the squares, intervals and pooled results of the house style.
        for ink in [0x1f_2328, 0x5a_626b, 0x3d_444d] {
            assert!(contrast(twin(ink), ground) >= 4.5, "{ink:06x}");
        }
        for mark in [0x3b_78a8, 0x1f_3f5b, 0xd1_622b, 0x8a_939c] {
            assert!(contrast(twin(mark), ground) >= 3.0, "{mark:06x}");
        }
    }

    #[test]
    fn every_colour_of_a_figure_gets_a_rule() {
        let css = rules("<rect fill=\"#ffffff\"/><line stroke=\"#1f2328\"/><g fill=\"none\"/>");
        assert_eq!(css.lines().count(), 2, "{css}");
        assert!(css.contains("[stroke=\"#1f2328\"]{stroke:light-dark(#1f2328,"), "{css}");
    }
}
