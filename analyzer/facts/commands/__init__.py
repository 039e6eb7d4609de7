"""Reads command lines and shell scripts far enough to tell which program they start."""
