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

/// The same in portions, with `tell(done, n)` after each.
pub(crate) fn map_told<T: Send>(
    n: u32,
    f: impl Fn(u32) -> T + Send + Sync,
    tell: &mut dyn FnMut(u64, u64),
) -> Vec<T> {
    const PORTION: u32 = 64;
    let mut all = Vec::new();
    let mut start = 0;
    while start < n {
        let portion = PORTION.min(n - start);
        all.extend(map(portion, |i| f(start + i)));
        start += portion;
        tell(u64::from(start), u64::from(n));
    }
    all
}
