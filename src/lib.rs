//! `resorb` pools the counts that studies report into rates a reader can trust.
//!
//! A CSV of per-study counts goes in; a pooled random-effects rate comes out, with its interval,
//! the range in which a new study is expected, and every choice on view.
//!
//! ```
//! use resorb::{analysis::pooled, data, model::Settings};
//!
//! let csv = b"study,events,total\nBush 1992,64,84\nKomori 1996,35,77\nAhn 2000,25,36\n";
//! let table = data::read(csv, &data::Mapping::default())?;
//! let answer = pooled(&table.studies, &Settings::two_step(), false)?;
//! let random = answer.fit.random.ok_or("one study has no random effects")?;
//! assert!((0.60..0.70).contains(&random.pooled.estimate));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The rooms, in the order in which data go through them; each imports only those before it:
//!
//! - [`numeric`]: distributions, roots, maxima, quadrature
//! - [`study`]: validated studies, moderators, filters
//! - [`effect`]: from counts to effects `yi`, `vi`, and back to rates
//! - [`model`]: [`model::pool`] takes studies and [`model::Settings`] and returns a [`model::Fit`]
//! - [`analysis`]: questions asked of a fit
//! - [`plan`]: `analysis.toml`, all of this as one value that runs again
//! - [`data`]: from bytes to a validated table, every problem named at once (beside the others:
//!   it imports `study` only)
//! - [`guide`]: the definitions behind every number, and the JSON document

pub mod numeric;

pub mod study;

pub mod effect;

pub mod model;

pub mod analysis;

pub mod plan;

#[cfg(feature = "plot")]
pub mod figure;

pub mod report;

pub mod data;

pub mod guide;

#[cfg(feature = "cli")]
pub mod cli;
