"""Calls of everything that can be called, and the functions that are made for it."""
