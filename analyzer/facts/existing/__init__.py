"""Readers of the deployment files that a repository already has."""
