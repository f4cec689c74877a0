//! `resorb init`: a form for typing in a review's table.

use std::{fs, path::PathBuf};

use clap::Args;

use super::{
    destination::create,
    failure::{Failure, say},
};

/// The columns of the form.
const TEMPLATE: &str =
    "study,year,group,events,total,definition,population,source,derivation,confidence,include\n";

/// What each column is for.
const DICTIONARY: &str = "\
# The columns of studies.csv

One row for each study, or for each group of a study. An empty cell is a missing value. Numbers are whole
counts, not percentages: where only a percentage is printed, compute the count and say so in `derivation`.

| column | values | meaning |
|---|---|---|
| `study` | text | first author and year; the same name on all rows of one study |
| `year` | year | of publication |
| `group` | text | part of the study the row is about, such as a type or an arm; empty for all |
| `events` | count | patients with the event |
| `total` | count | patients in whom it could be seen |
| `definition` | text | the event in the words of the study |
| `population` | text | which patients |
| `source` | text | DOI, PubMed or other identifier, with page or table |
| `derivation` | text | how the counts were obtained: as printed, or computed from what |
| `confidence` | high, medium, low | how sure the counts are |
| `include` | yes, no | whether the row belongs in the pooled rate |

`resorb check studies.csv` names everything that cannot be right.
";

/// The analysis, its choices at their defaults.
const ANALYSIS: &str = include_str!("analysis.toml");

/// The counts of a flow diagram as `resorb plot prisma --help` shows them.
const FLOW: &str = include_str!("flow.toml");

/// What stands over them in a form.
const FLOW_HEAD: &str = "\
# How the records of the search became the studies of the review: the counts of a PRISMA 2020 flow
# diagram, which `resorb plot prisma prisma.toml -o prisma.svg` draws. Write the review's own counts in the
# place of the zeros and its own databases, registers and reasons in the place of these names; take out the
# lines of steps that it does not have. What a step leaves must be the next one: records screened less
# those excluded are the reports sought, and so on.

";

/// The form of a flow diagram: the steps of the example without its numbers.
fn flow() -> String {
    let mut pieces = FLOW.split("= ");
    let mut form = FLOW_HEAD.to_owned() + pieces.next().unwrap_or_default();
    for piece in pieces {
        let rest = piece.trim_start_matches(|c: char| c.is_ascii_digit());
        form.push_str("= ");
        form.push_str(if rest.len() < piece.len() { "0" } else { "" });
        form.push_str(rest);
    }
    form
}

/// Make a folder with a form for studies
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Writes studies.csv, dictionary.md, analysis.toml and prisma.toml into NAME."
)]
pub(super) struct Init {
    /// Folder to make
    #[arg(value_name = "NAME")]
    name: PathBuf,

    /// Replace the file if it exists
    #[arg(long)]
    force: bool,
}

impl Init {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let failed = |source| Failure::Output { path: self.name.clone(), source };
        let flow = flow();
        let files = [
            ("studies.csv", TEMPLATE),
            ("dictionary.md", DICTIONARY),
            ("analysis.toml", ANALYSIS),
            ("prisma.toml", flow.as_str()),
        ];
        // All or nothing: one file that exists stops the others too.
        if !self.force
            && let Some((file, _)) = files.iter().find(|(file, _)| self.name.join(file).exists())
        {
            return Err(Failure::Usage {
                message: format!("`{}` exists already", self.name.join(file).display()),
                help: "add --force to replace it, or name another folder".to_owned(),
            });
        }
        fs::create_dir_all(&self.name).map_err(failed)?;
        for (file, text) in files {
            create(&self.name.join(file), self.force, |out| out.write_all(text.as_bytes()))?;
        }
        say(&format!(
            "{0} made: fill in {1}, then try resorb check {1}\nand resorb run {2}\n",
            self.name.display(),
            self.name.join("studies.csv").display(),
            self.name.join("analysis.toml").display()
        ));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{data, model::Settings, plan::Plan, study::OutcomeKind};

    /// Every step has a line, and no number is anybody's.
    #[cfg(feature = "plot")]
    #[test]
    fn the_form_of_a_flow_has_every_step_and_no_number() {
        use crate::figure::prisma::{Flow, Step};
        let form = Flow::toml(&flow()).unwrap();
        assert!(form.entries().iter().all(|entry| entry.count == 0));
        let example = Flow::toml(FLOW).unwrap();
        for step in Step::ALL {
            let names = |flow: &Flow| flow.of(step).map(|e| e.name.clone()).collect::<Vec<_>>();
            assert_eq!(names(&form), names(&example));
            // Not every search has its reasons in parts, but all steps are shown.
            assert!(form.total(step).is_some(), "{step:?}");
        }
    }

    /// The form's choices are the program's defaults, and its columns are found by their names.
    #[test]
    fn the_form_is_what_the_program_reads() {
        let plan = Plan::parse(ANALYSIS).unwrap();
        let settings = plan.settings.settings(OutcomeKind::Proportions, None, false).unwrap();
        assert_eq!(settings, Settings::default());
        // What is left to be switched on can be.
        let all = Plan::parse(
            &ANALYSIS.replace("\n#[", "\n[").replace("\n#", "\n").replace("\n ", "\n# "),
        );
        let all = all.unwrap();
        assert_eq!((all.subgroup.len(), all.regress.len(), all.claim.len()), (1, 1, 1));
        assert_eq!(all.reading.exclude_study, ["Lee 2017"]);
        assert!(all.multiverse.unwrap().grid.vary_studies);
        let filled =
            format!("{TEMPLATE}Bush 1992,1992,,64,84,any,mixed,Spine,as printed,high,yes\n");
        let table = data::read(filled.as_bytes(), &data::Mapping::default()).unwrap();
        assert_eq!((table.used, table.columns.outcome[0].1.as_str()), (1, "events"));
        for column in TEMPLATE.trim().split(',') {
            assert!(DICTIONARY.contains(&format!("| `{column}` |")), "{column}");
        }
    }
}
