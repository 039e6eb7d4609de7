"""Tells the processes of other programs in the repository from those of the Django project."""

import re
from collections.abc import Iterable, Iterator

from analyzer.facts.commands.wrappers import LaunchKind
from analyzer.facts.existing.declaration import Declaration
from analyzer.facts.existing.following import Started
from analyzer.facts.existing.project_files import upward
from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern

_MODULE = lazy_pattern(r"([A-Za-z_][\w.]*)(?::[\w.()]+)?")
_DJANGO = lazy_pattern(r"[aw]sgi", re.IGNORECASE)


def is_foreign(django_dir: RepoPath, declaration: Declaration, started: Iterable[Started]) -> bool:
    """Whether a server or worker of the declaration runs a module that lies outside the Django project.

    Such as `uvicorn main:app` in the folder of another service. A module that is nowhere to be found, or one whose
    name says WSGI or ASGI, counts as the project's.
    """
    for item in started:
        for module in _modules(item):
            path = module.replace(".", "/") + ".py"
            found = declaration.place.locate(declaration.place.start, path)
            if found is not None and not _is_near(django_dir, found.removesuffix(path).rstrip("/") or "."):
                return True
    return False


def _modules(started: Started) -> Iterator[str]:
    """The modules that the words of a server or of Celery may name."""
    if started.program is None or not started.program.runs_on or started.launch.kind is not LaunchKind.PROGRAM:
        return
    for word in started.launch.words[1:]:
        match = _MODULE.fullmatch(word.removeprefix("--app="))
        if match is not None and not _DJANGO.search(match[1]):
            yield match[1]


def _is_near(django_dir: RepoPath, folder: RepoPath) -> bool:
    """Whether the project imports from the folder: its own one, those above it and their `src`."""
    near = set(upward(django_dir))
    near |= {"src" if at == "." else f"{at}/src" for at in near}
    return folder in near or (django_dir != "." and folder.startswith(f"{django_dir}/"))
