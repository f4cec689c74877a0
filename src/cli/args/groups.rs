//! How groups are made: their order, and what they share.

use std::str::FromStr;

use clap::Args;

use crate::analysis::{Grouping, LevelOrder};

/// The order of groups and their variance.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Groups")]
pub(in crate::cli) struct GroupsArgs {
    /// Order of the groups: data, name or "a,b,c"
    #[arg(
        long,
        value_name = "ORDER",
        long_help = "Order of the groups: data (as they first occur), name, or their names with \
                     commas between them, in double quotes where a name holds a comma; groups that \
                     are not named follow [default: data]"
    )]
    order: Option<Order>,

    /// One τ² for all groups instead of one for each
    #[arg(long)]
    tau2_common: bool,
}

impl GroupsArgs {
    /// The grouping, without clusters.
    pub(in crate::cli) fn grouping(&self) -> Grouping {
        Grouping {
            order: self.order.clone().map_or_else(LevelOrder::default, |Order(order)| order),
            tau2_common: self.tau2_common,
            ..Grouping::default()
        }
    }
}

/// An order as typed.
#[derive(Clone, Debug)]
struct Order(LevelOrder);

impl FromStr for Order {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(Self(match text.trim().to_ascii_lowercase().as_str() {
            "data" => LevelOrder::Data,
            "name" => LevelOrder::Name,
            _ => LevelOrder::Given(names(text)?),
        }))
    }
}

/// Names with commas between them; one that holds a comma stands in double quotes.
fn names(text: &str) -> Result<Vec<String>, String> {
    let mut names: Vec<String> = Vec::new();
    let mut rest = text.trim();
    loop {
        let (name, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').ok_or("a double quote is not closed")?,
            None => rest.find(',').map_or((rest, ""), |comma| rest.split_at(comma)),
        };
        let (name, after) = (name.trim(), after.trim_start());
        if name.is_empty() {
            return Err("there is a name missing before or after a comma".to_owned());
        }
        if names.iter().any(|other| other == name) {
            return Err(format!("`{name}` is named twice"));
        }
        names.push(name.to_owned());
        match after.strip_prefix(',') {
            Some(next) => rest = next.trim_start(),
            None if after.is_empty() => return Ok(names),
            None => return Err("put a comma after a name in double quotes".to_owned()),
        }
    }
}
