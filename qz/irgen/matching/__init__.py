"""Patterns: decisions, what is bound, and conditions that test."""
