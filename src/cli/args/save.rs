//! `--save`: the analysis as a file that repeats it.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use clap::Args;

use super::{DataArgs, OutputArgs};
use crate::{
    cli::{
        destination::create,
        failure::{Failure, say},
    },
    plan::{Choices, Output, OutputFormat, Plan, Reading},
    report::Format,
};

/// Options of the analysis file.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Output")]
pub(in crate::cli) struct SaveArgs {
    /// Write the analysis to FILE, for `resorb run`
    #[arg(
        long,
        value_name = "FILE",
        hide_short_help = true,
        long_help = "Write the analysis to FILE, such as analysis.toml: `resorb run FILE` repeats it"
    )]
    pub(in crate::cli) save: Option<PathBuf>,

    /// Replace the file if it exists
    #[arg(long, hide_short_help = true, requires = "save")]
    force: bool,
}

impl SaveArgs {
    /// Refuses what cannot be saved before anything is computed.
    pub(in crate::cli) fn ready(&self, data: Option<&Path>) -> Result<(), Failure> {
        let Some(file) = &self.save else { return Ok(()) };
        if data == Some(Path::new("-")) {
            return Err(Failure::Usage {
                message: "an analysis of standard input cannot be saved: it cannot be read again"
                    .to_owned(),
                help: "write the data to a file first".to_owned(),
            });
        }
        if file.exists() && !self.force {
            return Err(Failure::Usage {
                message: format!("`{}` exists already", file.display()),
                help: "add --force to replace it, or name another file".to_owned(),
            });
        }
        Ok(())
    }

    /// Writes the plan of an analysis, if it is to be saved: `part` adds what the command does.
    pub(in crate::cli) fn write(
        &self,
        (data, reading): (&Path, &DataArgs),
        settings: Choices,
        output: &OutputArgs,
        part: impl FnOnce(&mut Plan),
    ) -> Result<(), Failure> {
        self.write_plan(data, || {
            let mut plan = Plan {
                reading: Reading::from(reading),
                settings,
                output: self::output(output),
                ..Plan::default()
            };
            part(&mut plan);
            plan
        })
    }

    /// Writes a plan of DATA, if one is to be saved.
    pub(in crate::cli) fn write_plan(
        &self,
        data: &Path,
        plan: impl FnOnce() -> Plan,
    ) -> Result<(), Failure> {
        let Some(file) = &self.save else { return Ok(()) };
        let plan = Plan { data: from_folder(file, data), ..plan() };
        let text = plan.to_toml().map_err(|problem| Failure::Refused(problem.to_string()))?;
        create(file, self.force, |out| out.write_all(text.as_bytes()))?;
        say(&format!("to repeat it: resorb run {}\n", file.display()));
        Ok(())
    }
}

/// How results are to be written: as always, and as they were.
fn output(args: &OutputArgs) -> Output {
    let mut output = Output {
        scale: args.scale.map(|scale| scale.name().to_owned()),
        digits: args.digits,
        ..Output::default()
    };
    let by_extension = || {
        let extension = args.output.as_ref()?.extension()?;
        Format::from_extension(extension.to_str()?)
    };
    output.formats.extend(match args.format.or_else(by_extension) {
        Some(Format::Csv) => Some(OutputFormat::Csv),
        Some(Format::Markdown) => Some(OutputFormat::Markdown),
        Some(Format::Latex) => Some(OutputFormat::Latex),
        _ => None,
    });
    output
}

/// The path of DATA from the folder of a file; a bundled data set stays a name.
fn from_folder(file: &Path, data: &Path) -> String {
    let folder = file.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let typed = || data.display().to_string();
    if folder == Path::new(".") || data.is_absolute() || !data.exists() {
        return typed();
    }
    match (fs::canonicalize(folder), fs::canonicalize(data)) {
        (Ok(folder), Ok(data)) => relative(&folder, &data),
        _ => typed(),
    }
}

/// A path from another, both absolute, with slashes as every system reads them.
fn relative(folder: &Path, path: &Path) -> String {
    let same = folder.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(same).map(|_| "..".to_owned());
    let down = path.components().skip(same).filter_map(|component| match component {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::relative;

    #[test]
    fn a_path_goes_up_and_down() {
        let from = |folder: &str, path: &str| relative(Path::new(folder), Path::new(path));
        assert_eq!(from("/a/b", "/a/b/c.csv"), "c.csv");
        assert_eq!(from("/a/b", "/a/c/d.csv"), "../c/d.csv");
        assert_eq!(from("/a/b/c", "/d.csv"), "../../../d.csv");
    }
}
