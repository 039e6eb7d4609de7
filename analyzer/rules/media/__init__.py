"""Rules about uploaded files."""
