"""The ground floor: storage, text, memory accounting. Knows nothing of Quartz."""
