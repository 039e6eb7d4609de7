"""Python files that an image build puts elsewhere."""

from analyzer.facts.existing.placed_files import placed_files
from tests.facts.conftest import MakeRepository


def test_copies_into_the_tree(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "settings/__init__.py": "",
        "docker/config.py": "",
        "docker/other.py": "",
        "Dockerfile": "FROM a\nWORKDIR /app\nCOPY . .\nRUN cp docker/config.py settings/config.py && true\n"
        "COPY docker/other.py /app/settings/\nRUN cp missing.py settings/x.py; cp manage.py nowhere/y.py\n",
    }
    assert placed_files(repository(files), ".") == {
        "settings/config.py": "docker/config.py",
        "settings/other.py": "docker/other.py",
    }


def test_development_images_and_files_that_are_there(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "settings/config.py": "",
        "docker/config.py": "",
        "Dockerfile": "FROM a\nRUN cp docker/config.py settings/config.py\n",
        "Dockerfile.dev": "FROM a\nRUN cp docker/config.py settings/dev.py\n",
    }
    assert placed_files(repository(files), ".") == {}
