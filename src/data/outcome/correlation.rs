//! Correlations, printed as such or as a t or p value with n.

use super::{
    conversions::{Conversions, t_of_p},
    field::{Field, Group, What},
    row::{Row, there},
};
use crate::{
    data::problem::{Conversion, ProblemKind},
    study::{Correlation, StudyError, convert},
};

pub(super) fn correlation(
    row: &mut Row<'_, '_, '_>,
    conversions: &mut Conversions,
) -> Option<Correlation> {
    let at = |what| Field::new(what, Group::Only);
    let n = row.whole(at(What::Total));
    let r = row.maybe(at(What::R));
    let t = row.maybe(at(What::T));
    let (r, of) = match (r, t, n) {
        (Some(r), ..) => (r, What::R),
        (None, Some(t), Some(n)) if n >= 3 => {
            conversions.count(Conversion::TToR);
            (convert::r_from_t(t, n as f64), What::T)
        }
        (None, Some(_), Some(n)) => {
            row.fail(at(What::Total), ProblemKind::Studies(StudyError::TooFewPairs { n }));
            return None;
        }
        (None, None, Some(n)) if there(row, What::P) => {
            if n < 3 {
                row.fail(at(What::Total), ProblemKind::Studies(StudyError::TooFewPairs { n }));
                return None;
            }
            let t = t_of_p(row, n as f64 - 2.0, Conversion::PToR, conversions)?;
            (convert::r_from_t(t, n as f64), What::P)
        }
        _ => {
            let of = [What::R, What::T, What::P].into_iter().find(|what| there(row, *what));
            row.lacks(at(of.unwrap_or(What::R)));
            return None;
        }
    };
    Correlation::new(r, n?)
        .map_err(|error| {
            let of =
                if matches!(error, StudyError::NoCorrelation { .. }) { of } else { What::Total };
            row.fail(at(of), ProblemKind::Studies(error));
        })
        .ok()
}
