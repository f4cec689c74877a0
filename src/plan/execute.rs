//! Carries a plan out on a table.

use super::{
    AnalysisError, OnFailure, Plan, PlanError, PoolPlan, Results, Section, Skipped, claim,
};
use crate::data::Table;

/// Carries out every analysis of `plan` on `table`, which was read by [`Plan::mapping`]. The same plan
/// and table give the same results, on any number of threads.
///
/// # Errors
/// [`PlanError`]: settings that do not go together and, unless the plan says to go on without it
/// ([`OnFailure::Skip`]), the first analysis that cannot be done.
///
/// ```
/// use resorb::{data, plan::{Plan, execute}};
/// let plan = Plan::parse("data = \"studies.csv\"")?;
/// let csv = b"study,events,total\nBush 1992,64,84\nKomori 1996,35,77\nAhn 2000,25,36\n";
/// let results = execute(&data::read(csv, &plan.mapping())?, &plan)?;
/// let pooled = results.pool.ok_or("a plan without analyses pools")?;
/// assert_eq!((pooled.fit.k, results.skipped.len()), (3, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn execute(table: &Table, plan: &Plan) -> Result<Results, PlanError> {
    let studies = &table.studies;
    let settings = at(Section::Settings, plan.settings.suited(table, false))?;
    let mut run = Run { plan, skipped: Vec::new() };

    let asked = plan.pool.or_else(|| plan.pools_unasked().then(PoolPlan::default));
    let pool = run.one(Section::Pool, asked.as_ref(), |part| {
        Ok(part.run(studies, &part.settings(&plan.settings, table)?)?)
    })?;
    let subgroups =
        run.all(Section::Subgroup, &plan.subgroup, |part| Ok(part.run(studies, &settings)?))?;
    let regressions = run.all(Section::Regress, &plan.regress, |part| {
        Ok(part.run(studies, &part.settings(&plan.settings, table)?)?)
    })?;
    let sensitivity = run.one(Section::Sensitivity, plan.sensitivity.as_ref(), |part| {
        Ok(part.run(studies, &settings)?)
    })?;
    let bias =
        run.one(Section::Bias, plan.bias.as_ref(), |part| Ok(part.run(studies, &settings)?))?;
    let gosh = run.one(Section::Gosh, plan.gosh.as_ref(), |part| part.run(studies, &settings))?;
    let multiverse =
        run.one(Section::Multiverse, plan.multiverse.as_ref(), |part| part.run(table, &settings))?;
    let grid = plan.multiverse.as_ref().map(|part| &part.grid);
    let stated = run.all(Section::Claim, &plan.claim, |part| {
        claim::of_rates(table)?;
        Ok((part, part.claim()?))
    })?;
    let held = run.done(Section::Claim(0), claim::examined(&stated, table, grid))?;
    let claims = held.unwrap_or_default();
    let predictors =
        run.all(Section::Predictors, &plan.predictors, |part| Ok(part.run(studies, &settings)?))?;
    Ok(Results {
        settings,
        pool,
        subgroups,
        regressions,
        sensitivity,
        bias,
        gosh,
        multiverse,
        claims,
        predictors,
        skipped: run.skipped,
    })
}

/// What was left out so far.
struct Run<'p> {
    plan: &'p Plan,
    skipped: Vec<Skipped>,
}

impl Run<'_> {
    /// An analysis that is asked for once, or not at all.
    fn one<P, T>(
        &mut self,
        section: Section,
        part: Option<&P>,
        run: impl FnOnce(&P) -> Result<T, AnalysisError>,
    ) -> Result<Option<T>, PlanError> {
        part.map_or(Ok(None), |part| self.done(section, run(part)))
    }

    /// An analysis that may be asked for several times.
    fn all<'a, P, T>(
        &mut self,
        section: impl Fn(usize) -> Section,
        parts: &'a [P],
        run: impl Fn(&'a P) -> Result<T, AnalysisError>,
    ) -> Result<Vec<T>, PlanError> {
        let mut results = Vec::new();
        for (number, part) in parts.iter().enumerate() {
            results.extend(self.done(section(number), run(part))?);
        }
        Ok(results)
    }

    fn done<T>(
        &mut self,
        section: Section,
        result: Result<T, AnalysisError>,
    ) -> Result<Option<T>, PlanError> {
        match (result, self.plan.on_failure) {
            (Ok(result), _) => Ok(Some(result)),
            (Err(source), OnFailure::Stop) => Err(PlanError { section, source: source.into() }),
            (Err(source), OnFailure::Skip) => {
                self.skipped.push(Skipped { what: section, why: source.to_string() });
                Ok(None)
            }
        }
    }
}

fn at<T>(section: Section, result: Result<T, impl Into<AnalysisError>>) -> Result<T, PlanError> {
    result.map_err(|error| PlanError { section, source: Box::new(error.into()) })
}
