//! What a weight makes of a normal effect: `A = E[w]` and the moments of the weighted density.

use super::weight::{LnWeight, SelectionKind, smooth};
use crate::numeric::normal;

/// Sums over the weighted density of `t = (y − μ)/√(v + τ²)`, divided by `A`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Moments {
    /// `ln A`.
    pub(super) ln_a: f64,
    /// `E[t]`, `E[t²−1]`, `E[t³−3t]`, `E[t⁴−6t²+3]`.
    pub(super) hermite: [f64; 4],
    /// For each parameter of the weight: `E[g]`, `E[g·t]`, `E[g·(t²−1)]`, `g` the derivative of `ln w`.
    pub(super) mixed: Vec<[f64; 3]>,
    /// `E[∂²ln w + g·g']`, row by row.
    pub(super) second: Vec<f64>,
}

/// The powers 1, t, t²−1, t³−3t, t⁴−6t²+3.
pub(super) fn hermite(t: f64) -> [f64; 5] {
    let square = t * t;
    [1.0, t, square - 1.0, t * (square - 3.0), square.mul_add(square - 6.0, 3.0)]
}

/// Of a step function with weights `delta` (the first is 1) and cut points at `z` = `Φ⁻¹(1−c)`,
/// descending; `m` and `s` are the mean and standard deviation of `y/√v`.
pub(super) fn of_steps(delta: &[f64], z: &[f64], m: f64, s: f64) -> Moments {
    let segments = delta.len();
    let mut parts = Vec::with_capacity(segments);
    for j in 0..segments {
        let edge =
            |i: Option<usize>, end: f64| i.and_then(|i| z.get(i)).map_or(end, |z| (z - m) / s);
        let upper = edge(j.checked_sub(1), f64::INFINITY);
        let lower = edge(Some(j), f64::NEG_INFINITY);
        parts.push(between(lower, upper));
    }
    let a: f64 = parts.iter().zip(delta).map(|(part, d)| d * part[0]).sum();
    let mean = |i: usize| parts.iter().zip(delta).map(|(part, d)| d * part[i]).sum::<f64>() / a;
    let free = segments - 1;
    Moments {
        ln_a: a.ln(),
        hermite: [mean(1), mean(2), mean(3), mean(4)],
        // ∂A/∂δⱼ is the mass of its segment.
        mixed: parts.iter().skip(1).map(|p| [p[0] / a, p[1] / a, p[2] / a]).collect(),
        second: vec![0.0; free * free],
    }
}

/// `∫ He_n(t)φ(t)dt` from `lower` to `upper`, n = 0 to 4: for n ≥ 1 `−He_{n−1}φ` at the ends.
pub(super) fn between(lower: f64, upper: f64) -> [f64; 5] {
    let at = |t: f64| {
        if t.is_infinite() {
            return [0.0; 4];
        }
        let h = hermite(t);
        let density = normal::pdf(t);
        [h[0] * density, h[1] * density, h[2] * density, h[3] * density]
    };
    let (low, high) = (at(lower), at(upper));
    // From the smaller tail.
    let mass = if lower > 0.0 {
        normal::sf(lower) - normal::sf(upper)
    } else {
        normal::cdf(upper) - normal::cdf(lower)
    };
    [mass.max(0.0), low[0] - high[0], low[1] - high[1], low[2] - high[2], low[3] - high[3]]
}

/// `ln p` and `ln(1 − p)` of `p = Φ(−z)` at the nodes of the quadrature.
#[derive(Clone, Debug)]
pub(super) struct Table {
    values: Vec<(f64, f64)>,
}

/// The finest step between nodes, and where the table ends.
const FINEST: f64 = 1.0 / 32.0;
const END: i32 = 38 * 32;

/// The most nodes of one integral.
const MOST: f64 = 60_000.0;

impl Table {
    pub(super) fn new() -> Self {
        Self { values: (-END..=END).map(|i| at(f64::from(i) * FINEST)).collect() }
    }

    fn get(&self, i: i32) -> (f64, f64) {
        usize::try_from(i + END)
            .ok()
            .and_then(|place| self.values.get(place))
            .copied()
            .unwrap_or_else(|| at(f64::from(i) * FINEST))
    }
}

/// `ln p` and `ln(1 − p)` of `p = Φ(−z)`.
pub(super) fn at(z: f64) -> (f64, f64) {
    (normal::ln_cdf(-z), normal::ln_cdf(z))
}

/// Of a smooth weight, by the trapezoidal rule on the whole line, which converges geometrically for
/// an analytic integrand; `None` where the integral does not exist.
pub(super) fn of_smooth(
    kind: &SelectionKind,
    delta: &[f64],
    table: &Table,
    m: f64,
    s: f64,
) -> Option<Moments> {
    let (from, to, stride) = window(m, s)?;
    let step = FINEST * f64::from(stride);
    let n = kind.free();
    let count = usize::try_from((to - from) / stride).ok()? + 1;
    let nodes = || (0..count).map(|j| from + stride * i32::try_from(j).unwrap_or(0));
    let ln_weight = |i: i32| {
        let (ln_p, ln_q) = table.get(i);
        smooth(kind, delta, ln_p, ln_q)
    };
    let height = |i: i32, w: &LnWeight| {
        let t = (f64::from(i) * FINEST - m) / s;
        w.value - 0.5 * t * t
    };
    let top = nodes().map(|i| height(i, &ln_weight(i))).fold(f64::NEG_INFINITY, f64::max);
    let mut total = 0.0;
    let mut powers = [0.0; 4];
    let mut mixed = [[0.0; 3]; 2];
    let mut second = [[0.0; 2]; 2];
    for i in nodes() {
        let w = ln_weight(i);
        let mass = (height(i, &w) - top).exp();
        if mass == 0.0 {
            continue;
        }
        let [_, h1, h2, h3, h4] = hermite((f64::from(i) * FINEST - m) / s);
        total += mass;
        for (sum, h) in powers.iter_mut().zip([h1, h2, h3, h4]) {
            *sum += mass * h;
        }
        for (row, gradient) in mixed.iter_mut().zip(w.gradient) {
            for (sum, h) in row.iter_mut().zip([1.0, h1, h2]) {
                *sum += mass * gradient * h;
            }
        }
        let [g0, g1] = w.gradient;
        let [s0, s1] = w.second;
        second[0][0] += mass * g0.mul_add(g0, s0);
        second[0][1] += mass * g0 * g1;
        second[1][1] += mass * g1.mul_add(g1, s1);
    }
    second[1][0] = second[0][1];
    let ln_a = top + (total * step / (s * (2.0 * std::f64::consts::PI).sqrt())).ln();
    Some(Moments {
        ln_a,
        hermite: powers.map(|sum| sum / total),
        mixed: mixed.iter().take(n).map(|row| row.map(|sum| sum / total)).collect(),
        second: (0..n)
            .flat_map(|a| (0..n).map(move |b| (a, b)))
            .map(|(a, b)| second[a][b] / total)
            .collect(),
    })
}

/// First and last node, in units of [`FINEST`], and the stride between nodes.
fn window(m: f64, s: f64) -> Option<(i32, i32, i32)> {
    let (from, to) = ((m - 9.0 * s).min(-1.0), (m + 9.0 * s).max(1.0));
    // The bend of a weight with the largest parameter is 0.4 wide: steps of an eighth are exact to
    // 1e-14, steps of a quarter to 1e-6. A wide density sees it from afar.
    let step = (0.25 * s).min((s / 320.0).clamp(0.125, 1.0));
    let stride =
        [32, 16, 8, 4, 2].into_iter().find(|&n| f64::from(n) * FINEST <= step).unwrap_or(1);
    let nodes = (to - from) / (FINEST * f64::from(stride));
    if nodes.is_nan() || nodes >= MOST {
        return None;
    }
    let node = |z: f64| {
        let unit = (z / (FINEST * f64::from(stride))).round();
        #[expect(clippy::cast_possible_truncation, reason = "at most MOST strides of at most 32")]
        let unit = unit as i32;
        unit.checked_mul(stride)
    };
    Some((node(from)?, node(to)?, stride))
}
