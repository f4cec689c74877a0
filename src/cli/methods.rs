//! `resorb methods`: what a paper says about an analysis, with the works to cite.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{
    args::{AnalysisArgs, DataFile, brief},
    choice::Choice,
    destination::{Destination, replace},
    failure::Failure,
    source::{self, Source},
};
use crate::{
    analysis::{
        SensitivityOptions, Unit, pooled, sensitivity,
        small_study::{BiasOptions, bias},
        subgroups_by,
    },
    data::Mapping,
    model::Formula,
    plan::{
        BiasPlan, Choices, MethodsPlan, Plan, PoolPlan, RegressPlan, SensitivityPlan, SubgroupPlan,
    },
    report::{
        methods::{self, Context, Paragraphs},
        references,
    },
};

const EXAMPLES: &str = "\
Examples:
  resorb methods studies.csv
  resorb methods studies.csv --model two-step --single-studies --small-studies
  resorb methods studies.csv --on \"design + year\"
  resorb methods studies.csv --by design -o methods.md --bibliography refs.bib
  resorb methods studies.csv --format json --bibliography refs.json";

/// What `-h` shows.
const BRIEF: &[&str] = &[
    "help",
    "by",
    "on",
    "single_studies",
    "small_studies",
    "study",
    "events",
    "total",
    "filters",
    "exclude_study",
    "missing",
    "model",
    "measure",
    "tau2",
    "ci",
    "prediction",
    "level",
    "format",
    "output",
    "bibliography",
    "scale",
];

/// Write the methods and results paragraphs, with references
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "The first of several values is the default; --help explains all of them.",
    after_long_help = EXAMPLES,
    mut_args(|arg| brief(arg, BRIEF))
)]
pub(super) struct Methods {
    #[command(flatten)]
    file: DataFile,

    /// Column that makes the groups; repeat it to nest
    #[arg(
        long,
        value_name = "COL",
        help_heading = "Paragraphs",
        long_help = "Column whose values are the groups, which get sentences of their own. Repeat it \
                     to nest: every combination of values that occurs is a group"
    )]
    by: Vec<String>,

    /// Add sentences on a meta-regression: "type + year"
    #[arg(
        long,
        value_name = "TERMS",
        help_heading = "Paragraphs",
        long_help = "Add sentences on a meta-regression on these terms, written as for \
                     `resorb regress`: a column, or several with + between them"
    )]
    on: Option<Formula>,

    /// Add sentences on leave-one-out and influence
    #[arg(long, help_heading = "Paragraphs")]
    single_studies: bool,

    /// Add sentences on small-study effects
    #[arg(long, help_heading = "Paragraphs")]
    small_studies: bool,

    /// Write the works cited to FILE; .bib or .json
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "Output",
        long_help = "Write the works cited to FILE: BibTeX where it ends with .bib, CSL-JSON where it \
                     ends with .json. Markdown then cites by its keys, as pandoc and Quarto read \
                     them, and leaves the list of references to them"
    )]
    bibliography: Option<PathBuf>,

    #[command(flatten)]
    shared: AnalysisArgs,
}

/// A format of references.
#[derive(Clone, Copy)]
pub(super) enum Bibliography {
    Bibtex,
    Csl,
}

impl Methods {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.shared.save.ready(Some(&self.file.data))?;
        Choice::try_from(&self.shared.settings)?;
        let destination = Destination::try_from(&self.shared.output)?;
        let bibliography = self.bibliography.as_deref().map(Bibliography::of).transpose()?;
        let mapping = Mapping {
            grouping: self.by.first().cloned(),
            needed: self.by.iter().skip(1).cloned().collect(),
            ..Mapping::from(&self.shared.reading)
        };
        let Source { table, info } = source::read_as(&self.file.data, &mapping)?;
        let settings = Choice::suited(&self.shared.settings, &table)?.settings;
        let answer = pooled(&table.studies, &settings, false)?;
        let by: Vec<&str> = self.by.iter().map(String::as_str).collect();
        let subgroups = if by.is_empty() {
            Vec::new()
        } else {
            vec![subgroups_by(
                &table.studies,
                &by,
                &crate::analysis::Grouping::default(),
                &settings,
            )?]
        };
        let on = self.on.iter().map(|on| RegressPlan::on(on.clone()));
        let regressions = on
            .map(|part| Ok(part.run(&table.studies, &settings)?))
            .collect::<Result<Vec<_>, Failure>>()?;
        let left_out = if self.single_studies {
            let options = SensitivityOptions { unit: Unit::Study, ..SensitivityOptions::default() };
            Some(sensitivity(&table.studies, &settings, &options)?)
        } else {
            None
        };
        let small = if self.small_studies {
            Some(bias(&table.studies, &settings, &BiasOptions::default())?)
        } else {
            None
        };
        let paragraphs = Paragraphs::of(
            &answer,
            &Context {
                input: Some(&info),
                pooled: None,
                subgroups: &subgroups,
                regressions: &regressions,
                sensitivity: left_out.as_ref(),
                bias: small.as_ref(),
                style: Some(&destination.style),
            },
        );
        destination.write(|mut out| {
            let keys = bibliography.is_some();
            methods::write(&mut out, &paragraphs, (&info, &settings), destination.format, keys)
        })?;
        if let Some((path, kind)) = self.bibliography.as_deref().zip(bibliography) {
            let cited = paragraphs.cited();
            let text = match kind {
                Bibliography::Bibtex => references::bibtex(&cited),
                Bibliography::Csl => references::csl_json(&cited),
            };
            replace(path, |out| Ok(out.write_all(text.as_bytes())?))?;
        }
        let read = (&*self.file.data, &self.shared.reading);
        self.shared
            .save
            .write(read, Choices::from(&settings), &self.shared.output, |plan| self.plan(plan))
    }

    /// What is asked for, as an analysis file has it.
    fn plan(&self, plan: &mut Plan) {
        plan.pool = Some(PoolPlan { no_alternatives: true, ..PoolPlan::default() });
        if !self.by.is_empty() {
            plan.subgroup = vec![SubgroupPlan { by: self.by.clone(), ..SubgroupPlan::default() }];
        }
        plan.regress = self.on.iter().map(|on| RegressPlan::on(on.clone())).collect();
        let whole = SensitivityPlan { whole_studies: true, ..SensitivityPlan::default() };
        plan.sensitivity = self.single_studies.then_some(whole);
        plan.bias = self.small_studies.then(BiasPlan::default);
        let file = self.bibliography.as_deref().and_then(Path::file_name);
        let bibliography = file.map(|name| name.to_string_lossy().into_owned());
        plan.methods = Some(MethodsPlan { bibliography });
    }
}

impl Bibliography {
    /// The format that the extension of a file stands for.
    pub(super) fn of(path: &Path) -> Result<Self, Failure> {
        let extension = path.extension().and_then(|extension| extension.to_str());
        match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("bib") => Ok(Self::Bibtex),
            Some("json") => Ok(Self::Csl),
            _ => Err(Failure::Usage {
                message: format!(
                    "the extension of `{}` names no format of references",
                    path.display()
                ),
                help: "use .bib for BibTeX or .json for CSL-JSON".to_owned(),
            }),
        }
    }
}
