//! `resorb plot influence`: what each study does to the result.

use clap::Args;

use super::{
    Format,
    common::{Common, Drawn},
};
use crate::{
    analysis::{self, Unit, leave_one_out},
    cli::failure::Failure,
    figure::influence::{InfluencePlot, influence, pages},
    model::pool,
};

/// Influence of each study: residuals, DFFITS, Cook's D, weights and more
#[derive(Args, Clone, Debug)]
pub(super) struct InfluenceCommand {
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

impl InfluenceCommand {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.common.run(174.0, |m| {
            let fit = pool(m.studies, m.settings)?;
            let without = leave_one_out(m.studies, m.settings, Unit::Row)?;
            let input = InfluencePlot::new(&fit, &analysis::influence(&fit, &without));
            let pages = if m.file.format == Format::Pdf {
                pages(&input, &m.look, self.page_height, m.fonts)?
            } else {
                vec![influence(&input, &m.look, m.fonts)?]
            };
            Ok(Drawn { pages, numbers: input.csv() })
        })
    }
}
