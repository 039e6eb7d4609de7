"""Process managers with INI files: supervisor (`[program:name]`) and Circus (`[watcher:name]`)."""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import replace

from analyzer.facts.existing.declaration import Assigned, Declaration, Words
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.keyed_lines import KeyedLine, keyed_lines
from analyzer.facts.existing.project_files import project_files
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.paths import join
from analyzer.snapshot.repository import RepositorySnapshot

_ENDINGS = (
    ".conf",
    ".ini",
    ".supervisor",
    ".sup",
    ".cfg",
    ".conf.j2",
    ".ini.j2",
    ".conf.template",
    ".conf.example",
    ".tmpl",
)
_SECTION = lazy_pattern(rb"^[ \t]*\[(?:program|watcher):", re.MULTILINE)
_COMMENT = lazy_pattern(r"\s[;#].*$")
_EXPANSION = lazy_pattern(r"%\(ENV_(\w+)\)s")
_COMMANDS = {"program": "command", "watcher": "cmd"}
_SOURCES = {"program": "supervisor", "watcher": "circus"}


def managed_programs(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """The programs of every configuration; one that does not start by itself counts as for development."""
    for path in project_files(repo, django_dir, lambda name: name.endswith(_ENDINGS)):
        if not _SECTION.search(repo.read(path) or b""):
            continue
        sections: dict[str, dict[str, KeyedLine]] = {}
        for line in keyed_lines(repo.text(path) or "", indented=True):
            plain = replace(line, value=_COMMENT.sub("", line.value))
            sections.setdefault(line.section, {})[line.key] = plain
        shared = tuple(_environment(path, sections.get("supervisord", {})))
        for section, keys in sections.items():
            kind, _, name = section.partition(":")
            if kind in _COMMANDS and _COMMANDS[kind] in keys:
                file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source=_SOURCES[kind])
                environment = (
                    *shared,
                    *_environment(path, keys),
                    *_section_environment(path, sections.get(f"env:{name}", {})),
                )
                yield _program(file, name.strip(), keys[_COMMANDS[kind]], keys, environment)


def _program(
    file: DeploymentFile,
    name: str,
    command: KeyedLine,
    keys: Mapping[str, KeyedLine],
    environment: tuple[Assigned, ...],
) -> Declaration:
    text = _EXPANSION.sub(r"$\1", command.value)
    arguments = keys.get("args")
    if file.source == "circus" and arguments is not None:
        text = f"{text} {arguments.value}"
    directory = next((keys[key].value for key in ("directory", "working_dir") if key in keys), "")
    folder = join(file.django_dir, directory) if directory else None
    automatic = keys["autostart"].value.lower() if "autostart" in keys else "true"
    return file.declare(
        name,
        Words(text=text.replace("%%", "%"), evidence=file.evidence(command.line)),
        place=file.place(folder if folder is not None and file.repo.is_dir(folder) else file.django_dir),
        environment=environment,
        production=automatic not in ("false", "no", "0", "off"),
    )


def _environment(path: RepoPath, keys: Mapping[str, KeyedLine]) -> Iterator[Assigned]:
    """`environment=A="1",B=2`."""
    line = keys.get("environment") or keys.get("env")
    if line is None:
        return
    lexer = shlex.shlex(line.value, posix=True, punctuation_chars="")
    lexer.whitespace, lexer.whitespace_split, lexer.commenters = ", \t", True, ""
    try:
        pairs = list(lexer)
    except ValueError:  # an unclosed quote
        pairs = line.value.split(",")
    for pair in pairs:
        name, separator, value = pair.partition("=")
        if separator:
            text = _EXPANSION.sub(r"$\1", value.strip())
            yield Assigned(name=name.strip(), value=text, evidence=Evidence(path=path, line=line.line))


def _section_environment(path: RepoPath, keys: Mapping[str, KeyedLine]) -> Iterator[Assigned]:
    """Circus' `[env:name]`."""
    for name, line in keys.items():
        yield Assigned(name=name, value=line.value, evidence=Evidence(path=path, line=line.line))
