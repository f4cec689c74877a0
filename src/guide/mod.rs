//! What is computed and what comes out, in prose: the definitions behind every number, the JSON
//! document that carries them, and the file that repeats an analysis.

#[doc = include_str!("methods.md")]
pub mod methods {}

#[doc = include_str!("json.md")]
pub mod json {}

#[doc = include_str!("plan.md")]
pub mod plan {}
