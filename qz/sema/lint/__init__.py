"""What is allowed and most likely not meant: found in checked bodies and modules, never in the library.

Nothing here decides what a program means, and nothing is looked for in what has errors: poison would only be
called unused.
"""
