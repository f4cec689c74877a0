//! `resorb plot radial`: which studies lie further from the common value than chance allows?

use clap::Args;

use super::common::{Common, Drawn};
use crate::{
    cli::failure::Failure,
    figure::radial::{Radial, radial},
    model::pool,
};

/// Radial (Galbraith) plot: which studies lie further out than chance allows?
#[derive(Args, Clone, Debug)]
pub(super) struct RadialPlot {
    #[command(flatten)]
    common: Common,
}

impl RadialPlot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.common.run(114.0, |m| {
            let input = Radial::try_from(&pool(m.studies, m.settings)?)?;
            Ok(Drawn::one(radial(&input, &m.look, m.fonts)?, input.csv()))
        })
    }
}
