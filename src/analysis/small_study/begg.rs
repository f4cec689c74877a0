//! Begg and Mazumdar's rank correlation of effects and variances.

use super::{BiasTest, Funnel, SmallStudyError, TestKind, kendall::Kendall};
use crate::model::weighted::Weighted;

const METHOD: &str = "Begg's rank correlation";

/// Kendall's τ between the deviates `(yᵢ − μ̂)/√(vᵢ − 1/Σw)`, `μ̂` the common effect, and the variances
/// (Begg and Mazumdar 1994).
///
/// The p value counts permutations unless there are ties or `asymptotic` is asked for.
///
/// # Errors
/// [`SmallStudyError::TooFew`] below three studies, [`SmallStudyError::NoSpread`].
pub fn begg(funnel: &Funnel, asymptotic: bool) -> Result<BiasTest, SmallStudyError> {
    funnel.at_least(3, METHOD)?;
    funnel.has_rates(METHOD)?;
    let common = Weighted::at(funnel.yi(), funnel.vi(), 0.0);
    let deviates: Vec<f64> = funnel
        .yi()
        .iter()
        .zip(funnel.vi())
        .map(|(y, v)| (y - common.mean) / (v - common.w.recip()).sqrt())
        .collect();
    let kendall = Kendall::of(&deviates, funnel.vi(), asymptotic)
        .ok_or(SmallStudyError::NoSpread { method: METHOD, what: "standard error or effect" })?;
    let mut test = BiasTest::new(TestKind::Begg, kendall.tau, None, kendall.p_value, funnel);
    test.z = kendall.z;
    Ok(test)
}
