"""Functions that are made in several processes at once."""
