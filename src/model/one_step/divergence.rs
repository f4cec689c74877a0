//! How far one binomial rate is from another, in a form that keeps its digits for huge studies.

/// `ln(1 + x) − x`, to full relative precision near 0.
pub(crate) fn ln_1p_minus(x: f64) -> f64 {
    if x.abs() > 0.5 {
        return x.ln_1p() - x;
    }
    // With s = x/(2+x), ln(1+x) = 2 atanh s and 2s − x = −s·x, so the terms of order x never meet.
    let s = x / (2.0 + x);
    let s2 = s * s;
    // Σ s²ʲ/(2j+3): |s| ≤ 1/3, so 17 terms reach 1e-17.
    let tail = (0..17).rev().fold(0.0, |sum, j| 1.0 / f64::from(2 * j + 3) + s2 * sum);
    2.0 * s * s2 * tail - s * x
}

/// `ln(to/from)` where `difference = to − from` has digits that the two themselves may not.
pub(crate) fn ln_ratio(from: f64, to: f64, difference: f64) -> f64 {
    let x = difference / from;
    // Near −1 the quotient has lost what is left of `to`.
    if x > -0.5 { x.ln_1p() } else { (to / from).ln() }
}

/// The Kullback–Leibler divergence of a rate from another, `p ln(p/p′) + q ln(q/q′)`, given both
/// with their complements and the difference `d = p′ − p`.
///
/// Both terms are taken without their linear part, which cancels; `n` times the result is the
/// log-likelihood that `n` trials with raw rate `p` lose when the model says `p′`.
pub(crate) fn divergence((p, q): (f64, f64), (p2, q2): (f64, f64), d: f64) -> f64 {
    let part = |from: f64, to: f64, d: f64| {
        let x = d / from;
        -from * if x > -0.5 { ln_1p_minus(x) } else { (to / from).ln() - x }
    };
    if d == 0.0 {
        0.0
    } else if p == 0.0 {
        -ln_ratio(q, q2, -d)
    } else if q == 0.0 {
        -ln_ratio(p, p2, d)
    } else {
        part(p, p2, d) + part(q, q2, -d)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// mpmath, 30 digits: `log1p(x) - x`.
    #[test]
    fn logarithm_without_its_linear_part() {
        for (x, value) in [
            (1e-9, -4.999_999_996_666_666e-19),
            (-0.25, -0.037_682_072_451_780_93),
            (0.5, -0.094_534_891_891_835_62),
            (-0.5, -0.193_147_180_559_945_31),
            (3.0, -1.613_705_638_880_109_4),
        ] {
            assert!((ln_1p_minus(x) / value - 1.0).abs() < 1e-14, "{x}: {}", ln_1p_minus(x));
        }
    }

    #[test]
    fn divergence_of_edges_and_neighbours() {
        assert_eq!(divergence((0.0, 1.0), (0.5, 0.5), 0.5), 2f64.ln());
        assert_eq!(divergence((1.0, 0.0), (0.5, 0.5), -0.5), 2f64.ln());
        assert_eq!(divergence((0.3, 0.7), (0.3, 0.7), 0.0), 0.0);
        // A rate that rounds to 1 in the difference is still told from 1.
        assert_eq!(divergence((1.0, 0.0), (1e-30, 1.0), -1.0), -(1e-30f64.ln()));
        // d²/(2pq) for a small difference, where the textbook form would return rounding.
        let d = 1e-10;
        assert!(
            (divergence((0.3, 0.7), (0.3 + d, 0.7 - d), d) / (d * d / 0.42) - 1.0).abs() < 1e-9
        );
    }
}
