//! Studies that agree with a published summary, marked as simulated.

use resorb::{
    analysis::{Blueprint, GroupPlan, Printed, Sizes, simulate},
    report::write_simulated,
};

use crate::{failure::Failure, options::Options};

/// The table that is drawn, as CSV that says of itself that it is simulated.
pub(crate) fn simulated(options: &Options) -> Result<String, Failure> {
    let needed = |name: &str| Failure::said(format!("`{name}` is needed to simulate studies"));
    let k = options.whole("sim_k")?.ok_or_else(|| needed("sim_k"))?;
    let total = options.whole("sim_total")?.ok_or_else(|| needed("sim_total"))?;
    let value = options.text("sim_rate")?.ok_or_else(|| needed("sim_rate"))?;
    let usual = Blueprint::new(k, total, Printed::rate(&value)?);
    let rate = |name: &str| -> Result<Option<Printed>, Failure> {
        Ok(options.text(name)?.as_deref().map(Printed::rate).transpose()?)
    };
    let blueprint = Blueprint {
        events: options.whole("sim_events")?,
        smallest: rate("sim_min")?,
        largest: rate("sim_max")?,
        tau: options.number("sim_tau")?.unwrap_or(usual.tau),
        sizes: match options.number("sim_sizes")? {
            None => usual.sizes,
            Some(0.0) => Sizes::Equal,
            Some(sigma) => Sizes::LogNormal(sigma),
        },
        least_size: options.whole("sim_least")?.unwrap_or(usual.least_size),
        groups: options
            .texts("sim_group")?
            .iter()
            .map(|text| group(text))
            .collect::<Result<_, _>>()?,
        seed: options.whole("seed")?.unwrap_or(usual.seed),
        ..usual
    };
    let made = simulate(&blueprint)?;
    let column = options.text("sim_column")?;
    let mut out = Vec::new();
    write_simulated(&mut out, &made, &blueprint, column.as_deref().unwrap_or("group"))?;
    Ok(String::from_utf8(out)?)
}

/// `extrusion=154:70%`.
fn group(text: &str) -> Result<GroupPlan, Failure> {
    let refuse = || {
        Failure::with_help(
            format!("`{text}` is not a group"),
            "give a name, a share and a rate, as in extrusion=154:70%",
        )
    };
    let (name, rest) = text.split_once('=').ok_or_else(refuse)?;
    let (share, value) = rest.split_once(':').ok_or_else(refuse)?;
    Ok(GroupPlan {
        name: name.trim().to_owned(),
        share: share.trim().trim_end_matches('%').parse().map_err(|_| refuse())?,
        rate: Printed::rate(value)?.value(),
    })
}
