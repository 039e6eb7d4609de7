"""Small repositories to observe."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest

from analyzer.snapshot.repository import RepositorySnapshot

MakeRepository: TypeAlias = Callable[[Mapping[str, str | bytes]], RepositorySnapshot]


@pytest.fixture
def repository(tmp_path: Path) -> MakeRepository:
    """Writes a repository of the given files and opens it: `repository({"requirements.txt": "django"})`."""

    def write(files: Mapping[str, str | bytes]) -> RepositorySnapshot:
        for path, content in files.items():
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return RepositorySnapshot.open(tmp_path)

    return write
