"""Names of packages, and what a file or group is for by its name."""

import re
from enum import StrEnum
from functools import cache

from packaging.utils import canonicalize_name

from analyzer.model.evidence import RepoPath
from analyzer.tables import load_table


class Role(StrEnum):
    """What a requirements file, dependency group or Dockerfile is for, as its name says."""

    PRODUCTION = "production"
    BASE = "base"
    DEV = "dev"
    TEST = "test"
    DOCS = "docs"
    LINT = "lint"
    OTHER = "other"


_SUFFIXES = frozenset({"txt", "in", "pip"})
DEVELOPMENT_ROLES = frozenset({Role.DEV, Role.TEST, Role.DOCS, Role.LINT})


@cache
def _tables() -> tuple[tuple[tuple[Role, frozenset[str]], ...], frozenset[str]]:
    data = load_table("analyzer.facts.dependencies", "names")
    roles = tuple((Role(role), frozenset(words)) for role, words in data["roles"].items())
    return roles, frozenset(data["installers"]["names"])


def canonical(name: str) -> str:
    """The PEP 503 name: `Django_Filter` and `django.filter` are `django-filter`."""
    return canonicalize_name(name)


def is_installer(name: str) -> bool:
    """Whether a package (canonical name) installs or builds packages and is no dependency of the project."""
    return name in _tables()[1]


def role_of(name: str) -> Role:
    """What `name` (a file path or a group) is for.

    The last part of the path decides; when it says nothing more than `base`, the folders may, innermost first.
    """
    *folders, last = [part for part in name.split("/") if part not in ("", ".")] or [""]
    own = _role_of_words(last)
    if own not in (Role.OTHER, Role.BASE):
        return own
    above = (_role_of_words(part) for part in reversed(folders))
    return next((role for role in above if role not in (Role.OTHER, Role.BASE)), own)


def _role_of_words(part: str) -> Role:
    words = {word for word in re.split(r"[^a-z0-9]+", part.lower()) if word} - _SUFFIXES
    for role, known in _tables()[0]:
        # A base file is called nothing but that: `requirements_migrations.txt` is not one.
        if words & known and (role is not Role.BASE or words <= known):
            return role
    return Role.OTHER


def group_of(path: RepoPath) -> str:
    """The group that a requirements file stands for: its role, or what its name has beyond `requirements`."""
    role = role_of(path)
    if role in DEVELOPMENT_ROLES:
        return role.value
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower()
    return re.sub(r"^(requirements?|reqs)[-_.]|[-_.](requirements?|reqs)$", "", stem) or stem
