"""Rules about how buildpacks fail today; the move removes these failures."""
