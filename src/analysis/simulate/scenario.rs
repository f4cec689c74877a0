//! How well methods do in a scenario that is known: how often intervals hold the truth, and how often
//! a test of groups finds a difference that is there.

use serde::Serialize;

use super::SimulateError;
use crate::{
    analysis::{Choice, Family, Grid, LevelOrder, Method, multiverse::multiverse, subgroups},
    effect::Measure,
    model::{Estimand, Level, Settings},
    numeric::{
        normal, parallel,
        rng::Rng,
        special::{expit, logit},
    },
    study::{Column, Counts, Moderator, Outcomes, Studies},
};

/// Studies of known sizes whose true rates are normal on the logit scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The sizes of the studies.
    pub sizes: Vec<u64>,
    /// The rate of the median study.
    pub rate: f64,
    /// The standard deviation of the true logits.
    pub tau: f64,
    /// Data sets drawn.
    pub replicates: u32,
    /// The seed; data set `i` has a stream of its own.
    pub seed: u64,
    /// The level of the intervals.
    pub level: Level,
}

/// How a method does in a scenario.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Performance {
    /// Family of models.
    pub model: String,
    /// Scale.
    pub scale: Option<String>,
    /// Estimator of `τ²`.
    pub tau2_method: Option<String>,
    /// Interval.
    pub ci: Option<String>,
    /// Prediction interval.
    pub prediction: Option<String>,
    /// The true value it is held against: `median` or `mean`.
    pub estimand: &'static str,
    /// That value.
    pub truth: f64,
    /// Data sets in which it gave a result.
    pub replicates: u32,
    /// The mean of its estimates less the truth.
    pub bias: f64,
    /// The share of its intervals that hold the truth.
    pub coverage: f64,
    /// The Monte Carlo standard error of that share.
    pub coverage_se: f64,
    /// The mean width of its intervals.
    pub width: f64,
    /// The mean share of new studies whose true rate its prediction interval holds.
    pub prediction_coverage: Option<f64>,
}

impl Scenario {
    fn check(&self) -> Result<(), SimulateError> {
        if self.sizes.is_empty() || self.sizes.contains(&0) {
            return Err(SimulateError::Nothing);
        }
        if !(self.tau.is_finite() && self.tau >= 0.0) {
            return Err(SimulateError::BadTau { tau: self.tau });
        }
        if !(self.rate > 0.0 && self.rate < 1.0) {
            return Err(SimulateError::BadRate { rate: self.rate });
        }
        Ok(())
    }

    /// The mean rate of studies, by Simpson's rule over eight standard deviations.
    fn mean(&self) -> f64 {
        let (steps, end) = (400, 8.0);
        let h = 2.0 * end / f64::from(steps);
        let value = |i: i32| {
            let z = h.mul_add(f64::from(i), -end);
            normal::pdf(z) * expit(self.tau.mul_add(z, logit(self.rate)))
        };
        let weight = |i: i32| match i {
            0 => 1.0,
            i if i == steps => 1.0,
            i if i % 2 == 1 => 4.0,
            _ => 2.0,
        };
        h / 3.0 * (0..=steps).map(|i| weight(i) * value(i)).sum::<f64>()
    }

    /// The chance that the true rate of a new study lies in an interval.
    fn content(&self, [lower, upper]: [f64; 2]) -> f64 {
        if self.tau == 0.0 {
            return f64::from(u8::from((lower..=upper).contains(&self.rate)));
        }
        let below = |p: f64| normal::cdf((logit(p.clamp(0.0, 1.0)) - logit(self.rate)) / self.tau);
        below(upper) - below(lower)
    }
}

/// Counts of studies whose true logits scatter around that of `rate`.
fn counts(sizes: &[u64], rate: f64, tau: f64, rng: &mut Rng) -> Vec<Counts> {
    sizes
        .iter()
        .filter_map(|&n| {
            let p = expit(tau.mul_add(rng.normal(), logit(rate)));
            Counts::new(rng.binomial(n, p), n).ok()
        })
        .collect()
}

fn studies(counts: Vec<Counts>, moderators: Vec<Moderator>) -> Option<Studies> {
    let k = counts.len();
    let labels = (1..=k).map(|i| format!("Simulated {i}")).collect();
    Studies::new(labels, (2..).take(k).collect(), Outcomes::Proportions(counts), moderators).ok()
}

#[derive(Clone, Copy, Default)]
struct Tally {
    n: u32,
    bias: f64,
    held: f64,
    width: f64,
    content: f64,
}

/// How often the intervals of each method of `grid` hold the truth of a scenario; `tell(done, all)` hears
/// of the replicates.
///
/// # Errors
/// [`SimulateError`] for a scenario that is none.
///
/// ```
/// use resorb::{
///     analysis::{Family, Grid, Scenario, coverage},
///     model::Level,
/// };
/// let scenario = Scenario {
///     sizes: vec![40; 8], rate: 0.6, tau: 0.5, replicates: 20, seed: 1, level: Level::default(),
/// };
/// let grid = Grid { models: vec![Family::BetaBinomial], ..Grid::default() };
/// let found = coverage(&scenario, &grid, &mut |_, _| {})?;
/// assert!(found.iter().all(|method| method.coverage > 0.5));
/// # Ok::<(), resorb::analysis::SimulateError>(())
/// ```
pub fn coverage(
    scenario: &Scenario,
    grid: &Grid,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<Vec<Performance>, SimulateError> {
    scenario.check()?;
    let mean = scenario.mean();
    let truth = |method: &Method| match estimand(method) {
        Estimand::Median => ("median", scenario.rate),
        Estimand::Mean => ("mean", mean),
    };
    let replicate = |i: u32| -> Vec<(Method, Tally)> {
        let mut rng = Rng::stream(scenario.seed, u64::from(i));
        let drawn = counts(&scenario.sizes, scenario.rate, scenario.tau, &mut rng);
        let all = studies(drawn, Vec::new())
            .and_then(|studies| multiverse(&studies, grid, scenario.level, &mut |_, _| {}).ok());
        let outcomes = all.map(|all| all.outcomes).unwrap_or_default();
        outcomes
            .into_iter()
            .map(|outcome| {
                let (_, truth) = truth(&outcome.method);
                let held = (outcome.ci_lower..=outcome.ci_upper).contains(&truth);
                let tally = Tally {
                    n: 1,
                    bias: outcome.estimate - truth,
                    held: f64::from(u8::from(held)),
                    width: outcome.ci_upper - outcome.ci_lower,
                    content: outcome.prediction.map_or(f64::NAN, |limits| scenario.content(limits)),
                };
                (outcome.method, tally)
            })
            .collect()
    };
    let mut all: Vec<(Method, Tally)> = Vec::new();
    for found in parallel::map_told(scenario.replicates, replicate, tell) {
        for (method, tally) in found {
            match all.iter_mut().find(|(known, _)| *known == method) {
                Some((_, sum)) => {
                    sum.n += 1;
                    sum.bias += tally.bias;
                    sum.held += tally.held;
                    sum.width += tally.width;
                    sum.content += tally.content;
                }
                None => all.push((method, tally)),
            }
        }
    }
    Ok(all
        .into_iter()
        .map(|(method, tally)| {
            let n = f64::from(tally.n);
            let chosen = |choice| method.chosen(choice).map(std::borrow::Cow::into_owned);
            let (estimand, truth) = truth(&method);
            let coverage = tally.held / n;
            Performance {
                model: method.family().name().to_owned(),
                scale: chosen(Choice::Scale),
                tau2_method: chosen(Choice::Tau2),
                ci: chosen(Choice::Interval),
                prediction: chosen(Choice::Prediction),
                estimand,
                truth,
                replicates: tally.n,
                bias: tally.bias / n,
                coverage,
                coverage_se: (coverage * (1.0 - coverage) / n).sqrt(),
                width: tally.width / n,
                prediction_coverage: Some(tally.content / n).filter(|share| share.is_finite()),
            }
        })
        .collect())
}

/// What a method estimates where true rates differ: a rate on a straight scale averages over studies,
/// one on a curved scale is the median.
fn estimand(method: &Method) -> Estimand {
    match method {
        Method::Glmm { estimand, .. } => *estimand,
        Method::Common { measure, .. } | Method::TwoStep { measure, .. }
            if *measure != Measure::Pr =>
        {
            Estimand::Median
        }
        _ if method.family() == Family::Glmm => Estimand::Median,
        _ => Estimand::Mean,
    }
}

/// A group of studies in a scenario of power.
#[derive(Clone, Debug, PartialEq)]
pub struct PowerGroup {
    /// Its name.
    pub name: String,
    /// The sizes of its studies.
    pub sizes: Vec<u64>,
    /// The rate of its median study.
    pub rate: f64,
}

/// How often a test of groups finds that they differ.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Power {
    /// Data sets in which the test could be done.
    pub replicates: u32,
    /// Data sets drawn.
    pub drawn: u32,
    /// The share of those with p below `alpha`.
    pub power: f64,
    /// The Monte Carlo standard error of that share.
    pub se: f64,
    /// The level of the test.
    pub alpha: f64,
}

/// How often the random-effects test for subgroup differences finds groups to differ at `1 − level`,
/// pooled as `settings` say; `tell(done, all)` hears of the replicates.
///
/// # Errors
/// [`SimulateError`] for a scenario that is none.
///
/// ```
/// use resorb::{analysis::{PowerGroup, subgroup_power}, model::Settings};
/// let group = |name: &str, rate| PowerGroup { name: name.into(), sizes: vec![80; 6], rate };
/// let groups = [group("a", 0.2), group("b", 0.8)];
/// let found = subgroup_power(&groups, 0.3, 20, &Settings::two_step(), &mut |_, _| {})?;
/// assert!(found.power > 0.9);
/// # Ok::<(), resorb::analysis::SimulateError>(())
/// ```
pub fn subgroup_power(
    groups: &[PowerGroup],
    tau: f64,
    replicates: u32,
    settings: &Settings,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<Power, SimulateError> {
    for group in groups {
        let (sizes, rate) = (group.sizes.clone(), group.rate);
        let (seed, level) = (settings.seed, settings.level);
        Scenario { sizes, rate, tau, replicates, seed, level }.check()?;
    }
    if groups.len() < 2 {
        return Err(SimulateError::OneGroup);
    }
    let names = groups.iter().flat_map(|group| {
        let name: std::sync::Arc<str> = group.name.as_str().into();
        std::iter::repeat_n(Some(name), group.sizes.len())
    });
    let column = Column::Text(names.collect());
    let alpha = 1.0 - settings.level.proportion();
    let p_value = |i: u32| -> Option<f64> {
        let mut rng = Rng::stream(settings.seed, u64::from(i));
        let drawn: Vec<Counts> = groups
            .iter()
            .flat_map(|group| counts(&group.sizes, group.rate, tau, &mut rng))
            .collect();
        let moderator = Moderator { name: "group".to_owned(), column: column.clone() };
        let studies = studies(drawn, vec![moderator])?;
        let found = subgroups(&studies, &["group"], &LevelOrder::Data, settings).ok()?;
        found.between.random.map(|test| test.p_value)
    };
    let p: Vec<f64> = parallel::map_told(replicates, p_value, tell).into_iter().flatten().collect();
    let n = p.len() as f64;
    let power = p.iter().filter(|p| **p < alpha).count() as f64 / n.max(1.0);
    Ok(Power {
        replicates: u32::try_from(p.len()).unwrap_or(u32::MAX),
        drawn: replicates,
        power,
        se: (power * (1.0 - power) / n.max(1.0)).sqrt(),
        alpha,
    })
}
