//! `resorb plot doi`: are effects spread evenly around the most precise one?

use clap::Args;

use super::common::{Common, Drawn};
use crate::{
    analysis::small_study::{self, Funnel},
    cli::failure::Failure,
    figure::doi::{DoiPlot, doi},
};

/// Doi plot with the LFK index: are effects spread evenly around the most precise?
#[derive(Args, Clone, Debug)]
pub(super) struct DoiCommand {
    #[command(flatten)]
    common: Common,
}

impl DoiCommand {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.common.run(85.0, |m| {
            let found = small_study::doi(&Funnel::new(m.studies, m.settings)?)?;
            let input = DoiPlot::new(m.settings, found);
            Ok(Drawn::one(doi(&input, &m.look, m.fonts)?, input.csv()))
        })
    }
}
