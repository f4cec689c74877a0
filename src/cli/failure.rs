//! Why a command ends without its result, and with which exit code.

use std::{
    fmt,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::builder::styling::{AnsiColor, Style};

use super::{clash::Clash, input::OpenError};
#[cfg(feature = "plot")]
use crate::figure::FigureError;
use crate::{
    analysis::{
        GoshError, MultiverseError, SensitivityError, SubgroupError, small_study::SmallStudyError,
    },
    model::{DesignError, ModelError, RegressionError},
    plan::AnalysisError,
    report::ReportError,
};

/// Why a command ends without its result.
#[derive(Debug)]
pub(super) enum Failure {
    /// Options that do not go together.
    Clash(Clash),
    /// DATA that cannot be opened.
    Open(OpenError),
    /// Input that cannot be used, as rendered for a reader.
    Input(String),
    /// What was asked for cannot be, as the message says with what to do.
    Refused(String),
    /// Something else about the command line, with what to do.
    Usage { message: String, help: String },
    /// The analysis cannot be done.
    Model(ModelError),
    /// The groups cannot be analysed.
    Subgroup(Box<SubgroupError>),
    /// The regression cannot be done.
    Regression(Box<RegressionError>),
    /// The sensitivity analysis cannot be done.
    Sensitivity(Box<SensitivityError>),
    /// The question about small studies has no answer.
    SmallStudy(Box<SmallStudyError>),
    /// The subsets cannot be pooled.
    Gosh(Box<GoshError>),
    /// There is no grid of analyses.
    Multiverse(Box<MultiverseError>),
    /// The figure cannot be drawn.
    #[cfg(feature = "plot")]
    Figure(FigureError),
    /// The result cannot be written.
    Report(ReportError),
    /// The output file cannot be written.
    Output { path: PathBuf, source: io::Error },
    /// A part of an analysis file that cannot be carried out, as rendered with its place.
    Located { text: String, code: u8 },
    /// Whoever read the output has had enough.
    Closed,
}

impl Failure {
    /// 1: it cannot be done; 2: wrong usage or bad input; 0 where the reader left.
    pub(super) fn code(&self) -> ExitCode {
        ExitCode::from(self.status())
    }

    /// The number of the exit code.
    pub(super) fn status(&self) -> u8 {
        match self {
            Self::Closed => 0,
            Self::Located { code, .. } => *code,
            Self::Model(error) => model_code(error),
            Self::Subgroup(error) => subgroup_code(error),
            Self::Regression(error) => regression_code(error),
            Self::Sensitivity(error) => sensitivity_code(error),
            Self::SmallStudy(error) => small_study_code(error),
            Self::Gosh(error) => gosh_code(error),
            Self::Multiverse(error) => multiverse_code(error),
            Self::Clash(_)
            | Self::Open(_)
            | Self::Input(_)
            | Self::Refused(_)
            | Self::Usage { .. }
            | Self::Output { .. } => 2,
            #[cfg(feature = "plot")]
            Self::Figure(
                FigureError::TooNarrow { .. }
                | FigureError::PageTooLow { .. }
                | FigureError::UnknownColumn { .. }
                | FigureError::UnknownStudy { .. }
                | FigureError::Unsuited { .. }
                | FigureError::BadLimits { .. }
                | FigureError::OffAxis { .. }
                | FigureError::BadFont { .. },
            ) => 2,
            #[cfg(feature = "plot")]
            Self::Figure(_) => 1,
            Self::Report(_) => 1,
        }
    }

    /// What is wrong and what to do, where that is not rendered with a place of its own.
    pub(super) fn sentence(&self) -> Option<(String, Option<String>)> {
        let (error, help): (&dyn fmt::Display, _) = match self {
            Self::Closed | Self::Input(_) | Self::Located { .. } | Self::Output { .. } => {
                return None;
            }
            Self::Refused(text) => (text, None),
            Self::Open(error) => (error, None),
            Self::Clash(clash) => (clash, Some(clash.help())),
            Self::Usage { message, help } => (message, Some(help.clone())),
            Self::Model(error) => (error, None),
            Self::Subgroup(error) => (error, None),
            Self::Regression(error) => (error, None),
            Self::Sensitivity(error) => (error, None),
            Self::SmallStudy(error) => (error, None),
            Self::Gosh(error) => (error, None),
            Self::Multiverse(error) => (error, None),
            Self::Report(error) => (error, None),
            #[cfg(feature = "plot")]
            Self::Figure(error) => (error, None),
        };
        Some((error.to_string(), help))
    }

    /// Says so on standard error, in colour where that is a terminal.
    pub(super) fn print(&self) {
        match (self, self.sentence()) {
            (_, Some((text, help))) => message(&text, help.as_deref()),
            (Self::Input(text) | Self::Located { text, .. }, None) => say(text),
            (Self::Output { path, source }, None) => {
                message(&format!("{} cannot be written: {source}", path.display()), None);
            }
            (_, None) => {}
        }
    }
}

/// A model that refuses a combination of choices got wrong usage, not bad luck.
const fn model_code(error: &ModelError) -> u8 {
    match error {
        ModelError::CiNeeds { .. }
        | ModelError::Tau2CiNeeds { .. }
        | ModelError::PredictionNeeds { .. }
        | ModelError::PermutationNeedsTwoStep
        | ModelError::NoNull
        | ModelError::BadNull { .. } => 2,
        _ => 1,
    }
}

const fn subgroup_code(error: &SubgroupError) -> u8 {
    match error {
        SubgroupError::NoColumn { .. }
        | SubgroupError::UnknownColumn { .. }
        | SubgroupError::UnknownLevel { .. }
        | SubgroupError::SameColumn { .. }
        | SubgroupError::NoTau2 => 2,
        SubgroupError::CommonTau2(error) => regression_code(error),
        SubgroupError::Group { source, .. } | SubgroupError::Overall(source) => model_code(source),
        _ => 1,
    }
}

const fn regression_code(error: &RegressionError) -> u8 {
    match error {
        RegressionError::Design(
            DesignError::Constant { .. }
            | DesignError::Collinear { .. }
            | DesignError::EmptyCombination { .. }
            | DesignError::TiedKnots { .. }
            | DesignError::TooManyCoefficients { .. },
        )
        | RegressionError::Separated { .. } => 1,
        RegressionError::Model(error) => model_code(error),
        _ => 2,
    }
}

const fn sensitivity_code(error: &SensitivityError) -> u8 {
    match error {
        SensitivityError::UnknownColumn { .. }
        | SensitivityError::Threshold(_)
        | SensitivityError::NoResamples => 2,
        SensitivityError::Part { source, .. } => model_code(source),
        _ => 1,
    }
}

const fn small_study_code(error: &SmallStudyError) -> u8 {
    match error {
        SmallStudyError::NoNull { .. }
        | SmallStudyError::BadNull { .. }
        | SmallStudyError::CutPoint { .. }
        | SmallStudyError::NoCutPoint
        | SmallStudyError::Threshold(_) => 2,
        SmallStudyError::Model(source) => model_code(source),
        _ => 1,
    }
}

const fn gosh_code(error: &GoshError) -> u8 {
    match error {
        GoshError::NoBudget | GoshError::NoSample | GoshError::TooManySubsets { .. } => 2,
        GoshError::Model(source) => model_code(source),
        _ => 1,
    }
}

const fn multiverse_code(error: &MultiverseError) -> u8 {
    match error {
        MultiverseError::Empty
        | MultiverseError::UnknownColumn { .. }
        | MultiverseError::Filter(_)
        | MultiverseError::Quantities { .. }
        | MultiverseError::Family { .. }
        | MultiverseError::Measure(_)
        | MultiverseError::TooMany => 2,
        _ => 1,
    }
}

/// An error and what to do about it, in the style of clap and rustc.
fn message(error: &impl fmt::Display, help: Option<&str>) {
    let red = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    let cyan = Style::new().bold().fg_color(Some(AnsiColor::Cyan.into()));
    let mut text = format!("{red}error:{red:#} {error}\n");
    if let Some(help) = help {
        text.extend([&format!("{cyan}help:{cyan:#} "), help, "\n"]);
    }
    say(&text);
}

/// Writes to standard error, in colour where that is a terminal. Whoever closed it does not want to
/// know, so that is no failure.
pub(super) fn say(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

impl From<AnalysisError> for Failure {
    fn from(error: AnalysisError) -> Self {
        match error {
            AnalysisError::Model(error) => error.into(),
            AnalysisError::Subgroup(error) => error.into(),
            AnalysisError::Regression(error) => error.into(),
            AnalysisError::Sensitivity(error) => error.into(),
            AnalysisError::SmallStudy(error) => error.into(),
            AnalysisError::Gosh(error) => error.into(),
            AnalysisError::Multiverse(error) => error.into(),
            other => Self::Refused(other.to_string()),
        }
    }
}

impl From<Clash> for Failure {
    fn from(clash: Clash) -> Self {
        Self::Clash(clash)
    }
}

impl From<ModelError> for Failure {
    fn from(error: ModelError) -> Self {
        Self::Model(error)
    }
}

impl From<SubgroupError> for Failure {
    fn from(error: SubgroupError) -> Self {
        Self::Subgroup(Box::new(error))
    }
}

impl From<RegressionError> for Failure {
    fn from(error: RegressionError) -> Self {
        Self::Regression(Box::new(error))
    }
}

impl From<SensitivityError> for Failure {
    fn from(error: SensitivityError) -> Self {
        Self::Sensitivity(Box::new(error))
    }
}

impl From<SmallStudyError> for Failure {
    fn from(error: SmallStudyError) -> Self {
        Self::SmallStudy(Box::new(error))
    }
}

impl From<GoshError> for Failure {
    fn from(error: GoshError) -> Self {
        Self::Gosh(Box::new(error))
    }
}

impl From<MultiverseError> for Failure {
    fn from(error: MultiverseError) -> Self {
        Self::Multiverse(Box::new(error))
    }
}

impl From<DesignError> for Failure {
    fn from(error: DesignError) -> Self {
        RegressionError::from(error).into()
    }
}

#[cfg(feature = "plot")]
impl From<FigureError> for Failure {
    fn from(error: FigureError) -> Self {
        Self::Figure(error)
    }
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Io(error) if error.kind() == io::ErrorKind::BrokenPipe => Self::Closed,
            error => Self::Report(error),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        ReportError::Io(error).into()
    }
}
