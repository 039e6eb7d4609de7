"""The verification of one repository, up to where an engine is needed, and what is to be verified."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzer import __version__
from analyzer.fleet.repositories import Repository
from analyzer.fleet.verification import (
    VerifyOptions,
    VerifyTask,
    WorkerState,
    check_workers,
    tasks_of,
    verify_one,
    worker_state,
)
from analyzer.model.errors import EngineError, UsageError
from analyzer.model.fleet import VerificationOutcome, VerifiedEntry
from tests.fleet.entries import FAILED, FLEET, entry
from tests.rules.examples import lay_out

NO_ENGINE = "tcp://127.0.0.1:9"
LONG = 100


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    lay_out(tmp_path / "shop", {"Dockerfile": "FROM scratch\n"})
    os.mkfifo(tmp_path / "shop" / "pipe")
    (tmp_path / "shop" / "link").symlink_to("/nowhere")
    return tmp_path / "shop"


@pytest.fixture
def silent_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An engine that takes every question and answers none."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("DOCKER_HOST", f"tcp://127.0.0.1:{server.getsockname()[1]}")
        yield


def task(root: Path, *, seconds: float = LONG) -> VerifyTask:
    return VerifyTask(name="shop", root=str(root), options=(), configuration=(), seconds=seconds)


def contents(root: Path) -> list[tuple[str, int]]:
    return sorted((str(path), path.lstat().st_mtime_ns) for path in root.rglob("*"))


def test_a_worker_without_an_engine_is_no_answer(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", NO_ENGINE)
    before = contents(shop)
    with pytest.raises(EngineError, match=f"no Docker engine answers at {NO_ENGINE}"):
        verify_one(task(shop))
    assert contents(shop) == before
    assert worker_state().problem.startswith("no Docker engine answers")


@pytest.mark.usefixtures("silent_engine")
def test_a_verification_that_hangs_is_given_up(shop: Path) -> None:
    found = verify_one(task(shop, seconds=5))
    assert found == VerifiedEntry(outcome=VerificationOutcome.TIMED_OUT, reason="no end within 5 s")


def test_a_repository_that_nothing_is_emitted_for(shop: Path) -> None:
    (shop / "doctor.toml").write_text('colour = "red"\n')
    found = verify_one(task(shop))
    assert found.outcome is VerificationOutcome.CRASHED
    assert found.reason.startswith("doctor emit: error: ")
    assert "colour" in found.reason


def test_a_worker_without_the_folder_is_no_answer(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no folder"):
        verify_one(task(tmp_path / "gone"))


def names(options: VerifyOptions, *entries: tuple[str, VerifiedEntry | None]) -> list[str]:
    found = {one.repository: one for one in FLEET} | {name: entry(name, verification=is_) for name, is_ in entries}
    repositories = [Repository(name=name, root=f"/srv/{name}") for name in found]
    return [one.name for one in tasks_of(repositories, found, options)]


def test_what_is_verified() -> None:
    passed = VerifiedEntry(outcome=VerificationOutcome.PASSED)
    late = VerifiedEntry(outcome=VerificationOutcome.TIMED_OUT, reason="no end")
    entries = (("new", None), ("passed", passed), ("failed", FAILED), ("late", late))
    assert names(VerifyOptions(seconds=LONG), *entries) == ["ready", "large", "risky", "blocked", "new"]
    again = names(VerifyOptions(seconds=LONG, retry=True), *entries)
    assert again == ["ready", "large", "risky", "blocked", "new", "late"]


def test_what_a_worker_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    entries = {"a": entry("a")}
    options = VerifyOptions(seconds=7, ca_bundle=Path("ca.pem"), config=Path("ours.toml"))
    (one,) = tasks_of([Repository(name="a", root="a")], entries, options)
    assert one == VerifyTask(
        name="a",
        root=f"{tmp_path}/a",
        options=("--ca-bundle", f"{tmp_path}/ca.pem"),
        configuration=("--config", f"{tmp_path}/ours.toml"),
        seconds=7,
    )
    (one,) = tasks_of([Repository(name="a", root="a")], entries, VerifyOptions(seconds=7, no_config=True))
    assert one.configuration == ("--no-config",)


def test_workers_with_another_doctor_are_refused() -> None:
    check_workers({"tcp://a": WorkerState(version=__version__, problem="")})
    with pytest.raises(UsageError, match=r"the worker tcp://b has doctor 0\.0\.1"):
        check_workers({"tcp://b": WorkerState(version="0.0.1", problem="")})
