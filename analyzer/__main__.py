"""`python -m analyzer` is `doctor`."""

from analyzer.cli import run

run()
