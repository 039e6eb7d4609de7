"""Decides the deployment from the facts: what image, which components, databases and variables, at what price."""
