"""A seeded generator of well-typed, terminating programs of any size, in Quartz, C and Rust."""
