//! `resorb plot study-intervals`: the interval of each study by every method.

use clap::Args;

use super::{
    Format,
    common::{Common, Drawn},
};
use crate::{
    cli::failure::Failure,
    figure::study_intervals::{StudyIntervals, pages, study_intervals},
    model::pool,
};

/// The interval of each study by every method: how much does the choice matter?
#[derive(Args, Clone, Debug)]
pub(super) struct StudyIntervalsPlot {
    #[command(flatten)]
    common: Common,

    /// Height of a page in mm, for a PDF
    #[arg(
        long,
        value_name = "MM",
        default_value_t = 257.0,
        help_heading = "Figure",
        hide_short_help = true
    )]
    page_height: f64,
}

impl StudyIntervalsPlot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.common.run(114.0, |m| {
            let input = StudyIntervals::try_from(&pool(m.studies, m.settings)?)?;
            let pages = if m.file.format == Format::Pdf {
                pages(&input, &m.look, self.page_height, m.fonts)?
            } else {
                vec![study_intervals(&input, &m.look, m.fonts)?]
            };
            Ok(Drawn { pages, numbers: input.csv() })
        })
    }
}
