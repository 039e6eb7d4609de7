"""One editor for each thing that a patch can change; each sees a finding, its settings file and the facts."""
