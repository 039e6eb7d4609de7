"""Debian packages that files of the repository name: package lists, platform files and the production Dockerfile."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, TypeAlias

from analyzer.facts.commands.shell import split_commands
from analyzer.facts.commands.variables import is_resolved, substitute
from analyzer.facts.commands.wrappers import unwrap
from analyzer.facts.existing.compose import compose_images
from analyzer.facts.existing.container_images import is_dockerfile_name
from analyzer.facts.existing.dockerfile import Stage
from analyzer.facts.existing.images import Image, find_image
from analyzer.facts.existing.instructions import Instruction
from analyzer.facts.existing.named_images import NamedImage, image_called, named_images
from analyzer.facts.existing.project_files import named_files, project_files
from analyzer.facts.existing.roles import Role, role_of
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import SystemPackage
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import JsonDocument, TomlDocument, read_json, read_toml
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.tables import load_table

_PACKAGE = lazy_pattern(r"[a-z0-9][a-z0-9+.-]+(?=(?::[a-z0-9]+)?(?:[=/].*)?$)")
"""A package's name before its architecture, version or release."""

MAX_PACKAGES = 500
"""Packages of one instruction, and of all; no image that runs somewhere comes near."""

MAX_BASES = 5
"""Images of the repository below each other."""

Installed: TypeAlias = tuple[tuple[SystemPackage, bool], ...]
"""Packages, and whether each is for the build only."""
Packages: TypeAlias = tuple[tuple[SystemPackage, ...], tuple[SystemPackage, ...]]


def declared_packages(repo: RepositorySnapshot, django_dir: RepoPath) -> Packages:
    """-> (build packages, run packages), each because of the file that names it.

    A compiler or headers are for the build wherever they are named, and so is what the Dockerfile installs in an
    earlier stage or removes again. Of several Dockerfiles the first one for production that is about Python counts,
    and with it those of the repository that build the images it starts from. Names are those of the distribution that
    the file is for.
    """
    build, run = list[SystemPackage](), list[SystemPackage]()
    listed = islice(_lists(repo, django_dir), MAX_PACKAGES)
    for package, for_build in (*listed, *_keys(repo, django_dir), *_dockerfile(repo, django_dir)):
        (build if for_build or _is_build_only(package.package) else run).append(package)
    return tuple(build), tuple(run)


def _table() -> Mapping[str, Any]:
    return load_table("analyzer.facts.existing", "apt")


def _is_build_only(package: str) -> bool:
    return package.endswith("-dev") or package in _table()["build_only"]


def _package(text: str, path: RepoPath, line: int) -> SystemPackage | None:
    """None for what is no package of the archive: an address, a file, a pattern."""
    match = _PACKAGE.match(text)
    if match is None:
        return None
    return SystemPackage(package=match[0], because=path, evidence=Evidence(path=path, line=line))


def _lists(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[tuple[SystemPackage, bool]]:
    for path in named_files(repo, django_dir, *_table()["lists"], beside=False):
        for number, line in enumerate((repo.text(path) or "").split("\n"), 1):
            # A line of an Aptfile that begins with a colon adds an archive.
            for word in () if line.startswith(":") else line.partition("#")[0].split():
                package = _package(word, path, number)
                if package is not None:
                    yield package, False


def _keys(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[tuple[SystemPackage, bool]]:
    for row in _table()["keys"]:
        for path in named_files(repo, django_dir, row["file"], beside=False):
            document = read_json(repo, path) if path.endswith(".json") else read_toml(repo, path)
            if not isinstance(document, JsonDocument | TomlDocument):
                continue
            value: object = document.data
            for key in row["path"]:
                value = value.get(key) if isinstance(value, dict) else None
            for entry in value if isinstance(value, list) else ():
                name = entry.get("name") if isinstance(entry, dict) else entry
                package = _package(str(name), path, document.line_of(*row["path"]))
                if package is not None:
                    yield package, row.get("build", False)


def _dockerfile(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[tuple[SystemPackage, bool]]:
    found: dict[Role, Image] = {}
    built = [image.dockerfile.path for _, image, _ in compose_images(repo, django_dir)]
    for path in dict.fromkeys((*project_files(repo, django_dir, is_dockerfile_name), *built)):
        role = role_of(repo, path, django_dir)
        image = find_image(repo, path, ()) if role not in found else None
        if image is not None and _is_python(image):
            found[role] = image
    image = found.get(Role.PRODUCTION) or found.get(Role.UNSTATED)
    return iter(()) if image is None else iter(_Installed(repo, named_images(repo, django_dir)).by(image))


def _is_python(image: Image) -> bool:
    words = "|".join(re.escape(word) for word in _table()["python_words"])
    mention = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")
    return any(mention.search(i.script) for i in image.dockerfile.of_stage(image.stage) if i.keyword != "FROM")


class _Installed:
    """What images install; `named` are those of the repository that a stage may start from."""

    def __init__(self, repo: RepositorySnapshot, named: tuple[NamedImage, ...]) -> None:
        self.repo = repo
        self.named = named
        self.known: dict[tuple[RepoPath, int], Installed] = {}
        """By Dockerfile and stage; nothing for an image that is being read, so that none waits for itself."""

    def by(self, image: Image, below: int = 0) -> Installed:
        """In order, that of the images that this one starts from first, `below` how many start from it.

        What the final image removes again is for the build.
        """
        key = (image.dockerfile.path, image.stage)
        if key not in self.known:
            self.known[key] = ()
            self.known[key] = tuple(self._read(image, below).values())
        return self.known[key]

    def _read(self, image: Image, below: int) -> dict[str, tuple[SystemPackage, bool]]:
        path = image.dockerfile.path
        lines = (self.repo.text(path) or "").split("\n")
        final = frozenset(image.dockerfile.lineage(image.stage))
        found: dict[str, tuple[SystemPackage, bool]] = {}
        for stage in image.dockerfile.stages[: image.stage + 1]:
            for package, for_build in self._of_base(path, stage, below):
                for_build = for_build or stage.index not in final
                if len(found) < MAX_PACKAGES and (package.package not in found or not for_build):
                    found[package.package] = (package, for_build)
        variables = {index: image.dockerfile.variables(index) for index in range(image.stage + 1)}
        for instruction in image.dockerfile.instructions:
            if instruction.keyword != "RUN" or instruction.stage > image.stage:
                continue
            for removes, word in islice(_apt_words(instruction, variables.get(instruction.stage, {})), MAX_PACKAGES):
                named = _package(word, path, _line_of(word, lines, instruction))
                if named is None or len(found) >= MAX_PACKAGES:
                    continue
                name, for_build = named.package, removes or instruction.stage not in final
                if removes and name in found:
                    found[name] = (found[name][0], True)
                elif not removes and (name not in found or not for_build):
                    found[name] = (named, for_build)
        return found

    def _of_base(self, path: RepoPath, stage: Stage, below: int) -> Iterator[tuple[SystemPackage, bool]]:
        """What the image installs that a stage of the Dockerfile at `path` starts from, if the repository builds it."""
        base = image_called(self.named, stage.base) if stage.parent is None and below < MAX_BASES else None
        for package, for_build in self.by(base.image, below + 1) if base is not None else ():
            note = package.evidence.note or f"{path}:{stage.line} starts from {stage.base}"
            yield replace(package, evidence=replace(package.evidence, note=note)), for_build


def _apt_words(instruction: Instruction, variables: Mapping[str, str]) -> Iterator[tuple[bool, str]]:
    """-> (whether it is removed, word that names a package)"""
    script = " ".join(instruction.arguments or ()) if instruction.json_form else instruction.script
    known = dict(variables)
    for command in split_commands(script):
        known |= {name: substitute(value, known) for name, value in command.assignments}
        words = unwrap(command.words, command.raw).words
        if not words or words[0].rsplit("/", 1)[-1] not in _table()["programs"]:
            continue
        rest = [word for text in _arguments(words[1:]) for word in _expanded(text, known)]
        action = rest[0] if rest else ""
        for word in rest[1:] if action in (*_table()["install"], *_table()["remove"]) else ():
            yield action in _table()["remove"], word


def _arguments(words: Iterable[str]) -> Iterator[str]:
    """The words that are neither options nor their values."""
    is_value = False
    for word in words:
        if not is_value and not word.startswith("-"):
            yield word
        is_value = not is_value and word in _table()["options_with_value"]


def _expanded(word: str, variables: Mapping[str, str]) -> list[str]:
    """The words that a shell makes of one with variables; none of quoted text or where a command would have to run."""
    text = substitute(word, variables)
    if any(character.isspace() for character in word):
        return []
    return text.replace("\\", " ").split() if is_resolved(text) else []


def _line_of(word: str, lines: list[str], instruction: Instruction) -> int:
    """The line of the instruction, or of a variable above it, that names the package."""
    sought = re.compile(rf"(?<![\w.+-]){re.escape(word)}(?![\w.+-])")
    above = range(instruction.line - 2, max(-1, instruction.line - MAX_PACKAGES), -1)
    line = instruction.line_of(sought)
    return line or next((n + 1 for n in above if sought.search(lines[n])), instruction.line)
