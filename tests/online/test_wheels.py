"""pip is asked for real, about the wheels of an index that the test serves."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzer.model.wheels import IndexAnswer, WheelQuestion
from analyzer.online import wheels
from analyzer.online.wheels import ask_index
from tests.online.index import add_source, add_wheel, compiled, served, use


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the files of the index that pip is configured to use."""
    folder = tmp_path / "index"
    add_wheel(folder, "pure", "1.0", "py3-none-any")
    for tags in compiled(["3.11", "3.12"]):
        add_wheel(folder, "fast", "2.0", tags)
    for tags in compiled(["3.11"]):
        add_wheel(folder, "old", "3.0", tags)
    add_source(folder, "old", "3.0")
    add_source(folder, "built", "4.0")
    with served(folder) as address:
        use(monkeypatch, address, tmp_path / "cache")
        yield folder


def ask(*requirements: str, pythons: tuple[str, ...] = ("3.13", "3.12", "3.11")) -> IndexAnswer:
    return ask_index(WheelQuestion(requirements=dict.fromkeys(pythons, requirements)))


@pytest.mark.usefixtures("index")
def test_what_lacks_is_told_from_the_newest_to_the_first_that_has_all() -> None:
    answer = ask("old==3.0", "pure==1.0", "fast==2.0")
    assert answer == IndexAnswer(missing={"3.13": ("old==3.0", "fast==2.0"), "3.12": ("old==3.0",), "3.11": ()})
    assert ask("pure==1.0", "fast<3,>=2") == IndexAnswer(missing={"3.13": ("fast<3,>=2",), "3.12": ()})
    assert ask("pure==1.0") == IndexAnswer(missing={"3.13": ()})
    assert ask() == IndexAnswer(missing={"3.13": ()})


@pytest.mark.usefixtures("index")
def test_what_the_index_has_no_wheel_of_is_missing_everywhere() -> None:
    answer = ask("built==4.0", "fast==2.0", "absent==1.0")
    assert answer.missing["3.12"] == answer.missing["3.11"] == ("built==4.0", "absent==1.0")
    assert answer.nowhere == {"built==4.0", "absent==1.0"}


def test_wheels_of_other_machines_and_older_systems(index: Path) -> None:
    add_wheel(index, "arm", "1.0", "cp313-cp313-manylinux_2_17_aarch64")
    add_wheel(index, "musl", "1.0", "cp313-cp313-musllinux_1_2_x86_64")
    add_wheel(index, "newer", "1.0", "cp313-cp313-manylinux_2_38_x86_64")
    add_wheel(index, "stable", "1.0", "cp39-abi3-manylinux_2_28_x86_64")
    add_wheel(index, "early", "1.0", "py3-none-manylinux1_x86_64")
    names = ("arm", "musl", "newer", "stable", "early")
    assert ask(*names, pythons=("3.13",)).missing == {"3.13": ("arm", "musl", "newer")}


def test_an_index_that_nobody_serves(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    use(monkeypatch, f"http://user:only-for-tests@127.0.0.1:{port}/simple/", tmp_path)
    answer = ask("pure==1.0")
    assert answer.missing == {}
    assert answer.problem is not None
    assert "connection" in answer.problem.lower()
    assert "only-for-tests" not in answer.problem


@pytest.mark.usefixtures("index")
def test_what_pip_refuses_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_CONSTRAINT", "missing.txt")
    answer = ask("pure==1.0")
    assert answer.problem is not None
    assert "missing.txt" in answer.problem


@pytest.mark.usefixtures("index")
def test_time_and_number_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "more than 400 requirements" in str(ask(*(f"name{n}==1" for n in range(401))).problem)
    with monkeypatch.context() as patch:
        patch.setattr(wheels, "MAX_RUNS", 1)
        assert "more than 1 runs of pip" in str(ask("built==4.0", "old==3.0").problem)
    monkeypatch.setattr(wheels, "SECONDS", 0)
    assert "more than 0 seconds" in str(ask("pure==1.0").problem)


def test_nothing_of_the_repository_is_imported(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`python -m pip` would take a pip.py of the folder that doctor is started in."""
    (tmp_path / "pip.py").write_text("raise SystemExit('executed')\n")
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit('executed')\n")
    monkeypatch.chdir(tmp_path)
    assert ask("pure==1.0") == IndexAnswer(missing={"3.13": ()})
