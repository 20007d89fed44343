"""From the texts of functions to objects and executables."""
