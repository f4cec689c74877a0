//! `resorb plot influence`: what each study does to the result.

use clap::Args;

use super::common::{Common, Drawn};
use crate::{
    analysis::{self, Unit, leave_one_out},
    cli::failure::Failure,
    figure::influence::{InfluencePlot, influence},
    model::pool,
};

/// Influence of each study: residuals, DFFITS, Cook's D, weights and more
#[derive(Args, Clone, Debug)]
pub(super) struct InfluenceCommand {
    #[command(flatten)]
    common: Common,
}

impl InfluenceCommand {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.common.run(174.0, |m| {
            let fit = pool(m.studies, m.settings)?;
            let without = leave_one_out(m.studies, m.settings, Unit::Row)?;
            let input = InfluencePlot::new(&fit, &analysis::influence(&fit, &without));
            Ok(Drawn::one(influence(&input, &m.look, m.fonts)?, input.csv()))
        })
    }
}
