"""The command line: options in, one call of the pipeline, a report and an exit code out.

A module for each command. Reports go to standard output, everything else to standard error. Whatever only some
commands need is imported by those, when they run.
"""

from analyzer.cli.app import app, main

__all__ = ["app", "main"]
