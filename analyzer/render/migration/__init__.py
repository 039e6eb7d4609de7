"""The move as a checklist: what to do before, with the data, at the cut-over, and after it."""
