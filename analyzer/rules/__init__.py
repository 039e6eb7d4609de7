"""Rules: facts, predictions and plan in; failed, passed, not applicable or undetermined out. One module per rule."""
