//! `resorb plot gosh`: the result of every subset of the studies.

use clap::Args;

use super::common::{Common, Drawn};
use crate::{
    analysis::gosh as pooled,
    cli::{failure::Failure, gosh::Subsets, progress::Progress},
    figure::gosh::{GoshPlot, gosh},
    plan::GoshPlan,
    report::write_gosh_csv,
};

/// GOSH plot: the result of every subset, with and without the study that parts them
#[derive(Args, Clone, Debug)]
#[command(
    mut_arg("study_ci", |option| option.hide_short_help(true)),
    mut_arg("tau2_ci", |option| option.hide_short_help(true)),
    mut_arg("prediction", |option| option.hide_short_help(true)),
    mut_arg("ci", |option| option.hide_short_help(true)),
    mut_arg("year", |option| option.hide_short_help(true))
)]
pub(super) struct GoshCommand {
    #[command(flatten)]
    common: Common,

    /// Study whose subsets have a colour [default: the one that parts them most]
    #[arg(
        long,
        value_name = "STUDY",
        help_heading = "Figure",
        long_help = "Study whose subsets have a colour of their own [default: the one whose \
                     presence parts the subsets most]"
    )]
    highlight: Option<String>,

    #[command(flatten)]
    subsets: Subsets,
}

impl GoshCommand {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.common.run(114.0, |m| {
            let options = GoshPlan::from(&self.subsets).options(m.settings);
            let mut progress = Progress::new();
            let subsets = pooled(m.studies, m.settings, &options, &mut |done, total| {
                progress.tell(done, total);
            })?;
            drop(progress);
            let input = match &self.highlight {
                Some(name) => GoshPlot::with_study(m.settings, &subsets, name)?,
                None => GoshPlot::new(m.settings, &subsets),
            };
            let scene = gosh(&input, &m.look, m.fonts)?;
            // Millions of subsets are written only where somebody asks for them.
            let mut numbers = Vec::new();
            if self.common.figure.data_out.is_some() {
                write_gosh_csv(&mut numbers, &subsets)?;
            }
            Ok(Drawn::one(scene, String::from_utf8_lossy(&numbers).into_owned()))
        })
    }
}
