//! Claims, the grid of all analyses, and simulated data.

mod against;
mod arithmetic;
mod grid;
mod simulated;
mod tools;
