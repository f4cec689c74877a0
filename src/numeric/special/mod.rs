//! Special functions, in forms that keep their digits where the textbook form loses them.

mod gamma;
mod logistic;
mod normal_tail;
mod rising;

pub use gamma::{digamma, ln_beta, ln_choose, ln_gamma, trigamma};
pub(super) use gamma::{ln_gamma_1p, stirling_error};
pub(super) use logistic::{atanh_tail, ln_1m_exp};
pub use logistic::{expit, ln_expit, log_sum_exp, log1p_exp, logit};
pub(super) use normal_tail::{HALF_LN_2PI, mills};
pub use normal_tail::{ln_normal_cdf, ln_normal_sf};
pub use rising::{digamma_difference, ln_rising, ln_rising_excess, trigamma_difference};
