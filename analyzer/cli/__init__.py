"""The command line: options in, one call of the pipeline, a report and an exit code out.

A module for each command. Reports go to standard output, everything else to standard error. Whatever only some
commands need is imported by those, when they run.
"""

import gc
import os
import sys
import threading

from analyzer.precompiled.modules import use_kept_modules
from analyzer.precompiled.patterns import keep_patterns, use_kept_patterns
from analyzer.precompiled.store import keep


def run() -> None:
    """The command `doctor`, as a process of its own, which it ends.

    Python would take its memory apart piece by piece first, a tenth of a small scan; mypy leaves that out, too.
    """
    try:
        main()
    except SystemExit as end:
        if threading.active_count() == 1 and not isinstance(end.code, str) and _flushed():
            os._exit(end.code or 0)
        raise


def main() -> None:
    """The command `doctor`.

    A scan builds syntax trees and answers, which live until it ends, and hardly a cycle: the collector, at its usual
    threshold, would walk them all again and again (a sixth of the whole run).
    """
    gc.set_threshold(100_000)
    use_kept_patterns()
    modules = use_kept_modules()
    from analyzer.cli.app import app

    try:
        app(prog_name="doctor")
    finally:
        keep(modules.keep, keep_patterns)


def _flushed() -> bool:
    """Whether everything is written; where it is not, Python says so in its own way."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return False
    return True
