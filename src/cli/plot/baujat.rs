//! `resorb plot baujat`: which studies make the heterogeneity, and which move the result.

use clap::Args;

use super::common::{Common, Drawn};
use crate::{
    analysis::{self, Unit, leave_one_out},
    cli::failure::Failure,
    figure::baujat::{Baujat, baujat},
    model::pool,
};

/// Baujat plot: which studies make the heterogeneity, which move the result?
#[derive(Args, Clone, Debug)]
pub(super) struct BaujatPlot {
    #[command(flatten)]
    common: Common,
}

impl BaujatPlot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.common.run(85.0, |m| {
            let fit = pool(m.studies, m.settings)?;
            let without = leave_one_out(m.studies, m.settings, Unit::Row)?;
            let input = Baujat::from(analysis::baujat(&fit, &without).as_slice());
            Ok(Drawn::one(baujat(&input, &m.look, m.fonts)?, input.csv()))
        })
    }
}
