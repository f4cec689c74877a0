//! How the presence of one study parts the cloud of subsets.

use serde::Serialize;

use super::Gosh;

/// Subsets with a study against subsets without it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Separation {
    /// The study.
    pub study: String,
    /// The median pooled value of subsets with it, display scale; `None` where there is no such subset.
    pub median_with: Option<f64>,
    /// The same without it.
    pub median_without: Option<f64>,
    /// The median I² with it, percent.
    pub i2_with: Option<f64>,
    /// The same without it.
    pub i2_without: Option<f64>,
    /// `|2A − 1|`, `A` the chance that a subset with the study has the larger value of two, one with and
    /// one without it; of the pooled value or of I², whichever it parts more. 0: the clouds lie on each
    /// other; 1: they are apart.
    pub separation: f64,
}

/// For each study, in the order of the file.
pub(super) fn by_study(gosh: &Gosh) -> Vec<Separation> {
    let estimates = sorted(&gosh.estimate, &gosh.i2);
    let heterogeneity = sorted(&gosh.i2, &gosh.i2);
    gosh.labels
        .iter()
        .enumerate()
        .map(|(study, label)| {
            let first = Parted::of(gosh, study, &estimates, &gosh.estimate);
            let second = Parted::of(gosh, study, &heterogeneity, &gosh.i2);
            Separation {
                study: label.clone(),
                median_with: first.with,
                median_without: first.without,
                i2_with: second.with,
                i2_without: second.without,
                separation: first.apart.max(second.apart),
            }
        })
        .collect()
}

/// The places of the subsets with more than one study, by ascending value.
fn sorted(values: &[f64], i2: &[f64]) -> Vec<u32> {
    let mut places: Vec<u32> = (0..)
        .zip(i2)
        .filter_map(|(place, i2): (u32, &f64)| (!i2.is_nan()).then_some(place))
        .collect();
    let at = |place: u32| values.get(place as usize).copied().unwrap_or(f64::NAN);
    places.sort_unstable_by(|&a, &b| at(a).total_cmp(&at(b)));
    places
}

/// A column parted by one study.
struct Parted {
    with: Option<f64>,
    without: Option<f64>,
    apart: f64,
}

impl Parted {
    fn of(gosh: &Gosh, study: usize, sorted: &[u32], values: &[f64]) -> Self {
        let has = |place: u32| gosh.members.contains(place as usize, study);
        let at = |place: u32| values.get(place as usize).copied().unwrap_or(f64::NAN);
        let count = sorted.iter().filter(|&&place| has(place)).count();
        let others = sorted.len() - count;
        let median = |side: bool, n: usize| {
            let mut chosen = sorted.iter().filter(|&&place| has(place) == side).map(|&p| at(p));
            let lower = chosen.nth((n.max(1) - 1) / 2)?;
            let upper = if n.is_multiple_of(2) { chosen.next()? } else { lower };
            Some(0.5 * (lower + upper))
        };
        // Mann and Whitney 1947: pairs in which the subset without the study is the lower one, ties half.
        let (mut below, mut pairs) = (0.0, 0.0);
        for ties in sorted.chunk_by(|&a, &b| at(a) == at(b)) {
            let with = ties.iter().filter(|&&place| has(place)).count() as f64;
            let without = ties.len() as f64 - with;
            pairs += with * (below + 0.5 * without);
            below += without;
        }
        let all = count as f64 * others as f64;
        Self {
            with: median(true, count),
            without: median(false, others),
            apart: if all > 0.0 { (2.0 * pairs / all - 1.0).abs() } else { 0.0 },
        }
    }
}
