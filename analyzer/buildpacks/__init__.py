"""Predicts what each buildpack would do: one module each, side by side with the upstream program, tables as data."""
