"""The version of the compiler, as `pyproject.toml` has it."""

VERSION = "0.1.0"
