"""Loops, and everything else that goes through elements one after the other."""
