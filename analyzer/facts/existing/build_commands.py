"""Builds of images that files of a repository command: `docker build`, and the action docker/build-push-action."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from analyzer.facts.commands.shell import split_commands
from analyzer.facts.existing.container_images import is_dockerfile_name
from analyzer.facts.existing.document_values import child, content_line, elements, items, scalar, yaml_root
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import parent
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.tables import load_table

MAX_FILES = 200
"""Files that are looked into, shallow ones first."""
MAX_COMMANDS = 20
"""Of one file."""
MAX_LINES = 40
"""Of one command."""

_FILE = lazy_pattern(r"(?:GNU)?makefile|justfile|.+\.(?:mk|sh|bash|ya?ml)", re.IGNORECASE)
_BUILDS = lazy_pattern(rb"(?:docker|podman)[ \t/]+(?:buildx[ \t]+|image[ \t]+)?build")
_COMMAND = lazy_pattern(r"(?:docker|podman)[ \t]+(?:buildx[ \t]+|image[ \t]+)?build[ \t]")
_EXPRESSION = lazy_pattern(r"\$\{\{.*?\}\}")
"""Of GitHub."""
_COMMENT = lazy_pattern(r"^[ \t]*#+[ \t]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildCommand:
    """A build as it is written: `file` and `context` are paths for whoever runs it, `file` None where none is named."""

    names: tuple[str, ...]
    context: str
    file: str | None
    target: str | None
    evidence: Evidence


def _table() -> Mapping[str, Any]:
    return load_table("analyzer.facts.existing", "docker_build")


def build_commands(repo: RepositorySnapshot) -> Iterator[BuildCommand]:
    """The builds of Makefiles, shell scripts, CI configurations, and of the comments that tell how a Dockerfile is
    built, in the order of the files."""
    paths = repo.matching(lambda name: _FILE.fullmatch(name) or is_dockerfile_name(name))
    for path in sorted(paths, key=lambda path: (path.count("/"), path))[:MAX_FILES]:
        if _BUILDS.search((repo.read(path) or b"").replace(b"\0", b"")):
            yield from islice(_of_file(repo, path), MAX_COMMANDS)


def _of_file(repo: RepositorySnapshot, path: RepoPath) -> Iterator[BuildCommand]:
    lines = (repo.text(path) or "").split("\n")
    for index, line in enumerate(lines):
        match = _COMMAND.search(line)
        if match is not None:
            text = _joined([line[match.start() :], *lines[index + 1 : index + MAX_LINES]])
            yield from _of_text(text, Evidence(path=path, line=index + 1))
    if path.endswith((".yml", ".yaml")) and parent(path) == ".github/workflows":
        yield from _of_workflow(repo, path)


def _joined(lines: list[str]) -> str:
    """The first line and those that continue it, without the marks of comments."""
    parts: list[str] = []
    for line in lines:
        text = _COMMENT.sub("", line).rstrip()
        parts.append(text.removesuffix("\\").rstrip("`"))
        if not text.endswith("\\"):
            break
    return " ".join(parts)


def _of_text(text: str, evidence: Evidence) -> Iterator[BuildCommand]:
    command = next(iter(split_commands(text)), None)
    words = list(command.words) if command is not None else []
    words = words[words.index("build") + 1 :] if "build" in words else []
    values: dict[str, list[str]] = {}
    context: str | None = None
    while words:
        option, separator, value = words.pop(0).partition("=")
        if not option.startswith("-"):
            context = context or option + separator + value
        elif option not in _table()["options_without_value"] and (separator or words):
            values.setdefault(option, []).append(value if separator else words.pop(0))
    if context is not None:
        yield BuildCommand(
            names=_of(values, "name"),
            context=context,
            file=next(iter(_of(values, "file")), None),
            target=next(iter(_of(values, "target")), None),
            evidence=evidence,
        )


def _of(values: Mapping[str, list[str]], key: str) -> tuple[str, ...]:
    return tuple(value for option in _table()[key] for value in values.get(option, ()))


def _of_workflow(repo: RepositorySnapshot, path: RepoPath) -> Iterator[BuildCommand]:
    """The steps of a GitHub workflow that use the action."""
    for _, job, _ in items(yaml_root(repo, path), "jobs"):
        for step in elements(job, "steps"):
            tags = child(step, "with", "tags")
            if scalar(step, "uses").partition("@")[0] == _table()["action"] and tags is not None:
                yield BuildCommand(
                    names=tuple(re.split(r"[\s,]+", _EXPRESSION.sub("${{}}", tags.text or "").strip())),
                    context=scalar(step, "with", "context") or ".",
                    file=scalar(step, "with", "file") or None,
                    target=scalar(step, "with", "target") or None,
                    evidence=Evidence(path=path, line=content_line(repo, path, tags)),
                )
