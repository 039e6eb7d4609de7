"""Loads a Django project for real and prints, as JSON, what its settings came out as.

usage: django_dump.py REPOSITORY DJANGO_DIR SETTINGS_MODULE [CELERY_APP]

A program, not a module: it runs in an interpreter that has the project's packages, with the project's environment.
Keys: `settings` (the values that the report document also states, paths relative to the repository), `celery` (the
configuration of the app "pkg.module:name", or null), `read` (variable -> lines of the repository through which it
was read, "path:line").
"""

import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

NAMES = (
    "WSGI_APPLICATION",
    "ASGI_APPLICATION",
    "ROOT_URLCONF",
    "INSTALLED_APPS",
    "MIDDLEWARE",
    "STATIC_URL",
    "STATIC_ROOT",
    "MEDIA_URL",
    "MEDIA_ROOT",
    "DEBUG",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "SESSION_ENGINE",
    "EMAIL_BACKEND",
    "AUTH_USER_MODEL",
    "SECRET_KEY",
)
SECURE = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
LIBRARY_COPIES_OF_ALL = "_collections_abc.py"


class Reads:
    """Notes which lines of the repository lead to a read of which variable."""

    def __init__(self, root: Path) -> None:
        self.root = str(root) + os.sep
        self.lines: dict[str, set[str]] = {}

    def watch(self) -> None:
        """Stand between os.environ and its readers."""
        kind: Any = type(os.environ)
        get, contains = kind.__getitem__, kind.__contains__

        def getitem(environ: Any, name: str) -> Any:
            self.note(name)
            return get(environ, name)

        def has(environ: Any, name: object) -> Any:
            if isinstance(name, str):
                self.note(name)
            return contains(environ, name)

        kind.__getitem__, kind.__contains__ = getitem, has

    def note(self, name: str) -> None:
        """A read counts when a file of the repository asked for it, directly or through a library's function."""
        frame = sys._getframe(2)
        if frame.f_code.co_filename.endswith(LIBRARY_COPIES_OF_ALL) and frame.f_code.co_name == "__iter__":
            return  # the library copies all of the environment: that names no variable
        lines = set()
        at: Any = frame
        while at is not None and "importlib" not in at.f_code.co_filename:
            path = at.f_code.co_filename
            if path.startswith(self.root):
                lines.add(f"{path[len(self.root) :]}:{at.f_lineno}")
            at = at.f_back
        if lines:
            self.lines.setdefault(name, set()).update(lines)


def plain(value: Any, root: Path) -> Any:
    """A setting as JSON has it, paths inside the repository relative to it."""
    if isinstance(value, str | Path):
        text = str(value)
        return os.path.relpath(text, root) if text.startswith(str(root)) else text
    if isinstance(value, dict):
        return {str(key): plain(item, root) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(item, root) for item in value]
    return value


def read_settings(root: Path) -> dict[str, Any]:
    """The settings that Django works with."""
    settings: Any = importlib.import_module("django.conf").settings
    found = {name: getattr(settings, name, None) for name in NAMES}
    found["DATABASES"] = {alias: entry.get("ENGINE") for alias, entry in settings.DATABASES.items()}
    found["CACHES"] = {alias: entry.get("BACKEND") for alias, entry in settings.CACHES.items()}
    layers = getattr(settings, "CHANNEL_LAYERS", {})
    found["CHANNEL_LAYERS"] = {alias: entry.get("BACKEND") for alias, entry in layers.items()}
    found["STORAGES"] = {alias: entry.get("BACKEND") for alias, entry in settings.STORAGES.items()}
    found["LOGGING_FILES"] = sorted(
        handler["filename"] for handler in settings.LOGGING.get("handlers", {}).values() if "filename" in handler
    )
    for name in dir(settings):
        if (name.startswith("SECURE_") or name in SECURE) and settings.is_overridden(name):
            found[name] = getattr(settings, name)
    result: dict[str, Any] = plain(found, root)
    return result


def read_celery(name: str) -> dict[str, Any]:
    """The configuration of a Celery app."""
    importlib.import_module("django").setup()
    module, _, attribute = name.partition(":")
    conf: Any = getattr(importlib.import_module(module), attribute).conf
    return {
        "broker_url": conf.broker_url,
        "result_backend": conf.result_backend,
        "beat_scheduler": conf.beat_scheduler,
        "beat_schedule": sorted(conf.beat_schedule or {}),
    }


def main() -> None:
    """Load, look, print."""
    root, django_dir, module, *celery = sys.argv[1:]
    repository = Path(root).resolve()
    os.chdir(repository / django_dir)
    sys.path.insert(0, os.getcwd())
    os.environ["DJANGO_SETTINGS_MODULE"] = module
    reads = Reads(repository)
    reads.watch()
    if "DJANGO_CONFIGURATION" in os.environ:
        importlib.import_module("configurations").setup()
    settings = read_settings(repository)
    answer = {
        "settings": settings,
        "celery": read_celery(celery[0]) if celery else None,
        "read": {name: sorted(lines) for name, lines in sorted(reads.lines.items())},
    }
    json.dump(answer, sys.stdout, indent=1, sort_keys=True)


if __name__ == "__main__":
    main()
