"""Stand-ins: images under the names of official ones, made of Debian's packages where no image registry is at hand.

An image carries a label with a digest of all that it was made of, so a second run leaves it alone and a changed recipe
builds it anew.
"""

import hashlib
import re
import tarfile
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from docker import DockerClient
from docker.errors import APIError, BuildError, ImageNotFound

from tests.engine import bases, machine
from tests.engine.daemon import EngineError, tail

LABEL = "cnb-doctor.stand-in"
HERE = Path(__file__).parent
TABLE: Mapping[str, Any] = tomllib.loads((HERE / "stand_ins.toml").read_text(encoding="utf-8"))
USUAL: tuple[str, ...] = tuple(TABLE["usual"])

BASE = re.compile(r"debian:(?P<suite>bookworm|trixie)-slim")
PYTHON = re.compile(r"python:(?P<version>3\.\d+)-slim-(?P<suite>bookworm|trixie)")
NODE = re.compile(r"node:(?P<version>\d+)-slim")

# What the official images leave out of CPython: its tests, its editor, what embeds it, and caches; pip comes anew.
LEFT_OUT = re.compile(r"test|idlelib|site-packages|config-.*|__pycache__")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How one image is made: folders of its Dockerfile and what that copies, base, build arguments, CPython's tree."""

    folders: tuple[Path, ...]
    base: str
    arguments: Mapping[str, str]
    tree: Path | None = None


def recipe_of(name: str) -> Recipe | None:
    """How the image `name` is made upon another; None for a base. Raises EngineError for a name without a recipe."""
    if BASE.fullmatch(name):
        return None
    if service := TABLE["services"].get(name):
        if base := service.get("base"):
            folder = HERE / "recipes" / service["recipe"]
            return Recipe(folders=(folder,), base=base, arguments=service["arguments"])
        return _upon_debian(service["suite"], service.get("arguments", {}), service["recipe"])
    if node := NODE.fullmatch(name):
        folder = HERE / "recipes/node"
        return Recipe(folders=(folder,), base="python:3.11-slim-bookworm", arguments={"VERSION": node["version"]})
    if python := PYTHON.fullmatch(name):
        version, suite = python["version"], python["suite"]
        if name in TABLE["python"]:
            arguments = {"VERSION": version, **TABLE["python"][name]}
            return _upon_debian(suite, arguments, "python-debian", "python-shared")
        if tree := machine.python_tree(version):
            return _upon_debian(suite, {"VERSION": version}, "python-tree", "python-shared", tree=tree)
        raise EngineError(f"{name}: neither Debian {suite} nor pyenv of this machine has Python {version}")
    raise EngineError(f"{name}: there is no recipe for an image of this name")


def chain(name: str) -> tuple[str, ...]:
    """The images that `name` is built upon, from the base on, and itself. Raises EngineError as `recipe_of`."""
    recipe = recipe_of(name)
    return (*chain(recipe.base), name) if recipe else (name,)


def exists(client: DockerClient, name: str) -> bool:
    """Whether the engine has an image of this name, whoever made it."""
    try:
        client.images.get(name)
    except ImageNotFound:
        return False
    return True


def make(client: DockerClient, name: str) -> bool:
    """Make the image `name` upon its base, which exists; whether there was anything to do.

    Raises EngineError where it cannot be made.
    """
    recipe = recipe_of(name)
    digest = _digest(client, name, recipe)
    if _label(client, name) == digest:
        return False
    if recipe:
        _build(client, name, recipe, digest)
    else:
        bases.make(client, _suite(name), f"{LABEL}={digest}")
    return True


def _upon_debian(suite: str, arguments: Mapping[str, str], *folders: str, tree: Path | None = None) -> Recipe:
    return Recipe(
        folders=tuple(HERE / "recipes" / folder for folder in folders),
        base=f"debian:{suite}-slim",
        arguments={"SUITE": suite, **arguments},
        tree=tree,
    )


def _build(client: DockerClient, name: str, recipe: Recipe, digest: str) -> None:
    try:
        with tempfile.TemporaryFile() as context:
            _write_context(recipe, context)
            context.seek(0)
            client.images.build(
                fileobj=context,
                custom_context=True,
                tag=name,
                buildargs=dict(recipe.arguments),
                labels={LABEL: digest},
                rm=True,
                forcerm=True,
            )
    except BuildError as error:
        output = "".join(line.get("stream", "") for line in error.build_log)
        raise EngineError(f"{name}: {error.msg}\n{tail(output)}") from None
    except APIError as error:
        raise EngineError(f"{name}: {error.explanation}") from None


def _write_context(recipe: Recipe, output: IO[bytes]) -> None:
    """Write the build context as a tar file: the files of the recipe, and the tree of CPython as `tree`."""
    with tarfile.open(fileobj=output, mode="w") as archive:
        for path in _files(recipe):
            archive.add(path, arcname=path.name)
        if recipe.tree:
            version = recipe.arguments["VERSION"]
            archive.add(recipe.tree / f"bin/python{version}", arcname=f"tree/bin/python{version}")
            for folder in ("include", "lib"):
                archive.add(recipe.tree / folder, arcname=f"tree/{folder}", filter=_wanted)


def _wanted(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if any(map(LEFT_OUT.fullmatch, Path(member.name).parts)) else member


def _digest(client: DockerClient, name: str, recipe: Recipe | None) -> str:
    """A digest of all that the image is made of, its base included, without its being made."""
    parts: tuple[object, ...]
    if recipe:
        texts = [path.read_text(encoding="utf-8") for path in _files(recipe)]
        parts = (_label(client, recipe.base), sorted(recipe.arguments.items()), recipe.tree, texts)
    else:
        parts = bases.ingredients(_suite(name))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _suite(base: str) -> str:
    return base.removeprefix("debian:").removesuffix("-slim")


def _files(recipe: Recipe) -> list[Path]:
    return sorted(path for folder in recipe.folders for path in folder.iterdir() if path.is_file())


def _label(client: DockerClient, name: str) -> str | None:
    """The digest that an image was made with; None where there is no such image or somebody else made it."""
    try:
        return client.images.get(name).labels.get(LABEL)
    except ImageNotFound:
        return None
