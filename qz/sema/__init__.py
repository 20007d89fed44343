"""Meaning: modules and names, types, and the checking of one function body at a time."""
