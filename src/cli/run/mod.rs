//! `resorb run`: an analysis file to all of its results, and whether they are up to date.

#[cfg(all(feature = "png", feature = "pdf"))]
mod figures;
mod folder;
mod manifest;
mod outputs;

use std::{
    fs,
    io::{self, ErrorKind},
    ops::Range,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use super::{
    destination::{colour, stdout},
    diagnostics,
    failure::{Failure, say},
    input::{self, Input, OpenError},
    progress::Waiting,
    source::{self, Source, hex},
};
#[cfg(feature = "html")]
use super::{report, source::Copy};
use crate::plan::{Plan, PlanProblem, Results, Section, execute, locate, locate_key};
#[cfg(feature = "html")]
use crate::{
    plan::PoolPlan,
    report::{Attachment, Style},
};

use folder::Output;
use manifest::{Entry, Manifest};

const EXAMPLES: &str = "\
Examples:
  resorb init review
  resorb run review/analysis.toml
  resorb run review/analysis.toml --check
  resorb pool studies.csv --save analysis.toml";

/// Carry out an analysis file and write all of its results
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "The same file and data give the same bytes. Only files of its manifest are replaced.",
    after_long_help = EXAMPLES
)]
pub(super) struct Run {
    /// Analysis file, such as analysis.toml
    #[arg(
        value_name = "ANALYSIS",
        long_help = "Analysis file, such as analysis.toml: written by `resorb init`, and by --save of \
                     every command that analyses. Paths in it start from its folder"
    )]
    file: PathBuf,

    /// Write nothing; say whether the results are up to date
    #[arg(
        long,
        long_help = "Write nothing; say which results are out of date, missing or changed by hand, \
                     and whether data or settings changed. The exit code is 1 if there are any"
    )]
    check: bool,
}

/// An analysis file and what it names.
pub(super) struct Job {
    /// Its path as typed.
    file: PathBuf,
    text: String,
    plan: Plan,
    /// The folder that its paths start from.
    base: PathBuf,
    data: Input,
}

impl Run {
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        let job = Job::open(&self.file)?;
        let folder = job.base.join(&job.plan.output.folder);
        let last = Manifest::read(&folder)?;
        if self.check {
            return check(&job, &folder, last.as_ref());
        }
        let made = job.make()?;
        let (written, changed) = folder::replace(&folder, &made, last.as_ref())?;
        for name in changed {
            say(&format!("{name} had been changed by hand; it was replaced\n"));
        }
        say(&format!("{}: {written}\n", folder.display()));
        Ok(ExitCode::SUCCESS)
    }
}

impl Job {
    /// Reads the file and opens its data.
    pub(super) fn open(file: &Path) -> Result<Self, Failure> {
        let unreadable = |error: io::Error| {
            match error.kind() {
            ErrorKind::NotFound => Failure::Usage {
                message: format!("there is no file `{}`", file.display()),
                help: "`resorb init NAME` makes a folder with one, and --save of any analysis writes one".to_owned(),
            },
            _ => Failure::Refused(format!("`{}` cannot be read: {error}", file.display())),
        }
        };
        let text = fs::read_to_string(file).map_err(unreadable)?;
        let base = file.parent().unwrap_or(Path::new("")).to_owned();
        let refuse = |mut problems: Vec<PlanProblem>| {
            problems.sort_by_key(|problem| problem.span.as_ref().map(|span| span.start));
            Failure::Input(shown(&problems, &text, file))
        };
        let plan = match Plan::parse(&text) {
            Ok(plan) => plan,
            Err(problems) => {
                // Where a whole figure was taken out, the numbers of the others are not those of the text.
                let figures = |rest: &&Plan| {
                    let next = Section::Figure(rest.figure.len());
                    rest.figure.is_empty() || locate_key(&text, &next, "plot").is_none()
                };
                let named = |rest: &&Plan| !["", "-"].contains(&rest.data.trim());
                let no_data = problems.rest().filter(named).and_then(|rest| {
                    let (message, help) = open_data(&base, &rest.data).err()?;
                    Some(PlanProblem { message, help, span: locate(&text, &Section::Data) })
                });
                let rest = problems.rest().filter(figures);
                let rest = rest.map(|rest| refused(rest, &text)).unwrap_or_default();
                let all = problems.iter().cloned().chain(no_data).chain(rest);
                return Err(refuse(all.collect()));
            }
        };
        let data = open_data(&base, &plan.data).map_err(|(message, help)| {
            let span = locate(&text, &Section::Data);
            let mut problems = refused(&plan, &text);
            problems.push(PlanProblem { message, help, span });
            refuse(problems)
        })?;
        Ok(Self { file: file.to_owned(), text, plan, base, data })
    }

    /// Reads the data and carries the plan out.
    fn results(&self, plan: &Plan) -> Result<(Results, Source), Failure> {
        let source = source::read_input(&self.data, &plan.mapping())?;
        source.tell(&self.data.source_name);
        let waiting = Waiting::new("running the analysis");
        let results = execute(&source.table, plan);
        drop(waiting);
        let results = results.map_err(|error| {
            let failure = Failure::from(*error.source);
            self.located(&error.section, failure)
        })?;
        for skipped in &results.skipped {
            say(&format!("{} was left out: {}\n", skipped.what, skipped.why));
        }
        Ok((results, source))
    }

    /// The results with those of all studies, which a report begins with.
    #[cfg(feature = "html")]
    pub(super) fn pooled(&self) -> Result<(Results, Source), Failure> {
        let pool = self.plan.pool.or(Some(PoolPlan::default()));
        self.results(&Plan { pool, ..self.plan.clone() })
    }

    /// How the plan wants its numbers shown.
    #[cfg(feature = "html")]
    pub(super) fn style(&self) -> Result<Style, Failure> {
        outputs::style(&self.plan.output).map_err(|failure| self.located(&Section::Output, failure))
    }

    /// The data and the analysis, for a report to carry.
    #[cfg(feature = "html")]
    pub(super) fn files(&self) -> Vec<Attachment> {
        let analysis = Attachment {
            name: "analysis.toml".to_owned(),
            label: "The analysis file".to_owned(),
            media_type: "application/toml".to_owned(),
            bytes: self.text.clone().into_bytes(),
        };
        let data = Copy::of(Path::new(&self.plan.data), self.data.clone());
        vec![report::attached(data), analysis]
    }

    /// Everything that the plan comes to, before anything is written.
    fn make(&self) -> Result<Vec<Output>, Failure> {
        let refused = refused(&self.plan, &self.text);
        if !refused.is_empty() {
            return Err(Failure::Input(self.shown(&refused)));
        }
        let (results, source) = self.results(&self.plan)?;
        let mut made = outputs::documents(&self.plan, &results, &source.info)
            .map_err(|failure| self.located(&Section::Output, failure))?;
        #[cfg(feature = "html")]
        made.extend(
            self.reports(&results, &source)
                .map_err(|failure| self.located(&Section::Output, failure))?,
        );
        #[cfg(all(feature = "png", feature = "pdf"))]
        made.extend(figures::draw(self, &results.settings)?);
        #[cfg(not(all(feature = "png", feature = "pdf")))]
        if !self.plan.figure.is_empty() {
            return Err(self.problem(
                &Section::Figure(0),
                "this build draws no figures".to_owned(),
                "use a build with the features png and pdf",
            ));
        }
        folder::refuse_twins(&made)?;
        let manifest = self.manifest(&made, results.settings.seed)?;
        made.push(Output::text(manifest::NAME, &manifest));
        Ok(made)
    }

    /// All results in one file, in each format that is asked for.
    #[cfg(feature = "html")]
    fn reports(&self, results: &Results, source: &Source) -> Result<Vec<Output>, Failure> {
        let style = outputs::style(&self.plan.output)?;
        let mut made = Vec::new();
        for format in &self.plan.output.report {
            let report = report::written(results, source, self.files(), &style, (None, *format))?;
            let bytes = report.ok_or_else(|| Failure::Usage {
                message: "a report begins with the pooled result, which is not asked for"
                    .to_owned(),
                help: "add a table [pool]".to_owned(),
            })?;
            made.push(Output { name: format!("report.{}", format.extension()), bytes });
        }
        Ok(made)
    }

    /// What the results were made from and what they are.
    fn manifest(&self, made: &[Output], seed: u64) -> Result<String, Failure> {
        let outputs = made
            .iter()
            .map(|output| Entry { file: output.name.clone(), sha256: hex(&output.bytes) });
        Manifest {
            schema: manifest::SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            seed,
            plan: self.plan_entry()?,
            data: self.data_entry(),
            outputs: outputs.collect(),
        }
        .text()
    }

    /// The plan by its content: comments and layout do not count.
    fn plan_entry(&self) -> Result<Entry, Failure> {
        let text = self.plan.to_toml().map_err(|problem| Failure::Refused(problem.to_string()))?;
        let name = self.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Entry { file: name, sha256: hex(text.as_bytes()) })
    }

    fn data_entry(&self) -> Entry {
        Entry { file: self.plan.data.clone(), sha256: hex(&self.data.bytes) }
    }

    /// A failure with the place in the file that asked for it.
    fn located(&self, section: &Section, failure: Failure) -> Failure {
        match failure.sentence() {
            None => failure,
            Some((message, help)) => Failure::Located {
                text: self.rendered(section, message, help),
                code: failure.status(),
            },
        }
    }

    #[cfg(not(all(feature = "png", feature = "pdf")))]
    fn problem(&self, section: &Section, message: String, help: &str) -> Failure {
        Failure::Input(self.rendered(section, message, Some(help.to_owned())))
    }

    fn rendered(&self, section: &Section, message: String, help: Option<String>) -> String {
        self.shown(&[PlanProblem { message, help, span: self.place(section) }])
    }

    /// Where a part of the plan stands.
    fn place(&self, section: &Section) -> Option<Range<usize>> {
        locate(&self.text, section)
    }

    fn shown(&self, problems: &[PlanProblem]) -> String {
        shown(problems, &self.text, &self.file)
    }
}

/// What is wrong with a key of a part of a plan.
struct Refused {
    key: String,
    message: String,
    help: String,
}

/// Problems of a file as its reader sees them.
fn shown(problems: &[PlanProblem], text: &str, file: &Path) -> String {
    diagnostics::render_plans(problems, text, &file.display().to_string(), colour(&io::stderr()))
}

/// What a plan asks of files and figures and cannot have, in the order of its text.
fn refused(plan: &Plan, text: &str) -> Vec<PlanProblem> {
    let at = |section: &Section, Refused { key, message, help }: Refused| PlanProblem {
        message,
        help: Some(help),
        span: locate_key(text, section, &key),
    };
    let output = outputs::refused(&plan.output).into_iter();
    let mut problems: Vec<PlanProblem> =
        output.map(|refused| at(&Section::Output, refused)).collect();
    #[cfg(all(feature = "png", feature = "pdf"))]
    for (number, figure) in plan.figure.iter().enumerate() {
        let refused = figures::refused(figure).into_iter();
        problems.extend(refused.map(|refused| at(&Section::Figure(number), refused)));
    }
    problems.sort_by_key(|problem| problem.span.as_ref().map(|span| span.start));
    problems
}

/// The data that a plan names: a file from its folder, or else a bundled data set.
fn open_data(base: &Path, data: &str) -> Result<Input, (String, Option<String>)> {
    if data == "-" {
        let message = "an analysis file cannot read standard input".to_owned();
        return Err((message, Some("name a file that can be read again".to_owned())));
    }
    let path = base.join(data);
    let opened = if path.exists() { input::open(&path) } else { input::open(Path::new(data)) };
    match opened {
        Ok(input) if path.exists() || input.bundled.is_some() => {
            Ok(Input { source_name: data.to_owned(), ..input })
        }
        // A file of that name in the folder that the program runs in is not meant.
        Ok(_) => Err((
            format!("there is no file `{}`", path.display()),
            Some("paths start from the folder of the analysis file".to_owned()),
        )),
        Err(OpenError::NotFound { .. }) => match input::open(&path) {
            Err(error) => Err((error.to_string(), None)),
            Ok(_) => Err((format!("`{data}` changed while it was read"), None)),
        },
        Err(error) => Err((error.to_string(), None)),
    }
}

/// Says on standard output what is not up to date.
fn check(job: &Job, folder: &Path, last: Option<&Manifest>) -> Result<ExitCode, Failure> {
    let file = job.file.display();
    let Some(last) = last else {
        stdout(|out| {
            writeln!(out, "{file} has not been run: {} has no manifest.json", folder.display())
        })?;
        return Ok(ExitCode::FAILURE);
    };
    let mut stale = Vec::new();
    if last.data != job.data_entry() {
        stale.push(format!("the data changed: {}", job.plan.data));
    }
    if last.plan.sha256 != job.plan_entry()?.sha256 {
        stale.push(format!("the settings changed: {file}"));
    }
    let version = env!("CARGO_PKG_VERSION");
    if last.version != version {
        stale.push(format!(
            "the version changed: {} made the results, this is {version}",
            last.version
        ));
    }
    let states = folder::states(folder, last, !stale.is_empty())?;
    let done = stale.is_empty() && states.is_empty();
    stdout(|out| -> io::Result<()> {
        for line in stale {
            writeln!(out, "{line}")?;
        }
        for (name, state) in states {
            writeln!(out, "{name}: {state}")?;
        }
        if done {
            writeln!(out, "{}: {} results, all up to date", folder.display(), last.outputs.len())
        } else {
            writeln!(out, "to bring them up to date: resorb run {file}")
        }
    })?;
    Ok(if done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
