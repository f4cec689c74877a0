//! Figures: the same calls as those of `resorb plot`, as SVG with the numbers behind it.

mod appraisal;
mod forest;
mod funnel;
mod look;

use pyo3::prelude::*;
use resorb::{
    analysis::{self, LevelOrder, Printed, Unit, leave_one_out, small_study},
    data::{Mapping, Table},
    figure::{
        Fonts, Look, Scale, Scene, baujat, bubble, doi, drapery, gosh, influence, labbe, orchard,
        profile, qq, radial, specifications, study_intervals, svg,
    },
    model::{Formula, Model, Settings, pool, regress, tau2_profile},
    plan::{Plan, execute},
    study::{OutcomeKind, Studies},
};

use crate::{
    failure::Failure,
    options::Options,
    source::{Raw, Source},
};

/// Values of τ² at which its profile is computed.
const POINTS: u32 = 120;

/// A drawn figure.
#[pyclass(frozen, get_all, module = "resorb._resorb")]
pub(crate) struct Drawn {
    svg: String,
    numbers: String,
    notes: Vec<String>,
    warnings: Vec<String>,
}

/// Draws a figure of what is no table of studies.
pub(crate) fn draw_appraisal(kind: &str, raw: &Raw, options: &Options) -> Result<Drawn, Failure> {
    match kind {
        "rob" => appraisal::judgements(raw, options),
        "prisma" => appraisal::flow(raw, options),
        other => Err(Failure::said(format!("there is no figure `{other}`"))),
    }
}

/// What a figure is made from.
struct Material<'m> {
    studies: &'m Studies,
    settings: &'m Settings,
    look: Look,
    options: &'m Options,
    fonts: &'m Fonts<'m>,
}

/// A scene with the numbers behind it.
type Made = Result<(Scene, String), Failure>;

/// Draws a figure; `plan` holds how the table is read and what is analysed, `options` the figure's own.
pub(crate) fn draw(kind: &str, raw: &Raw, plan: &str, options: &Options) -> Result<Drawn, Failure> {
    let plan = crate::commands::parsed(plan)?;
    let fonts = Fonts::bundled()?;
    let embedding = look::embedding(options)?;
    // The column of groups tells rows of one study apart.
    let grouping = options.texts("by")?.into_iter().next();
    let source = Source::read(raw, &Mapping { grouping, ..plan.mapping() })?;
    let settings = plan.settings.suited(&source.table, false)?;
    let studies = &source.table.studies;
    let look = look::look(options, look::width(kind), studies.outcomes().kind())?;
    let material = Material { studies, settings: &settings, look, options, fonts: &fonts };
    let (mut scene, numbers) = material.figure(kind, &plan, &source.table)?;
    if let Some(words) = source.footnote() {
        scene.footnote(words);
    }
    let missing = look::missing_letters(&scene, &fonts);
    let notes = scene.remarks.iter().cloned().chain(missing).collect();
    let svg = svg(&scene, &fonts, embedding);
    Ok(Drawn { svg, numbers, notes, warnings: source.warnings })
}

impl Material<'_> {
    fn figure(&self, kind: &str, plan: &Plan, table: &Table) -> Made {
        match kind {
            "forest" => forest::draw(self),
            "funnel" => funnel::draw(self),
            "orchard" => self.orchard(),
            "bubble" => self.bubble(),
            "radial" => {
                let input = radial::Radial::try_from(&pool(self.studies, self.settings)?)?;
                Ok((radial::radial(&input, &self.look, self.fonts)?, input.csv()))
            }
            "drapery" => {
                let input = drapery::Drapery::from(&pool(self.studies, self.settings)?);
                Ok((drapery::drapery(&input, &self.look, self.fonts)?, input.csv()))
            }
            "profile" => {
                let input = tau2_profile(self.studies, self.settings, POINTS)?;
                let scene = profile::profile(&input, &self.look, self.fonts)?;
                Ok((scene, profile::csv(&input)))
            }
            "qq" => {
                let input = qq::Qq::from(&pool(self.studies, self.settings)?);
                Ok((qq::qq(&input, &self.look, self.fonts)?, input.csv()))
            }
            "labbe" => self.labbe(),
            "baujat" => {
                let fit = pool(self.studies, self.settings)?;
                let without = leave_one_out(self.studies, self.settings, Unit::Row)?;
                let input = baujat::Baujat::from(analysis::baujat(&fit, &without).as_slice());
                Ok((baujat::baujat(&input, &self.look, self.fonts)?, input.csv()))
            }
            "influence" => {
                let fit = pool(self.studies, self.settings)?;
                let without = leave_one_out(self.studies, self.settings, Unit::Row)?;
                let found = analysis::influence(&fit, &without);
                let input = influence::InfluencePlot::new(&fit, &found);
                Ok((influence::influence(&input, &self.look, self.fonts)?, input.csv()))
            }
            "doi" => {
                let funnel = small_study::Funnel::new(self.studies, self.settings)?;
                let input = doi::DoiPlot::new(self.settings, small_study::doi(&funnel)?);
                Ok((doi::doi(&input, &self.look, self.fonts)?, input.csv()))
            }
            "study_intervals" => {
                let fit = pool(self.studies, self.settings)?;
                let input = study_intervals::StudyIntervals::try_from(&fit)?;
                let scene = study_intervals::study_intervals(&input, &self.look, self.fonts)?;
                Ok((scene, input.csv()))
            }
            "gosh" => self.gosh(plan, table),
            "multiverse" => self.multiverse(plan, table),
            other => Err(Failure::said(format!("there is no figure `{other}`"))),
        }
    }

    /// The order of the groups.
    fn order(&self) -> Result<LevelOrder, Failure> {
        let Some(order) = self.options.text("order")? else { return Ok(LevelOrder::default()) };
        order.parse().map_err(|error: String| Failure::said(error))
    }

    fn orchard(&self) -> Made {
        let by = self.options.texts("by")?;
        let input = if by.is_empty() {
            orchard::Orchard::from(&pool(self.studies, self.settings)?)
        } else {
            let by: Vec<&str> = by.iter().map(String::as_str).collect();
            let groups = analysis::subgroups(self.studies, &by, &self.order()?, self.settings)?;
            orchard::Orchard::from(&groups)
        };
        Ok((orchard::orchard(&input, &self.look, self.fonts)?, input.csv()))
    }

    fn bubble(&self) -> Made {
        let on: Formula = self.options.text("on")?.unwrap_or_default().parse()?;
        // A regression is of effects: a one-step model stands for the two-step default.
        let choices = self.settings.model.as_two_step();
        let settings = Settings { model: Model::TwoStep(choices), ..*self.settings };
        let fit = regress(self.studies, &on, &[], &settings)?;
        let input = bubble::Bubble::new(self.studies, &fit)?;
        Ok((bubble::bubble(&input, &self.look, self.fonts)?, input.csv()))
    }

    fn labbe(&self) -> Made {
        let input = labbe::Labbe::try_from(&pool(self.studies, self.settings)?)?;
        // What is drawn are risks, whatever the measure.
        let mut look = self.look;
        if look.scale == Scale::Plain {
            look.scale = look::scale(self.options)?;
        }
        Ok((labbe::labbe(&input, &look, self.fonts)?, input.csv()))
    }

    fn gosh(&self, plan: &Plan, table: &Table) -> Made {
        let found =
            execute(table, plan)?.gosh.ok_or_else(|| Failure::said("there are no subsets"))?;
        let settings = &found.fit.settings;
        let input = match self.options.text("highlight")? {
            Some(name) => gosh::GoshPlot::with_study(settings, &found.subsets, &name)?,
            None => gosh::GoshPlot::new(settings, &found.subsets),
        };
        // The numbers are every subset, which are millions.
        Ok((gosh::gosh(&input, &self.look, self.fonts)?, String::new()))
    }

    fn multiverse(&self, plan: &Plan, table: &Table) -> Made {
        let none = || Failure::said("there are no analyses");
        let found = execute(table, plan)?.multiverse.ok_or_else(none)?;
        let holds = plan.multiverse.as_ref().and_then(|asked| asked.holds.as_deref());
        let holds = holds.map(Printed::rate).transpose()?;
        let input = specifications::Specifications::new(&found.all, holds.map(Printed::value));
        let look = Look { scale: look::scale(self.options)?, ..self.look };
        Ok((specifications::specifications(&input, &look, self.fonts)?, input.csv()))
    }
}

/// Whether a table's values are rates.
const fn of_rates(kind: OutcomeKind) -> bool {
    matches!(kind, OutcomeKind::Proportions)
}
