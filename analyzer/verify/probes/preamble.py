"""What every probe begins with: it is put in front of the probe's own text, which runs inside the image as one script.

A probe reads its arguments, ends itself after `seconds`, and calls `answer` with what it found.
"""

import json
import os
import pathlib
import re
import signal
import sys
import traceback

arguments = json.loads(sys.argv[1])
signal.alarm(arguments["seconds"])
os.environ.setdefault("AWS_MAX_ATTEMPTS", "1")  # an S3 that is not there is not waited for
_printed = os.dup(1)
os.dup2(2, 1)  # what the project prints while it loads is no answer


def answer(make):
    """Print what `make` gives as a line of JSON, or the error that it ends with, and stop."""
    try:
        found = make()
    except BaseException as error:
        found = {"error": f"{type(error).__name__}: {error}", "traceback": traceback.format_exc().splitlines()[-30:]}
    sys.stdout.flush()
    os.write(_printed, (json.dumps(found) + "\n").encode())
    os._exit(0)  # threads of the project must not keep the probe


def find_settings():
    """Let Django find the settings that the environment names, else those that manage.py chooses."""
    for place in [pathlib.Path("manage.py"), *sorted(pathlib.Path(".").glob("*/manage.py"))]:
        if place.is_file():
            sys.path.insert(0, str(place.parent.resolve()))
            text = place.read_text("utf-8", "replace")
            for name, value in re.findall(
                r"""(DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION)["'],\s*["']([\w.]+)""", text
            ):
                os.environ.setdefault(name, value)
            return


def set_up_django():
    """Load settings and apps, as manage.py would; django-configurations makes settings of a class."""
    if os.environ.get("DJANGO_CONFIGURATION"):
        import configurations

        configurations.setup()
    else:
        import django

        django.setup()
