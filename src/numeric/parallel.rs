//! Independent pieces of work on all cores, or one after another without the feature `parallel`.

/// `f(0), …, f(n − 1)` in order. The result does not depend on the number of threads.
#[cfg(feature = "parallel")]
pub(crate) fn map<T: Send>(n: u32, f: impl Fn(u32) -> T + Send + Sync) -> Vec<T> {
    use rayon::prelude::*;
    (0..n).into_par_iter().map(f).collect()
}

/// `f(0), …, f(n − 1)` in order.
#[cfg(not(feature = "parallel"))]
pub(crate) fn map<T>(n: u32, f: impl Fn(u32) -> T) -> Vec<T> {
    (0..n).map(f).collect()
}
