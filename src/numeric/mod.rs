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
