"""What the compiler declares by itself: derived methods, traits and functions that stand for others."""
