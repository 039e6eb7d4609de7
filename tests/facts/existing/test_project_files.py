"""Deployment files that are about the chosen project."""

import pytest

from analyzer.facts.existing import project_files as module
from analyzer.facts.existing.project_files import named_files, project_files, upward
from tests.facts.conftest import MakeRepository


def test_upward() -> None:
    assert upward("a/b") == ("a/b", "a", ".")
    assert upward(".") == (".",)


def test_files_of_other_projects_are_left_out(repository: MakeRepository) -> None:
    repo = repository(
        {
            "shop/manage.py": "",
            "shop/Procfile": "",
            "blog/manage.py": "",
            "blog/Procfile": "",
            "deploy/Procfile": "",
            "Procfile": "",
        }
    )
    found = project_files(repo, "shop", lambda name: name == "Procfile")
    assert found == ("Procfile", "shop/Procfile", "deploy/Procfile")


def test_only_the_folders_above(repository: MakeRepository) -> None:
    repo = repository({"app/manage.py": "", "deploy/Procfile": "", "app/Procfile": ""})
    assert list(named_files(repo, "app", "Procfile", beside=False)) == ["app/Procfile"]
    assert list(named_files(repo, "app", "Procfile")) == ["app/Procfile", "deploy/Procfile"]


def test_named_files_come_in_the_order_of_the_names(repository: MakeRepository) -> None:
    repo = repository({"manage.py": "", "a.yml": "", "b.yml": "", "deep/a.yml": ""})
    assert list(named_files(repo, ".", "b.yml", "a.yml")) == ["b.yml", "a.yml", "deep/a.yml"]


def test_files_beyond_the_first_are_named(repository: MakeRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = repository({"manage.py": "", "a/b/web.Dockerfile": "", "a/web.Dockerfile": "", "web.Dockerfile": ""})
    monkeypatch.setattr(module, "MAX_FILES", 2)
    assert project_files(repo, ".", lambda name: name == "web.Dockerfile") == ("web.Dockerfile", "a/web.Dockerfile")
    assert [skipped.reason for skipped in repo.skipped] == ["deployment files of one kind beyond the first 2"]
