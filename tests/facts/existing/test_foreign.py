"""Processes of other programs in the repository."""

import pytest

from analyzer.facts.existing.container_images import container_images
from analyzer.facts.existing.following import Follower
from analyzer.facts.existing.foreign import is_foreign
from tests.facts.conftest import MakeRepository


@pytest.mark.parametrize(
    ("command", "foreign"),
    [
        ("uvicorn main:app", True),
        ("gunicorn -w 4 main:app", True),
        ("celery --app=tasks worker", True),
        ("celery -A tasks worker", True),
        ("gunicorn config.wsgi:application", False),
        ("gunicorn nowhere:app", False),
        ("python main.py", False),
        ("uvicorn app:api", False),
    ],
)
def test_a_module_of_another_folder(repository: MakeRepository, command: str, foreign: bool) -> None:
    files = {
        "backend/manage.py": "",
        "backend/app.py": "",
        "ai/main.py": "",
        "ai/tasks.py": "",
        "ai/config/wsgi.py": "",
        "ai/Dockerfile": f"FROM a\nWORKDIR /code\nCOPY . .\nCMD {command}\n",
    }
    repo = repository(files)
    (declaration,) = container_images(repo, "backend")
    started = Follower(repo).follow(declaration.place, declaration.command, declaration.evidence)
    assert is_foreign("backend", declaration, started) is foreign


@pytest.mark.parametrize("folder", [".", "src", "backend"])
def test_the_folders_that_the_project_imports_from(repository: MakeRepository, folder: str) -> None:
    repo = repository(
        {
            "backend/manage.py": "",
            f"{folder}/main.py": "",
            "Dockerfile": f"FROM a\nWORKDIR /code\nCOPY {folder} .\nCMD uvicorn main:app\n",
        }
    )
    (declaration,) = container_images(repo, "backend")
    assert not is_foreign(
        "backend", declaration, Follower(repo).follow(declaration.place, declaration.command, declaration.evidence)
    )
