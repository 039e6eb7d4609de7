"""From a path inside an image back to the file of the repository that was copied there."""

import shlex
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import partial

from analyzer.facts.commands.variables import substitute
from analyzer.facts.existing.dockerfile import Dockerfile
from analyzer.facts.existing.instructions import Instruction
from analyzer.model.evidence import RepoPath
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import basename, join, parent
from analyzer.snapshot.repository import RepositorySnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copy:
    source: str
    target: str
    into: bool
    """Whether the target is a folder that keeps the name of a copied file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    """What a WORKDIR, COPY or ADD does; `directory` is the working directory after it."""

    line: int
    directory: str
    copies: tuple[_Copy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerPaths:
    """Where the files of a build context are at one RUN instruction of a Dockerfile.

    `contexts` are the folders that may be the build context, likeliest first.
    """

    repo: RepositorySnapshot
    dockerfile: Dockerfile
    contexts: tuple[RepoPath, ...]

    def locate(self, path: str, run: Instruction) -> RepoPath | None:
        """The file of the repository that `path` names where `run` runs, None when no copied file fits."""
        directory, copies = self._state_at(run)
        target = _absolute(directory, substitute(path, self.dockerfile.variables(run.stage)))
        for copy in reversed([*copies, *_mounts(run, directory)]):
            for source in _sources_of(target, copy):
                for context in self.contexts:
                    found = join(context, source)
                    if found is not None and self.repo.is_file(found):
                        return found
        return self._by_name(target)

    def _state_at(self, run: Instruction) -> tuple[str, list[_Copy]]:
        """The working directory at `run`, and what was copied before it."""
        layers: tuple[_Layer, ...] = ()
        for stage in self.dockerfile.lineage(run.stage):
            layers = self.repo.once(
                f"layers of stage {stage}", self.dockerfile.path, partial(self._stage, stage, layers)
            )
        before = layers[: bisect_left(layers, run.line, key=lambda layer: layer.line)]
        return before[-1].directory if before else "/", [copy for layer in before for copy in layer.copies]

    def _stage(self, stage: int, inherited: tuple[_Layer, ...]) -> tuple[_Layer, ...]:
        """The layers of a stage behind those of the one that it builds on."""
        directory = inherited[-1].directory if inherited else "/"
        variables = self.dockerfile.variables(stage)
        layers = list(inherited)
        for instruction in self.dockerfile.instructions:
            if instruction.stage != stage:
                continue
            copies: tuple[_Copy, ...] = ()
            if instruction.keyword == "WORKDIR":
                directory = _absolute(directory, substitute(instruction.value.strip("'\" "), variables))
            elif instruction.keyword in ("COPY", "ADD") and instruction.flag("from") is None:
                copies = tuple(_copies(instruction, directory, variables))
            else:
                continue
            layers.append(_Layer(line=instruction.line, directory=directory, copies=copies))
        return tuple(layers)

    def _by_name(self, target: str) -> RepoPath | None:
        """Without a copy that fits (a bind mount, a copied folder of another context): the longest tail that exists."""
        parts = target.strip("/").split("/")
        for start in range(len(parts)):
            for context in self.contexts:
                found = join(context, "/".join(parts[start:]))
                if found is not None and self.repo.is_file(found):
                    return found
        return None


def _copies(instruction: Instruction, directory: str, variables: Mapping[str, str]) -> Iterator[_Copy]:
    words = (
        list(instruction.arguments) if instruction.json_form and instruction.arguments else _words(instruction.value)
    )
    *sources, target = [substitute(word, variables) for word in words] or [""]
    into = target.endswith("/") or target in (".", "..") or len(sources) > 1
    for source in sources:
        yield _Copy(source=source.strip("/"), target=_absolute(directory, target), into=into)


def _absolute(directory: str, path: str) -> str:
    found: list[str] = [] if path.startswith("/") else [part for part in directory.split("/") if part]
    for part in path.split("/"):
        if part == "..":
            found = found[:-1]
        elif part not in ("", "."):
            found.append(part)
    return "/" + "/".join(found)


def _words(value: str) -> list[str]:
    try:
        return shlex.split(value)
    except ValueError:
        return value.split()


def _sources_of(target: str, copy: _Copy) -> Iterator[str]:
    """Paths in the build context that would be at `target` because of `copy`; a copied folder gives its contents."""
    source = "." if copy.source in ("", ".") else copy.source
    if target == copy.target:
        yield source
    if copy.into and target == _absolute(copy.target, basename(source)):
        yield source
    wildcard = basename(source) if "*" in basename(source) else None
    prefix = copy.target.rstrip("/") + "/"
    if target.startswith(prefix):
        inside = target.removeprefix(prefix)
        yield f"{parent(source) if wildcard else source}/{inside}"


def _mounts(run: Instruction, directory: str) -> Iterator[_Copy]:
    for flag in run.flags:
        name, _, value = flag.partition("=")
        options = dict(option.partition("=")[::2] for option in value.split(","))
        if name == "--mount" and options.get("type") == "bind" and "from" not in options:
            target = options.get("target") or options.get("dst") or options.get("destination") or ""
            yield _Copy(
                source=options.get("source") or options.get("src") or ".",
                target=_absolute(directory, target),
                into=False,
            )
