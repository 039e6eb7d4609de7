"""Examples of rules as repositories: their files laid over a small project that is in order."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from analyzer.cli.support import say_nothing
from analyzer.config import load_config
from analyzer.model.evidence import RepoPath
from analyzer.model.finding import Finding, RuleOutcome
from analyzer.model.report import Report
from analyzer.pipeline import analyze

PROJECT = Path(__file__).parent / "example_project"


def lay_out(folder: Path, files: Mapping[RepoPath, str | None]) -> None:
    """Write the example project to `folder`, with `files` laid over it."""
    shutil.copytree(PROJECT, folder, dirs_exist_ok=True)
    for path, text in files.items():
        place = folder / path
        if text is None:
            place.unlink()
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode("utf-16-le" if text.startswith("\ufeff") else "utf-8"))


def report_of(folder: Path, files: Mapping[RepoPath, str | None]) -> Report:
    """The report about the example project with `files` laid over it, their configuration included, in `folder`."""
    lay_out(folder, files)
    report = analyze(folder, load_config(folder), say_nothing)
    assert isinstance(report, Report)
    return report


def outcome_of(report: Report, rule: str) -> RuleOutcome:
    """What a rule said."""
    assert report.audit is not None
    return next(one.outcome for one in report.audit.results if one.rule.id == rule)


def findings_of(report: Report, rule: str) -> tuple[Finding, ...]:
    """The findings of a rule."""
    assert report.audit is not None
    return tuple(one for one in report.audit.findings if one.rule == rule)
