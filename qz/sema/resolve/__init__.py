"""Names in a body: each use to what it means."""
