//! What the tests of one difference show together, in words.

use super::RELIABLE_DF;
use crate::model::{ClusteredBy, WaldTest};

/// The smallest p value called a difference.
const ALPHA: f64 = 0.05;

/// The tests of one difference, as far as there are any.
pub(super) struct Tests {
    /// p value of the test that calls rows independent.
    pub(super) plain: Option<f64>,
    pub(super) robust: Option<WaldTest>,
    pub(super) three_level: Option<f64>,
    pub(super) glmm: Option<f64>,
}

impl Tests {
    /// What they show together, in words, with `count` clusters; `nested` where a cluster has several
    /// rows, and `alone` levels have no robust standard error.
    pub(super) fn sentence(
        &self,
        by: &ClusteredBy,
        count: usize,
        nested: bool,
        alone: usize,
    ) -> String {
        let (one, many, clusters) = (by.one(), by.many(), by.count(count));
        let finds =
            |p: f64| format!("{} ({})", if p < ALPHA { "a difference" } else { "none" }, p_text(p));
        let unreliable = |df: f64| {
            if df < RELIABLE_DF {
                format!("; with {df:.1} denominator degrees of freedom its p value is not reliable")
            } else {
                String::new()
            }
        };
        if count == 1 {
            return format!(
                "All rows belong to {clusters}: whether they depend on one another cannot be told, and \
                 no test can allow for it."
            );
        }
        if !nested {
            let test = self.robust.map_or_else(String::new, |htz| {
                format!("; it finds {}{}", finds(htz.p_value), unreliable(htz.df2))
            });
            return format!(
                "No {one}{} has several rows: the cluster-robust test guards against wrong sampling \
                 variances only{test}.",
                by.suffix()
            );
        }
        let (Some(htz), Some(three_level)) = (self.robust, self.three_level) else {
            return format!(
                "With {clusters} the tests that respect shared {many} cannot all be computed; the \
                 plain test assumes that rows are independent, which they are not."
            );
        };
        let plain = self.plain.map_or_else(String::new, |p| {
            format!(
                "The plain test, which calls rows of one {one} independent, finds {}. ",
                finds(p)
            )
        });
        let glmm = self.glmm.map_or_else(String::new, |p| {
            format!("the GLMM with {one} and row effects {}, ", finds(p))
        });
        let found: Vec<bool> = [Some(three_level), self.glmm, Some(htz.p_value)]
            .into_iter()
            .flatten()
            .map(|p| p < ALPHA)
            .collect();
        let few = htz.df2 < RELIABLE_DF;
        let verdict = match (found.iter().all(|&f| f), found.iter().all(|&f| !f)) {
            (true, _) if !few => "They agree that the groups differ.".to_owned(),
            (_, true) if !few => "None shows that the groups differ.".to_owned(),
            (true, _) | (_, true) => format!("They agree, on no more than {clusters}."),
            _ => format!("They disagree, and neither settles the question with {clusters}."),
        };
        let alone = if alone > 0 {
            format!(
                " The robust test takes the mean of a level that one {one} carries as known, which \
                 can make its p value too small."
            )
        } else {
            String::new()
        };
        format!(
            "{plain}Of the tests that respect shared {many}, the three-level model finds {}, {glmm}\
             the cluster-robust test {}{}. {verdict}{alone}",
            finds(three_level),
            finds(htz.p_value),
            unreliable(htz.df2),
        )
    }
}

/// A p value in a sentence.
fn p_text(p: f64) -> String {
    match p {
        _ if p < 0.0001 => "p < 0.0001".to_owned(),
        _ if p < 0.001 => format!("p = {p:.4}"),
        _ if p >= 0.9995 => "p > 0.999".to_owned(),
        _ => format!("p = {p:.3}"),
    }
}
