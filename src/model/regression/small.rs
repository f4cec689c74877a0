//! Weighted least squares and the likelihood equation for a handful of columns, without allocation: what a
//! permutation test computes thousands of times.

use crate::model::tau2::{Criterion, Landscape, LikelihoodEquation, Point, Tau2, largest_root};

/// The most columns for which this is used.
pub(super) const MOST: usize = 8;

type Matrix = [[f64; MOST]; MOST];
type Vector = [f64; MOST];

/// Effects on a design whose rows stand one after another.
#[derive(Clone, Copy)]
pub(super) struct Small<'a> {
    pub(super) yi: &'a [f64],
    pub(super) vi: &'a [f64],
    /// `k·p` values, row by row.
    pub(super) rows: &'a [f64],
    pub(super) p: usize,
}

/// Weighted least squares at one `τ²`.
pub(super) struct Fitted {
    pub(super) beta: Vector,
    /// `X'WX`.
    pub(super) gram: Matrix,
    /// Its lower Cholesky factor.
    factor: Matrix,
    /// `Σw·r²`.
    pub(super) q: f64,
}

impl<'a> Small<'a> {
    fn studies(&self) -> impl Iterator<Item = (f64, f64, &'a [f64])> {
        let pairs = self.yi.iter().zip(self.vi);
        pairs.zip(self.rows.chunks_exact(self.p)).map(|((&y, &v), x)| (y, v, x))
    }

    /// At weights `1/(vᵢ + τ²)`; `None` for collinear columns.
    pub(super) fn fit(&self, tau2: f64) -> Option<Fitted> {
        let p = self.p;
        let mut gram = [[0.0; MOST]; MOST];
        let mut score = [0.0; MOST];
        for (y, v, x) in self.studies() {
            let w = 1.0 / (v + tau2);
            add(&mut gram, x, w);
            add_to(&mut score, x, w * y);
        }
        let factor = cholesky(&gram, p)?;
        let mut beta = solve(&factor, score, p);
        // What rounding left of X'Wr corrects the coefficients once.
        let mut rest = [0.0; MOST];
        for (y, v, x) in self.studies() {
            add_to(&mut rest, x, (y - dot(&beta, x)) / (v + tau2));
        }
        let correction = solve(&factor, rest, p);
        for (b, c) in beta.iter_mut().zip(correction) {
            *b += c;
        }
        let residuals = self.studies().map(|(y, v, x)| (y - dot(&beta, x)).powi(2) / (v + tau2));
        let q = residuals.sum();
        Some(Fitted { beta, gram, factor, q })
    }

    /// The highest maximum of the likelihood.
    pub(super) fn maximise(&self, criterion: Criterion) -> Tau2 {
        let landscape = Landscape::new(&Equation { small: *self, criterion });
        Tau2 {
            value: landscape.top(|tau2| self.height(criterion, tau2)),
            modes: landscape.maxima.len().max(1),
            iterations: landscape.evaluations,
        }
    }

    /// The log-likelihood but for its constant.
    fn height(&self, criterion: Criterion, tau2: f64) -> f64 {
        let Some(fitted) = self.fit(tau2) else { return f64::NEG_INFINITY };
        let ln_v: f64 = self.vi.iter().map(|v| (v + tau2).ln()).sum();
        let ln_det = match criterion {
            Criterion::Reml => (0..self.p).map(|j| 2.0 * fitted.factor[j][j].ln()).sum::<f64>(),
            Criterion::Ml | Criterion::MlAt(_) => 0.0,
        };
        -0.5 * (ln_v + ln_det + fitted.q)
    }
}

impl Fitted {
    /// The diagonal of `(X'WX)⁻¹`.
    pub(super) fn variances(&self, p: usize) -> Vector {
        let mut variances = [0.0; MOST];
        for (j, variance) in variances.iter_mut().enumerate().take(p) {
            let mut unit = [0.0; MOST];
            unit[j] = 1.0;
            *variance = solve(&self.factor, unit, p)[j];
        }
        variances
    }

    /// `QM` of all coefficients, or of all but the first: their own information is a Schur complement.
    pub(super) fn wald(&self, p: usize, but_the_first: bool) -> f64 {
        let from = usize::from(but_the_first);
        let mut qm = 0.0;
        for i in from..p {
            for j in from..p {
                let [low, high] = if i < j { [i, j] } else { [j, i] };
                let mut information = self.gram[high][low];
                if but_the_first {
                    information -= self.gram[i][0] * self.gram[j][0] / self.gram[0][0];
                }
                qm += self.beta[i] * information * self.beta[j];
            }
        }
        qm
    }
}

/// The likelihood equation of [`Small`].
struct Equation<'a> {
    small: Small<'a>,
    criterion: Criterion,
}

impl LikelihoodEquation for Equation<'_> {
    fn at(&self, tau2: f64) -> Point {
        let Small { p, .. } = self.small;
        let Some(fitted) = self.small.fit(tau2) else {
            return Point { tau2, fit: 0.0, trace: 1.0, fit_slope: 0.0, trace_slope: 0.0 };
        };
        let [mut w1, mut w2, mut fit, mut cubes] = [0.0; 4];
        let mut bent = [0.0; MOST];
        let mut second = [[0.0; MOST]; MOST];
        let mut third = [[0.0; MOST]; MOST];
        let restricted = self.criterion == Criterion::Reml;
        for (y, v, x) in self.small.studies() {
            let w = 1.0 / (v + tau2);
            let u = w * (y - dot(&fitted.beta, x));
            w1 += w;
            w2 += w * w;
            fit += u * u;
            cubes += w * u * u;
            add_to(&mut bent, x, w * u);
            if restricted {
                add(&mut second, x, w * w);
                add(&mut third, x, w * w * w);
            }
        }
        let half = forward(&fitted.factor, bent, p);
        let fit_slope = (cubes - half.iter().map(|h| h * h).sum::<f64>()).max(0.0);
        let (trace, trace_slope) = if restricted {
            let inner = congruent(&fitted.factor, &second, p);
            let outer = congruent(&fitted.factor, &third, p);
            let squares: f64 = inner.iter().flatten().map(|m| m * m).sum();
            (w1 - trace_of(&inner), w2 - 2.0 * trace_of(&outer) + squares)
        } else {
            (w1, w2)
        };
        Point { tau2, fit, trace, fit_slope, trace_slope }
    }

    fn last_root(&self) -> f64 {
        let small = &self.small;
        // Equal weights: sampling variances of 1 and no τ².
        let k = small.yi.len();
        let ones = [1.0; 64];
        let squares = if let Some(ones) = ones.get(..k) {
            Small { vi: ones, ..*small }.fit(0.0)
        } else {
            Small { vi: &vec![1.0; k], ..*small }.fit(0.0)
        };
        let rank = match self.criterion {
            Criterion::Reml => (k - small.p) as f64,
            Criterion::Ml | Criterion::MlAt(_) => k as f64,
        };
        let largest = small.vi.iter().copied().fold(0.0, f64::max);
        let squares = squares.map_or(0.0, |plain| plain.q);
        largest_root(squares, rank, self.smallest_variance(), largest)
    }

    fn smallest_variance(&self) -> f64 {
        self.small.vi.iter().copied().fold(f64::INFINITY, f64::min)
    }
}

/// Adds `w·xx'` to the lower triangle.
#[inline]
fn add(sum: &mut Matrix, x: &[f64], w: f64) {
    for (i, (row, xi)) in sum.iter_mut().zip(x).enumerate() {
        let wx = w * xi;
        for (cell, xj) in row.iter_mut().zip(x).take(i + 1) {
            *cell += wx * xj;
        }
    }
}

#[inline]
fn add_to(sum: &mut Vector, x: &[f64], w: f64) {
    for (cell, xi) in sum.iter_mut().zip(x) {
        *cell += w * xi;
    }
}

#[inline]
fn dot(beta: &Vector, x: &[f64]) -> f64 {
    beta.iter().zip(x).map(|(b, x)| b * x).sum()
}

/// The lower factor of the matrix whose lower triangle is given.
fn cholesky(a: &Matrix, p: usize) -> Option<Matrix> {
    let mut l = [[0.0; MOST]; MOST];
    for i in 0..p {
        for j in 0..=i {
            let known: f64 = (0..j).map(|m| l[i][m] * l[j][m]).sum();
            let rest = a[i][j] - known;
            if i == j {
                if rest.is_nan() || rest <= 0.0 {
                    return None;
                }
                l[i][i] = rest.sqrt();
            } else {
                l[i][j] = rest / l[j][j];
            }
        }
    }
    Some(l)
}

/// `L⁻¹b`.
fn forward(l: &Matrix, mut b: Vector, p: usize) -> Vector {
    for i in 0..p {
        let known: f64 = (0..i).map(|m| l[i][m] * b[m]).sum();
        b[i] = (b[i] - known) / l[i][i];
    }
    b
}

/// `(LL')⁻¹b`.
fn solve(l: &Matrix, b: Vector, p: usize) -> Vector {
    let mut x = forward(l, b, p);
    for i in (0..p).rev() {
        let known: f64 = (i + 1..p).map(|m| l[m][i] * x[m]).sum();
        x[i] = (x[i] - known) / l[i][i];
    }
    x
}

/// `L⁻¹AL⁻ᵀ` of a symmetric matrix whose lower triangle is given.
fn congruent(l: &Matrix, a: &Matrix, p: usize) -> Matrix {
    let mut rows = [[0.0; MOST]; MOST];
    for (i, row) in rows.iter_mut().enumerate().take(p) {
        let mut column = [0.0; MOST];
        for (j, cell) in column.iter_mut().enumerate().take(p) {
            *cell = if i < j { a[j][i] } else { a[i][j] };
        }
        // Row i of (L⁻¹A)' = AL⁻ᵀ.
        *row = forward(l, column, p);
    }
    let mut result = [[0.0; MOST]; MOST];
    for (j, target) in result.iter_mut().enumerate().take(p) {
        let mut column = [0.0; MOST];
        for (cell, row) in column.iter_mut().zip(&rows).take(p) {
            *cell = row[j];
        }
        *target = forward(l, column, p);
    }
    result
}

fn trace_of(a: &Matrix) -> f64 {
    a.iter().enumerate().map(|(i, row)| row[i]).sum()
}
