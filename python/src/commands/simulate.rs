//! Studies that agree with a published summary, marked as simulated.

use std::collections::BTreeMap;

use resorb::{
    analysis::{Blueprint, Grid, GroupPlan, Printed, Sizes, coverage, simulate, subgroup_power},
    model::Settings,
    report::{Style, write_performance, write_power, write_simulated},
};

use crate::{answer::Answer, failure::Failure, options::Options};

/// The table that is drawn, as CSV that says of itself that it is simulated.
pub(crate) fn simulated(options: &Options) -> Result<String, Failure> {
    let blueprint = blueprint(options)?;
    let made = simulate(&blueprint)?;
    let column = options.text("sim_column")?;
    let mut out = Vec::new();
    write_simulated(&mut out, &made, &blueprint, column.as_deref().unwrap_or("group"))?;
    Ok(String::from_utf8(out)?)
}

/// How methods, or the test of groups, do over many data sets.
pub(crate) fn scenario(options: &Options) -> Result<Answer, Failure> {
    let blueprint = blueprint(options)?;
    let mut out = Vec::new();
    let style = Style::default();
    let title = |replicates: u32| {
        format!(
            "simulated data: {} studies, {} patients, rate {}, τ {}; {replicates} data sets, seed {}",
            blueprint.k,
            blueprint.total,
            blueprint.rate.percent(),
            blueprint.tau,
            blueprint.seed
        )
    };
    if let Some(replicates) = options.whole("coverage")? {
        let found = coverage(&blueprint.scenario(replicates)?, &Grid::usual(), &mut |_, _| {})?;
        write_performance(&mut out, &found, title(replicates), &style)?;
        let content = BTreeMap::from([("coverage", found)]);
        return Answer::described("simulate", content, String::from_utf8(out)?);
    }
    let replicates = options.whole("power")?.unwrap_or_default();
    let settings = Settings { seed: blueprint.seed, ..Settings::two_step() };
    let groups = blueprint.power_groups()?;
    let found = subgroup_power(&groups, blueprint.tau, replicates, &settings, &mut |_, _| {})?;
    write_power(&mut out, &found, title(replicates), &style)?;
    Answer::described("simulate", BTreeMap::from([("power", found)]), String::from_utf8(out)?)
}

fn blueprint(options: &Options) -> Result<Blueprint, Failure> {
    let needed = |name: &str| Failure::said(format!("`{name}` is needed to simulate studies"));
    let k = options.whole("sim_k")?.ok_or_else(|| needed("sim_k"))?;
    let total = options.whole("sim_total")?.ok_or_else(|| needed("sim_total"))?;
    let value = options.text("sim_rate")?.ok_or_else(|| needed("sim_rate"))?;
    let usual = Blueprint::new(k, total, Printed::rate(&value)?);
    let rate = |name: &str| -> Result<Option<Printed>, Failure> {
        Ok(options.text(name)?.as_deref().map(Printed::rate).transpose()?)
    };
    Ok(Blueprint {
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
    })
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
