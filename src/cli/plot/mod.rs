//! `resorb plot`: a figure of the studies and their pooled rate.

mod bubble;
mod common;
mod drapery;
mod file;
mod forest;
mod forest_input;
mod funnel;
mod labbe;
mod options;
mod orchard;
mod profile;
mod qq;
mod radial;
mod study_intervals;

pub(super) use file::{File, Format};

use clap::{Args, Subcommand};

use super::failure::Failure;

/// Draw a figure as SVG, PNG or PDF
#[derive(Args, Clone, Debug)]
#[command(disable_help_subcommand = true)]
pub(super) struct Plot {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand, Clone, Debug)]
enum Kind {
    Forest(Box<forest::ForestPlot>),
    Funnel(Box<funnel::FunnelPlot>),
    Orchard(Box<orchard::OrchardPlot>),
    Radial(Box<radial::RadialPlot>),
    Drapery(Box<drapery::DraperyPlot>),
    Bubble(Box<bubble::BubblePlot>),
    Profile(Box<profile::ProfilePlot>),
    Qq(Box<qq::QqPlot>),
    Labbe(Box<labbe::LabbePlot>),
    StudyIntervals(Box<study_intervals::StudyIntervalsPlot>),
}

impl Plot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        match &self.kind {
            Kind::Forest(plot) => plot.run(),
            Kind::Funnel(plot) => plot.run(),
            Kind::Orchard(plot) => plot.run(),
            Kind::Radial(plot) => plot.run(),
            Kind::Drapery(plot) => plot.run(),
            Kind::Bubble(plot) => plot.run(),
            Kind::Profile(plot) => plot.run(),
            Kind::Qq(plot) => plot.run(),
            Kind::Labbe(plot) => plot.run(),
            Kind::StudyIntervals(plot) => plot.run(),
        }
    }
}
