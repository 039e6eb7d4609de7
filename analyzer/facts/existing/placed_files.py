"""Python files that the image build puts elsewhere in the tree: `cp docker/config.py settings/config.py`."""

import shlex
from collections.abc import Iterator, Mapping

from analyzer.facts.commands.shell import split_commands
from analyzer.facts.existing.dockerfile import Dockerfile, read_dockerfile
from analyzer.facts.existing.image_files import absolute
from analyzer.facts.existing.roles import is_production
from analyzer.model.evidence import RepoPath
from analyzer.snapshot.paths import basename, join, parent
from analyzer.snapshot.repository import RepositorySnapshot

_COPIERS = frozenset({"cp", "mv", "ln", "install"})


def placed_files(repo: RepositorySnapshot, django_dir: RepoPath) -> Mapping[RepoPath, RepoPath]:
    """Where production Dockerfiles place single Python files that the tree does not have there -> the file they copy.

    Both are repository paths: the working directory of the image counts as the folder that is copied into it.
    """
    found: dict[RepoPath, RepoPath] = {}
    for path in sorted(repo.matching(lambda name: "dockerfile" in name.lower())):
        if is_production(repo, path, django_dir):
            dockerfile = read_dockerfile(repo, path)
            if dockerfile is not None:
                _read(repo, dockerfile, django_dir, found)
    return found


def _read(
    repo: RepositorySnapshot, dockerfile: Dockerfile, django_dir: RepoPath, found: dict[RepoPath, RepoPath]
) -> None:
    directory, base = "/", "/"
    for instruction in dockerfile.instructions:
        if instruction.keyword == "WORKDIR":
            directory = base = absolute(directory, instruction.value.strip("'\""))
        pairs: list[tuple[str, str]] = []
        if instruction.keyword == "RUN":
            pairs = list(_copies(instruction.script))
        elif instruction.keyword in ("COPY", "ADD") and instruction.flag("from") is None:
            try:
                words = shlex.split(instruction.value)
            except ValueError:
                continue
            pairs = [(words[0], words[1])] if len(words) == 2 and words[0].endswith(".py") else []
        for source, target in pairs:
            _place(repo, source, absolute(directory, target), base, django_dir, found)


def _copies(script: str) -> Iterator[tuple[str, str]]:
    """Source and target of the shell commands that copy, move or link one Python file."""
    for command in split_commands(script):
        if command.words and basename(command.words[0]) in _COPIERS:
            paths = [word for word in command.words[1:] if not word.startswith("-")]
            if len(paths) == 2 and ".py" in basename(paths[0]):
                yield paths[0], paths[1]


def _place(
    repo: RepositorySnapshot, source: str, target: str, base: str, django_dir: RepoPath, found: dict[RepoPath, RepoPath]
) -> None:
    if target.startswith(base.rstrip("/") + "/"):
        target = target[len(base.rstrip("/")) + 1 :]
    for folder in dict.fromkeys((".", django_dir)):
        origin = join(folder, source.lstrip("/"))
        place = join(folder, target)
        if origin is None or place is None or not repo.is_file(origin):
            continue
        if not place.endswith(".py"):
            place = join(place, basename(origin)) or place
        if not repo.is_file(place) and place != origin and repo.is_dir(parent(place)):
            found.setdefault(place, origin)
