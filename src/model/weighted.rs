//! Weighted sums over studies: what every two-step formula is made of.
//!
//! The weights of one analysis may differ by many orders of magnitude (a registry of 10⁹ beside a
//! series of ten). Differences such as `Σw − Σw²/Σw`, which are small when one study outweighs the
//! rest, are therefore written without it: see [`Traces`].

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
        let block = block_sums(ys, vs, &term);
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

/// Sums of one block in two interleaved halves, which a processor adds at the same time.
#[inline]
fn block_sums<const N: usize>(
    ys: &[f64],
    vs: &[f64],
    term: &impl Fn(f64, f64) -> [f64; N],
) -> [f64; N] {
    let mut halves = [[0.0; 2]; N];
    let (y_pairs, y_last) = ys.as_chunks::<2>();
    let (v_pairs, v_last) = vs.as_chunks::<2>();
    for ([y0, y1], [v0, v1]) in y_pairs.iter().zip(v_pairs) {
        let (first, second) = (term(*y0, *v0), term(*y1, *v1));
        for ((half, a), b) in halves.iter_mut().zip(first).zip(second) {
            half[0] += a;
            half[1] += b;
        }
    }
    if let (&[y], &[v]) = (y_last, v_last) {
        for (half, a) in halves.iter_mut().zip(term(y, v)) {
            half[0] += a;
        }
    }
    halves.map(|[a, b]| a + b)
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
        Self::with_weights(yi, vi, |v| 1.0 / (v + tau2))
    }

    /// At weights that are a function of the sampling variance.
    pub(crate) fn with_weights(yi: &[f64], vi: &[f64], weight: impl Fn(f64) -> f64) -> Self {
        // Sums of y − y₀ rather than of y: a shift of all effects then costs no digits.
        let origin = yi.first().copied().unwrap_or(0.0);
        let [w, wy] = sums(yi, vi, |y, v| {
            let w = weight(v);
            [w, w * (y - origin)]
        });
        let mean = origin + wy / w;
        // What rounding left of Σw(y−mean) corrects both (Chan, Golub and LeVeque 1983): the first
        // study may lie far from a mean that a heavier one holds.
        let [wr, wr2] = sums(yi, vi, |y, v| {
            let r = y - mean;
            let wr = weight(v) * r;
            [wr, wr * r]
        });
        let correction = wr / w;
        Self { w, mean: mean + correction, q: (wr2 - correction * wr).max(0.0) }
    }
}

/// The position of the smallest sampling variance, the study that weighs most at any `τ²`.
pub(crate) fn heaviest(vi: &[f64]) -> usize {
    vi.iter().enumerate().min_by(|(_, a), (_, b)| a.total_cmp(b)).map_or(0, |(i, _)| i)
}

/// Traces of `P = W − WX(X'WX)⁻¹X'W` for the intercept, from sums of powers of the weights in
/// which the heaviest study stands apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Traces {
    /// The largest weight.
    top: f64,
    /// `Σw`, `Σw²` and `Σw³` of the other studies.
    rest: [f64; 3],
}

impl Traces {
    /// At weights `1/(vi + τ²)`.
    pub(crate) fn at(vi: &[f64], tau2: f64) -> Self {
        let (before, from) = vi.split_at(heaviest(vi));
        let after = from.get(1..).unwrap_or_default();
        let powers = |_: f64, v: f64| {
            let w = 1.0 / (v + tau2);
            [w, w * w, w * w * w]
        };
        let (first, second) = (sums(before, before, powers), sums(after, after, powers));
        let mut rest = first;
        for (sum, more) in rest.iter_mut().zip(second) {
            *sum += more;
        }
        Self::new(from.first().map_or(0.0, |v| 1.0 / (v + tau2)), rest)
    }

    pub(crate) const fn new(top: f64, rest: [f64; 3]) -> Self {
        Self { top, rest }
    }

    /// `Σw`.
    pub(crate) fn w(self) -> f64 {
        self.top + self.rest[0]
    }

    /// `Σw²`.
    pub(crate) fn w2(self) -> f64 {
        self.top.mul_add(self.top, self.rest[1])
    }

    /// `tr(P) = Σw − Σw²/Σw`.
    pub(crate) fn p(self) -> f64 {
        let Self { top, rest: [r1, r2, _] } = self;
        (r1 * (self.w() + top) - r2) / self.w()
    }

    /// `tr(PP) = Σw² − 2Σw³/Σw + (Σw²/Σw)²`.
    pub(crate) fn pp(self) -> f64 {
        let Self { top, rest: [r1, r2, r3] } = self;
        let w = self.w();
        let (share, others) = (top / w, r1 / w);
        let alone = top * others;
        let ratio = r2 / w;
        alone * alone + (2.0 * share * share + 1.0) * r2 - 2.0 * r3 / w + ratio * ratio
    }

    /// The largest weight less the mean weight `Σw²/Σw`.
    pub(crate) fn top_less_mean(self) -> f64 {
        let Self { top, rest: [r1, r2, _] } = self;
        (top * r1 - r2) / self.w()
    }

    /// `Σw³/Σw − (Σw²/Σw)²`, how much the weights differ.
    pub(crate) fn spread(self) -> f64 {
        let Self { top, rest: [r1, r2, r3] } = self;
        let w = self.w();
        let from_top = (top * r1 - 2.0 * r2) * top + r3;
        ((top * from_top + (r1 * r3 - r2 * r2)) / w / w).max(0.0)
    }
}

/// Weights `1/(vi + τ²)` as percentages of their sum.
pub(crate) fn percentages(vi: &[f64], tau2: f64) -> Vec<f64> {
    let [w] = sums(vi, vi, |_, v| [1.0 / (v + tau2)]);
    vi.iter().map(|v| 100.0 / (v + tau2) / w).collect()
}
