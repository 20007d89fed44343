"""From a main file to everything that is part of its program."""
