//! Risk of bias on its own: the judgements of each study as traffic lights, and a bar for each domain.

mod bars;
mod input;
mod lights;

pub use input::{Appraisal, AppraisalProblem, Appraised, Part};

use super::{
    Anchor, FigureError, Fonts, Look, Rich, Role, Scene,
    forest::{Judgement, symbol},
    panel::MARGIN,
};
use bars::Bars;
use lights::Lights;

/// From line to line, in font sizes.
const LEADING: f64 = 1.3;
/// Baseline below the middle of a line, in font sizes.
const BASELINE: f64 = 0.36;

/// Draws the judgements as traffic lights, as bars, or both below one another.
///
/// # Errors
/// [`FigureError::Empty`] without studies or domains, [`FigureError::TooNarrow`].
///
/// ```
/// use resorb::figure::{Fonts, Look, forest::Tool, rob::{Appraisal, Part, rob}};
/// let head = ["study", "D1", "Overall"].map(str::to_owned);
/// let rows = [
///     (2, ["A 2001", "low", "high"].map(str::to_owned).to_vec()),
///     (3, ["B 2009", "some concerns", "low"].map(str::to_owned).to_vec()),
/// ];
/// let input = Appraisal::read(&head, &rows, Tool::Rob2, None, None)?;
/// let scene = rob(&input, Part::Both, &Look::default(), &Fonts::bundled()?)?;
/// assert!(scene.desc.contains("Overall: 1 low, 1 high"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn rob(
    input: &Appraisal,
    part: Part,
    look: &Look,
    fonts: &Fonts<'_>,
) -> Result<Scene, FigureError> {
    if input.studies.is_empty() || input.domains.is_empty() {
        return Err(FigureError::Empty { what: "no study has a judgement" });
    }
    let lights = (part != Part::Bars).then(|| Lights::new(input, look, fonts)).transpose();
    let bars = (part != Part::Lights).then(|| Bars::new(input, look, fonts)).transpose();
    // What asks for more width has the last word.
    let (lights, bars) = match (lights, bars) {
        (
            Err(FigureError::TooNarrow { given, needed }),
            Err(FigureError::TooNarrow { needed: more, .. }),
        ) => return Err(FigureError::TooNarrow { given, needed: needed.max(more) }),
        (lights, bars) => (lights?, bars?),
    };
    let size = look.size();
    let legend = Legend::new(input, part, look, fonts);
    let between = if lights.is_some() && bars.is_some() { 1.6 * size } else { 0.0 };
    let over = lights.as_ref().map_or(0.0, Lights::height);
    let under = bars.as_ref().map_or(0.0, Bars::height);
    let height = MARGIN + over + between + under + legend.height() + MARGIN;
    let mut scene = Scene::new(look.points(), height, input.tool.title(), input.describe());
    if let Some(lights) = lights {
        lights.draw(&mut scene, MARGIN);
    }
    if let Some(bars) = bars {
        bars.draw(&mut scene, MARGIN + over + between);
    }
    legend.draw(&mut scene, MARGIN + over + between + under);
    Ok(scene)
}

/// What the domains and the symbols mean.
struct Legend {
    domains: Vec<Rich>,
    judgements: Vec<Vec<(f64, Judgement, Rich)>>,
    look: Look,
    small: f64,
}

impl Legend {
    fn new(input: &Appraisal, part: Part, look: &Look, fonts: &Fonts<'_>) -> Self {
        let small = look.size() - 0.5;
        let room = look.points() - 2.0 * MARGIN;
        // Bars have the names of the domains beside them.
        let named = |i: usize| {
            let (short, name) = (input.short(i), input.domains.get(i)?);
            let told = part != Part::Lights || short.eq_ignore_ascii_case(name);
            (!told).then(|| format!("{short} {name}"))
        };
        let names: Vec<String> = (0..input.domains.len()).filter_map(named).collect();
        let domains = match names.as_slice() {
            [] => Vec::new(),
            _ => Rich::plain(format!("{}.", names.join("; "))).wrap(room, small, fonts),
        };
        let mut judgements: Vec<Vec<(f64, Judgement, Rich)>> = vec![vec![]];
        let mut x = 0.0;
        for judgement in Judgement::ALL.into_iter().filter(|&j| input.uses(j)) {
            let name = Rich::plain(input.tool.name(judgement));
            let wide = 1.8 * small + fonts.width(&name, small);
            if x > 0.0 && x + wide > room {
                judgements.push(vec![]);
                x = 0.0;
            }
            if let Some(line) = judgements.last_mut() {
                line.push((x, judgement, name));
            }
            x += wide + 1.4 * small;
        }
        Self { domains, judgements, look: *look, small }
    }

    fn height(&self) -> f64 {
        let lines = self.domains.len() as f64 * LEADING + self.judgements.len() as f64 * 1.7;
        (0.8 + lines) * self.small
    }

    fn draw(&self, scene: &mut Scene, top: f64) {
        let (small, theme) = (self.small, self.look.theme());
        scene.group(Role::Legend, None, |scene| {
            let mut y = top + 0.8 * small;
            for line in &self.domains {
                let base = y + (0.5 * LEADING + BASELINE) * small;
                scene.text((MARGIN, base), Anchor::Start, small, line.clone(), theme.muted);
                y += LEADING * small;
            }
            for line in &self.judgements {
                let middle = y + 0.85 * small;
                for (x, judgement, name) in line {
                    let left = MARGIN + x;
                    symbol(scene, (left + 0.6 * small, middle), small, *judgement, theme);
                    let at = (left + 1.5 * small, middle + BASELINE * small);
                    scene.text(at, Anchor::Start, small, name.clone(), theme.ink);
                }
                y += 1.7 * small;
            }
        });
    }
}
