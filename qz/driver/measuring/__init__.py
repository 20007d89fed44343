"""Where time and memory go, and what is shown of it meanwhile."""
