"""Names of settings modules: which files they are, what their name says."""

import re

from analyzer.facts.evaluator.imports import find_module
from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.repository import RepositorySnapshot

PRODUCTION = lazy_pattern(
    r"(^|[._])(production|prod|prd|live|deploy(ment|ed)?|heroku|aws|render|railway|fly|azure|gcp)($|[._])", re.I
)
DEVELOPMENT = lazy_pattern(
    r"(^|[._])(local|dev|devel|development|debug|tests?|testing|ci|docker_?compose|staging|stage|stg|sandbox|example)($|[._])",
    re.I,
)
SHARED = lazy_pattern(r"(^|[._])(base|common|defaults?|shared|core)$", re.I)
BUILD = lazy_pattern(r"(^|[._])(static(files)?|collectstatic|assets|build|docs)$", re.I)
_ASSIGNS_APPS = lazy_pattern(rb"^[ \t]*INSTALLED_APPS\b *[:+=]", re.M)
_PATTERN = lazy_pattern(r"(^|/)(\w*settings\w*(/[\w/]+)?|conf(ig)?/(django|environments?|env)/\w+)\.py$")
_PACKAGE = lazy_pattern(r"(^|/)\w*settings\w*/\w+/__init__\.py$")
"""A package inside that of the settings: `settings/production/__init__.py`."""


def is_production(module: str) -> bool:
    """Whether the last part of a dotted name says production."""
    return bool(PRODUCTION.search(module.rsplit(".", 1)[-1]))


def is_development(module: str) -> bool:
    """Whether the last part of a dotted name says development, test or staging."""
    return bool(DEVELOPMENT.search(module.rsplit(".", 1)[-1]))


def is_shared(module: str) -> bool:
    """Whether the last part of a dotted name says that the modules of all environments share it."""
    return bool(SHARED.search(module.rsplit(".", 1)[-1]))


def is_for_build(module: str) -> bool:
    """Whether the last part of a dotted name says that only a step of the build uses it."""
    return bool(BUILD.search(module.rsplit(".", 1)[-1]))


def import_roots(repo: RepositorySnapshot, django_dir: RepoPath) -> tuple[RepoPath, ...]:
    """Folders from which absolute imports resolve: the one of manage.py, its parents, and `src` folders beside them."""
    roots = [django_dir]
    folder = django_dir
    while folder != ".":
        folder = folder.rpartition("/")[0] or "."
        roots.append(folder)
    for root in list(roots):
        source = "src" if root == "." else f"{root}/src"
        if repo.is_dir(source):
            roots.append(source)
    return tuple(dict.fromkeys(roots))


def dotted_name(path: RepoPath, roots: tuple[RepoPath, ...]) -> str:
    """The dotted name under which a file is imported from the first root that holds it."""
    for root in roots:
        if root == "." or path.startswith(root + "/"):
            relative = path if root == "." else path[len(root) + 1 :]
            return relative.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return path.removesuffix(".py").replace("/", ".")


def settings_candidates(
    repo: RepositorySnapshot, roots: tuple[RepoPath, ...], chosen: tuple[str, ...]
) -> tuple[str, ...]:
    """Dotted names of modules that could be DJANGO_SETTINGS_MODULE: those chosen, and files that look like settings.

    A file looks like settings when its name or folder says so and it assigns INSTALLED_APPS or imports `*` from
    another settings file.
    """
    names = {module for module in chosen if find_module(repo, roots, module)}
    siblings = {m.rpartition(".")[0] for m in names if "." in m}
    for path in repo.under(roots[0]):
        if not path.endswith(".py") or (path.endswith("/__init__.py") and not _PACKAGE.search(path)):
            continue
        dotted = dotted_name(path, roots)
        in_package = dotted.rpartition(".")[0] in siblings and not path.endswith(
            ("urls.py", "wsgi.py", "asgi.py", "celery.py")
        )
        if not in_package and not _PATTERN.search(path):
            continue
        content = repo.read(path) or b""
        if (
            _ASSIGNS_APPS.search(content)
            or (b"import *" in content and b"settings" in content + path.encode())
            or _star(content)
        ):
            names.add(dotted)
    return tuple(sorted(names))


def _star(content: bytes) -> bool:
    return bool(re.search(rb"^[ \t]*from \.[\w.]* import .*\*", content, re.M)) or b"split_settings" in content
