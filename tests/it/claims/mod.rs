//! Claims, the grid of all analyses, and simulated data.

mod arithmetic;
mod grid;
