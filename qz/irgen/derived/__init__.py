"""The bodies of functions that nobody wrote: showing, comparing, hashing, copying, JSON."""
