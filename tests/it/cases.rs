//! How many cases a property sees, and from which seed.

use proptest::test_runner::{Config, RngSeed};

/// `cases` generated cases from a fixed seed, so that a red build is a change in the code.
///
/// Without default features an eighth of them: the statistics are the same, and both sets of
/// features are tested on every change.
///
/// To hunt, set `PROPTEST_RNG_SEED` and `PROPTEST_CASES` (a multiple of 256 multiplies `cases`).
pub(crate) fn cases(cases: u32) -> Config {
    let given = Config::default();
    let rng_seed = match given.rng_seed {
        RngSeed::Random => RngSeed::Fixed(1997),
        fixed @ RngSeed::Fixed(_) => fixed,
    };
    let shorter = if cfg!(feature = "cli") { 1 } else { 8 };
    Config {
        cases: (cases / shorter).max(1) * (given.cases / 256).max(1),
        rng_seed,
        failure_persistence: None,
        ..given
    }
}
