//! `resorb plot funnel`: do small studies find other rates than large ones?

use clap::Args;

use super::common::{Common, Drawn};
use crate::{
    cli::{failure::Failure, values::described},
    figure::funnel::{Against, Funnel, Options, funnel},
    model::{Model, pool},
};

/// Funnel plot: do small studies find other rates than large ones?
#[derive(Args, Clone, Debug)]
#[command(after_help = "The first of several values is the default; --help explains all of them.")]
pub(super) struct FunnelPlot {
    #[command(flatten)]
    common: Common,

    /// Vertical axis: size, inverse-size or se
    #[arg(
        long, value_name = "AXIS", ignore_case = true, hide_possible_values = true,
        help_heading = "Figure", hide_short_help = true,
        long_help = described::<Against>("Vertical axis [default: size]")
    )]
    against: Option<Against>,

    /// Shade p < .10, .05, .01 around a value of the analysis scale
    #[arg(
        long,
        value_name = "VALUE",
        help_heading = "Figure",
        hide_short_help = true,
        allow_negative_numbers = true
    )]
    contours: Option<f64>,
}

impl FunnelPlot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.common.run(85.0, |m| {
            let input = Funnel::from(&pool(m.studies, m.settings)?);
            // Contours are of p values, which need the standard error on the axis.
            // Where the measure has a value of no effect, they are of tests against it.
            let null = match m.settings.model {
                Model::TwoStep(choices) => {
                    choices.measure.null().map(|null| choices.measure.of(null))
                }
                Model::MantelHaenszel { measure, .. } => {
                    measure.null().map(|null| measure.of(null))
                }
                Model::Peto | Model::TwoGroupGlmm { .. } => Some(0.0),
                Model::Glmm { .. } | Model::BetaBinomial { .. } => None,
            };
            let others = self.against.is_some_and(|against| against != Against::Se);
            let contours = self.contours.or(null.filter(|_| !others));
            let usual = if contours.is_some() { Against::Se } else { Against::default() };
            let options = Options {
                style: m.look.style,
                width: m.look.width,
                scale: m.look.scale,
                against: self.against.unwrap_or(usual),
                contours,
            };
            Ok(Drawn::one(funnel(&input, &options, m.fonts)?, input.csv()))
        })
    }
}
