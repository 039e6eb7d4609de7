"""Rules about static files."""
