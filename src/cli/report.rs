//! `resorb report`: everything about a table of studies in one document.

use std::path::{Path, PathBuf};

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
    analysis::{
        self, Grid, Grouping, SensitivityOptions, multiverse, sensitivity,
        small_study::{BiasOptions, bias},
        subgroups_by,
    },
    data::Mapping,
    model::Settings,
    report::{self, Answer, Attachment, Format, Kind as Section, Report, Scale, Style},
    study::OutcomeKind,
};

const EXAMPLES: &str = "\
Examples:
  resorb report studies.csv -o report.html
  resorb report studies.csv --by design -o report.html
  resorb report studies.csv --model two-step -o report.md";

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
    after_help = "The first of several values is the default; --help explains all of them.",
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
        long_help = "Column whose values are groups to compare. Repeat it to nest: every \
                     combination of values that occurs is a group"
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

impl ReportCommand {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let choice = Choice::try_from(&self.settings)?;
        let file = self.output.as_deref().filter(|path| *path != Path::new("-"));
        let kind = file.map_or(Ok(Kind::Html), Kind::of)?;
        let mapping = Mapping {
            grouping: self.by.first().cloned(),
            needed: self.by.iter().skip(1).cloned().collect(),
            ..Mapping::from(&self.reading)
        };
        let (source, copy) = source::read_and_copy(&self.file.data, &mapping)?;
        let style = Style {
            scale: self.scale.unwrap_or_default(),
            model_remark: choice.selected_by.map(|option| format!("selected by {option}")),
            ..Style::default()
        };
        let waiting = Waiting::new("analysing");
        let text = self.text(&source, copy, &style, kind)?;
        drop(waiting);
        match file {
            None => stdout(|out| out.write_all(text.as_bytes())),
            Some(path) => replace(path, |out| Ok(out.write_all(text.as_bytes())?)),
        }
    }
}

impl ReportCommand {
    fn text(
        &self,
        source: &Source,
        copy: Copy,
        style: &Style,
        kind: Kind,
    ) -> Result<String, Failure> {
        let studies = &source.table.studies;
        let settings = Choice::suited(&self.settings, &source.table)?.settings;
        let pooled = analysis::pooled(studies, &settings, true)?;
        let mut answers = Vec::new();
        let by: Vec<&str> = self.by.iter().map(String::as_str).collect();
        let groups = (!by.is_empty())
            .then(|| subgroups_by(studies, &by, &Grouping::default(), &settings))
            .transpose()?;
        answers.extend(groups.as_ref().map(Answer::Subgroups));
        let sensitivity = sensitivity(studies, &settings, &SensitivityOptions::default());
        answers.push(match &sensitivity {
            Ok(answer) => Answer::Sensitivity(answer),
            Err(error) => Answer::Refused(Section::Sensitivity, error.to_string()),
        });
        let two_step = super::bias::two_step_for(&self.settings, Some(&source.table), "a funnel");
        let two_step = two_step.map_or_else(|_| Settings::two_step(), |choice| choice.settings);
        let bias = bias(studies, &two_step, &BiasOptions::default());
        answers.push(match &bias {
            Ok(answer) => Answer::Bias(answer),
            Err(error) => Answer::Refused(Section::Bias, error.to_string()),
        });
        let grid = multiverse(studies, &Grid::default(), settings.level, &mut |_, _| {});
        let grid = grid.map(|all| (all.summary(None), all));
        if studies.outcomes().kind() == OutcomeKind::Proportions {
            answers.push(match &grid {
                Ok((summary, all)) => Answer::Multiverse(all, summary),
                Err(error) => Answer::Refused(Section::Multiverse, error.to_string()),
            });
        }
        let report = Report {
            title: self.title.as_deref(),
            answers,
            footnote: source.footnote(),
            files: vec![Attachment {
                label: "The data as they were read".to_owned(),
                media_type: media_type(&copy.name).to_owned(),
                name: copy.name,
                bytes: copy.bytes,
            }],
            ..Report::new(&pooled, &source.info, style)
        };
        match kind {
            Kind::Html => Ok(report::html(&report)?),
            Kind::Text(format) => {
                let mut out = Vec::new();
                report::write_report(&mut out, &report, format)?;
                Ok(String::from_utf8_lossy(&out).into_owned())
            }
        }
    }
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
