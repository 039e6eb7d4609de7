"""A short run of both fuzzers, and proof that they see what they look for; `make fuzz` runs them for longer."""

import random
import subprocess
import sys
from pathlib import Path
from typing import Never

import pytest

import analyzer.pipeline
from tests.fuzz.mutations import CHANGES, MAX_BYTES, mutate
from tests.fuzz.repositories import configurations
from tests.fuzz.run import FIXTURES, case, judge

REPOSITORY = FIXTURES / "heroku_celery_beat" / "repo"
ANY = 10**6
"""MiB; the process of these tests has run others, whose memory is not the scan's."""


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.timeout(320)
def test_no_changed_configuration_file_breaks_a_scan() -> None:
    done = _run("tests.fuzz.run", "--seconds", "15", "--seed", "8")
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[0]) > 10


@pytest.mark.timeout(320)
def test_no_input_that_reaches_new_code_breaks_a_reader() -> None:
    pytest.importorskip("atheris", reason="there is no wheel of atheris for this machine")
    done = _run("tests.fuzz.guided", "--seconds", "10")
    assert done.returncode == 0, done.stdout
    assert int(done.stdout.split("Done ")[1].split()[0]) > 50


def test_a_case_is_made_of_seed_and_number_alone() -> None:
    known = configurations([FIXTURES])
    assert case(known, 3, 14) == case(configurations([FIXTURES]), 3, 14)
    assert case(known, 3, 14) != case(known, 3, 15) != case(known, 4, 15)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("content", [b"", b"a", b"web: gunicorn shop.wsgi\nworker: celery -A shop worker\n"])
def test_every_change_takes_any_content(change: object, content: bytes) -> None:
    assert callable(change)
    for seed in range(20):
        assert isinstance(change(random.Random(seed), content), bytes)
    assert len(mutate(random.Random(1), content * 20_000)) <= MAX_BYTES


def test_an_internal_error_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> Never:
        raise KeyError("planted")

    assert judge(REPOSITORY, "json", memory=ANY) is None
    monkeypatch.setattr(analyzer.pipeline, "analyze", fail)
    assert "planted" in (judge(REPOSITORY, "json", memory=ANY) or "")


def test_a_hang_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_: object, **__: object) -> None:
        while True:
            try:
                while True:
                    pass
            except Exception:  # no code under test can catch what ends a case
                pass

    monkeypatch.setattr(analyzer.pipeline, "analyze", hang)
    assert "no answer after 0." in (judge(REPOSITORY, "json", seconds=0.2) or "")


def test_too_much_memory_is_seen() -> None:
    assert "MiB of memory" in (judge(REPOSITORY, "json", memory=1) or "")


def test_a_folder_without_repositories_is_no_success(tmp_path: Path) -> None:
    done = _run("tests.fuzz.run", "--corpus", str(tmp_path), "--cases", "3")
    assert done.returncode != 0  # no repository, no case: the process fails before the first
