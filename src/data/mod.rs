//! From bytes to a validated table, with every problem found named at once.
