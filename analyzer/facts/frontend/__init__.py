"""The JavaScript build of a repository."""
