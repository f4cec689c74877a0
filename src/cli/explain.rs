//! `resorb explain`: what a word in a result means.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use clap::Args;

use super::{
    args::{PlainArgs, json},
    destination::stdout,
    failure::Failure,
    text::hanging,
};
use crate::report::{self, Entry};

/// Explain a term of the results in plain sentences; without one, list them
#[derive(Args, Clone, Debug)]
pub(super) struct Explain {
    /// Term, such as i2, tau2, glmm, hk or prediction-interval
    #[arg(value_name = "TERM", num_args = 0..)]
    term: Vec<String>,
    #[command(flatten)]
    output: PlainArgs,
}

impl Explain {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let term = self.term.join(" ");
        if term.trim().is_empty() {
            if self.output.is_json() {
                let terms: Vec<&Entry> = report::entries().collect();
                return json("explain", BTreeMap::from([("terms", terms)]));
            }
            return stdout(list);
        }
        match report::explain(&term) {
            Some(entry) if self.output.is_json() => json("explain", entry),
            Some(entry) => stdout(|out| describe(out, entry)),
            None => Err(Failure::Usage {
                message: format!("`{term}` is not a term of the results"),
                help: match report::nearest(&term) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`resorb explain` lists all terms".to_owned(),
                },
            }),
        }
    }
}

fn list(out: &mut dyn Write) -> io::Result<()> {
    for entry in report::entries() {
        hanging(out, &format!("{:<24} ", entry.term), entry.name)?;
    }
    Ok(())
}

fn describe(out: &mut dyn Write, entry: &Entry) -> io::Result<()> {
    // A name may say its term already: "Wald interval with normal quantiles (z)".
    let term = format!(" ({})", entry.term);
    let name = entry.name.strip_suffix(&term).unwrap_or(entry.name);
    writeln!(out, "{name}{term}\n")?;
    hanging(out, "", &entry.sentences.join(" "))?;
    writeln!(out)?;
    hanging(out, "Formula:   ", entry.formula)?;
    hanging(out, "Source:    ", entry.source)?;
    if !entry.see.is_empty() {
        hanging(out, "See also:  ", &entry.see.join(", "))?;
    }
    Ok(())
}
