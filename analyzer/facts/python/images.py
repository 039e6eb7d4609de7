"""The Python of the images that Dockerfiles build."""

import re
from collections.abc import Iterator

from analyzer.facts.dependencies.install_evidence import Weight, about_project, dockerfiles, nearness, weight_of
from analyzer.facts.existing.dockerfile import Dockerfile, read_dockerfile
from analyzer.facts.python.declaration import Declaration, Strength, declaration
from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.repository import RepositorySnapshot

_TAG = lazy_pattern(r"(?:^|[-_])(?:python|py)[-_]?v?(?P<version>\d\.\d+(?:\.\d+)?)(?!\d)")
_PLAIN_TAG = lazy_pattern(r"(?:v|\d+-)?(?P<version>\d\.\d+(?:\.\d+)?)(?![\d.])")
_INTERPRETER = lazy_pattern(r"(?<![\w.])python(?P<version>3\.\d{1,2})(?![\d.])")
_NAME = lazy_pattern(r"python-?(?P<major>3)(?P<minor>\d{1,2})$")


def image_declarations(repo: RepositorySnapshot, folders: tuple[RepoPath, ...]) -> Iterator[Declaration]:
    """The Python of the final stage of each Dockerfile of the project; images for production come first."""
    for path in dockerfiles(repo):
        dockerfile = read_dockerfile(repo, path) if about_project(repo, path, folders) else None
        found = (_python_of(dockerfile) or _python_in(repo, dockerfile)) if dockerfile is not None else None
        if found is None:
            continue
        weight = weight_of(path, Weight.IMAGE)
        strength = Strength.DEVELOPMENT_IMAGE if weight is Weight.DEVELOPMENT else Strength.IMAGE
        version, line, note = found
        # The distance orders images among themselves: production's first, then the nearest.
        elsewhere, depth = nearness(path, folders)
        distance = depth + 1_000 * elsewhere + (0 if weight is Weight.PRODUCTION else 10_000)
        yield declaration(strength, version, "Dockerfile", path, line, note, distance)


def _python_of(dockerfile: Dockerfile) -> tuple[str, int, str] | None:
    """-> (version, line, note) of the last stage that starts from an image with Python, those for production first,
    those for development last."""
    for stage in sorted(
        dockerfile.stages, key=lambda stage: (-weight_of(stage.name or "", Weight.IMAGE), -stage.index)
    ):
        root = dockerfile.stages[dockerfile.lineage(stage.index)[0]]
        version = version_of_image(root.base)
        if version is not None:
            return version, root.line, f"FROM {root.base}"
    return None


def _python_in(repo: RepositorySnapshot, dockerfile: Dockerfile) -> tuple[str, int, str] | None:
    """-> (version, line, note) of the one interpreter that the commands of the last stage name: `apt-get install
    python3.11`, `virtualenv -p python3.11`."""
    if not dockerfile.stages:
        return None
    lines = (repo.text(dockerfile.path) or "").split("\n")
    found = [
        (named["version"], number)
        for instruction in dockerfile.of_stage(dockerfile.stages[-1].index)
        if instruction.keyword == "RUN"
        for number in range(instruction.line, instruction.end_line + 1)
        for named in _INTERPRETER.finditer(lines[number - 1].partition("#")[0])
    ]
    versions = {version for version, _ in found}
    return (*found[0], f"RUN … python{found[0][0]}") if len(versions) == 1 else None


def version_of_image(image: str) -> str | None:
    """The Python version that an image's name and tag give: `python:3.12-slim` and derivatives, `…:python3.12-…`,
    `…/python-312`, `…/devcontainers/python:1-3.12`; None for `python:3`, for images without Python and for
    those that do not say."""
    reference, _, _ = image.partition("@")
    last = reference.rpartition("/")[2]
    name, _, tag = last.partition(":")
    if _is_python(name) and (plain := _PLAIN_TAG.match(tag)):
        return plain["version"]
    if tagged := _TAG.search(tag) or _TAG.search(name):
        return tagged["version"]
    named = _NAME.search(name)
    return f"{named['major']}.{named['minor']}" if named else None


def _is_python(name: str) -> bool:
    return "python" in re.split(r"[-_]", name.lower()) and "node" not in name
