"""Rules about what the platform does not have or limits."""
