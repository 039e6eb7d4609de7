"""Unit files of systemd (systemd.service(5), systemd.exec(5))."""

import shlex
from collections.abc import Iterator

from analyzer.facts.existing.declaration import Assigned, Declaration, Words
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.environment_files import read_environment_file
from analyzer.facts.existing.keyed_lines import KeyedLine, keyed_lines
from analyzer.facts.existing.project_files import project_files
from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.paths import basename
from analyzer.snapshot.repository import RepositorySnapshot

_NAME = lazy_pattern(r"(.+)\.service(?:\.(?:j2|jinja2?|template|tmpl|tpl|example|sample|dist|in))?")
_PREFIXES = "-@:+!|"
_BEFORE = ("ExecStartPre", "ExecCondition")


def systemd_units(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """What every service unit starts; what it runs before counts as preparation."""
    for path in project_files(repo, django_dir, lambda name: _NAME.fullmatch(name) is not None):
        lines = [line for line in keyed_lines(repo.text(path) or "") if line.section == "Service"]
        file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="systemd")
        match = _NAME.fullmatch(basename(path))
        name = match[1].rstrip("@") if match is not None else basename(path)
        environment = tuple(_environment(file, lines))
        directory = next((line.value for line in lines if line.key == "WorkingDirectory"), ".")
        place = file.place(file.place(django_dir).enter(django_dir, directory))
        for line in lines:
            if line.key in (*_BEFORE, "ExecStart") and line.value:
                yield file.declare(
                    name,
                    Words(text=line.value.lstrip(_PREFIXES).replace("%%", "%"), evidence=file.evidence(line.line)),
                    place=place,
                    prepares=line.key in _BEFORE,
                    environment=environment,
                )


def _environment(file: DeploymentFile, lines: list[KeyedLine]) -> Iterator[Assigned]:
    for line in lines:
        if line.key == "Environment":
            for pair in _split(line.value):
                name, separator, value = pair.partition("=")
                if separator:
                    yield Assigned(name=name, value=value, evidence=file.evidence(line.line))
        elif line.key == "EnvironmentFile":
            path = file.place().locate(file.folder, line.value.lstrip("-"))
            if path is not None:
                yield from read_environment_file(file.repo, path)


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:  # an unclosed quote
        return text.split()
