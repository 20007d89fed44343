"""Errors and warnings as data: codes with templates, a sink that collects, renderers, pages that explain."""
