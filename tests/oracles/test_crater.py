"""Crater finds the repositories of a folder, scans them and sums up."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.oracles import crater

FIXTURES = Path(__file__).parents[2] / "fixtures"


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    monkeypatch.setattr(sys, "argv", ["crater", *map(str, arguments)])
    return crater.main()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURES / "heroku_celery_beat" / "repo", tmp_path / "one+book+shop")
    shutil.copytree(FIXTURES / "nothing_to_find" / "repo", tmp_path / "two" / "tool")
    return tmp_path


def test_repositories_are_named_after_their_owners(corpus: Path) -> None:
    shutil.copytree(FIXTURES / "utf16_files" / "repo", corpus / "plain")
    (corpus / "notes.txt").write_text("")
    names = [name for name, _ in crater.find_repositories(corpus)]
    assert names == ["one/book+shop", "plain", "two/tool"]


def test_repositories_without_truth_are_listed_with_their_outcome(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus / "commits.tsv").write_text("two/tool\t0123456789abcdef\n")
    assert run(monkeypatch, corpus, "--write", corpus / "docs" / "summary.md") == 0
    out = capsys.readouterr().out
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in out.splitlines()[2:]]
    assert [(row[0], row[1], row[2]) for row in rows] == [("one/book+shop", "", "0"), ("two/tool", "0123456789", "3")]
    assert (corpus / "docs" / "summary.md").read_text().endswith(out)


def test_a_known_repository_is_compared(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known = json.loads(crater.TRUTH.read_text())["repositories"]["digitalocean/sample-django"]["answers"]
    monkeypatch.setattr(crater, "TRUTH", corpus / "truth.json")
    truth = {"one/book+shop": {"answers": known}, "absent/repository": {"answers": known}}
    crater.TRUTH.write_text(json.dumps({"repositories": truth}))
    assert run(monkeypatch, corpus, "--show") == 1
    out = capsys.readouterr().out
    assert 'one/book+shop root_urlconf: Django "mysite.urls", doctor "bookshop.urls"' in out
    assert "| root_urlconf" in out
    assert "absent/repository" not in out


def test_a_scan_without_an_answer_is_told(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOCTOR_COLOR", "none")
    assert run(monkeypatch, corpus) == 1
    assert "one/book+shop: exit 2" in capsys.readouterr().err
