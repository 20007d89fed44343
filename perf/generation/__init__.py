"""A seeded generator of well-typed, terminating Quartz programs of any size."""
