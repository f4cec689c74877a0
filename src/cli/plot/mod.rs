//! `resorb plot`: a figure of the studies and their pooled rate.

mod baujat;
mod bubble;
mod common;
mod doi;
mod drapery;
mod file;
mod forest;
mod forest_input;
mod funnel;
mod gosh;
mod influence;
mod labbe;
mod multiverse;
mod options;
mod orchard;
mod prisma;
mod profile;
mod qq;
mod radial;
mod rob;
mod save;
mod study_intervals;

pub(super) use file::{File, Format};

use clap::{ArgMatches, Args, Subcommand};

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
    Baujat(Box<baujat::BaujatPlot>),
    Influence(Box<influence::InfluenceCommand>),
    Gosh(Box<gosh::GoshCommand>),
    Doi(Box<doi::DoiCommand>),
    StudyIntervals(Box<study_intervals::StudyIntervalsPlot>),
    Multiverse(Box<multiverse::MultiversePlot>),
    Rob(Box<rob::RobPlot>),
    Prisma(Box<prisma::PrismaPlot>),
}

impl Plot {
    /// Draws the figure and, where that is asked for, writes the analysis file that draws it again.
    /// `typed` is what was typed after `resorb plot`.
    pub(super) fn run(&self, typed: &ArgMatches) -> Result<(), Failure> {
        save::ready(typed)?;
        self.draw()?;
        save::write(typed)
    }

    /// Draws the figure.
    pub(super) fn draw(&self) -> Result<(), Failure> {
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
            Kind::Baujat(plot) => plot.run(),
            Kind::Influence(plot) => plot.run(),
            Kind::Gosh(plot) => plot.run(),
            Kind::Doi(plot) => plot.run(),
            Kind::StudyIntervals(plot) => plot.run(),
            Kind::Multiverse(plot) => plot.run(),
            Kind::Rob(plot) => plot.run(),
            Kind::Prisma(plot) => plot.run(),
        }
    }
}
