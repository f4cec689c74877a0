//! The test for subgroup differences: Q between groups, as if their rows were independent.

use serde::Serialize;

use super::Group;
use crate::{
    model::{Fit, pooled_effect},
    numeric::chi_squared,
};

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
        let common = groups.iter().filter_map(|g| g.fit.common.as_ref()?.yi.zip(g.fit.common?.se));
        let several = || groups.iter().filter(|g| g.fit.random.is_some());
        let random = test(groups.iter().filter_map(|group| effect(&group.fit)));
        Self {
            common: test(common),
            random,
            without_single_studies: if several().count() == groups.len() {
                None
            } else {
                test(several().filter_map(|group| effect(&group.fit)))
            },
        }
    }
}
