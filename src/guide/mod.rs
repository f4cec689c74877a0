//! What is computed and what comes out, in prose: the definitions behind every number, and the
//! JSON document that carries them.

#[doc = include_str!("methods.md")]
pub mod methods {}

#[doc = include_str!("json.md")]
pub mod json {}
