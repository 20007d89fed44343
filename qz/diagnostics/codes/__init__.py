"""The tables of codes, one file a subject; `registry.FAMILIES` says which numbers each may use."""
