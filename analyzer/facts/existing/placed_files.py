"""Python files that the image build puts elsewhere in the tree: `cp docker/config.py settings/config.py`."""

import re
import shlex
from collections.abc import Iterator

from analyzer.facts.commands.shell import split_commands
from analyzer.facts.existing.dockerfile import Dockerfile, read_dockerfile
from analyzer.facts.existing.image_files import absolute
from analyzer.facts.existing.instructions import Instruction
from analyzer.facts.existing.roles import is_production
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.project_code import PlacedFile
from analyzer.snapshot.paths import basename, join, parent
from analyzer.snapshot.repository import RepositorySnapshot

_COPIERS = frozenset({"cp", "mv", "ln", "install"})


def placed_files(repo: RepositorySnapshot, django_dir: RepoPath) -> tuple[PlacedFile, ...]:
    """The single Python files that production Dockerfiles place where the tree has none, by their places.

    The working directory of the image counts as the folder that is copied into it.
    """
    found: dict[RepoPath, PlacedFile] = {}
    for path in sorted(repo.matching(lambda name: "dockerfile" in name.lower())):
        if is_production(repo, path, django_dir):
            dockerfile = read_dockerfile(repo, path)
            for one in _placed(repo, dockerfile, django_dir) if dockerfile is not None else ():
                found.setdefault(one.place, one)
    return tuple(found[place] for place in sorted(found))


def _placed(repo: RepositorySnapshot, dockerfile: Dockerfile, django_dir: RepoPath) -> Iterator[PlacedFile]:
    directory, base = "/", "/"
    for instruction in dockerfile.instructions:
        if instruction.keyword == "WORKDIR":
            directory = base = absolute(directory, instruction.value.strip("'\""))
        for source, target in _pairs(instruction):
            line = instruction.line_of(re.compile(rf"{re.escape(source)}['\"]?\s+['\"]?{re.escape(target)}"))
            evidence = Evidence(path=dockerfile.path, line=line or instruction.line, note=f"{source} -> {target}")
            inside = absolute(directory, target).removeprefix(base.rstrip("/") + "/")
            for place, origin in _places(repo, source, inside, django_dir):
                yield PlacedFile(place=place, origin=origin, evidence=evidence)


def _pairs(instruction: Instruction) -> list[tuple[str, str]]:
    """Source and target of each Python file that the instruction copies, as written."""
    if instruction.keyword == "RUN":
        return list(_copies(instruction.script))
    if instruction.keyword not in ("COPY", "ADD") or instruction.flag("from") is not None:
        return []
    try:
        words = shlex.split(instruction.value)
    except ValueError:
        return []
    return [(words[0], words[1])] if len(words) == 2 and any(word.endswith(".py") for word in words) else []


def _copies(script: str) -> Iterator[tuple[str, str]]:
    """Source and target of the shell commands that copy, move or link one Python file."""
    for command in split_commands(script):
        if command.words and basename(command.words[0]) in _COPIERS:
            paths = [word for word in command.words[1:] if not word.startswith("-")]
            if len(paths) == 2 and ".py" in basename(paths[0]):
                yield paths[0], paths[1]


def _places(
    repo: RepositorySnapshot, source: str, target: str, django_dir: RepoPath
) -> Iterator[tuple[RepoPath, RepoPath]]:
    """-> (place, origin) where the repository has the file, and the folder that it goes to."""
    for folder in dict.fromkeys((".", django_dir)):
        origin = join(folder, source.lstrip("/"))
        place = join(folder, target)
        if origin is None or place is None or not repo.is_file(origin):
            continue
        if not place.endswith(".py"):
            place = join(place, basename(origin)) or place
        if not repo.is_file(place) and place != origin and repo.is_dir(parent(place)):
            yield place, origin
