"""Counts on the flat stage: who owns a value, and the passes that insert, cancel and move the counting."""
