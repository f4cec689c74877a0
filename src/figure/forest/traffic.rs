//! Risk of bias: a symbol in a coloured circle for each domain, and their legend.

use super::{
    Judgement,
    column::domain,
    layout::{BASELINE, LEADING, Layout, MARGIN},
};
use crate::figure::{Anchor, Colour, Face, Paint, Point, Rich, Role, Scene, Shape, Stroke, Theme};

impl Judgement {
    pub(in crate::figure) const fn colour(self, coloured: bool) -> Colour {
        if !coloured {
            return match self {
                Self::Low | Self::None => Colour::WHITE,
                Self::Some => Colour::hex(0xb8_b8b8),
                Self::High => Colour::hex(0x5c_5c5c),
                Self::Critical => Colour::BLACK,
            };
        }
        match self {
            Self::Low => Colour::hex(0x3f_a66b),
            Self::Some => Colour::hex(0xf2_c94c),
            Self::High => Colour::hex(0xd0_4a3a),
            Self::Critical => Colour::hex(0x7a_1420),
            Self::None => Colour::hex(0xb8_bec5),
        }
    }
}

impl Judgement {
    /// The colour of what stands on its own.
    pub(in crate::figure) const fn ink(self, coloured: bool) -> Colour {
        match self {
            Self::Some | Self::None => Colour::BLACK,
            Self::Low if !coloured => Colour::BLACK,
            _ => Colour::WHITE,
        }
    }
}

/// Draws a judgement's circle with its symbol, which tells it apart without colour.
pub(in crate::figure) fn symbol(
    scene: &mut Scene,
    (x, y): Point,
    size: f64,
    judgement: Judgement,
    theme: Theme,
) {
    let radius = 0.58 * size;
    let paint = Paint::both(judgement.colour(theme.coloured), Stroke::new(theme.ink, 0.3));
    scene.push(Shape::Circle { centre: (x, y), radius, paint });
    let ink = judgement.ink(theme.coloured);
    let (arm, stroke) = (0.3 * size, Stroke::new(ink, 0.13 * size));
    match judgement {
        Judgement::Low => {
            scene.line((x - arm, y), (x + arm, y), stroke);
            scene.line((x, y - arm), (x, y + arm), stroke);
        }
        Judgement::High => scene.line((x - arm, y), (x + arm, y), stroke),
        Judgement::Some | Judgement::Critical => {
            let text = if judgement == Judgement::Some { "?" } else { "!" };
            let text = Rich::in_face(text, Face::Bold);
            scene.text((x, y + BASELINE * size * 0.9), Anchor::Middle, 0.9 * size, text, ink);
        }
        Judgement::None if theme.coloured => {}
        // Without colours nothing is known where lines slant, as in the bars of domains.
        Judgement::None => {
            let thin = Stroke::new(theme.ink, 0.4);
            for from_middle in [-0.5, 0.0, 0.5] {
                let off = from_middle * radius * std::f64::consts::FRAC_1_SQRT_2;
                let half = radius * ((1.0 - from_middle * from_middle) / 2.0_f64).sqrt();
                let (x, y) = (x + off, y + off);
                scene.line((x - half, y + half), (x + half, y - half), thin);
            }
        }
    }
}

/// The height of the legend.
pub(super) fn legend_height(layout: &Layout<'_>) -> f64 {
    if layout.setting.forest.bias.is_empty() {
        return 0.0;
    }
    let small = layout.setting.size - 0.5;
    (domains(layout).len() as f64 * LEADING + 1.7) * small
}

/// Draws what the domains and the symbols mean.
pub(super) fn legend(scene: &mut Scene, layout: &Layout<'_>, top: f64) {
    let setting = &layout.setting;
    if setting.forest.bias.is_empty() {
        return;
    }
    let small = setting.size - 0.5;
    scene.group(Role::Legend, None, |scene| {
        let mut y = top;
        for line in domains(layout) {
            let base = y + (0.5 * LEADING + BASELINE) * small;
            scene.text((MARGIN, base), Anchor::Start, small, line, setting.theme.muted);
            y += LEADING * small;
        }
        let middle = y + 0.85 * small;
        let mut x = MARGIN + 0.6 * small;
        for judgement in Judgement::ALL {
            let used = setting.forest.rows().any(|row| row.bias.contains(&judgement));
            if !used {
                continue;
            }
            symbol(scene, (x, middle), small, judgement, setting.theme);
            x += 0.9 * small;
            let name = Rich::plain(setting.forest.tool.name(judgement));
            let width = setting.fonts.width(&name, small);
            let base = middle + BASELINE * small;
            scene.text((x, base), Anchor::Start, small, name, setting.theme.muted);
            x += width + 1.8 * small;
        }
    });
}

/// `D1 participants, D2 …`, broken to the width of the page.
fn domains(layout: &Layout<'_>) -> Vec<Rich> {
    let setting = &layout.setting;
    let names: Vec<String> = setting
        .forest
        .bias
        .iter()
        .enumerate()
        .map(|(i, name)| (domain(setting.forest, i), name))
        .filter(|(short, name)| !short.eq_ignore_ascii_case(name))
        .map(|(short, name)| format!("{short} {name}"))
        .collect();
    let title = setting.forest.tool.title();
    let line = if names.is_empty() {
        Rich::plain(format!("{title}:"))
    } else {
        Rich::plain(format!("{title}: {}.", names.join("; ")))
    };
    line.wrap(layout.width - 2.0 * MARGIN, setting.size - 0.5, setting.fonts)
}
