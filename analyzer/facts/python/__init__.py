"""Readers of the files that ask for a Python version."""
