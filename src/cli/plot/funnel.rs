//! `resorb plot funnel`: do small studies find other rates than large ones?

use clap::Args;

use super::common::{Common, Drawn, Material};
use crate::{
    analysis::small_study::{self, Side, TrimEstimator},
    cli::{failure::Failure, values::described},
    figure::funnel::{Against, Funnel, Options, funnel},
    model::{Model, Settings, TwoStep, pool},
};

/// Funnel plot: do small studies find other rates than large ones?
#[derive(Args, Clone, Debug)]
#[command(after_help = "The first of several values is the default; --help explains all of them.")]
pub(super) struct FunnelPlot {
    #[command(flatten)]
    common: Common,

    /// Vertical axis: size, inverse-size or se
    #[arg(
        long = "vertical", value_name = "AXIS", ignore_case = true, hide_possible_values = true,
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

    /// Add the studies that trim and fill finds missing
    #[arg(
        long,
        value_name = "ESTIMATOR",
        help_heading = "Figure",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "L0",
        ignore_case = true,
        hide_possible_values = true,
        hide_short_help = true,
        long_help = described::<TrimEstimator>(
            "Add the studies that trim and fill finds missing, against the standard error, with \
             the pooled value that they would make; --trim-and-fill=R0 names how they are counted \
             [default: L0]"
        )
    )]
    trim_and_fill: Option<TrimEstimator>,

    /// Side on which studies are missing [default: detected]
    #[arg(
        long, value_name = "SIDE", ignore_case = true, hide_possible_values = true,
        help_heading = "Figure", hide_short_help = true, requires = "trim_and_fill",
        long_help = described::<Side>(
            "Side of the funnel on which trim and fill takes studies to be missing [default: \
             detected by the slope of the effects on their standard errors]"
        )
    )]
    side: Option<Side>,
}

impl FunnelPlot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.common.run(85.0, |m| {
            let input = match self.trim_and_fill {
                None => Funnel::from(&pool(m.studies, m.settings)?),
                Some(estimator) => self.filled(m, estimator)?,
            };
            // Contours are of p values, and mirror images have no size: both need the standard error.
            let by_se = self.contours.is_some() || self.trim_and_fill.is_some();
            if let (true, Some(Against::Size | Against::InverseSize)) = (by_se, self.against) {
                return Err(Failure::Usage {
                    message: "contours and filled studies stand against the standard error"
                        .to_owned(),
                    help: "leave --vertical out, or write --vertical se".to_owned(),
                });
            }
            // Where the measure has a value of no effect, contours are of tests against it.
            let null = Options::suited(m.settings).contours;
            let others = self.against.is_some_and(|against| against != Against::Se);
            let contours = self.contours.or(null.filter(|_| !others && !by_se));
            let usual = if by_se || contours.is_some() { Against::Se } else { Against::default() };
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
    /// The funnel of the two-step model with the studies filled in.
    fn filled(&self, m: &Material<'_>, estimator: TrimEstimator) -> Result<Funnel, Failure> {
        // Mirror images are of effects: a one-step model stands for the two-step default.
        let choices = match m.settings.model {
            Model::TwoStep(choices) => choices,
            _ => TwoStep::default(),
        };
        let settings = Settings { model: Model::TwoStep(choices), ..*m.settings };
        let of = small_study::Funnel::new(m.studies, &settings)?;
        let filled = small_study::trim_and_fill(&of, estimator, self.side, false)?;
        if filled.filled.is_empty() {
            anstream::eprintln!(
                "note: trim and fill ({}) finds no study missing",
                estimator.name()
            );
        }
        Ok(Funnel::filled(&pool(m.studies, &settings)?, &filled))
    }
}
