//! The distributions, roots, optima and rules of `resorb::numeric`.

mod golden;
mod optimise;
mod properties;
mod quadratic_form;
mod quadrature;
mod random;
mod special;

/// Asserts that two numbers agree to `tol` relative.
#[track_caller]
fn close(ours: f64, expected: f64, tol: f64) {
    let error = (ours - expected).abs();
    assert!(error <= tol * expected.abs(), "{ours:e} is not {expected:e}: {:e}", error / expected);
}
