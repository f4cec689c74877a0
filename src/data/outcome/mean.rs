//! Means with a standard deviation, or what can be made into one.

use super::{
    conversions::Conversions,
    field::{Field, Group, What},
    interval::{At95, interval},
    row::Row,
};
use crate::{
    data::problem::{Conversion, OutcomeProblem, ProblemKind},
    study::{
        MeanSd, StudyError,
        convert::{self, Summary},
    },
};

/// A mean and its standard deviation, or what can be made of what is printed instead: a standard
/// error, an interval, a median with quartiles or range.
pub(super) fn mean(
    row: &mut Row<'_, '_, '_>,
    group: Group,
    conversions: &mut Conversions,
) -> Option<MeanSd> {
    let at = |what| Field::new(what, group);
    let total = row.whole(at(What::Total));
    let mean = row.maybe(at(What::Mean));
    let [sd, se, lower, upper, median, q1, q3, min, max] = [
        What::Sd,
        What::Se,
        What::Lower,
        What::Upper,
        What::Median,
        What::Q1,
        What::Q3,
        What::Min,
        What::Max,
    ]
    .map(|what| row.maybe(at(what)));
    if !row.wrong.is_empty() {
        return None;
    }
    let total = total?;
    if total < 2 {
        row.fail(at(What::Total), ProblemKind::Studies(StudyError::TooFewForSd { n: total }));
        return None;
    }
    let n = total as f64;
    let quantiles = match (min.zip(max), q1.zip(q3), median) {
        (Some((min, max)), Some((q1, q3)), Some(median)) => {
            Some((Summary::Five { min, q1, median, q3, max }, Conversion::Five))
        }
        (_, Some((q1, q3)), Some(median)) => {
            Some((Summary::Quartiles { q1, median, q3 }, Conversion::Quartiles))
        }
        (Some((min, max)), _, Some(median)) => {
            Some((Summary::Range { min, median, max }, Conversion::Range))
        }
        _ => None,
    };
    let (mean, sd, of) = match (mean, sd, se, lower.zip(upper), quantiles) {
        (Some(mean), Some(sd), ..) => (mean, sd, What::Sd),
        (Some(mean), None, Some(se), ..) => {
            if se <= 0.0 {
                row.refuse(
                    at(What::Se),
                    OutcomeProblem::NotPositive { what: "a standard error", value: se },
                );
                return None;
            }
            conversions.count(Conversion::Se);
            (mean, convert::sd_from_se(se, n), What::Se)
        }
        (Some(mean), None, None, Some((lower, upper)), _) => {
            interval(row, group, (mean, lower, upper), At95::Plain(What::Mean))?;
            conversions.count(Conversion::Interval);
            (mean, convert::sd_from_interval(lower, upper, n), What::Lower)
        }
        (_, _, _, _, Some((summary, conversion))) => {
            if !summary.is_ordered() {
                row.refuse(at(What::Median), OutcomeProblem::Unordered);
                return None;
            }
            conversions.count(conversion);
            (summary.mean(n), summary.sd(n), What::Median)
        }
        (mean, ..) => {
            let there = |what: &What| row.cells.layout.column(at(*what)).is_some();
            let wanted = [What::Sd, What::Se, What::Lower, What::Q1, What::Min, What::Median];
            let lacking = if mean.is_none() && there(&What::Mean) {
                What::Mean
            } else {
                wanted.into_iter().find(there).unwrap_or(What::Sd)
            };
            row.lacks(at(lacking));
            return None;
        }
    };
    MeanSd::new(mean, sd, total).map_err(|error| row.fail(at(of), ProblemKind::Studies(error))).ok()
}
