"""The command line: what the words mean. What they do is in ``qz.driver``."""
