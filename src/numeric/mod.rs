//! Numbers that can be trusted: distributions, roots, maxima, quadrature.
#![allow(missing_docs, clippy::all, clippy::pedantic)]

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("numeric")]
pub enum NumericError {
    #[error("no bracket")]
    NoBracket,
}
macro_rules! dist {
    ($d:expr) => {{
        use statrs::distribution::*;
        let _ = 0;
        $d
    }};
}
pub mod normal {
    use statrs::distribution::{ContinuousCDF, Normal};
    fn d() -> Normal {
        Normal::new(0.0, 1.0).unwrap()
    }
    pub fn pdf(z: f64) -> f64 {
        (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt()
    }
    pub fn cdf(z: f64) -> f64 {
        0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
    }
    pub fn sf(z: f64) -> f64 {
        0.5 * libm::erfc(z / std::f64::consts::SQRT_2)
    }
    pub fn quantile(p: f64) -> f64 {
        let mut z = d().inverse_cdf(p);
        for _ in 0..3 {
            z -= (cdf(z) - p) / pdf(z);
        }
        z
    }
    pub fn quantile_upper(q: f64) -> f64 {
        -quantile(q)
    }
}
pub mod student_t {
    use statrs::distribution::{Continuous, ContinuousCDF, StudentsT};
    fn d(df: f64) -> StudentsT {
        StudentsT::new(0.0, 1.0, df).unwrap()
    }
    pub fn cdf(t: f64, df: f64) -> f64 {
        d(df).cdf(t)
    }
    pub fn sf(t: f64, df: f64) -> f64 {
        d(df).sf(t)
    }
    pub fn two_sided(t: f64, df: f64) -> f64 {
        2.0 * sf(t.abs(), df)
    }
    pub fn quantile(p: f64, df: f64) -> f64 {
        let mut t = d(df).inverse_cdf(p);
        for _ in 0..3 {
            t -= (cdf(t, df) - p) / d(df).pdf(t);
        }
        t
    }
    pub fn quantile_upper(q: f64, df: f64) -> f64 {
        -quantile(q, df)
    }
}
pub mod chi_squared {
    use statrs::distribution::{ChiSquared, Continuous, ContinuousCDF};
    fn d(df: f64) -> ChiSquared {
        ChiSquared::new(df).unwrap()
    }
    pub fn cdf(x: f64, df: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { d(df).cdf(x) }
    }
    pub fn sf(x: f64, df: f64) -> f64 {
        if x <= 0.0 { 1.0 } else { d(df).sf(x) }
    }
    pub fn quantile(p: f64, df: f64) -> f64 {
        let mut t = d(df).inverse_cdf(p);
        for _ in 0..3 {
            t -= (cdf(t, df) - p) / d(df).pdf(t);
        }
        t
    }
    pub fn quantile_upper(q: f64, df: f64) -> f64 {
        quantile(1.0 - q, df)
    }
}
pub mod beta {
    use statrs::distribution::{Beta, ContinuousCDF};
    pub fn cdf(x: f64, a: f64, b: f64) -> f64 {
        Beta::new(a, b).unwrap().cdf(x)
    }
    pub fn sf(x: f64, a: f64, b: f64) -> f64 {
        Beta::new(a, b).unwrap().sf(x)
    }
    pub fn quantile(p: f64, a: f64, b: f64) -> f64 {
        Beta::new(a, b).unwrap().inverse_cdf(p)
    }
    pub fn quantile_upper(q: f64, a: f64, b: f64) -> f64 {
        quantile(1.0 - q, a, b)
    }
}
pub mod special {
    pub fn expit(x: f64) -> f64 {
        if x >= 0.0 {
            1.0 / (1.0 + (-x).exp())
        } else {
            let e = x.exp();
            e / (1.0 + e)
        }
    }
}
pub mod root {
    use super::NumericError;
    pub fn brent(
        f: impl Fn(f64) -> f64,
        mut lo: f64,
        mut hi: f64,
        rel: f64,
    ) -> Result<f64, NumericError> {
        let mut flo = f(lo);
        let fhi = f(hi);
        if flo == 0.0 {
            return Ok(lo);
        }
        if fhi == 0.0 {
            return Ok(hi);
        }
        if flo * fhi > 0.0 {
            return Err(NumericError::NoBracket);
        }
        for _ in 0..300 {
            let m = 0.5 * (lo + hi);
            let fm = f(m);
            if fm == 0.0 || (hi - lo).abs() <= rel * m.abs() {
                return Ok(m);
            }
            if (fm > 0.0) == (flo > 0.0) {
                lo = m;
                flo = fm
            } else {
                hi = m
            }
        }
        Ok(0.5 * (lo + hi))
    }
}

pub mod gamma {
    use statrs::distribution::*;
    pub fn cdf(x: f64, shape: f64, rate: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { statrs::function::gamma::gamma_lr(shape, x * rate) }
    }
}
pub mod linalg {
    pub fn symmetric_eigenvalues(m: &[f64], n: usize) -> Vec<f64> {
        nalgebra::DMatrix::from_row_slice(n, n, m).symmetric_eigenvalues().iter().copied().collect()
    }
}
pub mod quadratic_form {
    pub fn cdf(w: &[f64], q: f64) -> f64 {
        let n = 20000;
        let mut s = 0.0;
        let h = 0.002;
        for i in 0..n {
            let u = (i as f64 + 0.5) * h;
            let mut th = 0.0;
            let mut lr = 0.0;
            for &l in w {
                th += (l * u).atan();
                lr += 0.25 * (1.0 + l * l * u * u).ln();
            }
            th = 0.5 * th - 0.5 * q * u;
            s += th.sin() / (u * lr.exp()) * h;
        }
        1.0 - (0.5 + s / std::f64::consts::PI)
    }
}
pub mod rng {
    pub struct Rng(u64);
    impl Rng {
        pub fn stream(s: u64, i: u64) -> Self {
            Self(s.wrapping_mul(6364136223846793005).wrapping_add(i * 2654435761 + 1))
        }
        pub fn uniform(&mut self) -> f64 {
            self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let mut x = self.0;
            x ^= x >> 33;
            x = x.wrapping_mul(0xff51afd7ed558ccd);
            x ^= x >> 33;
            ((x >> 11) as f64 + 0.5) / 9007199254740992.0
        }
        pub fn normal(&mut self) -> f64 {
            super::normal::quantile(self.uniform())
        }
    }
}
pub fn quantile_of_sorted(v: &[f64], p: f64) -> f64 {
    let h = (v.len() - 1) as f64 * p;
    let i = h.floor() as usize;
    let a = v[i];
    let b = v[(i + 1).min(v.len() - 1)];
    a + (b - a) * (h - i as f64)
}
