"""Loads settings, URLs and application, and lists the environment variables that the project asks for on the way.

A read by a library for its own purposes does not count.
"""

import os
import sys

HERE = os.getcwd() + os.sep
READERS = arguments["readers"]
asked = {}


def own_line():
    """The line of the project that asks, by itself or through a library that reads variables for others."""
    frame = sys._getframe(3)
    while frame is not None:
        name, module = frame.f_code.co_filename, frame.f_globals.get("__name__", "").partition(".")[0]
        place = name if name.startswith("<") else os.path.abspath(name)
        if place.startswith(HERE) and "site-packages" not in place:
            return f"{place[len(HERE) :]}:{frame.f_lineno}"
        if module not in READERS:
            return None
        frame = frame.f_back
    return None


class Watched(type(os.environ)):
    """The environment, with a list of what was asked of it and was not there."""

    def __getitem__(self, key):
        self._note(key)
        return super().__getitem__(key)

    def __contains__(self, key):
        self._note(key)
        return super().__contains__(key)

    def _note(self, key):
        if isinstance(key, str) and self.encodekey(key) not in self._data:
            line = own_line()
            if line:
                asked.setdefault(key, line)


def load():
    """What a server of the project loads."""
    find_settings()
    os.environ.__class__ = Watched
    set_up_django()
    from django.conf import settings
    from django.urls import get_resolver
    from django.utils.module_loading import import_string

    get_resolver().url_patterns  # noqa: B018 (imports all views)
    for name in ("WSGI_APPLICATION", "ASGI_APPLICATION"):
        target = getattr(settings, name, None)
        if target:
            import_string(target)


def asked_for():
    """Names and lines, and the error where loading ended with one."""
    try:
        load()
    except BaseException as error:
        return {"asked": asked, "error": f"{type(error).__name__}: {error}"}
    return {"asked": asked}


answer(asked_for)
