//! Differences between groups, without those that a robust test would take as too certain.

use serde::Serialize;

use crate::model::{Multilevel, Robust, Sandwich, ThreeLevelCoefficient};

/// Every group's difference from one of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Differences {
    /// The first group that several clusters carry; the first of all where there is none.
    pub from: String,
    /// The other groups, in their order.
    pub groups: Vec<Difference>,
}

/// A group's difference on the analysis scale.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The group.
    pub group: String,
    /// By the two-step regression with a robust test; without one where a cluster alone carries either
    /// group, because the sandwich would take its mean as known.
    pub robust: Robust,
    /// By the three-level model.
    pub three_level: Option<ThreeLevelCoefficient>,
}

impl Differences {
    pub(super) fn of(
        names: &[&str],
        base: usize,
        sandwich: &Sandwich,
        three_level: Option<&Multilevel>,
    ) -> Self {
        // Treatment coding: the first group is the intercept.
        let difference = |group: usize| {
            let mut c = vec![0.0; names.len()];
            for (place, sign) in [(group, 1.0), (base, -1.0)] {
                if let Some(c) = c.get_mut(place).filter(|_| place > 0) {
                    *c = sign;
                }
            }
            c
        };
        let groups = names.iter().enumerate().filter(|(place, _)| *place != base);
        Self {
            from: names.get(base).map_or_else(String::new, |&name| name.to_owned()),
            groups: groups
                .map(|(place, name)| {
                    let c = difference(place);
                    Difference {
                        group: (*name).to_owned(),
                        robust: sandwich.contrast(&c).without_false_certainty(),
                        three_level: three_level.map(|fit| fit.contrast(&c)),
                    }
                })
                .collect(),
        }
    }
}
