//! `analysis.toml`: reading it, and what it comes to.

mod execute;
mod parse;
mod settings;
