//! Claims, the grid of all analyses, and simulated data.

mod against;
mod arithmetic;
#[cfg(feature = "plot")]
mod curve;
mod grid;
mod kinds;
mod scenario;
mod simulated;
mod tools;
