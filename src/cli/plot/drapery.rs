//! `resorb plot drapery`: the p value of every possible true value.

use clap::Args;

use super::common::{Common, Drawn};
use crate::{
    cli::failure::Failure,
    figure::drapery::{Drapery, drapery},
    model::pool,
};

/// Drapery plot: the p value of every possible true value
#[derive(Args, Clone, Debug)]
pub(super) struct DraperyPlot {
    #[command(flatten)]
    common: Common,
}

impl DraperyPlot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.common.run(114.0, |m| {
            let input = Drapery::from(&pool(m.studies, m.settings)?);
            Ok(Drawn::one(drapery(&input, &m.look, m.fonts)?, input.csv()))
        })
    }
}
