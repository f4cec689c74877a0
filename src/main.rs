//! The command line of `resorb`.

fn main() {}
