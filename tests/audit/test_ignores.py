"""Comments and entries of the configuration that ignore findings."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from analyzer.audit.excerpts import Excerpts
from analyzer.audit.ignores import Ignores
from analyzer.model.evidence import Evidence
from analyzer.model.finding import IgnoreRule
from analyzer.snapshot.repository import RepositorySnapshot

TODAY = "2026-11-27"


def as_it_is(path: str, lines: Sequence[str], skip: int = 0) -> Sequence[str]:
    return lines[skip:]


def ignores(folder: Path, text: str, *rules: IgnoreRule) -> Ignores:
    (folder / "settings.py").write_text(text)
    return Ignores(rules, Excerpts(RepositorySnapshot.open(folder), as_it_is), TODAY)


def entry(rule: str = "debug-on", path: str | None = None, until: str | None = None) -> IgnoreRule:
    source = Evidence(path="doctor.toml", line=3)
    return IgnoreRule(rule=rule, reason="known", path=path, until=until, source=source)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("DEBUG = True  # doctor: ignore[debug-on] only in the demo\n", 1, "only in the demo"),
        ("# doctor: ignore[debug-on] only in the demo\nDEBUG = True\n", 2, "only in the demo"),
        ("    # doctor:ignore[log-file, debug-on]  why\nDEBUG = True\n", 2, "why"),
        ("x = 1  // doctor: ignore[debug-on] why\n", 1, "why"),
        ("DEBUG = True  # doctor: ignore[debug-on]\n", 1, None),
        ("DEBUG = True  # doctor: ignore[log-file] why\n", 1, None),
        ("x = 1  # doctor: ignore[debug-on] of this line\nDEBUG = True\n", 2, None),
        ("# doctor: ignore[debug-on] two above\n\nDEBUG = True\n", 3, None),
        ("DEBUG = True\n", 1, None),
    ],
)
def test_comments(text: str, line: int, reason: str | None, tmp_path: Path) -> None:
    found = ignores(tmp_path, text).of("debug-on", Evidence(path="settings.py", line=line))
    assert (None if found is None else found.reason) == reason
    if found is not None:
        assert found.source.path == "settings.py"
        assert "doctor" in text.splitlines()[found.source.line - 1]


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        (entry(), True),
        (entry(path="settings.py"), True),
        (entry(path="*.py"), True),
        (entry(path="shop/*"), False),
        (entry(rule="log-file"), False),
        (entry(until=TODAY), True),
        (entry(until="2026-11-26"), False),
    ],
)
def test_entries(rule: IgnoreRule, holds: bool, tmp_path: Path) -> None:
    found = ignores(tmp_path, "DEBUG = True\n", rule)
    ignore = found.of("debug-on", Evidence(path="settings.py", line=1))
    assert (ignore is not None) is holds
    if ignore is not None:
        assert (ignore.reason, ignore.source, ignore.until) == (rule.reason, rule.source, rule.until)


def test_entries_that_are_over_and_those_of_no_use(tmp_path: Path) -> None:
    over, unused, used = entry(until="2026-01-01"), entry(rule="log-file"), entry(rule="sqlite-is-lost")
    found = ignores(tmp_path, "DEBUG = True\n", over, unused, used)
    assert found.of("debug-on", Evidence(path="settings.py", line=1)) is None
    assert found.of("sqlite-is-lost", Evidence(path="settings.py", line=1)) is not None
    assert found.expired == (over,)
    assert found.unused == (unused,)


def test_comments_do_not_count_without_the_lines(tmp_path: Path) -> None:
    (tmp_path / "settings.py").write_text("DEBUG = True  # doctor: ignore[debug-on] why\n")
    assert Ignores((), None, TODAY).of("debug-on", Evidence(path="settings.py", line=1)) is None
