"""Imported once, by the process that the scans of a fleet are forked from: it has done all that each would do again.

That takes as long as the scan of a small repository.
"""

import gc
from contextlib import suppress

import analyzer.fleet.scanning  # noqa: F401 (which the processes run)
from analyzer.rehearsal import rehearse

with suppress(Exception):  # a fault that it meets, each scan meets, and can tell
    rehearse()
gc.freeze()
