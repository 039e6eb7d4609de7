"""Where a checkout came from."""

import pytest

from analyzer.facts.git_remote import git_remote
from tests.facts.conftest import MakeRepository

CONFIG = '[core]\n\tbare = false\n[remote "origin"]\n\turl = {url}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n'


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("https://github.com/example/shop.git", "github.com", "example/shop"),
        ("https://someone:hunter2@github.com/example/shop", "github.com", "example/shop"),
        ("git@gitlab.com:group/team/shop.git", "gitlab.com", "group/team/shop"),
        ("ssh://git@git.example.org:2222/example/shop.git", "git.example.org", "example/shop"),
    ],
)
def test_remotes(repository: MakeRepository, url: str, host: str, path: str) -> None:
    files = {".git/config": CONFIG.format(url=url), ".git/HEAD": "ref: refs/heads/main\n", "a.py": ""}
    found = git_remote(repository(files))
    assert found is not None
    assert (found.host, found.path, found.branch) == (host, path, "main")
    assert (found.evidence.path, found.evidence.line) == (".git/config", 4)
    assert "hunter2" not in repr(found)


@pytest.mark.parametrize("url", ["/srv/git/shop.git", "../shop", "file:///srv/shop", "https://", "https://[::1"])
def test_a_path_of_the_machine_is_no_source(repository: MakeRepository, url: str) -> None:
    assert git_remote(repository({".git/config": CONFIG.format(url=url), "a.py": ""})) is None


def test_the_remote_that_the_branch_follows_and_its_default_branch(repository: MakeRepository) -> None:
    config = CONFIG.format(url="https://github.com/fork/shop.git") + (
        '[remote "upstream"]\n\turl = https://github.com/example/shop.git\n'
        '[branch "feature"]\n\tremote = upstream\n\tmerge = refs/heads/feature\n'
    )
    files = {
        ".git/config": config,
        ".git/HEAD": "ref: refs/heads/feature\n",
        ".git/refs/remotes/upstream/HEAD": "ref: refs/remotes/upstream/trunk\n",
        "a.py": "",
    }
    found = git_remote(repository(files))
    assert found is not None
    assert (found.path, found.branch) == ("example/shop", "trunk")


@pytest.mark.parametrize("files", [{}, {".git/config": ""}, {".git/config": b"\xff\xfe["}, {".git": "gitdir: ../x\n"}])
def test_without_git_data(repository: MakeRepository, files: dict[str, str | bytes]) -> None:
    assert git_remote(repository({"a.py": "", **files})) is None


def test_a_detached_head(repository: MakeRepository) -> None:
    files = {".git/config": CONFIG.format(url="https://github.com/example/shop"), ".git/HEAD": "0" * 40, "a.py": ""}
    found = git_remote(repository(files))
    assert found is not None
    assert found.branch is None
