//! From the layout to the scene: one page.

use super::{
    Column, Mark, Options, Row,
    layout::{BASELINE, LEADING, Layout, MARGIN},
    lines::{Content, Line},
    marks::Marker,
    traffic, words,
};
use crate::figure::{
    Anchor, Paint, Place, Rich, Role, Scene, Stroke,
    bottom_axis::{AxisWords, BottomAxis},
};

/// What one page of a forest plot holds.
pub(super) struct Page<'f> {
    /// Its lines, as places in the layout.
    pub(super) lines: std::ops::Range<usize>,
    /// The heading of a group that began on the page before.
    pub(super) head: Option<Line<'f>>,
    /// Its place among the pages, from 1, and how many there are.
    pub(super) number: (usize, usize),
}

/// A drawing of a forest plot, page by page.
pub(super) struct Drawing<'f> {
    pub(super) layout: &'f Layout<'f>,
    pub(super) options: &'f Options,
    axis: BottomAxis,
    title: Vec<Rich>,
}

impl<'f> Drawing<'f> {
    pub(super) fn new(layout: &'f Layout<'f>, options: &'f Options) -> Self {
        let setting = &layout.setting;
        let title = options
            .axis_title
            .clone()
            .unwrap_or_else(|| setting.numbers.scale.heading(&setting.forest.effect));
        let favours = setting.forest.null.zip(options.favours.as_ref());
        let words = AxisWords {
            title: &title,
            favours: favours.map(|(null, (low, high))| (null, low.as_str(), high.as_str())),
            page: (MARGIN, layout.width - MARGIN),
            labels: (0.0, layout.width),
            overhang: 0.0,
        };
        let axis = BottomAxis::new(
            layout.axis,
            setting.numbers,
            &setting.theme,
            setting.size - 0.5,
            &words,
            setting.fonts,
        );
        let size = setting.size + 1.5;
        let title = options.title.as_ref().map_or_else(Vec::new, |title| {
            title.clone().bold().wrap(layout.width - 2.0 * MARGIN, size, setting.fonts)
        });
        Self { layout, options, axis, title }
    }

    /// The height of everything above the lines.
    pub(super) fn top(&self, first: bool) -> f64 {
        MARGIN + self.title_height(first) + self.head_height()
    }

    /// The height of everything below the lines.
    pub(super) fn bottom(&self, last: bool) -> f64 {
        let small = self.layout.setting.size - 0.5;
        let notes = if last { self.layout.notes.len() as f64 * LEADING * small } else { 0.0 };
        let legend = if last { traffic::legend_height(self.layout) } else { 0.0 };
        let space = if last && notes + legend > 0.0 { 0.6 * small } else { 0.0 };
        self.axis.height() + space + notes + legend + MARGIN
    }

    /// Draws one page; its height follows from what it holds.
    pub(super) fn page(&self, page: &Page<'f>) -> Scene {
        let (first, last) = (page.number.0 == 1, page.number.0 == page.number.1);
        let lines = self.layout.lines.get(page.lines.clone()).unwrap_or_default();
        let lines: Vec<&Line<'_>> = page.head.iter().chain(lines).collect();
        let lines = lines.as_slice();
        let top = self.top(first);
        let body: f64 = lines.iter().map(|line| line.height).sum();
        let setting = &self.layout.setting;
        let name = self.options.title.as_ref().map_or_else(|| "Forest plot".to_owned(), Rich::text);
        let mut scene = Scene::new(
            self.layout.width,
            top + body + self.bottom(last),
            name,
            words::desc(setting.forest, setting.numbers),
        );
        scene.page = Some(page.number).filter(|number| number.1 > 1);
        scene.remarks.extend(self.layout.remark.clone());
        if first {
            self.draw_title(&mut scene);
        }
        self.draw_head(&mut scene, top);
        self.draw_guides(&mut scene, top, body, lines);
        self.draw_lines(&mut scene, top, lines);
        self.axis.draw(&mut scene, top + body);
        if last {
            self.draw_notes(&mut scene, top + body + self.axis.height());
        }
        scene
    }

    fn title_height(&self, first: bool) -> f64 {
        let size = self.layout.setting.size + 1.5;
        if first && !self.title.is_empty() {
            (self.title.len() as f64 * LEADING + 0.5) * size
        } else {
            0.0
        }
    }

    fn draw_title(&self, scene: &mut Scene) {
        let size = self.layout.setting.size + 1.5;
        let ink = self.layout.setting.theme.ink;
        scene.group(Role::Header, None, |scene| {
            let mut y = MARGIN;
            for line in &self.title {
                let base = y + (0.5 * LEADING + BASELINE) * size;
                scene.text((MARGIN, base), Anchor::Start, size, line.clone(), ink);
                y += LEADING * size;
            }
        });
    }

    fn head_lines(&self) -> usize {
        self.layout.columns.iter().map(|(_, column)| column.head.len()).max().unwrap_or(0)
    }

    fn head_height(&self) -> f64 {
        (self.head_lines() as f64 * LEADING + 0.7) * self.layout.setting.size
    }

    /// Column heads, standing on the rule over the rows whose top is at `top`.
    fn draw_head(&self, scene: &mut Scene, top: f64) {
        let (size, theme) = (self.layout.setting.size, self.layout.setting.theme);
        let (from, to) = (MARGIN, self.layout.width - MARGIN);
        scene.group(Role::Header, None, |scene| {
            let height = self.head_height();
            if let Some(fill) = theme.header_fill {
                scene.rect((from, top - height), to - from, height, Paint::fill(fill));
            }
            let rule = top - 0.15 * size;
            scene.line((from, rule), (to, rule), Stroke::new(theme.rule, 0.75));
            for (x, column) in &self.layout.columns {
                let (anchor, at) = match column {
                    c if c.is_left() => (Anchor::Start, *x),
                    c if c.is_middle() => (Anchor::Middle, x + 0.5 * column.width),
                    _ => (Anchor::End, x + column.width),
                };
                for (line, text) in column.head.iter().rev().enumerate() {
                    let middle = rule - (0.3 + (line as f64 + 0.5) * LEADING) * size;
                    let base = middle + BASELINE * size;
                    scene.text((at, base), anchor, size, text.clone(), theme.ink);
                }
            }
        });
    }

    /// Stripes, grid and reference lines, behind everything else.
    fn draw_guides(&self, scene: &mut Scene, top: f64, body: f64, lines: &[&Line<'_>]) {
        let (theme, forest) = (self.layout.setting.theme, self.layout.setting.forest);
        let bottom = top + body;
        scene.group(Role::Guide, None, |scene| {
            if let Some(stripe) = theme.stripe {
                let mut y = top;
                let mut odd = false;
                for line in lines {
                    if let Content::Row { .. } = line.content {
                        if odd {
                            let width = self.layout.width - 2.0 * MARGIN;
                            scene.rect((MARGIN, y), width, line.height, Paint::fill(stripe));
                        }
                        odd = !odd;
                    }
                    y += line.height;
                }
            }
            if let Some(grid) = theme.grid {
                for x in self.axis.ticks() {
                    scene.line((x, top), (x, bottom), Stroke::new(grid, 0.5));
                }
            }
            let mut guide = |value: Option<f64>, stroke: Stroke| {
                if let Some(Place::At(x)) = value.map(|value| self.layout.axis.place(value)) {
                    scene.line((x, top), (x, bottom), stroke);
                }
            };
            guide(forest.null, Stroke::new(theme.rule, 0.6));
            if self.options.reference {
                guide(forest.reference, Stroke::dashed(theme.reference, 0.6, (2.4, 1.8)));
            }
        });
    }

    fn draw_lines(&self, scene: &mut Scene, top: f64, lines: &[&Line<'_>]) {
        let setting = &self.layout.setting;
        let (size, theme) = (setting.size, setting.theme);
        let heaviest = setting
            .forest
            .studies()
            .filter_map(|row| row.weight.or(row.weight_common))
            .filter(|weight| weight.is_finite())
            .reduce(f64::max);
        let marker = Marker {
            axis: self.layout.axis,
            theme,
            options: self.options,
            size,
            square: self.layout.square,
            heaviest,
        };
        let mut y = top;
        for line in lines {
            let middle = y + 0.5 * line.height;
            match &line.content {
                Content::Heading { text, indent } => scene.group(Role::Header, None, |scene| {
                    block(scene, MARGIN + indent, middle, size, text, theme.ink);
                }),
                Content::Note { text, indent } => scene.group(Role::Note, None, |scene| {
                    block(scene, MARGIN + indent, middle, size - 0.5, text, theme.muted);
                }),
                Content::Row { row, label, indent } => {
                    let words = words::row(row, setting.forest, setting.numbers);
                    let study = row.study().map(str::to_owned);
                    let is_study = study.is_some();
                    scene.group_of(role(row), Some(words), study, |scene| {
                        if is_study {
                            self.target(scene, y, line.height);
                        }
                        self.draw_cells(scene, row, label, *indent, middle);
                        marker.draw(scene, row, middle);
                    });
                }
                Content::Gap => {}
            }
            y += line.height;
        }
    }

    /// The whole line of a study, for a pointer.
    fn target(&self, scene: &mut Scene, top: f64, height: f64) {
        let width = self.layout.width - 2.0 * MARGIN;
        scene.group(Role::Target, None, |scene| {
            scene.rect((MARGIN, top), width, height, Paint::default());
        });
    }

    fn draw_cells(&self, scene: &mut Scene, row: &Row, label: &[Rich], indent: f64, middle: f64) {
        let setting = &self.layout.setting;
        let (size, ink) = (setting.size, setting.theme.ink);
        for (x, column) in &self.layout.columns {
            match column.column {
                Column::Study => block(scene, x + indent, middle, size, label, ink),
                Column::Bias(domain) => {
                    if let Some(&judgement) = row.bias.get(domain) {
                        let centre = (x + 0.5 * column.width, middle);
                        let name = setting.forest.bias.get(domain).map_or("", String::as_str);
                        let words = format!("{name}: {}", setting.forest.tool.name(judgement));
                        scene.group(Role::Legend, Some(words), |scene| {
                            traffic::symbol(scene, centre, size, judgement, setting.theme);
                        });
                    }
                }
                _ if column.broken().is_some() => {
                    block(scene, *x, middle, size, &column.lines(row, setting), ink);
                }
                _ => {
                    for (at, text) in column.cell(row, setting) {
                        let base = middle + BASELINE * size;
                        scene.text((x + at, base), Anchor::Start, size, text, ink);
                    }
                }
            }
        }
    }

    fn draw_notes(&self, scene: &mut Scene, top: f64) {
        let setting = &self.layout.setting;
        let small = setting.size - 0.5;
        let mut y = top + 0.6 * small;
        scene.group(Role::Note, None, |scene| {
            for note in &self.layout.notes {
                let base = y + (0.5 * LEADING + BASELINE) * small;
                scene.text((MARGIN, base), Anchor::Start, small, note.clone(), setting.theme.muted);
                y += LEADING * small;
            }
        });
        traffic::legend(scene, self.layout, y);
    }
}

fn role(row: &Row) -> Role {
    match row.mark {
        Mark::Square | Mark::Result => Role::Row,
        Mark::Common | Mark::Random => Role::Summary,
        Mark::Prediction => Role::Prediction,
    }
}

/// Lines of text below one another, centred on a height.
fn block(
    scene: &mut Scene,
    x: f64,
    middle: f64,
    size: f64,
    lines: &[Rich],
    ink: crate::figure::Colour,
) {
    let first = middle - 0.5 * LEADING * size * (lines.len().saturating_sub(1)) as f64;
    for (i, line) in lines.iter().enumerate() {
        let base = first + (i as f64 * LEADING + BASELINE) * size;
        scene.text((x, base), Anchor::Start, size, line.clone(), ink);
    }
}
