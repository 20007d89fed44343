"""Evaluating constants, by the interpreter of the dialects."""
