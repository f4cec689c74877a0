//! `resorb plot labbe`: the risk of one group against that of the other.

use clap::Args;

use super::common::{Common, Drawn};
use crate::{
    cli::failure::Failure,
    figure::{
        Scale,
        labbe::{Labbe, labbe},
    },
    model::pool,
};

/// L'Abbé plot: the risk of one group against that of the other
#[derive(Args, Clone, Debug)]
pub(super) struct LabbePlot {
    #[command(flatten)]
    common: Common,
}

impl LabbePlot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.common.run(85.0, |m| {
            let input = Labbe::try_from(&pool(m.studies, m.settings)?)?;
            // What is drawn are risks, whatever the measure.
            let mut look = m.look;
            if look.scale == Scale::Plain {
                look.scale = self.common.figure.scale();
            }
            Ok(Drawn::one(labbe(&input, &look, m.fonts)?, input.csv()))
        })
    }
}
