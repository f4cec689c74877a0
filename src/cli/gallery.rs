//! `resorb gallery`: every kind of figure from the bundled data, for the README and for looking.

use std::{fs, path::PathBuf};

use clap::Args;

use super::{
    failure::Failure,
    plot::{File, Format},
};
use crate::{
    data::{self, Mapping, bundled},
    figure::{
        Fonts, Scene, Spread, Style,
        forest::{self, Forest, Mark, Note, Section, forest},
        funnel::{self, Against, Funnel, funnel},
    },
    model::{Fit, Settings, pool},
    study::{Column, Studies},
};

/// Draw every kind of figure from the bundled data
#[derive(Args, Clone, Debug)]
pub(super) struct Gallery {
    /// Folder to write to; it is made if it does not exist
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Gallery {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let failed = |source| Failure::Output { path: self.folder.clone(), source };
        fs::create_dir_all(&self.folder).map_err(failed)?;
        let fonts = Fonts::bundled()?;
        for (name, scene) in figures(&fonts)? {
            for (extension, format) in [("svg", Format::Svg), ("png", Format::Png)] {
                let path = self.folder.join(format!("{name}.{extension}"));
                File::at(path, format).write(std::slice::from_ref(&scene), &fonts)?;
            }
        }
        Ok(())
    }
}

/// The figures by file name.
fn figures(fonts: &Fonts<'_>) -> Result<Vec<(String, Scene)>, Failure> {
    let settings = Settings::two_step();
    let fit = pool(&studies("ldh_resorption")?, &settings)?;
    let mut input = Forest::from(&fit);
    "Resorbed".clone_into(&mut input.effect);
    let mut figures = Vec::new();
    for style in Style::ALL {
        let options = forest::Options { style, ..forest::Options::default() };
        let name = match style {
            Style::Resorb => "forest".to_owned(),
            other => format!("forest-{}", other.name()),
        };
        figures.push((name, forest(&input, &options, fonts)?));
    }
    let narrow = forest::Options { width: 85.0, ..forest::Options::default() };
    figures.push(("forest-85mm".to_owned(), forest(&input, &narrow, fonts)?));
    let logit = forest::Options { spread: Spread::Logit, ..forest::Options::default() };
    figures.push(("forest-logit".to_owned(), forest(&input, &logit, fonts)?));
    let by_type = by_type(&settings)?;
    let options = forest::Options::default();
    figures.push(("forest-by-type".to_owned(), forest(&by_type, &options, fonts)?));
    let points = Funnel::from(&fit);
    for (name, against, contours) in [
        ("funnel", Against::Size, None),
        ("funnel-se", Against::Se, None),
        ("funnel-contours", Against::Se, Some(0.0)),
    ] {
        let options = funnel::Options { against, contours, ..funnel::Options::default() };
        figures.push((name.to_owned(), funnel(&points, &options, fonts)?));
    }
    Ok(figures)
}

/// The lumbar data by type of herniation: a section for each, in the order of severity.
fn by_type(settings: &Settings) -> Result<Forest, Failure> {
    let all = studies("ldh_resorption_by_type")?;
    let types = match all.moderator("herniation_type").map(|moderator| &moderator.column) {
        Some(Column::Text(types)) => types.as_slice(),
        _ => &[],
    };
    let mut sections = Vec::new();
    for name in ["bulge", "protrusion", "extrusion", "sequestration"] {
        let mask: Vec<bool> = types.iter().map(|t| t.as_deref() == Some(name)).collect();
        if let Ok(group) = all.subset(&mask) {
            sections.push(section(name, &pool(&group, settings)?));
        }
    }
    Ok(Forest { effect: "Resorbed".to_owned(), level: 95.0, sections, ..Forest::default() })
}

/// A type with its random-effects result, the common one where it is all there is.
fn section(name: &str, fit: &Fit) -> Section {
    let mut letters = name.chars();
    let heading: String =
        letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect());
    let mut section = Section::subgroup(heading, fit);
    section.summaries.retain(|row| row.mark != Mark::Common || fit.random.is_none());
    for note in &mut section.notes {
        if let Note::Heterogeneity(line) = note {
            line.label.clear();
            line.tau_scale = None;
            line.i2_limits = None;
        }
    }
    section
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
