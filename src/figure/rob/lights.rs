//! A traffic light for each study and domain.

use super::{
    super::{
        Anchor, Face, FigureError, Fonts, Look, Paint, Rich, Role, Scene, Stroke, forest::symbol,
        panel::MARGIN,
    },
    Appraisal, BASELINE, LEADING,
};

/// The least and the most that a column of lights is wide, in font sizes.
const NARROW: f64 = 2.2;
const WIDE: f64 = 5.0;
/// The height of a row, in font sizes.
const ROW: f64 = 2.0;
/// The most of the page's width that names take.
const NAMES: f64 = 0.45;

pub(super) struct Lights<'l> {
    input: &'l Appraisal,
    look: Look,
    /// The studies' names in lines, and the height of each row.
    names: Vec<Vec<Rich>>,
    heights: Vec<f64>,
    heads: Vec<Rich>,
    /// The left edge of each column, and its right edge.
    columns: Vec<(f64, f64)>,
}

impl<'l> Lights<'l> {
    pub(super) fn new(
        input: &'l Appraisal,
        look: &Look,
        fonts: &Fonts<'_>,
    ) -> Result<Self, FigureError> {
        let (size, room) = (look.size(), look.points() - 2.0 * MARGIN);
        let heads: Vec<Rich> =
            (0..input.domains.len()).map(|i| Rich::in_face(input.short(i), Face::Bold)).collect();
        let columns = |size: f64| {
            let wide = |head: &Rich| (fonts.width(head, size) + 0.8 * size).max(NARROW * size);
            heads.iter().map(wide).collect::<Vec<f64>>()
        };
        let labels: Vec<Rich> =
            input.studies.iter().map(|study| Rich::plain(study.study.as_str())).collect();
        let longest =
            |size: f64| labels.iter().map(|label| fonts.width(label, size)).fold(0.0, f64::max);
        let least = columns(size);
        let names = longest(size).min(NAMES * room) + size;
        let needed: f64 = names + least.iter().sum::<f64>();
        if needed > room {
            let needed = Look::needed(|size| {
                let besides = columns(size).iter().sum::<f64>() + size;
                (besides + longest(size)).min(besides / (1.0 - NAMES)) + 2.0 * MARGIN
            });
            return Err(FigureError::TooNarrow { given: look.width, needed });
        }
        let spare = (room - needed) / heads.len() as f64;
        let mut x = MARGIN + names;
        let columns = least
            .iter()
            .map(|least| {
                let wide = (least + spare).min(least.max(WIDE * size));
                let column = (x, x + wide);
                x += wide;
                column
            })
            .collect();
        let names: Vec<Vec<Rich>> =
            labels.iter().map(|label| label.wrap(names - size, size, fonts)).collect();
        let heights =
            names.iter().map(|n| (ROW + (n.len() as f64 - 1.0) * LEADING) * size).collect();
        Ok(Self { input, look: *look, names, heights, heads, columns })
    }

    pub(super) fn height(&self) -> f64 {
        ROW * self.look.size() + self.heights.iter().sum::<f64>()
    }

    pub(super) fn draw(&self, scene: &mut Scene, top: f64) {
        let (size, theme) = (self.look.size(), self.look.theme());
        let right = self.columns.last().map_or(MARGIN, |column| column.1);
        let first = top + ROW * size;
        scene.group(Role::Guide, None, |scene| {
            if let Some(fill) = theme.header_fill {
                scene.rect((MARGIN, top), right - MARGIN, ROW * size, Paint::fill(fill));
            }
            let thin = Stroke::new(theme.muted.with_alpha(90), 0.4);
            let mut y = first;
            for (i, height) in self.heights.iter().enumerate() {
                if let Some(fill) = theme.stripe.filter(|_| i % 2 == 1) {
                    scene.rect((MARGIN, y), right - MARGIN, *height, Paint::fill(fill));
                }
                y += height;
                if i + 1 < self.heights.len() {
                    scene.line((MARGIN, y), (right, y), thin);
                }
            }
            for y in [first, first + self.heights.iter().sum::<f64>()] {
                scene.line((MARGIN, y), (right, y), Stroke::new(theme.rule, 0.7));
            }
        });
        scene.group(Role::Header, None, |scene| {
            let base = top + (0.5 * ROW + BASELINE) * size;
            let study = Rich::in_face("Study", Face::Bold);
            scene.text((MARGIN + 0.3 * size, base), Anchor::Start, size, study, theme.ink);
            for ((left, right), head) in self.columns.iter().zip(&self.heads) {
                let at = (0.5 * (left + right), base);
                scene.text(at, Anchor::Middle, size, head.clone(), theme.ink);
            }
        });
        let mut y = first;
        for ((study, name), height) in self.input.studies.iter().zip(&self.names).zip(&self.heights)
        {
            let said = study.judgements.iter().enumerate().map(|(i, &judgement)| {
                format!("{} {}", self.input.short(i), self.input.tool.name(judgement))
            });
            let label = format!("{}: {}", study.study, said.collect::<Vec<_>>().join(", "));
            let middle = y + 0.5 * height;
            scene.group(Role::Row, Some(label), |scene| {
                let start = middle - 0.5 * LEADING * size * (name.len() as f64 - 1.0);
                for (line, text) in name.iter().enumerate() {
                    let base = start + (line as f64 * LEADING + BASELINE) * size;
                    let at = (MARGIN + 0.3 * size, base);
                    scene.text(at, Anchor::Start, size, text.clone(), theme.ink);
                }
                for ((left, right), &judgement) in self.columns.iter().zip(&study.judgements) {
                    symbol(scene, (0.5 * (left + right), middle), 1.15 * size, judgement, theme);
                }
            });
            y += height;
        }
    }
}
