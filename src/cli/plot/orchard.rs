//! `resorb plot orchard`: every study with the pooled value, group by group.

use clap::Args;

use super::common::{Common, Drawn};
use crate::{
    analysis::{LevelOrder, subgroups},
    cli::{args::ORDER, failure::Failure},
    figure::orchard::{Orchard, orchard},
    model::pool,
};

/// Orchard plot: every study, the pooled value and the prediction, by group
#[derive(Args, Clone, Debug)]
pub(super) struct OrchardPlot {
    #[command(flatten)]
    common: Common,

    /// Column that makes the groups; repeat it to nest
    #[arg(long, value_name = "COL", help_heading = "Figure")]
    by: Vec<String>,

    /// Order of the groups: data, name or "a,b,c"
    #[arg(long, value_name = "ORDER", help_heading = "Figure", requires = "by", long_help = ORDER)]
    order: Option<LevelOrder>,
}

impl OrchardPlot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.common.run(114.0, |m| {
            let input = if self.by.is_empty() {
                Orchard::from(&pool(m.studies, m.settings)?)
            } else {
                let by: Vec<&str> = self.by.iter().map(String::as_str).collect();
                let order = self.order.clone().unwrap_or_default();
                Orchard::from(&subgroups(m.studies, &by, &order, m.settings)?)
            };
            Ok(Drawn::one(orchard(&input, &m.look, m.fonts)?, input.csv()))
        })
    }
}
