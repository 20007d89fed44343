"""Annotations: which there are, and what those say that concern whole declarations."""
