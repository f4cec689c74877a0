//! Effects with their variance: as they are, from an interval, or from a t or p value with sizes.

use super::{
    conversions::{Conversions, t_of_p},
    field::{Field, Group, What},
    interval::{At95, interval, variance},
    row::{Row, there},
};
use crate::{
    data::{
        problem::{Conversion, OutcomeProblem, ProblemKind},
        table::Stated,
    },
    study::{Effect, StudyError, convert},
};

pub(super) fn generic(
    row: &mut Row<'_, '_, '_>,
    stated: Option<Stated>,
    conversions: &mut Conversions,
) -> Option<Effect> {
    let (yi, vi, of) = effect(row, stated, At95::Plain(What::Yi), conversions)?;
    let field = Field::new(of, Group::Only);
    Effect::new(yi, vi).map_err(|error| row.fail(field, ProblemKind::Studies(error))).ok()
}

/// An effect with its variance and the column it is of. An interval beside `yi` is on the scale of
/// `limits`.
pub(super) fn effect(
    row: &mut Row<'_, '_, '_>,
    stated: Option<Stated>,
    limits: At95,
    conversions: &mut Conversions,
) -> Option<(f64, f64, What)> {
    let at = |what| Field::new(what, Group::Only);
    Some(match stated {
        None => {
            let yi = row.real(at(What::Yi));
            let [vi, se, lower, upper] =
                [What::Vi, What::Se, What::Lower, What::Upper].map(|what| row.maybe(at(what)));
            if !row.wrong.is_empty() {
                return None;
            }
            let yi = yi?;
            match (vi, se, lower.zip(upper)) {
                (Some(vi), ..) => (yi, vi, What::Vi),
                (None, Some(se), _) if se > 0.0 => (yi, se * se, What::Se),
                (None, Some(se), _) => {
                    let problem =
                        OutcomeProblem::NotPositive { what: "a standard error", value: se };
                    row.refuse(at(What::Se), problem);
                    return None;
                }
                (None, None, Some((lower, upper))) => {
                    interval(row, Group::Only, (yi, lower, upper), limits)?;
                    if matches!(limits, At95::Log(_)) {
                        conversions.count(Conversion::RatioInterval);
                        (yi.ln(), variance(lower.ln(), upper.ln()), What::Lower)
                    } else {
                        conversions.count(Conversion::EffectInterval);
                        (yi, variance(lower, upper), What::Lower)
                    }
                }
                (None, None, None) => {
                    let there = |what: &What| row.cells.layout.column(at(*what)).is_some();
                    let lacking = [What::Vi, What::Se, What::Lower].into_iter().find(there);
                    row.lacks(at(lacking.unwrap_or(What::Vi)));
                    return None;
                }
            }
        }
        Some(Stated::StandardisedMeanDifference) => {
            let t = row.maybe(at(What::T));
            let [n1, n2] = [Group::First, Group::Second]
                .map(|group| row.whole(Field::new(What::Total, group)));
            for (n, group) in [(n1, Group::First), (n2, Group::Second)] {
                if let Some(n) = n.filter(|n| *n < 2) {
                    let kind = ProblemKind::Studies(StudyError::TooFewForSd { n });
                    row.fail(Field::new(What::Total, group), kind);
                }
            }
            if !row.wrong.is_empty() {
                return None;
            }
            let (n1, n2) = (n1? as f64, n2? as f64);
            let (t, of) = if let Some(t) = t {
                conversions.count(Conversion::TToG);
                (t, What::T)
            } else if there(row, What::P) {
                (t_of_p(row, n1 + n2 - 2.0, Conversion::PToG, conversions)?, What::P)
            } else {
                row.lacks(at(What::T));
                return None;
            };
            let (g, v) = convert::g_from_t(t, n1, n2);
            (g, v, of)
        }
        Some(stated) => {
            let what = match stated {
                Stated::OddsRatio => What::OddsRatio,
                Stated::RiskRatio => What::RiskRatio,
                Stated::RateRatio => What::RateRatio,
                Stated::HazardRatio => What::HazardRatio,
                Stated::Ratio | Stated::StandardisedMeanDifference | Stated::FishersZ => {
                    What::Ratio
                }
            };
            let [point, lower, upper] = [what, What::Lower, What::Upper].map(|w| row.real(at(w)));
            let (point, lower, upper) = (point?, lower?, upper?);
            for (value, of) in [(point, what), (lower, What::Lower), (upper, What::Upper)] {
                if value <= 0.0 {
                    row.refuse(at(of), OutcomeProblem::NotPositive { what: "a ratio", value });
                    return None;
                }
            }
            interval(row, Group::Only, (point, lower, upper), At95::Log(what))?;
            conversions.count(Conversion::RatioInterval);
            (point.ln(), variance(lower.ln(), upper.ln()), what)
        }
    })
}
