//! `resorb datasets`: the data that come with the program.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};

use super::{
    destination::{replace, stdout},
    failure::{Failure, say},
    text::hanging,
};
use crate::{
    data::bundled::{self, Dataset},
    study::nearest,
};

/// List, describe and export the bundled data sets
#[derive(Args, Clone, Debug)]
#[command(disable_help_subcommand = true)]
pub(super) struct Datasets {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Subcommand, Clone, Debug)]
enum Action {
    /// List the bundled data sets (what `resorb datasets` does)
    List,
    /// Say what a data set is and what to be careful about
    Show {
        /// Name of the data set
        #[arg(value_name = "DATASET")]
        dataset: String,
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
            None | Some(Action::List) => stdout(list),
            Some(Action::Show { dataset }) => {
                let dataset = find(dataset)?;
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

fn list(out: &mut dyn Write) -> io::Result<()> {
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
    let Dataset { name, title, csv, description, cautions, rows: _ } = dataset;
    writeln!(out, "{name}: {title}\n")?;
    hanging(out, "", description)?;
    writeln!(out)?;
    let columns: Vec<&str> = csv.lines().next().unwrap_or_default().split(',').collect();
    hanging(out, "Columns: ", &columns.join(", "))?;
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
    if force {
        replace(path, |out| Ok(write(out)?))?;
    } else {
        let failed = |source| Failure::Output { path: path.to_owned(), source };
        match OpenOptions::new().write(true).create_new(true).open(path) {
            Ok(mut file) => write(&mut file).map_err(failed)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(Failure::Usage {
                    message: format!("`{}` exists already", path.display()),
                    help: "add --force to replace it, or name another file".to_owned(),
                });
            }
            Err(error) => return Err(failed(error)),
        }
    }
    say(&format!("{} written to {}\n", dataset.name, path.display()));
    Ok(())
}
