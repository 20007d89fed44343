"""Programs that are tests as a whole."""

SPEC_SUFFIX = "_spec.qz"
"""A program whose file ends so is a test, which fails unless its exit status is 0."""
