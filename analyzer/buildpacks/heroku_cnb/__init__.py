"""Heroku's Cloud Native Buildpacks heroku/python and heroku/procfile, module for file of the upstream programs."""
