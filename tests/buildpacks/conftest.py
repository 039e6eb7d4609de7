"""Small folders to predict for."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest

from analyzer.buildpacks.source import Source
from analyzer.facts.collect import collect_facts
from analyzer.model.facts import ProjectFacts
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.snapshot.source_tree import SourceTree

Content: TypeAlias = str | bytes | Path | None
"""Of an entry: text, bytes, the target of a symbolic link, or None for a folder."""

_MANAGE_PY = """\
import os, sys
from django.core.management import execute_from_command_line
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_settings")
execute_from_command_line(sys.argv)
"""
_SETTINGS = 'INSTALLED_APPS = ["django.contrib.staticfiles"]\nSECRET_KEY = "x"\nSTATIC_ROOT = "collected"\n'


@pytest.fixture
def source(tmp_path: Path) -> Callable[..., Source]:
    """Writes a folder and gives it to a predictor: `source({"manage.py": "", "venv": None}, SOME_VARIABLE="1")`."""

    def write(files: Mapping[str, Content], **variables: str) -> Source:
        _write(tmp_path, files)
        return Source(
            tree=SourceTree(tmp_path),
            repository=RepositorySnapshot.open(tmp_path),
            facts=None,
            variables=variables,
        )

    return write


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Source]:
    """The same for a Django project, with its facts: manage.py, settings that collect static files, and a pinned
    Django are there unless `files` has others; None for `requirements.txt` leaves it out.
    """

    def write(files: Mapping[str, Content], **variables: str) -> Source:
        given = {
            "manage.py": _MANAGE_PY,
            "site_settings.py": _SETTINGS,
            "requirements.txt": "Django==5.2.7\ngunicorn==23.0.0\n",
            ".python-version": "3.13\n",
            "Procfile": "web: gunicorn shop.wsgi\n",
            **files,
        }
        _write(tmp_path, {path: content for path, content in given.items() if content is not None})
        repository = RepositorySnapshot.open(tmp_path)
        facts = collect_facts(repository)
        assert isinstance(facts, ProjectFacts)
        return Source(tree=SourceTree(tmp_path), repository=repository, facts=facts, variables=variables)

    return write


def _write(root: Path, files: Mapping[str, Content]) -> None:
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            target.mkdir(exist_ok=True)
        elif isinstance(content, Path):
            target.symlink_to(content)
        else:
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
