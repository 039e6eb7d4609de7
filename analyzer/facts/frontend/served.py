"""Which folders Django serves files or templates from."""

from collections.abc import Iterator, Mapping

from analyzer.facts.frontend.tables import javascript
from analyzer.model.evidence import RepoPath
from analyzer.model.facts import DependencyFacts, DjangoFacts, Plain
from analyzer.model.static_folders import prefix_and_folder
from analyzer.snapshot.paths import join

_APP_FOLDERS = ("static", "templates")
"""Where django.contrib.staticfiles and the template loader look in every app."""


def django_folders(django: DjangoFacts) -> frozenset[RepoPath]:
    """The folders of STATICFILES_DIRS, STATIC_ROOT, WHITENOISE_ROOT and TEMPLATES that are known."""
    return frozenset(path for plain in _places(django) for path in _paths(plain))


def static_directories(django: DjangoFacts) -> tuple[RepoPath, ...]:
    """The folders of STATICFILES_DIRS that are known, in order."""
    setting = django.settings.get("STATICFILES_DIRS")
    return tuple(_paths(setting.configured)) if setting is not None else ()


def is_served(output: RepoPath, folders: frozenset[RepoPath], django_dir: RepoPath) -> bool:
    """Whether the files of a build's output are Django's: below one of its folders, above one, or in an app's own."""
    if any(_below(output, folder) or (folder != "." and _below(folder, output)) for folder in folders):
        return True
    inside = output if django_dir == "." else output.removeprefix(f"{django_dir}/")
    return _below(output, django_dir) and not set(inside.split("/")).isdisjoint(_APP_FOLDERS)


def integration(dependencies: DependencyFacts, node_packages: frozenset[str]) -> bool:
    """Whether a package joins a bundler's output with Django's templates."""
    table = javascript()["integration"]
    return any(dependencies.has(name) for name in table["packages"]) or not node_packages.isdisjoint(
        table["node_packages"]
    )


def _places(django: DjangoFacts) -> Iterator[Plain]:
    for name in ("STATICFILES_DIRS", "STATIC_ROOT", "WHITENOISE_ROOT"):
        setting = django.settings.get(name)
        if setting is not None:
            yield from (setting.bare, setting.configured)
    templates = django.settings.get("TEMPLATES")
    for plain in (templates.bare, templates.configured) if templates is not None else ():
        for engine in plain if isinstance(plain, tuple) else ():
            yield engine.get("DIRS") if isinstance(engine, Mapping) else None


def _paths(plain: Plain) -> Iterator[RepoPath]:
    """The paths in a setting; an entry of STATICFILES_DIRS may be a pair of a prefix and a path."""
    if isinstance(plain, str) and plain:
        found = join(".", plain)
        if found is not None:
            yield found
    elif isinstance(plain, tuple):
        for part in plain:
            yield from _paths(prefix_and_folder(part)[1])


def _below(path: RepoPath, folder: RepoPath) -> bool:
    return folder == "." or path == folder or path.startswith(f"{folder}/")
