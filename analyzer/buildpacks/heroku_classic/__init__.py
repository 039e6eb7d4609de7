"""Heroku's classic buildpack for Python (heroku/heroku-buildpack-python), module for file of the upstream program."""
