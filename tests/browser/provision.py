"""Provides the browser that the tests of the HTML report need.

usage: python -m tests.browser.provision

A Chromium that is there is used as it is; on Debian with root one is installed where there is none. The exit code is 1
when none could be had: then the tests skip themselves, except under CI, where they fail.
"""

import os
import shutil
import sys

from tests.engine import daemon, machine
from tests.engine.daemon import EngineError

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PACKAGE = "chromium"


def find() -> str | None:
    """The program of a Chromium that is installed."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> int:
    """Install Chromium where there is none; the exit code."""
    if find():
        return 0
    if os.geteuid() != 0 or machine.release().get("ID") != "debian":
        print("no Chromium is installed, and installing it takes root on Debian", file=sys.stderr)
    else:
        print(f"Debian package {PACKAGE} ...", flush=True)
        try:
            daemon.install([PACKAGE])
        except EngineError as error:
            print(error, file=sys.stderr)
    if find():
        return 0
    print("The tests in a browser are skipped; under CI they fail.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
