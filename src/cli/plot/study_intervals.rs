//! `resorb plot study-intervals`: the interval of each study by every method.

use clap::Args;

use super::common::{Common, Drawn};
use crate::{
    cli::failure::Failure,
    figure::study_intervals::{StudyIntervals, study_intervals},
    model::pool,
};

/// The interval of each study by every method: how much does the choice matter?
#[derive(Args, Clone, Debug)]
pub(super) struct StudyIntervalsPlot {
    #[command(flatten)]
    common: Common,
}

impl StudyIntervalsPlot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.common.run(114.0, |m| {
            let input = StudyIntervals::try_from(&pool(m.studies, m.settings)?)?;
            Ok(Drawn::one(study_intervals(&input, &m.look, m.fonts)?, input.csv()))
        })
    }
}
