//! `resorb report`: everything about a table of studies in one document.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{
    args::{DataArgs, DataFile, SettingsArgs, brief},
    choice::Choice,
    destination::{replace, stdout},
    failure::Failure,
    progress::Waiting,
    source::{self, Copy, Source},
    values::described,
};
use crate::{
    analysis::pooled,
    data::Mapping,
    plan::{Choices, Plan, execute},
    report::{self, Attachment, Format, Report, Scale, Style},
    study::{Studies, nearest},
};

const EXAMPLES: &str = "\
Examples:
  resorb report studies.csv -o report.html
  resorb report studies.csv --by design -o report.html
  resorb report studies.csv --model two-step -o report.md
  resorb report analysis.toml -o report.html";

/// Options that `-h` has room for.
const BRIEF: &[&str] = &[
    "help",
    "by",
    "title",
    "report",
    "study",
    "events",
    "total",
    "filters",
    "exclude_study",
    "all_rows",
    "missing",
    "model",
    "measure",
    "tau2",
    "ci",
    "prediction",
    "level",
    "scale",
];

/// Write everything about the studies as one page
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "DATA may be an analysis file (.toml), whose analyses are then reported.",
    after_long_help = EXAMPLES,
    mut_args(|arg| brief(arg, BRIEF))
)]
pub(super) struct ReportCommand {
    #[command(flatten)]
    file: DataFile,

    /// Column whose values are groups to compare; repeatable
    #[arg(
        long,
        value_name = "COL",
        help_heading = "Report",
        long_help = "Column whose values are groups to compare; repeat it to compare by several, \
                     one after the other [default: text columns with two to eight values]"
    )]
    by: Vec<String>,

    /// Title of the report
    #[arg(long, value_name = "TEXT", help_heading = "Report")]
    title: Option<String>,

    /// Write to FILE: .html, .md or .tex
    #[arg(
        short = 'o',
        long = "output",
        id = "report",
        value_name = "FILE",
        help_heading = "Report",
        long_help = "Write to FILE; its extension says what: .html is one page that needs nothing \
                     else, .md and .tex are its words and tables. Without it the page goes to \
                     standard output. The file is replaced in one step"
    )]
    output: Option<PathBuf>,

    /// Scale of rates: percent, proportion or per-1000
    #[arg(
        long, value_name = "SCALE", ignore_case = true, hide_possible_values = true,
        help_heading = "Report",
        long_help = described::<Scale>("Scale of rates in the report [default: percent]")
    )]
    scale: Option<Scale>,

    #[command(flatten)]
    reading: DataArgs,
    #[command(flatten)]
    settings: SettingsArgs,
}

/// What a report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Html,
    Text(Format),
}

impl Kind {
    fn of(path: &Path) -> Result<Self, Failure> {
        let extension = path.extension().and_then(|extension| extension.to_str());
        match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("html" | "htm") => Ok(Self::Html),
            Some("md" | "markdown") => Ok(Self::Text(Format::Markdown)),
            Some("tex" | "latex") => Ok(Self::Text(Format::Latex)),
            _ => Err(Failure::Usage {
                message: format!("the extension of `{}` names no report", path.display()),
                help: "use .html, .md or .tex".to_owned(),
            }),
        }
    }
}

/// What a report is made from.
struct Material {
    source: Source,
    plan: Plan,
    style: Style,
    files: Vec<Attachment>,
}

impl ReportCommand {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let file = self.output.as_deref().filter(|path| *path != Path::new("-"));
        let kind = file.map_or(Ok(Kind::Html), Kind::of)?;
        let data = &self.file.data;
        let is_plan = data.extension().is_some_and(|end| end.eq_ignore_ascii_case("toml"));
        let material = if is_plan { self.of_plan(data)? } else { self.of_data(data)? };
        let text = self.text(&material, kind)?;
        match file {
            None => stdout(|out| out.write_all(&text)),
            Some(path) => replace(path, |out| Ok(out.write_all(&text)?)),
        }
    }

    /// The analyses that any table is worth.
    fn of_data(&self, data: &Path) -> Result<Material, Failure> {
        let choice = Choice::try_from(&self.settings)?;
        let (source, copy) = source::read_and_copy(data, &Mapping::from(&self.reading))?;
        let table = &source.table;
        self.by.iter().try_for_each(|name| known(name, &table.studies))?;
        let settings = Choice::suited(&self.settings, table)?.settings;
        let plan = Plan {
            settings: Choices::from(&settings),
            ..Plan::standard(&data.to_string_lossy(), table, &self.by)
        };
        let style = Style {
            scale: self.scale.unwrap_or_default(),
            model_remark: choice.selected_by.map(|option| format!("selected by {option}")),
            ..Style::default()
        };
        Ok(Material { source, plan, style, files: vec![attached(copy)] })
    }

    /// The analyses of an analysis file, with the pooled result.
    fn of_plan(&self, path: &Path) -> Result<Material, Failure> {
        let typed = self.settings != SettingsArgs::default()
            || self.reading != DataArgs::default()
            || !self.by.is_empty();
        if typed {
            return Err(Failure::Usage {
                message: "an analysis file brings its own data, groups and settings".to_owned(),
                help: format!("write them into `{}`", path.display()),
            });
        }
        let text = fs::read_to_string(path).map_err(|error| Failure::Usage {
            message: format!("`{}` cannot be read: {error}", path.display()),
            help: "name an analysis file, or a table of studies".to_owned(),
        })?;
        let plan = Plan::parse(&text).map_err(|problem| {
            let place = problem.position(&text);
            let place =
                place.map_or_else(String::new, |(line, column)| format!(":{line}:{column}"));
            Failure::Refused(format!("{}{place}: {problem}", path.display()))
        })?;
        // Paths in the file start from its folder.
        let beside = path.parent().unwrap_or(Path::new("")).join(&plan.data);
        let data = if beside.exists() { beside } else { PathBuf::from(&plan.data) };
        let (source, copy) = source::read_and_copy(&data, &plan.mapping())?;
        let written = plan.output.scale.as_ref().map(|scale| scale.parse::<Scale>());
        let scale = written.transpose().map_err(|error| Failure::Refused(error.to_string()))?;
        let style = Style { scale: self.scale.or(scale).unwrap_or_default(), ..Style::default() };
        let analysis = Attachment {
            name: "analysis.toml".to_owned(),
            label: "The analysis file".to_owned(),
            media_type: "application/toml".to_owned(),
            bytes: text.into_bytes(),
        };
        let plan = Plan { pool: Some(plan.pool.unwrap_or_default()), ..plan };
        Ok(Material { source, plan, style, files: vec![attached(copy), analysis] })
    }

    /// Carries the analyses out and writes the report of them.
    fn text(&self, material: &Material, kind: Kind) -> Result<Vec<u8>, Failure> {
        let Material { source, plan, style, files } = material;
        let table = &source.table;
        let waiting = Waiting::new("analysing");
        let results = execute(table, plan).map_err(|error| Failure::Refused(error.to_string()))?;
        drop(waiting);
        let Some(report) = Report::of(&results, &source.info, style) else {
            // What cannot be pooled says why by itself.
            return Err(match pooled(&table.studies, &results.settings, false) {
                Err(error) => Failure::Model(error),
                Ok(_) => Failure::Refused("there is no pooled result to report".to_owned()),
            });
        };
        let report = Report {
            title: self.title.as_deref(),
            footnote: source.footnote(),
            files: files.clone(),
            ..report
        };
        let mut out = Vec::new();
        match kind {
            Kind::Html => out = report::html(&report)?.into_bytes(),
            Kind::Text(format) => report::write_report(&mut out, &report, format)?,
        }
        Ok(out)
    }
}

/// The data as a file of the page.
fn attached(copy: Copy) -> Attachment {
    Attachment {
        label: "The data as they were read".to_owned(),
        media_type: media_type(&copy.name).to_owned(),
        name: copy.name,
        bytes: copy.bytes,
    }
}

/// Refuses a column that makes no groups.
fn known(name: &str, studies: &Studies) -> Result<(), Failure> {
    if studies.moderator(name).is_some() {
        return Ok(());
    }
    let names: Vec<&str> = studies.moderators().iter().map(|m| m.name.as_str()).collect();
    Err(Failure::Usage {
        message: format!("there is no column `{name}` that could make groups"),
        help: match (nearest(name, names.iter().copied()), names.as_slice()) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, []) => "the table has no columns besides its studies and counts".to_owned(),
            (None, names) => format!("the columns are {}", names.join(", ")),
        },
    })
}

/// What a file of data is.
fn media_type(name: &str) -> &'static str {
    match Path::new(name).extension() {
        Some(extension) if extension.eq_ignore_ascii_case("xlsx") => {
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
        _ => "text/csv",
    }
}
