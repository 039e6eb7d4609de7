"""Rules about Python and Django versions."""
