//! Weighted sums over studies: what every two-step formula is made of.

/// Sums `N` terms a study, plain within blocks and compensated between them: a million studies
/// lose no digits, fourteen cost nothing extra.
pub(crate) fn sums<const N: usize>(
    yi: &[f64],
    vi: &[f64],
    term: impl Fn(f64, f64) -> [f64; N],
) -> [f64; N] {
    const BLOCK: usize = 128;
    let mut total = [0.0; N];
    let mut lost = [0.0; N];
    for (ys, vs) in yi.chunks(BLOCK).zip(vi.chunks(BLOCK)) {
        let mut block = [0.0; N];
        for (&y, &v) in ys.iter().zip(vs) {
            for (sum, t) in block.iter_mut().zip(term(y, v)) {
                *sum += t;
            }
        }
        for ((sum, lost), part) in total.iter_mut().zip(&mut lost).zip(block) {
            // Neumaier 1974: keep what the larger operand swallows.
            let next = *sum + part;
            *lost +=
                if sum.abs() >= part.abs() { (*sum - next) + part } else { (part - next) + *sum };
            *sum = next;
        }
    }
    for (sum, lost) in total.iter_mut().zip(lost) {
        *sum += lost;
    }
    total
}

/// A weighted mean with the quadratic form around it, at weights `1/(vi + τ²)`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weighted {
    /// `Σw`.
    pub(crate) w: f64,
    /// The mean `Σwy/Σw`.
    pub(crate) mean: f64,
    /// `Σw(y−mean)²`.
    pub(crate) q: f64,
}

impl Weighted {
    /// At between-study variance `tau2`.
    pub(crate) fn at(yi: &[f64], vi: &[f64], tau2: f64) -> Self {
        // Sums of y − y₀ rather than of y: a shift of all effects then costs no digits.
        let origin = yi.first().copied().unwrap_or(0.0);
        let [w, wy] = sums(yi, vi, |y, v| {
            let w = 1.0 / (v + tau2);
            [w, w * (y - origin)]
        });
        let mean = origin + wy / w;
        let [q] = sums(yi, vi, |y, v| [(y - mean) * (y - mean) / (v + tau2)]);
        Self { w, mean, q }
    }
}

/// Traces of `P = W − WX(X'WX)⁻¹X'W` for the intercept, at weights `1/(vi + τ²)`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Traces {
    /// `Σw`.
    pub(crate) w1: f64,
    /// `Σw²`.
    pub(crate) w2: f64,
    /// `Σw³`.
    pub(crate) w3: f64,
}

impl Traces {
    /// At between-study variance `tau2`.
    pub(crate) fn at(vi: &[f64], tau2: f64) -> Self {
        let [w1, w2, w3] = sums(vi, vi, |_, v| {
            let w = 1.0 / (v + tau2);
            [w, w * w, w * w * w]
        });
        Self { w1, w2, w3 }
    }

    /// `tr(P)`.
    pub(crate) fn p(self) -> f64 {
        self.w1 - self.w2 / self.w1
    }

    /// `tr(PP)`.
    pub(crate) fn pp(self) -> f64 {
        let ratio = self.w2 / self.w1;
        ratio.mul_add(ratio, self.w2 - 2.0 * self.w3 / self.w1)
    }
}

/// Weights `1/(vi + τ²)` as percentages of their sum.
pub(crate) fn percentages(vi: &[f64], tau2: f64) -> Vec<f64> {
    let [w] = sums(vi, vi, |_, v| [1.0 / (v + tau2)]);
    vi.iter().map(|v| 100.0 / (v + tau2) / w).collect()
}
