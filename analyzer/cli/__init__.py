"""The command line: options in, one call of the pipeline, a report and an exit code out.

A module for each command. Reports go to standard output, everything else to standard error. Whatever only some
commands need is imported by those, when they run.
"""

import gc

from analyzer.precompiled.modules import use_kept_modules
from analyzer.precompiled.patterns import keep_patterns
from analyzer.precompiled.store import keep


def main() -> None:
    """The command `doctor`.

    A scan builds syntax trees and answers, which live until it ends, and hardly a cycle: the collector, at its usual
    threshold, would walk them all again and again (a sixth of the whole run), and three times more at the end, when
    all memory goes back anyway.
    """
    gc.set_threshold(100_000)
    modules = use_kept_modules()
    from analyzer.cli.app import app

    try:
        app(prog_name="doctor")
    finally:
        keep(modules.keep, keep_patterns)
        gc.freeze()
