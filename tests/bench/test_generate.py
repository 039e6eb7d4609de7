"""The generated repositories are what they are meant to be."""

import ast
from pathlib import Path

import pytest

from analyzer.config import Config
from analyzer.model.evidence import Fact
from analyzer.model.report import Report
from analyzer.pipeline import analyze
from tests.bench.generate import SMALLEST, write_repository


@pytest.mark.parametrize("size", [SMALLEST, 60, 200])
def test_a_generated_repository_has_the_size_asked_for_and_can_be_scanned(tmp_path: Path, size: int) -> None:
    write_repository(tmp_path, size)
    sources = list(tmp_path.rglob("*.py"))
    assert len(sources) == size
    for source in sources:
        ast.parse(source.read_bytes())
    report = analyze(tmp_path, Config(), print)
    assert isinstance(report, Report)
    assert report.facts.repository.python_files == size
    apps = report.facts.django.installed_apps
    assert isinstance(apps, Fact)
    assert "app_000" in apps.value
    variables = {variable.name for variable in report.facts.environment}
    assert "DJANGO_SECRET_KEY" in variables
    assert ("TIMEOUT_50" in variables) == (size >= 60)
