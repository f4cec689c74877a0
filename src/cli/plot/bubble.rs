//! `resorb plot bubble`: a meta-regression on one number, with its studies.

use clap::Args;

use super::common::{Common, Drawn};
use crate::{
    cli::failure::Failure,
    figure::bubble::{Bubble, bubble},
    model::{Formula, Model, Settings, regress},
};

/// Bubble plot: a meta-regression on one number, with its studies
#[derive(Args, Clone, Debug)]
pub(super) struct BubblePlot {
    #[command(flatten)]
    common: Common,

    /// What to regress on: "type + year"
    #[arg(
        long,
        value_name = "TERMS",
        help_heading = "Figure",
        long_help = "What to regress on: one column of numbers, as it is or transformed, such as \
                     year, \"poly(year, 2)\" or \"rcs(year, 3)\""
    )]
    on: Formula,
}

impl BubblePlot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.common.run(114.0, |m| {
            // A regression is of effects: a one-step model stands for the two-step default.
            let choices = m.settings.model.as_two_step();
            let settings = Settings { model: Model::TwoStep(choices), ..*m.settings };
            let fit = regress(m.studies, &self.on, &[], &settings)?;
            let input = Bubble::new(m.studies, &fit)?;
            Ok(Drawn::one(bubble(&input, &m.look, m.fonts)?, input.csv()))
        })
    }
}
