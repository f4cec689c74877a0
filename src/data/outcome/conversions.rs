//! What was made of values that studies print instead of those needed, and how often.

use super::{
    field::{Field, Group, What},
    row::{Row, there},
};
use crate::{
    data::problem::{Conversion, OutcomeProblem},
    study::convert,
};

/// How many values each conversion made.
#[derive(Default)]
pub(super) struct Conversions {
    pub(super) made: Vec<(Conversion, usize)>,
    /// Whether a p value without a sign, and none that says where signs are, was used.
    pub(super) unsigned: bool,
    pub(super) negative: bool,
}

impl Conversions {
    pub(super) fn count(&mut self, conversion: Conversion) {
        match self.made.iter_mut().find(|(known, _)| *known == conversion) {
            Some((_, times)) => *times += 1,
            None => self.made.push((conversion, 1)),
        }
    }
}

/// The t value behind a two-sided p value; its sign is that of a column of directions or, without one,
/// that of p.
pub(super) fn t_of_p(
    row: &mut Row<'_, '_, '_>,
    df: f64,
    conversion: Conversion,
    conversions: &mut Conversions,
) -> Option<f64> {
    let (p_value, direction) =
        (Field::new(What::P, Group::Only), Field::new(What::Direction, Group::Only));
    let p = row.real(p_value)?;
    let signed = !there(row, What::Direction);
    if !(p.abs() > 0.0 && p.abs() <= 1.0) || (p < 0.0 && !signed) {
        row.refuse(p_value, OutcomeProblem::PValue { value: p });
        return None;
    }
    let sign = if signed {
        conversions.unsigned |= p > 0.0;
        conversions.negative |= p < 0.0;
        p
    } else {
        match row.sign(direction).as_deref() {
            Some("+" | "1" | "+1" | "positive" | "up") => 1.0,
            Some("-" | "-1" | "\u{2212}1" | "negative" | "down") => -1.0,
            Some(other) => {
                row.refuse(direction, OutcomeProblem::NotADirection { value: other.to_owned() });
                return None;
            }
            None => {
                row.lacks(direction);
                return None;
            }
        }
    };
    conversions.count(conversion);
    Some(convert::t_from_p(p.abs(), df, sign))
}
