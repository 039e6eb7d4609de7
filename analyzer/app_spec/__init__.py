"""Reads an app spec as the platform does: strictly, with every value, whoever wrote it."""
