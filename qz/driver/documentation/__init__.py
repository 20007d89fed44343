"""What modules offer to others, out of their sources: `qz doc`."""
