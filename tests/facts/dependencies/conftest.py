"""Readers over small repositories."""

from collections.abc import Callable, Mapping

import pytest

from analyzer.facts.dependencies.requirements_txt import RequirementsReader
from tests.facts.conftest import MakeRepository

MakeReader = Callable[[Mapping[str, str | bytes]], RequirementsReader]


@pytest.fixture
def reader(repository: MakeRepository) -> MakeReader:
    """A reader over a repository of the given files; a folder that begins with "named-" has its own name as project."""

    def make(files: Mapping[str, str | bytes]) -> RequirementsReader:
        return RequirementsReader(
            repo=repository(files),
            working_directory=".",
            project_name=lambda folder: folder if folder.startswith("named-") else None,
        )

    return make
