"""For which Pythons the user's package index has wheels, asked through pip.

pip knows the user's index, credentials, proxies and certificates. It is run in an empty folder, with the names and
versions of packages and nothing else of the repository; it takes wheels only and installs none, so no code of any
package runs.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.wheels import IndexAnswer, WheelQuestion

SECONDS = 120
MAX_RUNS = 60
"""Of pip: one for each Python, and one more for each requirement that has no wheel for it."""
MAX_REQUIREMENTS = 400
MAX_LOG = 16 * 1024 * 1024
NEWEST_GLIBC = 36
"""2.36 is that of Debian 12; what runs on it runs on all newer ones."""
_NOT_FOUND = lazy_pattern(r"^ERROR: No matching distribution found for ([A-Za-z0-9._-]+)")
_NOT_FETCHED = lazy_pattern(r"Could not fetch URL (\S+): (?!404 )(.{1,200})")
_CREDENTIALS = lazy_pattern(r"//[^/@\s]+@")


class _NoAnswerError(Exception):
    """Why the index cannot be asked, in words for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What one run of pip says: the errors that it prints, and what it could not fetch."""

    found_all: bool
    errors: tuple[str, ...]
    not_fetched: str | None


def ask_index(question: WheelQuestion) -> IndexAnswer:
    """The requirements without a wheel, for each Python from the newest to the first that has them all.

    Takes SECONDS at most. Never raises for what pip or the network do: the answer then says the problem.
    """
    try:
        return IndexAnswer(missing=_ask(question))
    except _NoAnswerError as error:
        return IndexAnswer(problem=str(error))


def _ask(question: WheelQuestion) -> dict[str, tuple[str, ...]]:
    if any(len(requirements) > MAX_REQUIREMENTS for requirements in question.requirements.values()):
        raise _NoAnswerError(f"there are more than {MAX_REQUIREMENTS} requirements")
    deadline = time.monotonic() + SECONDS
    runs = iter(range(MAX_RUNS))
    missing: dict[str, tuple[str, ...]] = {}
    with tempfile.TemporaryDirectory(prefix="doctor-") as folder:
        for python, requirements in question.requirements.items():
            missing[python] = tuple(_missing(python, requirements, Path(folder), deadline, runs))
            if not missing[python]:
                break
    return missing


def _missing(
    python: str, requirements: Sequence[str], folder: Path, deadline: float, runs: Iterator[int]
) -> Iterator[str]:
    """The requirements without a wheel for one Python. pip stops at the first, so it is asked again without that."""
    left = list(requirements)
    while left:
        if next(runs, None) is None:
            raise _NoAnswerError(f"more than {MAX_RUNS} runs of pip would be needed")
        outcome = _run(python, left, folder, deadline)
        if outcome.not_fetched is not None:
            raise _NoAnswerError(outcome.not_fetched)
        if outcome.found_all:
            return
        named = next((found[1] for line in outcome.errors if (found := _NOT_FOUND.match(line))), "")
        names = [canonicalize_name(Requirement(one).name) for one in left]
        if canonicalize_name(named) not in names:
            said = next((line.removeprefix("ERROR: ") for line in outcome.errors), "it fails without saying why")
            raise _NoAnswerError(f"pip says: {_clean(said)}")
        place = names.index(canonicalize_name(named))
        yield left[place]
        left = left[place + 1 :]  # pip has gone through what stands before, in the order given


def _run(python: str, requirements: Sequence[str], folder: Path, deadline: float) -> _Outcome:
    log = folder / "pip.log"
    log.unlink(missing_ok=True)
    command = [
        *_pip(),
        *("install", "--dry-run", "--no-deps", "--ignore-installed", "--target", str(folder / "target")),
        *("--only-binary", ":all:", "--python-version", f"{python}.99", "--implementation", "cp"),
        *(word for platform in _platforms() for word in ("--platform", platform)),
        *("--no-input", "--quiet", "--no-color", "--disable-pip-version-check", "--log", str(log)),
        *("--", *requirements),
    ]
    environment = {**os.environ, "PIP_REQUIRE_VIRTUALENV": "0"}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            timeout=max(0.1, deadline - time.monotonic()),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _NoAnswerError(f"it took more than {SECONDS} seconds") from None
    except OSError as error:
        raise _NoAnswerError(f"pip cannot be started: {error.strerror}") from None
    errors = tuple(line for line in done.stderr.splitlines() if line.startswith("ERROR: "))
    return _Outcome(found_all=done.returncode == 0, errors=errors, not_fetched=_not_fetched(log))


def _pip() -> tuple[str, ...]:
    """The pip of doctor's own environment, else the one that the user has. Raises _NoAnswerError without any."""
    if Path(sysconfig.get_path("purelib"), "pip").is_dir():
        return (sys.executable, "-P", "-m", "pip")
    program = shutil.which("pip3") or shutil.which("pip")
    if program is None:
        raise _NoAnswerError("there is no pip to ask it with")
    return (program,)


def _platforms() -> Iterator[str]:
    """The tags of wheels that run in a Debian image for amd64, the newest first (PEP 600)."""
    for minor in range(NEWEST_GLIBC, 4, -1):
        yield f"manylinux_2_{minor}_x86_64"
        older = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}.get(minor)
        if older is not None:
            yield f"{older}_x86_64"
    yield "linux_x86_64"


def _not_fetched(log: Path) -> str | None:
    """What kept pip from reading the index; a page that does not exist is an answer, and so is none here.

    pip goes on without a page that it cannot fetch, and then says that there is no such package.
    """
    try:
        with log.open(encoding="utf-8", errors="replace") as file:
            text = file.read(MAX_LOG)
    except OSError:
        return None
    found = _NOT_FETCHED.search(text)
    return f"{_clean(found[1])}: {_clean(found[2])}" if found is not None else None


def _clean(text: str) -> str:
    return _CREDENTIALS.sub("//***@", text)
