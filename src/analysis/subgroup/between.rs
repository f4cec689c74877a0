//! The test for subgroup differences: Q between groups, as if their rows were independent.

use serde::Serialize;

use super::Group;
use crate::{model::Fit, numeric::chi_squared};

/// Q between groups by both models.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Between {
    /// From the common-effect results.
    pub common: Option<BetweenTest>,
    /// From the random-effects results; a group of one study enters with its own effect and variance.
    pub random: Option<BetweenTest>,
    /// The same without groups of one study, where that makes a difference.
    pub without_single_studies: Option<BetweenTest>,
}

/// One test for subgroup differences.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BetweenTest {
    /// `Σ (μ̂_g − μ̄)²/se_g²` over groups.
    pub q: f64,
    /// Groups that entered, less one.
    pub df: f64,
    /// Upper tail of `χ²(df)`.
    pub p_value: f64,
}

impl Between {
    /// From the groups' own fits, with Wald standard errors whatever the intervals are.
    pub(super) fn of(groups: &[Group]) -> Self {
        let single = |group: &Group| group.fit.k == 1;
        Self {
            common: test(groups.iter().filter_map(|group| common(&group.fit))),
            random: test(groups.iter().filter_map(|group| random(&group.fit))),
            without_single_studies: if groups.iter().any(single) {
                let several = groups.iter().filter(|group| !single(group));
                test(several.filter_map(|group| random(&group.fit)))
            } else {
                None
            },
        }
    }
}

/// The common-effect value and its standard error; `None` where it is not finite.
fn common(fit: &Fit) -> Option<(f64, f64)> {
    fit.common.and_then(|common| common.yi.zip(common.se))
}

/// The random-effects value and its Wald standard error; a single study's own otherwise. Several
/// studies without a finite value (all events 0, or all n) have neither.
fn random(fit: &Fit) -> Option<(f64, f64)> {
    match &fit.random {
        Some(random) => random.pooled.yi.zip(random.wald_se),
        None if fit.k == 1 => fit.studies.get(0).map(|row| (row.yi, row.vi.sqrt())),
        None => None,
    }
}

/// `None` for fewer than two groups.
fn test(groups: impl Iterator<Item = (f64, f64)>) -> Option<BetweenTest> {
    let groups: Vec<(f64, f64)> = groups.collect();
    if groups.len() < 2 {
        return None;
    }
    let weight = |se: f64| 1.0 / (se * se);
    let (w, wy) =
        groups.iter().fold((0.0, 0.0), |(w, wy), &(y, se)| (w + weight(se), wy + weight(se) * y));
    let q = groups.iter().map(|&(y, se)| weight(se) * (y - wy / w) * (y - wy / w)).sum();
    let df = groups.len() as f64 - 1.0;
    Some(BetweenTest { q, df, p_value: chi_squared::sf(q, df) })
}
