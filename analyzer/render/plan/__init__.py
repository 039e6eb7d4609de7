"""The answer of `doctor plan`."""
