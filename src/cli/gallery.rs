//! `resorb gallery`: every kind of figure from the bundled data, for the README and for looking.

use std::{fs, path::PathBuf};

use clap::Args;

use super::{
    failure::Failure,
    plot::{File, Format},
};
use crate::{
    analysis::{
        self, GoshOptions, Grid, LevelOrder, Order, Unit, cumulative, leave_one_out, multiverse,
        pooled,
        small_study::{self, TrimEstimator},
        subgroups,
    },
    data::{self, Mapping, bundled},
    figure::{
        Fonts, Look, Scene, Spread, Style,
        baujat::{Baujat, baujat},
        bubble::{Bubble, bubble},
        doi::{DoiPlot, doi},
        drapery::{Drapery, drapery},
        forest::{self, Forest, PredictionMark, Tool, forest},
        funnel::{self, Against, Funnel, funnel},
        gosh::{GoshPlot, gosh},
        influence::{InfluencePlot, influence},
        orchard::{Orchard, orchard},
        prisma::{Flow, FlowProblem, prisma},
        profile::profile,
        qq::{Qq, qq},
        radial::{Radial, radial},
        rob::{Appraisal, AppraisalProblem, Part, rob},
        specifications::{Specifications, specifications},
        study_intervals::{StudyIntervals, study_intervals},
    },
    model::{Fit, Model, Settings, TwoStep, pool, regress, tau2_profile},
    study::Studies,
};

/// Draw every kind of figure from the bundled data
#[derive(Args, Clone, Debug)]
pub(super) struct Gallery {
    /// Folder to write to; it is made if it does not exist
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

type Named = (&'static str, Scene);

impl Gallery {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let failed = |source| Failure::Output { path: self.folder.clone(), source };
        let fonts = Fonts::bundled()?;
        let settings = Settings::default();
        let studies = self::studies("ldh_resorption")?;
        let types = self::studies("ldh_resorption_by_type")?;
        let fit = pool(&studies, &settings)?;
        let figures = [
            forests(&fit, &fonts)?,
            more_forests(&studies, &types, &fit, &fonts)?,
            panels(&studies, &types, &fit, &fonts)?,
            sensitivities(&studies, &fit, &fonts)?,
            reviews(&fonts)?,
        ];
        fs::create_dir_all(&self.folder).map_err(failed)?;
        for (name, scene) in figures.concat() {
            let path = self.folder.join(format!("{name}.svg"));
            File::at(path, Format::Svg).write(std::slice::from_ref(&scene), &fonts)?;
        }
        Ok(())
    }
}

/// The forest by study in every style, narrow, and on a logit axis.
fn forests(fit: &Fit, fonts: &Fonts<'_>) -> Result<Vec<Named>, Failure> {
    let input = resorbed(Forest::from(fit));
    let usual = forest::Options::default;
    let choices = [
        ("forest", usual()),
        ("forest-jama", forest::Options { style: Style::Jama, ..usual() }),
        ("forest-bmj", forest::Options { style: Style::Bmj, ..usual() }),
        ("forest-lancet", forest::Options { style: Style::Lancet, ..usual() }),
        ("forest-revman", forest::Options { style: Style::Revman, ..usual() }),
        ("forest-mono", forest::Options { style: Style::Mono, ..usual() }),
        ("forest-85mm", forest::Options { width: 85.0, ..usual() }),
        (
            "forest-logit-density",
            forest::Options {
                spread: Some(Spread::Logit),
                prediction: PredictionMark::Density,
                ..usual()
            },
        ),
    ];
    choices
        .into_iter()
        .map(|(name, options)| Ok((name, forest(&input, &options, fonts)?)))
        .collect()
}

/// The forests by type of herniation, of steps and parts, and of methods.
fn more_forests(
    studies: &Studies,
    types: &Studies,
    fit: &Fit,
    fonts: &Fonts<'_>,
) -> Result<Vec<Named>, Failure> {
    let settings = &fit.settings;
    let by = subgroups(types, &[TYPE], &severity(), settings)?;
    let steps = cumulative(studies, settings, &Order::Column("year".to_owned()))?;
    let parts = leave_one_out(studies, settings, Unit::Row)?;
    let inputs = [
        ("forest-by-type", Forest::from(&by)),
        ("forest-cumulative", Forest::cumulative(fit, &steps)),
        ("forest-leave-one-out", Forest::leave_one_out(fit, &parts)),
        ("forest-models", Forest::models(&pooled(studies, settings, true)?)),
    ];
    let options = forest::Options::default();
    inputs
        .into_iter()
        .map(|(name, input)| Ok((name, forest(&resorbed(input), &options, fonts)?)))
        .collect()
}

/// The other kinds, one of each.
fn panels(
    studies: &Studies,
    types: &Studies,
    fit: &Fit,
    fonts: &Fonts<'_>,
) -> Result<Vec<Named>, Failure> {
    let (narrow, wide) = (Look::default(), Look { width: 114.0, ..Look::default() });
    let funnels = Funnel::from(fit);
    let usual = funnel::Options::default;
    let se = funnel::Options { against: Against::Se, ..usual() };
    let contours = funnel::Options { contours: Some(0.0), ..se.clone() };
    let by = subgroups(types, &[TYPE], &severity(), &fit.settings)?;
    let year = "year".parse().map_err(|e: crate::model::FormulaError| Failure::Usage {
        message: e.to_string(),
        help: "name a column".to_owned(),
    })?;
    let two_step = Settings { model: Model::TwoStep(TwoStep::default()), ..fit.settings };
    let regression = regress(studies, &year, &[], &two_step)?;
    let tau2 = tau2_profile(studies, &fit.settings, 120)?;
    let all = multiverse(studies, &Grid::default(), fit.settings.level, &mut |_, _| {})?;
    let page = Look { width: 174.0, ..Look::default() };
    Ok(vec![
        ("funnel", funnel(&funnels, &usual(), fonts)?),
        ("funnel-se", funnel(&funnels, &se, fonts)?),
        ("funnel-contours", funnel(&funnels, &contours, fonts)?),
        ("orchard", orchard(&Orchard::from(&by), &wide, fonts)?),
        ("radial", radial(&Radial::try_from(fit)?, &wide, fonts)?),
        ("drapery", drapery(&Drapery::from(fit), &wide, fonts)?),
        ("bubble", bubble(&Bubble::new(studies, &regression)?, &wide, fonts)?),
        ("profile", profile(&tau2, &narrow, fonts)?),
        ("qq", qq(&Qq::from(fit), &narrow, fonts)?),
        ("multiverse", specifications(&Specifications::new(&all, None), &page, fonts)?),
        ("study-intervals", study_intervals(&StudyIntervals::try_from(fit)?, &wide, fonts)?),
    ])
}

/// What the result depends on: single studies, subsets, missing studies.
fn sensitivities(studies: &Studies, fit: &Fit, fonts: &Fonts<'_>) -> Result<Vec<Named>, Failure> {
    let (narrow, wide) = (Look::default(), Look { width: 114.0, ..Look::default() });
    let page = Look { width: 174.0, ..Look::default() };
    let parts = leave_one_out(studies, &fit.settings, Unit::Row)?;
    let contributions = Baujat::from(analysis::baujat(fit, &parts).as_slice());
    let measures = InfluencePlot::new(fit, &analysis::influence(fit, &parts));
    let two_step = Settings { model: Model::TwoStep(TwoStep::default()), ..fit.settings };
    let subsets = analysis::gosh(studies, &two_step, &GoshOptions::default(), &mut |_, _| {})?;
    let effects = small_study::Funnel::new(studies, &two_step)?;
    let mirrored = small_study::trim_and_fill(&effects, TrimEstimator::R0, None, false)?;
    let filled = Funnel::filled(&pool(studies, &two_step)?, &mirrored);
    let se = funnel::Options { against: Against::Se, ..funnel::Options::default() };
    let ranks = DoiPlot::new(&two_step, small_study::doi(&effects)?);
    Ok(vec![
        ("baujat", baujat(&contributions, &narrow, fonts)?),
        ("influence", influence(&measures, &page, fonts)?),
        ("gosh", gosh(&GoshPlot::new(&two_step, &subsets), &wide, fonts)?),
        ("funnel-trim-and-fill", funnel(&filled, &se, fonts)?),
        ("doi", doi(&ranks, &narrow, fonts)?),
    ])
}

/// What is said of figures whose content is made up.
const EXAMPLE: &str = "An example: neither the counts nor the judgements are those of a review";

/// The figures of a review that are not of its numbers, from the examples of the help.
fn reviews(fonts: &Fonts<'_>) -> Result<Vec<Named>, Failure> {
    let wrong = |message: String, help: String| Failure::Usage { message, help };
    let flow = Flow::toml(include_str!("flow.toml"))
        .map_err(|FlowProblem { message, help }| wrong(message, help))?;
    let sheet = data::sheet(include_bytes!("judgements.csv"))
        .map_err(|error| wrong(error.to_string(), "write a row for each study".to_owned()))?;
    let rows: Vec<(u64, Vec<String>)> =
        sheet.rows.into_iter().map(|row| (row.line, row.cells)).collect();
    let appraisal = Appraisal::read(&sheet.header, &rows, Tool::Rob2, None, None)
        .map_err(|AppraisalProblem { message, help }| wrong(message, help))?;
    let look = |width| Look { width, ..Look::default() };
    let mut figures = vec![
        ("prisma", prisma(&flow, &look(174.0), fonts)?),
        ("rob", rob(&appraisal, Part::Both, &look(130.0), fonts)?),
    ];
    for (_, scene) in &mut figures {
        scene.footnote(EXAMPLE);
    }
    Ok(figures)
}

/// The column of the types of herniation.
const TYPE: &str = "herniation_type";

/// The types from the mildest to the most severe.
fn severity() -> LevelOrder {
    let order = ["bulge", "protrusion", "extrusion", "sequestration"];
    LevelOrder::Given(order.map(str::to_owned).to_vec())
}

fn resorbed(input: Forest) -> Forest {
    Forest { effect: "Resorbed".to_owned(), ..input }
}

fn studies(name: &str) -> Result<Studies, Failure> {
    let dataset = bundled::find(name).ok_or_else(|| Failure::Usage {
        message: format!("no data set {name} is bundled"),
        help: "build with the data sets of this version".to_owned(),
    })?;
    let table = data::read(dataset.csv.as_bytes(), &Mapping::default())
        .map_err(|problems| Failure::Input(problems.to_string()))?;
    Ok(table.studies)
}
