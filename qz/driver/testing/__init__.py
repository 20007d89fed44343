"""``qz test``: which files have tests, running each test in a process of its own, and saying how it went."""
