//! `resorb plot profile`: how sure the data are about the between-study variance.

use clap::Args;

use super::common::{Common, Drawn};
use crate::{
    cli::failure::Failure,
    figure::profile::{csv, profile},
    model::tau2_profile,
};

/// Values of τ² at which the profile is computed.
const POINTS: u32 = 120;

/// Profile of τ²: how sure the data are about the between-study variance
#[derive(Args, Clone, Debug)]
pub(super) struct ProfilePlot {
    #[command(flatten)]
    common: Common,
}

impl ProfilePlot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.common.run(85.0, |m| {
            let input = tau2_profile(m.studies, m.settings, POINTS)?;
            Ok(Drawn::one(profile(&input, &m.look, m.fonts)?, csv(&input)))
        })
    }
}
