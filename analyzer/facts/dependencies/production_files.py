"""Which requirements files a production install reads."""

import re
from collections.abc import Callable, Iterable
from itertools import groupby

from analyzer.facts.dependencies.declared import Declared
from analyzer.facts.dependencies.install_evidence import Found, Weight
from analyzer.facts.dependencies.manifests import Manifests, role_in
from analyzer.facts.dependencies.names import DEVELOPMENT_ROLES, Role
from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.paths import join

Closure = Callable[[RepoPath], Declared]
"""A requirements file -> what it and its includes ask for."""

_MAIN = lazy_pattern(r"(?:requirements?|requeriments|requirments|reqs)\.(?:txt|in|pip)$", re.IGNORECASE)


def is_main(directory: RepoPath, path: RepoPath) -> bool:
    """Whether `path` is the plain requirements.txt of `directory` (or a common misspelling)."""
    return bool(_MAIN.match(path if directory == "." else path.removeprefix(f"{directory}/")))


def main_file(manifests: Manifests) -> RepoPath | None:
    """The requirements.txt of the folder, the one file that buildpacks know."""
    path = join(manifests.directory, "requirements.txt")
    return path if path in manifests.requirements else None


def installed_files(manifests: Manifests, installs: tuple[Found, ...], closure: Closure) -> tuple[RepoPath, ...]:
    """The requirements files that production installs, the first of: those of a command that names itself
    production's; the plain requirements.txt where a Procfile has a buildpack install it and no image is built; those
    of an image's commands that include the ones named for production; those named so; those of an image's commands; the
    usual names; any other command's."""
    plain = main_file(manifests)
    by_image = _of_commands(installs, (Weight.PRODUCTION, Weight.IMAGE))
    if manifests.procfile is not None and plain is not None and not by_image:
        return (plain,)
    by_name = production_files(manifests.directory, manifests.requirements, closure)
    named = {path for path in by_name if role_in(manifests.directory, path) is Role.PRODUCTION}
    including = bool(named) and named <= {file for path in by_image for file in closure(path).files}
    return (
        _of_commands(installs, (Weight.PRODUCTION,))
        or (by_image if including or not named else ())
        or by_name
        or _of_commands(installs, (Weight.SCRIPT, Weight.CI))
    )


def _of_commands(installs: tuple[Found, ...], weights: tuple[Weight, ...]) -> tuple[RepoPath, ...]:
    """The files of the first Dockerfile or script of these weights that names any."""
    for _, group in groupby(installs, key=lambda item: item.evidence.path):
        found = tuple(dict.fromkeys(path for item in group if item.weight in weights for path in item.requirements))
        if found:
            return found
    return ()


def production_files(directory: RepoPath, candidates: Iterable[RepoPath], closure: Closure) -> tuple[RepoPath, ...]:
    """The files among `candidates` that production installs, in the order to read them; () when none looks like it.

    A file named for production wins (the plain file that includes it, where there is one), then the plain
    requirements.txt, then a base file, then the only other one.
    A file that brings no Django is an addition: the plain or base file is read before it.
    """
    files = [path for path in candidates if role_in(directory, path) not in DEVELOPMENT_ROLES]
    named = _first([path for path in files if role_in(directory, path) is Role.PRODUCTION])
    main = _first([path for path in files if is_main(directory, path)])
    base = _first([path for path in files if role_in(directory, path) is Role.BASE and not is_main(directory, path)])
    plain = [path for path in (main, base) if path is not None]
    if named is None:
        return tuple(plain[:1]) or _only(files, closure)
    if main is not None and named in closure(main).files:
        return (main,)
    if "django" in closure(named).names:
        return (named,)
    plain = [path for path in plain if not _installs_development(directory, path, closure)]
    with_django = [path for path in plain if "django" in closure(path).names] or plain
    return (*with_django[:1], named)


def _first(paths: list[RepoPath]) -> RepoPath | None:
    return min(paths, key=lambda path: (path.count("/"), not path.endswith(".txt"), len(path), path), default=None)


def _only(files: list[RepoPath], closure: Closure) -> tuple[RepoPath, ...]:
    with_django = [path for path in files if "django" in closure(path).names]
    chosen = _first(with_django) or (files[0] if len(files) == 1 else None)
    return (chosen,) if chosen else ()


def _installs_development(directory: RepoPath, path: RepoPath, closure: Closure) -> bool:
    return any(role_in(directory, included) in DEVELOPMENT_ROLES for included in closure(path).files)
