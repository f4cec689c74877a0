//! Weight functions of a one-sided p value: its chance of being seen, up to a factor.

use serde::Serialize;

use super::{super::SmallStudyError, maximum::Box1};

/// A weight function `w(p)`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", content = "cut_points", rename_all = "kebab-case")]
pub enum SelectionKind {
    /// Constant between cut points, 1 below the first (Vevea and Hedges 1995).
    Step(Vec<f64>),
    /// `p^(δ₁−1)(1−p)^(δ₂−1)`, p held inside [1e-5, 1 − 1e-5] (Citkowicz and Vevea 2017).
    Beta,
    /// `exp(−δp²)` (Preston et al. 2004).
    HalfNormal,
    /// `exp(−δp)` (Preston et al. 2004).
    NegativeExponential,
    /// `2e^{−δp}/(1 + e^{−δp})` (Preston et al. 2004).
    Logistic,
    /// `(1−p)^δ`.
    Power,
}

/// The largest parameter looked at: a weight 100 times the first is selection beyond belief, and
/// likelihoods that still rise there have no maximum.
pub(super) const LARGEST: f64 = 100.0;

/// The smallest exponent plus one of the beta weight.
const SMALLEST_BETA: f64 = 1e-5;

impl SelectionKind {
    /// The name in words.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Step(_) => "step function",
            Self::Beta => "beta",
            Self::HalfNormal => "half-normal",
            Self::NegativeExponential => "negative exponential",
            Self::Logistic => "logistic",
            Self::Power => "power",
        }
    }

    /// The number of parameters to estimate.
    pub(super) fn free(&self) -> usize {
        match self {
            Self::Step(cuts) => cuts.len(),
            Self::Beta => 2,
            _ => 1,
        }
    }

    /// Whether the weight has a value above 0 at p = 0 and at p = 1, whatever its parameters.
    pub(super) const fn saturates(&self) -> bool {
        matches!(self, Self::HalfNormal | Self::NegativeExponential | Self::Logistic)
    }

    /// Parameters that are known.
    pub(super) fn fixed(&self) -> Vec<f64> {
        if matches!(self, Self::Step(_)) { vec![1.0] } else { Vec::new() }
    }

    /// Whether the cut points are p values in ascending order.
    pub(super) fn check(&self) -> Result<(), SmallStudyError> {
        let Self::Step(cuts) = self else { return Ok(()) };
        if cuts.is_empty() {
            return Err(SmallStudyError::NoCutPoint);
        }
        let mut before = 0.0;
        for &value in cuts {
            if !(value > before && value < 1.0) {
                return Err(SmallStudyError::CutPoint { value });
            }
            before = value;
        }
        Ok(())
    }

    /// Where the mean, the variance and the parameters may lie. Some likelihoods rise as the mean leaves
    /// the effects `y`: it is held to three times their range.
    pub(super) fn bounds(&self, y: &[f64]) -> Vec<Box1> {
        let lowest = if *self == Self::Beta { SMALLEST_BETA } else { 0.0 };
        let least = y.iter().copied().fold(f64::INFINITY, f64::min);
        let most = y.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let room = 3.0 * (most - least).max(1e-3);
        [Box1 { lower: least - room, upper: most + room }]
            .into_iter()
            .chain([Box1 { lower: 0.0, upper: f64::INFINITY }])
            .chain(std::iter::repeat_n(Box1 { lower: lowest, upper: LARGEST }, self.free()))
            .collect()
    }

    /// Starting values of the parameters: no selection, weak and strong, and the reverse.
    pub(super) fn starts(&self) -> Vec<Vec<f64>> {
        match self {
            Self::Step(cuts) if cuts.len() > 2 => {
                [1.0, 0.2, 5.0].iter().map(|&d| vec![d; cuts.len()]).collect()
            }
            Self::Step(cuts) => product(&[1.0, 0.2, 5.0], cuts.len()),
            // With the corners of strong selection on one side: maxima may lie at an end of the range.
            Self::Beta => product(&[1.0, 0.7, 2.0], 2)
                .into_iter()
                .chain([vec![0.1, 2.0], vec![2.0, 0.1], vec![0.01, 2.5]])
                .collect(),
            _ => [0.0, 0.5, 3.0, 20.0].iter().map(|&d| vec![d]).collect(),
        }
    }
}

/// All combinations of `values` in `n` places.
fn product(values: &[f64], n: usize) -> Vec<Vec<f64>> {
    let mut all = vec![Vec::new()];
    for _ in 0..n {
        all = all
            .into_iter()
            .flat_map(|start: Vec<f64>| {
                values.iter().map(move |&v| start.iter().copied().chain([v]).collect())
            })
            .collect();
    }
    all
}

/// `ln w`, its gradient and second derivatives in at most two parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LnWeight {
    pub(super) value: f64,
    pub(super) gradient: [f64; 2],
    /// Both second derivatives; the mixed one is 0 for every weight here.
    pub(super) second: [f64; 2],
}

/// A smooth weight at `ln p` and `ln(1 − p)`.
pub(super) fn smooth(kind: &SelectionKind, delta: &[f64], ln_p: f64, ln_q: f64) -> LnWeight {
    let d = delta.first().copied().unwrap_or(0.0);
    let linear = |h: f64| LnWeight { value: -d * h, gradient: [-h, 0.0], second: [0.0; 2] };
    match kind {
        SelectionKind::Beta => {
            let second = delta.get(1).copied().unwrap_or(1.0);
            // 0·∞ at a weight without that factor.
            let part = |power: f64, ln: f64| if power == 0.0 { 0.0 } else { power * ln };
            LnWeight {
                value: part(d - 1.0, ln_p) + part(second - 1.0, ln_q),
                gradient: [ln_p, ln_q],
                second: [0.0; 2],
            }
        }
        SelectionKind::HalfNormal => linear((2.0 * ln_p).exp()),
        SelectionKind::NegativeExponential => linear(ln_p.exp()),
        SelectionKind::Power => LnWeight {
            value: if d == 0.0 { 0.0 } else { d * ln_q },
            gradient: [ln_q, 0.0],
            second: [0.0; 2],
        },
        SelectionKind::Logistic => {
            let p = ln_p.exp();
            // 1/(1 + e^{−δp}), the share of the slope.
            let share = 1.0 / (1.0 + (-d * p).exp());
            LnWeight {
                value: std::f64::consts::LN_2 - d * p - (-d * p).exp().ln_1p(),
                gradient: [-p * share, 0.0],
                second: [-p * p * share * (1.0 - share), 0.0],
            }
        }
        SelectionKind::Step(_) => linear(0.0),
    }
}
