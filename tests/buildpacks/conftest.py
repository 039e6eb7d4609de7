"""Small folders to predict for."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest

from analyzer.buildpacks.source import Source
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.snapshot.source_tree import SourceTree

Content: TypeAlias = str | bytes | Path | None
"""Of an entry: text, bytes, the target of a symbolic link, or None for a folder."""


@pytest.fixture
def source(tmp_path: Path) -> Callable[..., Source]:
    """Writes a folder and gives it to a predictor: `source({"manage.py": "", "venv": None}, DISABLE_COLLECTSTATIC="1")`."""

    def write(files: Mapping[str, Content], **variables: str) -> Source:
        for path, content in files.items():
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                target.mkdir(exist_ok=True)
            elif isinstance(content, Path):
                target.symlink_to(content)
            else:
                target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Source(
            tree=SourceTree(tmp_path),
            repository=RepositorySnapshot.open(tmp_path),
            facts=None,
            variables=variables,
        )

    return write
