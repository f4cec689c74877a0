//! `resorb plot qq`: do the studies scatter like a normal distribution?

use clap::Args;

use super::common::{Common, Drawn};
use crate::{
    cli::failure::Failure,
    figure::qq::{Qq, qq},
    model::pool,
};

/// Normal Q–Q plot of residuals: do the studies scatter as the model says?
#[derive(Args, Clone, Debug)]
pub(super) struct QqPlot {
    #[command(flatten)]
    common: Common,
}

impl QqPlot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.common.run(85.0, |m| {
            let input = Qq::from(&pool(m.studies, m.settings)?);
            Ok(Drawn::one(qq(&input, &m.look, m.fonts)?, input.csv()))
        })
    }
}
