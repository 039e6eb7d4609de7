"""`python -m analyzer` is `doctor`."""

from analyzer.cli import main

main()
