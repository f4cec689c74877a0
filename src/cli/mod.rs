//! The command line: what stands between a terminal, the file system and the library.

pub mod diagnostics;
pub mod input;
