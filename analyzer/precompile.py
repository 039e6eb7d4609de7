"""`python -m analyzer.precompile`: make all that is kept for quick starts, whatever PYTHONDONTWRITEBYTECODE says."""

import sys
from importlib import import_module
from pkgutil import walk_packages

import analyzer
from analyzer.precompiled.modules import keep_modules
from analyzer.precompiled.patterns import compiled, keep_patterns, use_kept_patterns

_PROGRAMS = ("analyzer.fleet.preloaded", "analyzer.verify.probes", "analyzer.__main__", "analyzer.precompile")
"""What is run, not imported, and what imports the rest."""


def main() -> None:
    """Make everything anew. Raises OSError where it cannot be written."""
    sys.dont_write_bytecode = False
    use_kept_patterns()  # before the libraries are imported, whose patterns come to light by that
    from analyzer.model.lazy_pattern import texts
    from analyzer.rehearsal import rehearse
    from analyzer.tables import compile_tables

    compile_tables()
    names = {one.name for one in walk_packages(analyzer.__path__, "analyzer.") if not one.name.startswith(_PROGRAMS)}
    for name in sorted(names):
        import_module(name)
    keep_modules(names)
    rehearse()
    for text, flags in texts:
        compiled(text, flags)
    keep_patterns()


if __name__ == "__main__":
    main()
