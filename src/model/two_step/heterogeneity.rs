//! Heterogeneity of the two-step model: Q, τ², I² and H² with their intervals.

use crate::{
    model::{
        Heterogeneity, Tau2Method, Test, TestName,
        ci::Pooling,
        heterogeneity::{i2_from_q, i2_from_tau2, test_based_interval, typical_variance},
        tau2::{self, Criterion, Tau2, Tau2Limits, log_likelihood},
        weighted::Weighted,
    },
    numeric::chi_squared,
};

/// Everything heterogeneous about two or more studies at `τ²`.
pub(super) fn describe(pooling: &Pooling<'_>, tau2: &Tau2, limits: Tau2Limits) -> Heterogeneity {
    let Pooling { yi, vi, choices, settings, .. } = *pooling;
    let df = pooling.k() - 1.0;
    let q = Weighted::at(yi, vi, 0.0).q;
    let p_value = chi_squared::sf(q, df);
    let mut tests = vec![Test { name: TestName::Q, statistic: q, df, p_value }];
    let criterion = match choices.tau2 {
        Tau2Method::Ml => Some(Criterion::Ml),
        Tau2Method::Reml => Some(Criterion::Reml),
        _ => None,
    };
    let log_likelihood = criterion.map(|criterion| {
        let top = log_likelihood(yi, vi, criterion, tau2.value);
        let statistic = (2.0 * (top - log_likelihood(yi, vi, criterion, 0.0))).max(0.0);
        tests.push(likelihood_ratio(statistic));
        top
    });
    let (lower, upper) = limits.pair();
    let typical = typical_variance(vi);
    let i2 = |tau2: f64| typical.map(|typical| i2_from_tau2(tau2, typical));
    let h2 = |tau2: f64| typical.map(|typical| tau2 / typical + 1.0);
    let test_based = test_based_interval(q, df, settings.level);
    Heterogeneity {
        q: Some(q),
        df: Some(df),
        p_value: Some(p_value),
        tests,
        tau2: Some(tau2.value),
        tau2_se: Some(tau2::standard_error(yi, vi, choices.tau2, choices.genq_weights, tau2.value)),
        tau2_lower: Some(lower),
        tau2_upper: Some(upper),
        tau2_interval: Some(choices.tau2_ci),
        tau: Some(tau2.value.sqrt()),
        i2: i2(tau2.value),
        i2_lower: i2(lower),
        i2_upper: i2(upper),
        i2_q: Some(i2_from_q(q, df)),
        i2_q_lower: test_based.map(|(lower, _)| lower),
        i2_q_upper: test_based.map(|(_, upper)| upper),
        h2: h2(tau2.value),
        h2_lower: h2(lower),
        h2_upper: h2(upper),
        rho: None,
        rho_lower: None,
        rho_upper: None,
        log_likelihood,
    }
}

/// The likelihood-ratio test of `τ² = 0`: half the probability of a `χ²₁`, because the hypothesis
/// lies on the boundary (Self and Liang 1987); a statistic of 0 has p = 1.
fn likelihood_ratio(statistic: f64) -> Test {
    let p_value = if statistic > 0.0 { 0.5 * chi_squared::sf(statistic, 1.0) } else { 1.0 };
    Test { name: TestName::LrtTau2, statistic, df: 1.0, p_value }
}
