"""The files of an image: from a path inside it back to the file of the repository that was copied there."""

import shlex
from collections.abc import Iterator
from dataclasses import field

from analyzer.facts.commands.variables import substitute
from analyzer.facts.existing.dockerfile import Dockerfile
from analyzer.facts.existing.instructions import Instruction
from analyzer.facts.existing.places import tails_of
from analyzer.model.evidence import RepoPath
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import basename, join, parent
from analyzer.snapshot.repository import RepositorySnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Mount:
    """A folder or file of the repository that is mounted in the container at `target`."""

    source: RepoPath
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copy:
    sources: tuple[str, ...]
    target: str
    into: bool
    """Whether the target is a folder that keeps the name of a copied file."""
    origin: str | None
    """The stage (or image) of `--from`."""
    stage: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFiles:
    """Where a stage of a Dockerfile has the files of the repository.

    `contexts` are the folders that may be the build context, likeliest first; mounts go before copies.
    """

    repo: RepositorySnapshot
    dockerfile: Dockerfile
    stage: int
    contexts: tuple[RepoPath, ...]
    mounts: tuple[Mount, ...] = ()
    working_dir: str | None = None
    """Given for the container, in place of the stage's own."""
    _walked: dict[int, tuple[tuple[_Copy, ...], str]] = field(default_factory=dict, compare=False, repr=False)
    """What `_walk` has found, by stage."""
    _known: dict[tuple[int, str], RepoPath | None] = field(default_factory=dict, compare=False, repr=False)
    """What `_copied` has found."""

    @property
    def start(self) -> str:
        """The working directory."""
        directory = self._walk(self.stage)[1]
        return directory if self.working_dir is None else absolute(directory, self.working_dir)

    def enter(self, directory: str, path: str) -> str:
        """The directory after `cd path`."""
        return absolute(directory, path)

    def locate(self, directory: str, path: str) -> RepoPath | None:
        """The file of the repository that `path` names in `directory`; None when no copied file fits."""
        target = absolute(directory, path)
        for mount in self.mounts:
            inside = _below(target, mount.target)
            found = None if inside is None else join(mount.source, inside)
            if found is not None and self.repo.is_file(found):
                return found
        return self._copied(self.stage, target) or self._by_tail(target)

    def _walk(self, stage: int) -> tuple[tuple[_Copy, ...], str]:
        """The copies into the image of a stage, in order, and its working directory at the end."""
        if stage not in self._walked:
            self._walked[stage] = self._walk_afresh(stage)
        return self._walked[stage]

    def _walk_afresh(self, stage: int) -> tuple[tuple[_Copy, ...], str]:
        copies, directory = list[_Copy](), "/"
        variables = {index: self.dockerfile.variables(index) for index in self.dockerfile.lineage(stage)}
        for instruction in self.dockerfile.of_stage(stage):
            known = variables.get(instruction.stage, {})
            if instruction.keyword == "WORKDIR":
                directory = absolute(directory, substitute(instruction.value.strip("'\" "), known))
            elif instruction.keyword in ("COPY", "ADD"):
                *sources, target = [substitute(word, known) for word in _words(instruction)] or [""]
                copies.append(
                    _Copy(
                        sources=tuple(sources),
                        target=absolute(directory, target),
                        into=target.endswith("/") or target in (".", "..") or len(sources) > 1,
                        origin=instruction.flag("from"),
                        stage=instruction.stage,
                    )
                )
        return tuple(copies), directory

    def _copied(self, stage: int, target: str) -> RepoPath | None:
        if (stage, target) not in self._known:
            self._known[stage, target] = self._look_up(stage, target)
        return self._known[stage, target]

    def _look_up(self, stage: int, target: str) -> RepoPath | None:
        for copy in reversed(self._walk(stage)[0]):
            for source in _sources(copy, target):
                found = self._in_context(source) if copy.origin is None else self._in_stage(copy, source)
                if found is not None:
                    return found
        return None

    def _in_context(self, source: str) -> RepoPath | None:
        for context in self.contexts:
            found = join(context, source.strip("/") or ".")
            if found is not None and self.repo.is_file(found):
                return found
        return None

    def _in_stage(self, copy: _Copy, source: str) -> RepoPath | None:
        for stage in self.dockerfile.stages:
            if stage.index < copy.stage and (copy.origin or "").lower() in (stage.name, str(stage.index)):
                return self._copied(stage.index, absolute("/", source))
        return None

    def _by_tail(self, target: str) -> RepoPath | None:
        """Without a copy that fits: the longest tail of the path that exists in a context."""
        for tail in tails_of(target):
            for context in self.contexts:
                found = join(context, tail)
                if found is not None and self.repo.is_file(found):
                    return found
        return None


def absolute(directory: str, path: str) -> str:
    """`path` seen from `directory`, without `.` and `..`."""
    found = [] if path.startswith("/") else [part for part in directory.split("/") if part]
    for part in path.split("/"):
        if part == "..":
            found = found[:-1]
        elif part not in ("", "."):
            found.append(part)
    return "/" + "/".join(found)


def _sources(copy: _Copy, target: str) -> Iterator[str]:
    """The copied paths that would be at `target` because of this COPY or ADD."""
    for source in copy.sources:
        if target == copy.target or (copy.into and target == absolute(copy.target, basename(source.rstrip("/")))):
            yield source
        inside = _below(target, copy.target)
        if inside is not None:
            folder = (parent(source) if "*" in basename(source) else source).rstrip("/")
            yield f"{folder}/{inside}"


def _below(target: str, folder: str) -> str | None:
    """The path of `target` inside `folder` ("." for the folder itself), None when it is elsewhere."""
    if target == folder:
        return "."
    prefix = folder.rstrip("/") + "/"
    return target.removeprefix(prefix) if target.startswith(prefix) else None


def _words(instruction: Instruction) -> tuple[str, ...]:
    if instruction.json_form:
        return instruction.arguments or ()
    try:
        return tuple(shlex.split(instruction.value))
    except ValueError:
        return tuple(instruction.value.split())
