//! `resorb datasets`: the data that come with the program.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use serde::Serialize;

use super::{
    args::{PlainArgs, json},
    destination::{create, stdout},
    failure::{Failure, say},
    text::hanging,
};
use crate::{
    data::bundled::{self, Dataset},
    study::nearest,
};

/// List, describe and export the bundled data sets
#[derive(Args, Clone, Debug)]
#[command(disable_help_subcommand = true, args_conflicts_with_subcommands = true)]
pub(super) struct Datasets {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    output: PlainArgs,
}

#[derive(Subcommand, Clone, Debug)]
enum Action {
    /// List the bundled data sets (what `resorb datasets` does)
    List {
        #[command(flatten)]
        output: PlainArgs,
    },
    /// Say what a data set is and what to be careful about
    Show {
        /// Name of the data set
        #[arg(value_name = "DATASET")]
        dataset: String,
        #[command(flatten)]
        output: PlainArgs,
    },
    /// Write a data set to a CSV file
    Export {
        /// Name of the data set
        #[arg(value_name = "DATASET")]
        dataset: String,
        /// File to write, - for standard output [default: DATASET.csv]
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        /// Replace the file if it exists
        #[arg(long)]
        force: bool,
    },
}

impl Datasets {
    pub(super) fn run(&self) -> Result<(), Failure> {
        match &self.action {
            None => list(self.output),
            Some(Action::List { output }) => list(*output),
            Some(Action::Show { dataset, output }) => {
                let dataset = find(dataset)?;
                if output.is_json() {
                    return json("datasets show", Described::of(dataset));
                }
                stdout(|out| show(out, dataset))
            }
            Some(Action::Export { dataset, file, force }) => {
                export(find(dataset)?, file.as_deref(), *force)
            }
        }
    }
}

fn find(name: &str) -> Result<&'static Dataset, Failure> {
    bundled::find(name).ok_or_else(|| Failure::Usage {
        message: format!("there is no bundled data set `{name}`"),
        help: match nearest(name, bundled::ALL.iter().map(|dataset| dataset.name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`resorb datasets` lists them".to_owned(),
        },
    })
}

/// A data set as JSON describes it; `resorb datasets export` has the data themselves.
#[derive(Serialize)]
struct Described {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    columns: Vec<&'static str>,
    cautions: &'static [&'static str],
}

impl Described {
    fn of(dataset: &Dataset) -> Self {
        let Dataset { name, title, description, cautions, .. } = *dataset;
        Self { name, title, description, columns: columns(dataset), cautions }
    }
}

fn columns(dataset: &Dataset) -> Vec<&'static str> {
    dataset.header().split(',').collect()
}

fn list(output: PlainArgs) -> Result<(), Failure> {
    if output.is_json() {
        let datasets: Vec<Described> = bundled::ALL.iter().map(Described::of).collect();
        return json("datasets list", BTreeMap::from([("datasets", datasets)]));
    }
    stdout(names)
}

fn names(out: &mut dyn Write) -> io::Result<()> {
    for Dataset { name, title, .. } in bundled::ALL {
        writeln!(out, "{name}\n  {title}")?;
    }
    writeln!(
        out,
        "
resorb datasets show DATASET      what it is and what to be careful about
resorb datasets export DATASET    write it to a file
resorb check DATASET              its columns and rows"
    )
}

fn show(out: &mut dyn Write, dataset: &Dataset) -> io::Result<()> {
    let Dataset { name, title, description, cautions, .. } = dataset;
    writeln!(out, "{name}: {title}\n")?;
    hanging(out, "", description)?;
    writeln!(out)?;
    hanging(out, "Columns: ", &columns(dataset).join(", "))?;
    if !cautions.is_empty() {
        writeln!(out, "\nBe careful")?;
    }
    for caution in *cautions {
        hanging(out, "- ", caution)?;
    }
    Ok(())
}

fn export(dataset: &Dataset, file: Option<&Path>, force: bool) -> Result<(), Failure> {
    let own = PathBuf::from(format!("{}.csv", dataset.name));
    let path = file.unwrap_or(&own);
    let write = |out: &mut dyn Write| out.write_all(dataset.csv.as_bytes());
    if path == Path::new("-") {
        return stdout(write);
    }
    create(path, force, write)?;
    say(&format!("{} written to {}\n", dataset.name, path.display()));
    Ok(())
}
