"""Files of `NAME=value` lines: `.env` files that are committed, and the examples that stand for those that are not."""

import re
from collections.abc import Iterator

from analyzer.facts.existing.declaration import Assigned
from analyzer.facts.existing.project_files import about_project
from analyzer.facts.existing.roles import Role, role_of
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.paths import basename, parent
from analyzer.snapshot.repository import RepositorySnapshot

MAX_LINES = 5000
"""Of one file; further ones are left out."""

_LINE = lazy_pattern(r"\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*=(.*)")
_COMMENT = lazy_pattern(r"(?:^|\s)#.*$")
_EXAMPLE_WORDS = r"(?:example|sample|template|dist|tmpl|tpl|default|defaults)"
_EXAMPLE = lazy_pattern(
    rf"(?:[\w.-]*\.)?env[._-](?:[\w.-]+[._-])?{_EXAMPLE_WORDS}|{_EXAMPLE_WORDS}[._-](?:[\w-]+\.)?env", re.IGNORECASE
)
_FOLDER = lazy_pattern(r"(?:^|/)\.?envs?/")
_NO_ENVIRONMENT = (".py", ".md", ".js", ".ts", ".json", ".yml", ".yaml", ".sh", ".toml", ".rst", ".txt", ".j2", ".html")


def read_environment_file(repo: RepositorySnapshot, path: RepoPath) -> Iterator[Assigned]:
    """The assignments of one file, quotes and comments removed; other lines are left out."""
    for number, line in enumerate((repo.text(path) or "").lstrip("\ufeff").split("\n")[:MAX_LINES], 1):
        match = _LINE.match(line)
        if match is not None:
            yield Assigned(name=match[1], value=_value(match[2].strip()), evidence=Evidence(path=path, line=number))


def example_files(repo: RepositorySnapshot, django_dir: RepoPath) -> tuple[RepoPath, ...]:
    """Committed files that show the environment of a deployment, those of production first.

    Files of an `.envs/.production` folder and examples (`.env.example`, `env.sample`, `.env.production.dist`).
    """
    found = repo.matching(lambda name: not name.endswith(_NO_ENVIRONMENT))
    examples = [path for path in found if _EXAMPLE.fullmatch(basename(path)) or _is_environment(repo, path, django_dir)]
    mine = about_project(repo, django_dir, examples)
    return tuple(sorted(mine, key=lambda path: _ORDER[role_of(repo, path, django_dir)]))


_ORDER = {Role.PRODUCTION: 0, Role.UNSTATED: 1, Role.STAGING: 2, Role.DEVELOPMENT: 3}


def _is_environment(repo: RepositorySnapshot, path: RepoPath, django_dir: RepoPath) -> bool:
    """Whether a file of a folder of environment files is for production."""
    return _FOLDER.search(f"{parent(path)}/") is not None and role_of(repo, path, django_dir) is Role.PRODUCTION


def _value(text: str) -> str:
    if text[:1] in ("'", '"'):
        end = text.find(text[0], 1)
        return text[1:end] if end > 0 else text[1:]
    return _COMMENT.sub("", text).strip()
