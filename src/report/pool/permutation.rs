//! The permutation test of the pooled value.

use super::{
    super::{
        document::{Facts, Label},
        number::{fixed, grouped, p_value},
    },
    Context,
};
use crate::analysis::SignChanges;

/// The null value, the statistic and how often changed signs reach it.
pub(super) fn facts(context: Context<'_>, test: &SignChanges) -> Facts {
    let count = usize::try_from(test.permutations).map_or_else(|_| String::new(), grouped);
    let how = if test.exact {
        format!("all {count} changes of signs")
    } else {
        format!("the data and a sample of changes of signs, {count} in all, seed {}", test.seed)
    };
    let null = context.values.with_unit(test.null);
    let text = format!("|t| = {}, {}; {how}", fixed(test.statistic, 2), p_value(test.p_value));
    Facts {
        heading: Label::term("Permutation test of the pooled value", "permutation"),
        facts: vec![(Label::plain(format!("null {null}")), text)],
    }
}
