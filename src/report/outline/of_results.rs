//! The report of a plan's results.

use super::{Answer, Kind, Report};
use crate::{
    plan::{Results, Section, Skipped},
    report::{
        GoshSummary, InputInfo, Style,
        methods::{Context, Paragraphs},
    },
};

impl<'a> Report<'a> {
    /// Everything that a plan came to, and why the rest could not be done; `None` where it has no pooled
    /// result.
    ///
    /// ```
    /// use resorb::{data, plan::Plan, report::{InputInfo, Report, Style}};
    /// let csv = b"study,events,total\nBush 1992,64,84\nKomori 1996,35,77\nAhn 2000,25,36\n";
    /// let table = data::read(csv, &data::Mapping::default())?;
    /// let results = Plan::standard("studies.csv", &table, &[]).execute(&table)?;
    /// let (input, style) = (InputInfo::default(), Style::default());
    /// let report = Report::of(&results, &input, &style).ok_or("nothing was pooled")?;
    /// assert_eq!(report.answers.len(), 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of(results: &'a Results, input: &'a InputInfo, style: &'a Style) -> Option<Self> {
        let pooled = results.pool.as_ref()?;
        let gosh = results.gosh.iter().map(|found| {
            let summary = GoshSummary::new(&found.fit, &found.subsets, found.sampling);
            Answer::Gosh(Box::new(summary))
        });
        let grid = results.multiverse.iter();
        let claims = (!results.claims.is_empty()).then(|| Answer::Claims(&results.claims));
        let mut answers: Vec<Answer<'a>> = results
            .subgroups
            .iter()
            .map(Answer::Subgroups)
            .chain(results.regressions.iter().map(Answer::Regression))
            .chain(results.predictors.iter().map(Answer::Predictors))
            .chain(results.sensitivity.iter().map(Answer::Sensitivity))
            .chain(gosh)
            .chain(results.bias.iter().map(Answer::Bias))
            .chain(grid.map(|found| Answer::Multiverse(&found.all, &found.summary)))
            .chain(claims)
            .collect();
        answers.extend(results.skipped.iter().filter_map(refused));
        let paragraphs = Paragraphs::of(pooled, &Context::of(results, input, style));
        Some(Self { answers, paragraphs, ..Self::new(pooled, input, style) })
    }
}

/// An analysis that could not be done, where it has a place in a report.
fn refused<'a>(skipped: &Skipped) -> Option<Answer<'a>> {
    let kind = match skipped.what {
        Section::Subgroup(_) => Kind::Subgroups,
        Section::Regress(_) => Kind::Regression,
        Section::Sensitivity => Kind::Sensitivity,
        Section::Bias => Kind::Bias,
        Section::Gosh => Kind::Gosh,
        Section::Multiverse => Kind::Multiverse,
        Section::Claim(_) => Kind::Claims,
        Section::Predictors(_) => Kind::Predictors,
        _ => return None,
    };
    Some(Answer::Refused(kind, skipped.why.clone()))
}
