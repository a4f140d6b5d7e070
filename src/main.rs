//! The `aloud` program: see the library for everything.

fn main() {}
