//! What all figures of one table of studies do: read, analyse, draw, write.

use clap::Args;

use super::{File, file, options::FigureArgs};
use crate::{
    cli::{
        args::{DataArgs, DataFileOrBundled, SettingsArgs},
        choice::Choice,
        failure::Failure,
        source,
    },
    figure::{Fonts, Look, Scale, Scene},
    model::Settings,
    study::{OutcomeKind, Studies},
};

/// DATA, the figure, and the analysis.
#[derive(Args, Clone, Debug)]
pub(super) struct Common {
    #[command(flatten)]
    file: DataFileOrBundled,
    #[command(flatten)]
    pub(super) figure: FigureArgs,
    #[command(flatten)]
    reading: DataArgs,
    #[command(flatten)]
    pub(super) settings: SettingsArgs,
}

/// What a figure is made from.
pub(super) struct Material<'m> {
    pub(super) studies: &'m Studies,
    pub(super) settings: &'m Settings,
    pub(super) look: Look,
    pub(super) fonts: &'m Fonts<'m>,
    pub(super) file: &'m File,
}

/// A drawn figure with the numbers behind it.
pub(super) struct Drawn {
    pub(super) pages: Vec<Scene>,
    pub(super) numbers: String,
}

impl Drawn {
    pub(super) fn one(scene: Scene, numbers: String) -> Self {
        Self { pages: vec![scene], numbers }
    }
}

impl Common {
    /// Reads DATA, has the figure drawn (`width` mm wide unless one is given), and writes it.
    ///
    /// Everything about the output is settled before DATA is read, and nothing is written before the
    /// figure is drawn.
    pub(super) fn run(
        &self,
        width: f64,
        draw: impl FnOnce(&Material<'_>) -> Result<Drawn, Failure>,
    ) -> Result<(), Failure> {
        Choice::try_from(&self.settings)?;
        let file = File::try_from(&self.figure)?;
        let fonts = file::fonts(&self.figure.font)?;
        let fonts = file::with_fonts(&fonts)?;
        let source = source::read(self.file.data.as_deref(), &self.reading)?;
        let choice = Choice::suited(&self.settings, &source.table)?;
        if self.file.data.is_none() {
            anstream::eprintln!("no DATA was given: these are the bundled lumbar data");
        }
        let mut drawn = draw(&Material {
            studies: &source.table.studies,
            settings: &choice.settings,
            look: Look {
                style: self.figure.style(),
                width: self.figure.width(width),
                scale: match source.table.studies.outcomes().kind() {
                    OutcomeKind::Proportions => self.figure.scale(),
                    _ => Scale::Plain,
                },
            },
            fonts: &fonts,
            file: &file,
        })?;
        if let Some(words) = source.footnote() {
            drawn.pages.iter_mut().for_each(|page| page.footnote(words));
        }
        file::remark(&drawn.pages);
        file.write(&drawn.pages, &fonts)?;
        self.figure
            .data_out
            .as_ref()
            .map_or(Ok(()), |path| file::write(path, drawn.numbers.as_bytes()))
    }
}
