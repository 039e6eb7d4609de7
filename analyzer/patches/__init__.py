"""Patches: for a finding that a change of the settings resolves, the smallest such change, as a diff to be reviewed."""
