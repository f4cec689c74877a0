//! `resorb plot`: a figure of the studies and their pooled rate.

mod file;
mod forest;
mod funnel;
mod options;

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
    Forest(forest::ForestPlot),
    Funnel(funnel::FunnelPlot),
}

impl Plot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        match &self.kind {
            Kind::Forest(plot) => plot.run(),
            Kind::Funnel(plot) => plot.run(),
        }
    }
}
