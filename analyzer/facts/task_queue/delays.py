"""How far ahead tasks are sent: `countdown` and `eta`, as far as the code writes them as numbers."""

import re
from collections.abc import Iterator
from math import prod

from analyzer.facts.code_uses import production_sources
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import TaskDelay
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.needles import needles
from analyzer.snapshot.repository import RepositorySnapshot

MAX_DELAYS = 50
_COUNTDOWN = lazy_pattern(r"\bcountdown\s*=\s*(\d[\d_]*(?:\s*\*\s*\d[\d_]*){0,4})\s*[,)\n]")
_ETA = lazy_pattern(r"\beta\s*=[^=\n#]{0,80}\btimedelta\(\s*(weeks|days|hours|minutes|seconds)\s*=\s*(\d{1,9})\s*\)")
_COUNTDOWNS, _PERIODS, _ETAS = (needles([word]) for word in ("countdown", "timedelta(", "eta"))
_SECONDS = {"weeks": 604_800, "days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}


def task_delays(repo: RepositorySnapshot, root: RepoPath) -> tuple[TaskDelay, ...]:
    """Every such number of the project's own code, in the order of the files."""
    found: list[TaskDelay] = []
    for path in production_sources(repo, root):
        if repo.holds(path, _COUNTDOWNS) or (repo.holds(path, _PERIODS) and repo.holds(path, _ETAS)):
            found += _of_file(path, repo.text(path) or "")
    return tuple(found[:MAX_DELAYS])


def _of_file(path: RepoPath, text: str) -> Iterator[TaskDelay]:
    for match in _COUNTDOWN.finditer(text):
        seconds = prod(int(number) for number in re.findall(r"\d[\d_]*", match[1]) if len(number) < 10)
        yield TaskDelay(name="countdown", seconds=seconds, evidence=_place(path, text, match.start()))
    for match in _ETA.finditer(text):
        seconds = int(match[2]) * _SECONDS[match[1]]
        yield TaskDelay(name="eta", seconds=seconds, evidence=_place(path, text, match.start()))


def _place(path: RepoPath, text: str, position: int) -> Evidence:
    return Evidence(path=path, line=text.count("\n", 0, position) + 1)
