//! The three-level model: rows within clusters, `yᵢ = Xβ + u_cluster + w_row + eᵢ`, by REML
//! (Konstantopoulos 2011).

mod fit;
mod likelihood;

pub use fit::{Multilevel, ThreeLevelCoefficient, ThreeLevelTest};

/// The rows of each cluster, clusters in the order of their first row.
///
/// ```
/// assert_eq!(resorb::model::clusters(&["A", "B", "A"]), [vec![0, 2], vec![1]]);
/// ```
#[must_use]
pub fn clusters<L: Eq + std::hash::Hash>(labels: &[L]) -> Vec<Vec<usize>> {
    let mut place = std::collections::HashMap::new();
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for (row, label) in labels.iter().enumerate() {
        let next = rows.len();
        let index = *place.entry(label).or_insert(next);
        match rows.get_mut(index) {
            Some(known) => known.push(row),
            None => rows.push(vec![row]),
        }
    }
    rows
}
