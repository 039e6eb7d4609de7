"""What each editor changes, to the byte: a table of files before and after."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzer.cli.support import say_nothing
from analyzer.config import Config
from analyzer.model.evidence import Evidence
from analyzer.model.report import Report
from analyzer.patches.make import EDITORS
from analyzer.patches.settings_file import SettingsFile
from analyzer.patches.splices import spliced
from analyzer.pipeline import analyze
from tests.rules.examples import report_of

CASES = Path(__file__).parent / "data" / "cases.txt"


def _cases() -> Iterator[tuple[str, str, str]]:
    """Rule, text before, text after: parts of the file between lines of `=`, `-` and `~`."""
    for case in CASES.read_text(encoding="utf-8").split("\n====\n"):
        rule, before, after = case.split("\n----\n")
        yield rule.strip(), before + "\n", after.removesuffix("\n") + "\n"


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [pytest.param(*case, id=f"{number}-{case[0].partition(' ')[0]}") for number, case in enumerate(_cases())],
)
def test_editor(rule: str, before: str, after: str, tmp_path: Path) -> None:
    name, _, line = rule.partition(" ")
    report = report_of(tmp_path, {"shop/settings.py": f"from shop.defaults import *\n{before}"})
    file = SettingsFile.parse(before)
    assert file is not None
    answer = EDITORS[name](Evidence(path="shop/settings.py", line=int(line)), file, report.facts)
    changed = before if answer is None else spliced(before, answer.splices)
    assert changed == after


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_newlines_of_the_file_stay(newline: str) -> None:
    before = f'DEBUG = False{newline}SECRET_KEY = "x"{newline}'
    file = SettingsFile.parse(before)
    assert file is not None
    splices = file.importing("os")
    assert spliced(before, splices) == f"import os{newline}{newline}{before}"


@pytest.mark.parametrize("text", ["x = (\n", "print 'x'\n", "x = 1\f\n", "x = " + "[" * 200 + "]" * 200 + "\n"])
def test_what_cannot_be_read_safely_has_no_patch(text: str) -> None:
    assert SettingsFile.parse(text) is None


def test_overlapping_changes_are_not_made() -> None:
    from analyzer.patches.splices import Splice

    one = Splice(start=0, end=3, text="a")
    assert spliced("abcdef", [one, Splice(start=2, end=4, text="b")]) is None
    assert spliced("abcdef", [one, one, Splice(start=3, end=3, text="-")]) == "a-def"


def test_nothing_is_written(tmp_path: Path) -> None:
    files = {"shop/settings.py": 'from shop.defaults import *\nALLOWED_HOSTS = ["a.example"]\n'}
    report_of(tmp_path, files)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    report = analyze(tmp_path, Config(), say_nothing, patches=True)
    assert isinstance(report, Report)
    assert report.audit is not None
    assert report.audit.patch
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("requirements", "added", "checked"),
    [
        ("django>=4.2,<5.3\n", ["dj-database-url>=2.1,<4", "psycopg[binary]>=3.1,<4"], True),
        ("django==3.2.25\n", ["dj-database-url>=2.1,<4", "psycopg2-binary>=2.9,<3"], True),
        ("django==2.2.28\n", ["dj-database-url>=0.5,<1", "psycopg2-binary>=2.8.6,<2.9"], False),
        ("django==3.2.25\ndj-database-url==0.5.0\n", ["psycopg2-binary>=2.9,<3"], False),
    ],
)
def test_packages_fit_the_projects_django(requirements: str, added: list[str], checked: bool, tmp_path: Path) -> None:
    text = 'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}\n'
    files = {"shop/settings.py": f"from shop.defaults import *\n{text}", "requirements.txt": requirements}
    report_of(tmp_path, files)
    report = analyze(tmp_path, Config(), say_nothing, patches=True)
    assert isinstance(report, Report)
    assert report.audit is not None
    patch = str(next(one.patch for one in report.audit.findings if one.rule == "sqlite-on-ephemeral-disk"))
    lines = [line[1:] for line in patch.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert [line for line in lines if ">=" in line] == added
    assert any("conn_health_checks=True" in line for line in lines) is checked
