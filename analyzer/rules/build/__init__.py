"""Rules about the build: dependencies, system packages, what the context holds."""
