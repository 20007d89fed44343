"""Checks of bounds: which are proven away, which are made once before a loop, and which are moved."""
