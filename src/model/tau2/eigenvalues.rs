//! The eigenvalues of a diagonal matrix less one of rank one, each to full relative precision.

use crate::numeric::root;

/// The `k − 1` eigenvalues above 0 of `S(diag(a) − aa'/Σa)S`, ascending, from pairs `(dᵢ, aᵢ)` with
/// `dᵢ = aᵢsᵢ²`.
///
/// They solve `Σ aᵢ/(dᵢ − λ) = 0`, one between each two neighbours of the sorted `dᵢ` (Golub 1973);
/// neighbours that coincide are themselves the eigenvalue. A general eigensolver loses the small
/// ones where the largest is 10¹² times as large, and costs k³.
pub(super) fn nonzero_eigenvalues(mut poles: Vec<(f64, f64)>) -> Vec<f64> {
    poles.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    (0..poles.len().saturating_sub(1)).map(|i| between(&poles, i)).collect()
}

/// The root between pole `i` and the next.
fn between(poles: &[(f64, f64)], i: usize) -> f64 {
    let (Some(&(left, a_left)), Some(&(right, a_right))) = (poles.get(i), poles.get(i + 1)) else {
        return 0.0;
    };
    let gap = right - left;
    if gap <= 4.0 * f64::EPSILON * right {
        return 0.5 * (left + right);
    }
    // In units of the gap from the left pole, multiplied by the distances to both: a smooth function
    // from −a_left to a_right. Poles that coincide with an end pull the root to it.
    let others: Vec<(f64, f64)> = poles
        .iter()
        .enumerate()
        .filter(|(j, _)| *j != i && *j != i + 1)
        .map(|(_, &(d, a))| ((d - left) / gap, a))
        .collect();
    let f = |x: f64| {
        let rest: f64 = others.iter().map(|&(d, a)| a / (d - x)).sum();
        x.mul_add(a_right, (x - 1.0) * a_left) + x * (1.0 - x) * rest
    };
    // Beside the poles: the root may be 10²⁴ times nearer to the left one than to the right.
    let ends = (f64::MIN_POSITIVE, 1.0 - f64::EPSILON);
    match (f(ends.0) >= 0.0, f(ends.1) <= 0.0) {
        (true, _) => left,
        (_, true) => right,
        _ => root::brent(f, ends.0, ends.1, 1e-13)
            .map_or(0.5 * (left + right), |x| x.mul_add(gap, left)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::linalg;

    fn poles(a: &[f64], s2: &[f64]) -> Vec<(f64, f64)> {
        a.iter().zip(s2).map(|(&a, &s2)| (a * s2, a)).collect()
    }

    /// Against a general eigensolver where that is good: variances of one order of magnitude.
    #[test]
    fn general_solver() {
        let s2 = [0.2, 0.9, 0.4, 0.4, 1.7, 0.31];
        let a: Vec<f64> = s2.iter().map(|s: &f64| (1.0 / (s - 0.1)).sqrt()).collect();
        let total: f64 = a.iter().sum();
        let k = a.len();
        let matrix: Vec<f64> = (0..k * k)
            .map(|ij| (ij / k, ij % k))
            .map(|(i, j)| {
                let p = if i == j { a[i] } else { 0.0 } - a[i] * a[j] / total;
                (s2[i] * s2[j]).sqrt() * p
            })
            .collect();
        let all = linalg::symmetric_eigenvalues(&matrix, k).unwrap();
        let ours = nonzero_eigenvalues(poles(&a, &s2));
        assert_eq!(ours.len(), k - 1);
        for (theirs, ours) in all[1..].iter().zip(ours) {
            assert!((theirs - ours).abs() < 1e-13, "{theirs} {ours}");
        }
    }

    /// Two studies: the eigenvalue is `(a₁a₂/(a₁+a₂))(s₁² + s₂²)`, whatever the ratio of variances.
    #[test]
    fn two_studies() {
        for (s1, s2) in [(1.0, 2.0), (1e-12, 1e12), (1e-12, 2e-12), (1e8, 1e-8)] {
            let a = [1.0 / s1, 1.0 / s2];
            let exact = a[0] * a[1] / (a[0] + a[1]) * (s1 + s2);
            let [ours] = nonzero_eigenvalues(poles(&a, &[s1, s2]))[..] else { panic!() };
            assert!((ours / exact - 1.0).abs() < 1e-14, "{ours} {exact}");
        }
    }

    /// The sum of the eigenvalues is `tr(PₐS²) = Σ dᵢ(1 − aᵢ/Σa)`, their product known from
    /// `det` of a rank-one change: `Π dᵢ · Σaᵢ/dᵢ / Σa`.
    #[test]
    fn sum_and_product() {
        let s2 = [1e-12, 1e-11, 3.0, 3.0, 5.0, 7e3, 1e12];
        let a: Vec<f64> = s2.iter().map(|s: &f64| 1.0 / s.sqrt()).collect();
        let total: f64 = a.iter().sum();
        let ours = nonzero_eigenvalues(poles(&a, &s2));
        let d: Vec<f64> = a.iter().zip(s2).map(|(a, s)| a * s).collect();
        let product: f64 = d.iter().map(|d| d.ln()).sum::<f64>()
            + (a.iter().zip(&d).map(|(a, d)| a / d).sum::<f64>() / total).ln();
        let sum: f64 = d.iter().zip(&a).map(|(d, a)| d * (1.0 - a / total)).sum();
        assert!((ours.iter().map(|l| l.ln()).sum::<f64>() - product).abs() < 1e-10);
        assert!((ours.iter().sum::<f64>() / sum - 1.0).abs() < 1e-12);
    }
}
