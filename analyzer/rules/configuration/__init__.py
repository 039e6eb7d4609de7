"""Rules about settings and environment variables."""
