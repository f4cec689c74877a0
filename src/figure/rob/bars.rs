//! A bar for each domain, cut into the shares of its judgements.

use super::{
    super::{
        Anchor, Colour, Face, FigureError, Fonts, Look, POINTS_PER_MM, Paint, Point, Rich, Role,
        Scene, Stroke, forest::Judgement, panel::MARGIN, words::heading,
    },
    Appraisal, BASELINE, LEADING,
};

/// The height of a row and of the bar in it, in font sizes.
const ROW: f64 = 2.2;
const BAR: f64 = 1.5;
/// The narrowest bars.
const NARROWEST: f64 = 35.0 * POINTS_PER_MM;
/// The most of the page's width that names take.
const NAMES: f64 = 0.5;
/// Under the bars: ticks with their labels, and what they count; in font sizes.
const AXIS: f64 = 3.4;
/// Between the slanted lines of what there is no information about, in points.
const HATCH: f64 = 3.0;

pub(super) struct Bars<'b> {
    input: &'b Appraisal,
    fonts: &'b Fonts<'b>,
    look: Look,
    names: Vec<Vec<Rich>>,
    heights: Vec<f64>,
    /// The left and the right end of the bars.
    ends: (f64, f64),
}

impl<'b> Bars<'b> {
    pub(super) fn new(
        input: &'b Appraisal,
        look: &Look,
        fonts: &'b Fonts<'b>,
    ) -> Result<Self, FigureError> {
        let (size, page) = (look.size(), look.points());
        let labels: Vec<Rich> = (0..input.domains.len())
            .map(|i| {
                let name = heading(input.domains.get(i).map_or("", String::as_str));
                let short = input.short(i);
                let label = match () {
                    () if input.is_overall(i) || short.eq_ignore_ascii_case(&name) => name,
                    () => format!("{short} {name}"),
                };
                Rich::in_face(label, if input.is_overall(i) { Face::Bold } else { Face::Regular })
            })
            .collect();
        let longest =
            |size: f64| labels.iter().map(|label| fonts.width(label, size)).fold(0.0, f64::max);
        // The label of the last tick reaches beyond the bars.
        let beyond = |size: f64| 0.5 * fonts.width(&Rich::plain("100%"), size);
        let reach = beyond(size);
        let room = page - 2.0 * MARGIN - reach;
        let names = longest(size).min(NAMES * room) + size;
        if room - names < NARROWEST {
            let needed = Look::needed(|size| {
                let besides = NARROWEST + size;
                let room = (besides + longest(size)).min(besides / (1.0 - NAMES));
                room + 2.0 * MARGIN + beyond(size)
            });
            return Err(FigureError::TooNarrow { given: look.width, needed });
        }
        let names_in_lines: Vec<Vec<Rich>> =
            labels.iter().map(|label| label.wrap(names - size, size, fonts)).collect();
        let heights = names_in_lines
            .iter()
            .map(|n| (ROW + (n.len() as f64 - 1.0) * LEADING) * size)
            .collect();
        let ends = (MARGIN + names, page - MARGIN - reach);
        Ok(Self { input, fonts, look: *look, names: names_in_lines, heights, ends })
    }

    pub(super) fn height(&self) -> f64 {
        let size = self.look.size();
        let lines = self.title().wrap(self.ends.1 - self.ends.0, size, self.fonts).len();
        let more = (lines as f64 - 1.0).max(0.0) * LEADING;
        self.heights.iter().sum::<f64>() + (AXIS + more) * size
    }

    pub(super) fn draw(&self, scene: &mut Scene, top: f64) {
        let mut y = top;
        for (domain, height) in self.heights.iter().enumerate() {
            self.bar(scene, domain, y + 0.5 * height);
            y += height;
        }
        self.axis(scene, y);
    }

    fn bar(&self, scene: &mut Scene, domain: usize, middle: f64) {
        let (size, theme) = (self.look.size(), self.look.theme());
        let (from, to) = self.ends;
        let weighted = self.input.is_weighted();
        let shares: Vec<(Judgement, usize, f64)> = Judgement::ALL
            .into_iter()
            .map(|judgement| (judgement, self.input.share(domain, judgement)))
            .filter(|(_, (count, share))| *count > 0 && *share > 0.0)
            .map(|(judgement, (count, share))| (judgement, count, share))
            .collect();
        let said = shares.iter().map(|(judgement, count, share)| {
            format!("{} {count} ({:.0} %)", self.input.tool.name(*judgement), 100.0 * share)
        });
        let name = self.input.domains.get(domain).cloned().unwrap_or_default();
        let label = format!("{name}: {}", said.collect::<Vec<_>>().join(", "));
        scene.group(Role::Row, Some(label), |scene| {
            let lines = self.names.get(domain).map(Vec::as_slice).unwrap_or_default();
            let first = middle - 0.5 * LEADING * size * (lines.len() as f64 - 1.0);
            for (line, text) in lines.iter().enumerate() {
                let base = first + (line as f64 * LEADING + BASELINE) * size;
                scene.text((MARGIN, base), Anchor::Start, size, text.clone(), theme.ink);
            }
            let mut x = from;
            for (judgement, count, share) in shares {
                let wide = share * (to - from);
                let edge = Stroke::new(theme.ink, 0.4);
                let paint = Paint::both(judgement.colour(theme.coloured), edge);
                scene.rect((x, middle - 0.5 * BAR * size), wide, BAR * size, paint);
                if judgement == Judgement::None && !theme.coloured {
                    hatch(scene, (x, middle - 0.5 * BAR * size), (wide, BAR * size), edge);
                }
                let text =
                    if weighted { format!("{:.0}%", 100.0 * share) } else { count.to_string() };
                // Without colours the piece says which it is.
                let mark = if theme.coloured { "" } else { mark(judgement) };
                let text = Rich::plain(format!("{mark}{text}"));
                if self.fonts.width(&text, size) + 0.7 * size < wide {
                    if judgement == Judgement::None && !theme.coloured {
                        let half = 0.5 * self.fonts.width(&text, size) + 0.2 * size;
                        let at = (x + 0.5 * wide - half, middle - 0.55 * size);
                        scene.rect(at, 2.0 * half, 1.1 * size, Paint::fill(Colour::WHITE));
                    }
                    let at = (x + 0.5 * wide, middle + BASELINE * size);
                    let ink = judgement.ink(theme.coloured);
                    scene.text(at, Anchor::Middle, size, text, ink);
                }
                x += wide;
            }
        });
    }

    fn axis(&self, scene: &mut Scene, bottom: f64) {
        let (size, theme) = (self.look.size(), self.look.theme());
        let (from, to) = self.ends;
        scene.group(Role::Axis, None, |scene| {
            scene.line((from, bottom), (to, bottom), Stroke::new(theme.rule, 0.7));
            for tick in 0..=4u32 {
                let share = f64::from(tick) / 4.0;
                let x = from + share * (to - from);
                scene.line((x, bottom), (x, bottom + 0.35 * size), Stroke::new(theme.rule, 0.7));
                let label = Rich::plain(format!("{}%", 25 * tick));
                let at = (x, bottom + 1.35 * size);
                scene.text(at, Anchor::Middle, size, label, theme.ink);
            }
            let title = self.title();
            let mut base = bottom + 2.75 * size;
            for line in title.wrap(to - from, size, self.fonts) {
                let at = (0.5 * (from + to), base);
                scene.text(at, Anchor::Middle, size, line, theme.ink);
                base += LEADING * size;
            }
        });
    }

    /// What the bars count.
    fn title(&self) -> Rich {
        Rich::plain(if self.input.is_weighted() {
            "Share of the weight of the studies"
        } else {
            "Share of the studies; numbers count them"
        })
    }
}

/// The symbol of a judgement as text, with a space behind it.
const fn mark(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Low => "+ ",
        Judgement::Some => "? ",
        Judgement::High => "− ",
        Judgement::Critical => "! ",
        Judgement::None => "",
    }
}

/// Slanted lines within a box.
fn hatch(scene: &mut Scene, (left, top): Point, (wide, high): (f64, f64), stroke: Stroke) {
    let (right, bottom) = (left + wide, top + high);
    let mut start = left - high;
    while start < right {
        // From the lower left to the upper right, cut at the sides.
        let (from, to) = (start.max(left), (start + high).min(right));
        if to > from {
            scene.line((from, bottom - (from - start)), (to, bottom - (to - start)), stroke);
        }
        start += HATCH;
    }
}
