//! `resorb report`: everything about a table of studies in one document.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{
    args::{DataArgs, DataFile, SettingsArgs, brief},
    choice::Choice,
    destination::{replace, stdout},
    failure::Failure,
    progress::Waiting,
    run::Job,
    source::{self, Copy, Source},
    values::described,
};
use crate::{
    analysis::pooled,
    data::Mapping,
    plan::{Choices, OutputFormat, Plan, Reading, Results},
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
    after_help = "DATA may be an analysis file (.toml), whose analyses are then reported. With hundreds of \
                  studies a report of DATA leaves out what takes long, and says how to have it.",
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

    /// Write to FILE: .html, .md, .tex, .docx or .xlsx
    #[arg(
        short = 'o',
        long = "output",
        id = "report",
        value_name = "FILE",
        help_heading = "Report",
        long_help = "Write to FILE; its extension says what: .html is one page that needs nothing \
                     else, .md, .tex and .docx are its words and tables, .xlsx its numbers (the \
                     last two need the feature `office`). Without it the page goes to standard \
                     output. The file is replaced in one step"
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

/// What a report is written as, by the extension of its file.
fn format_of(path: &Path) -> Result<OutputFormat, Failure> {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let format = extension.and_then(OutputFormat::of_extension);
    format.filter(|format| format.is_report()).ok_or_else(|| Failure::Usage {
        message: format!("the extension of `{}` names no report", path.display()),
        help: "use .html, .md, .tex, .docx or .xlsx".to_owned(),
    })
}

impl ReportCommand {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let choice = Choice::try_from(&self.settings)?;
        let file = self.output.as_deref().filter(|path| *path != Path::new("-"));
        let format = file.map_or(Ok(OutputFormat::Html), format_of)?;
        if self.file.data.extension().is_some_and(|it| it.eq_ignore_ascii_case("toml")) {
            return self.write(&self.of_plan(format)?);
        }
        let mapping = Mapping::from(&self.reading);
        let (source, copy) = source::read_and_copy(&self.file.data, &mapping)?;
        let style = Style {
            scale: self.scale.unwrap_or_default(),
            model_remark: choice.selected_by.map(|option| format!("selected by {option}")),
            ..Style::default()
        };
        let text = self.text(&source, copy, &style, format)?;
        self.write(&text)
    }

    fn write(&self, text: &[u8]) -> Result<(), Failure> {
        match self.output.as_deref().filter(|path| *path != Path::new("-")) {
            None => stdout(|out| out.write_all(text)),
            Some(path) => replace(path, |out| Ok(out.write_all(text)?)),
        }
    }

    /// The analyses, and the report of them.
    fn text(
        &self,
        source: &Source,
        copy: Copy,
        style: &Style,
        format: OutputFormat,
    ) -> Result<Vec<u8>, Failure> {
        let table = &source.table;
        self.by.iter().try_for_each(|name| known(name, &table.studies))?;
        let settings = Choice::suited(&self.settings, table)?.settings;
        let mut standard = Plan::standard(&self.file.data.to_string_lossy(), table, &self.by);
        standard.plan.settings = Choices::from(&settings);
        let waiting = Waiting::new("analysing");
        let results =
            standard.execute(table).map_err(|error| Failure::Refused(error.to_string()))?;
        drop(waiting);
        let title = self.title.as_deref();
        match written(&results, source, vec![attached(copy)], style, (title, format))? {
            Some(report) => Ok(report),
            // What cannot be pooled says why by itself.
            None => Err(match pooled(&table.studies, &settings, false) {
                Err(error) => Failure::Model(error),
                Ok(_) => unpooled(),
            }),
        }
    }

    /// The report of an analysis file, which has its own rows, settings and groups.
    fn of_plan(&self, format: OutputFormat) -> Result<Vec<u8>, Failure> {
        let own = self.by.is_empty()
            && Reading::from(&self.reading) == Reading::default()
            && self.settings == SettingsArgs::default();
        if !own {
            return Err(Failure::Usage {
                message: "an analysis file brings its own data, groups and settings".to_owned(),
                help: format!("write them into `{}`", self.file.data.display()),
            });
        }
        let job = Job::open(&self.file.data)?;
        let (results, source) = job.pooled()?;
        let style = job.style()?;
        let style = Style { scale: self.scale.unwrap_or(style.scale), ..style };
        written(&results, &source, job.files(), &style, (self.title.as_deref(), format))?
            .ok_or_else(unpooled)
    }
}

/// There is nothing to begin a report with.
fn unpooled() -> Failure {
    Failure::Refused("there is no pooled result to report".to_owned())
}

/// The report of results; `None` where the studies were not pooled.
pub(super) fn written(
    results: &Results,
    source: &Source,
    files: Vec<Attachment>,
    style: &Style,
    (title, format): (Option<&str>, OutputFormat),
) -> Result<Option<Vec<u8>>, Failure> {
    let Some(report) = Report::of(results, &source.info, style) else { return Ok(None) };
    let report = Report { title, footnote: source.footnote(), files, ..report };
    let mut out = Vec::new();
    match (format, Format::of(format)) {
        (_, Some(text)) => report::write_report(&mut out, &report, text)?,
        (OutputFormat::Docx, None) => out = report::office::report_docx(&report)?,
        (OutputFormat::Xlsx, None) => out = report::office::report_xlsx(&report)?,
        (_, None) => out = report::html(&report)?.into_bytes(),
    }
    Ok(Some(out))
}

/// The data as a file of the page.
pub(super) fn attached(copy: Copy) -> Attachment {
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
