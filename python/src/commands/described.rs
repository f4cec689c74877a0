//! What describes things and computes nothing: the bundled data, the terms, tables of claims.

use resorb::{
    data::{
        self, ClaimRow,
        bundled::{self, Dataset},
    },
    report::{self, Entry},
};
use serde::Serialize;

use crate::failure::Failure;

/// A data set with the keys that `resorb datasets --format json` gives it.
#[derive(Serialize)]
struct Described {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    columns: Vec<&'static str>,
    cautions: &'static [&'static str],
}

/// The bundled data sets.
pub(crate) fn datasets() -> Result<String, Failure> {
    let described = |dataset: &'static Dataset| {
        let Dataset { name, title, description, cautions, .. } = *dataset;
        Described {
            name,
            title,
            description,
            columns: dataset.header().split(',').collect(),
            cautions,
        }
    };
    let all: Vec<Described> = bundled::ALL.iter().map(described).collect();
    Ok(serde_json::to_string(&all)?)
}

/// What a term means; every term where none is named.
pub(crate) fn explain(term: &str) -> Result<String, Failure> {
    if term.trim().is_empty() {
        let terms: Vec<&Entry> = report::entries().collect();
        return Ok(serde_json::to_string(&terms)?);
    }
    match report::explain(term) {
        Some(entry) => Ok(serde_json::to_string(entry)?),
        None => Err(Failure::with_help(
            format!("`{term}` is not a term of the results"),
            match report::nearest(term) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`resorb explain` lists all terms".to_owned(),
            },
        )),
    }
}

/// A row of a table of claims, under the names of the options of a claim.
#[derive(Serialize)]
struct Stated {
    #[serde(rename = "claim_label")]
    label: Option<String>,
    #[serde(rename = "claim_rate")]
    rate: String,
    #[serde(rename = "claim_ci")]
    ci: Option<String>,
    #[serde(rename = "claim_k")]
    k: Option<u64>,
    #[serde(rename = "claim_total")]
    total: Option<u64>,
    #[serde(rename = "claim_events")]
    events: Option<u64>,
    #[serde(rename = "claim_i2")]
    i2: Option<String>,
}

/// The claims of a table, as JSON.
pub(crate) fn claims(name: &str, bytes: &[u8]) -> Result<String, Failure> {
    let rows = data::claims(bytes).map_err(|error| Failure::said(format!("{name}: {error}")))?;
    let stated = rows.into_iter().map(|row| {
        let line = row.line;
        stated(row).map_err(|what| Failure::said(format!("{name}, line {line}: {what}")))
    });
    Ok(serde_json::to_string(&stated.collect::<Result<Vec<Stated>, Failure>>()?)?)
}

fn stated(row: ClaimRow) -> Result<Stated, String> {
    let count = |text: Option<String>| {
        let read = |text: String| {
            text.parse::<u64>().map_err(|_| format!("`{text}` is not a whole number"))
        };
        text.map(read).transpose()
    };
    let ci = match (row.ci_lower, row.ci_upper) {
        (Some(lower), Some(upper)) => Some(format!("{lower},{upper}")),
        (None, None) => None,
        _ => return Err("one limit of the interval is missing".to_owned()),
    };
    Ok(Stated {
        label: (!row.label.is_empty()).then_some(row.label),
        rate: row.rate.ok_or("the rate is missing")?,
        ci,
        k: count(row.k)?,
        total: count(row.total)?,
        events: count(row.events)?,
        i2: row.i2,
    })
}
