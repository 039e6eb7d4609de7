"""Compose files: the services that run the project (compose-spec, 05-services.md and 13-merge.md)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from analyzer.facts.commands.variables import is_resolved, substitute
from analyzer.facts.existing.declaration import Assigned, Declaration, Words
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.document_values import items, scalar, yaml_command
from analyzer.facts.existing.environment_files import read_environment_file
from analyzer.facts.existing.image_files import Mount
from analyzer.facts.existing.images import Image, joined
from analyzer.facts.existing.places import Place
from analyzer.facts.existing.project_files import project_files
from analyzer.facts.existing.roles import Role, word_role
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import ProcessType
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.documents import ParseFailure, YamlNode, read_yaml
from analyzer.snapshot.paths import basename, join, parent
from analyzer.snapshot.repository import RepositorySnapshot

COMPOSE = "docker-compose"
"""The source of the declarations."""
MAX_YAML = 500
"""YAML files that are looked into, shallow ones first."""
MAX_FILES = 60
MAX_SERVICES = 200
"""Of one file."""
MAX_EXTENDED = 10
"""Services that one service extends, one through the other."""

_MARK = lazy_pattern(rb"^services:", re.MULTILINE)
_BASE_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml", "base.yml", "common.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A service as one file writes it."""

    node: YamlNode
    path: RepoPath
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Service:
    """A service as it is merged from its parts, the winning one first."""

    name: str
    parts: tuple[_Part, ...]

    def get(self, key: str) -> tuple[YamlNode, _Part] | None:
        """The value of a key, from the first part that has it."""
        return next(((node, part) for part in self.parts if (node := part.node.get(key)) is not None), None)

    def text(self, key: str) -> str:
        """The text of a key, empty when there is none."""
        found = self.get(key)
        return (found[0].text or "") if found is not None else ""


def compose_services(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """The services of every Compose file; those that run an image from elsewhere have no command of ours to follow."""
    services = _services_by_file(repo, django_dir)
    built = {name: image for name, image, _ in reversed(tuple(_images(repo, django_dir, services))) if name}
    for path, found in services.items():
        file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source=COMPOSE)
        finishing = frozenset(name for service in found for name in _awaited(service))
        for service in found:
            hint = ProcessType.RELEASE if service.name in finishing else None
            yield _declaration(file, service, built, hint)


def compose_images(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[tuple[str, Image, Evidence]]:
    """The images that services build: the name that one gets (empty without), the image, where the service stands."""
    yield from _images(repo, django_dir, _services_by_file(repo, django_dir))


def _services_by_file(repo: RepositorySnapshot, django_dir: RepoPath) -> dict[RepoPath, tuple[_Service, ...]]:
    def read() -> dict[RepoPath, tuple[_Service, ...]]:
        paths = project_files(repo, django_dir, lambda name: name.endswith((".yml", ".yaml")))
        files = (path for path in paths[:MAX_YAML] if _MARK.search((repo.read(path) or b"").replace(b"\0", b"")))
        return {path: tuple(_services(repo, path)) for path in islice(files, MAX_FILES)}

    return repo.once("services of Compose", django_dir, read)


def _services(repo: RepositorySnapshot, path: RepoPath) -> Iterator[_Service]:
    known: dict[RepoPath, dict[str, _Part]] = {path: _parts(repo, path)}
    own = known[path]
    base: dict[str, _Part] = {}
    if any(part.node.get("image") is None and part.node.get("build") is None for part in own.values()):
        name = next((n for n in _BASE_NAMES if n != basename(path) and repo.is_file(join(parent(path), n) or "")), None)
        base = _parts(repo, join(parent(path), name) or path) if name is not None else {}
    for name, part in own.items():
        parts = _extended(repo, name, part, known)
        completes = not any(p.node.get("image") is not None or p.node.get("build") is not None for p in parts)
        if completes and name in base:
            parts += _extended(repo, name, base[name], known)
        yield _Service(name=name, parts=parts)


def _parts(repo: RepositorySnapshot, path: RepoPath) -> dict[str, _Part]:
    document = read_yaml(repo, path)
    if document is None or isinstance(document, ParseFailure) or document.root is None:
        return {}
    services = items(document.root, "services")
    first = islice(((name, node, line) for name, node, line in services if node.is_mapping), MAX_SERVICES)
    return {name: _Part(node=node, path=path, line=line) for name, node, line in first}


def _extended(
    repo: RepositorySnapshot, name: str, part: _Part, known: dict[RepoPath, dict[str, _Part]]
) -> tuple[_Part, ...]:
    """The part and those that it extends; `known` are the files that are read already."""
    found, seen = [part], {(part.path, name)}
    while (node := found[-1].node.get("extends")) is not None:
        file = node.get("file")
        path = found[-1].path if file is None else join(parent(found[-1].path), file.text or "")
        service = node.get("service") or node
        name = service.text or ""
        if path is not None and path not in known:
            known[path] = _parts(repo, path)
        extended = known.get(path or "", {}).get(name)
        if path is None or extended is None or (path, name) in seen or len(found) > MAX_EXTENDED:
            break
        seen.add((path, name))
        found.append(extended)
    return tuple(found)


def _images(
    repo: RepositorySnapshot, django_dir: RepoPath, services: dict[RepoPath, tuple[_Service, ...]]
) -> Iterator[tuple[str, Image, Evidence]]:
    for path, group in services.items():
        file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source=COMPOSE)
        for service in group:
            image = _build(file, service)
            if image is not None:
                yield service.text("image"), image, file.evidence(service.parts[0].line)


def _build(file: DeploymentFile, service: _Service) -> Image | None:
    """The image that the service builds."""
    found = service.get("build")
    if found is None:
        return None
    node, part = found
    context = substitute((node.text if node.is_scalar else scalar(node, "context")) or ".", {})
    folder = join(parent(part.path), context)
    dockerfile = substitute(scalar(node, "dockerfile") or "Dockerfile", {})
    path = None if folder is None else join(folder, dockerfile)
    if folder is None or path is None or not file.repo.is_file(path):
        return None
    return file.image(dockerfile, folder, scalar(node, "target") or None)


def _declaration(
    file: DeploymentFile, service: _Service, built: dict[str, Image], hint: ProcessType | None
) -> Declaration:
    image = _build(file, service) or built.get(service.text("image"))
    entrypoint, command = _words(file, service, "entrypoint"), _words(file, service, "command")
    started = joined(entrypoint, command) if image is None else image.starts(entrypoint, command)
    place: Place = file.place()
    if image is not None:
        place = image.files(tuple(_mounts(file.repo, service)), service.text("working_dir") or None)
    given = () if image is None else image.environment
    profiles = service.get("profiles")
    words = [element.text or "" for element in profiles[0].elements()] if profiles is not None else []
    return file.declare(
        service.name,
        started,
        line=service.parts[0].line,
        place=place,
        hint=hint,
        environment=(*given, *_environment_files(file.repo, service), *_environment(service)),
        production=not words or not all(word_role(word) is Role.DEVELOPMENT for word in words),
    )


def _awaited(service: _Service) -> Iterator[str]:
    """The services that must have ended successfully before this one starts."""
    found = service.get("depends_on")
    for name, node, _ in items(found[0]) if found is not None else ():
        if scalar(node, "condition") == "service_completed_successfully":
            yield name


def _words(file: DeploymentFile, service: _Service, key: str) -> Words | None:
    found = service.get(key)
    words = None if found is None else yaml_command(file.repo, found[1].path, found[0])
    return None if words is None else replace(words, text=words.text.replace("$$", "$"))


def _environment(service: _Service) -> Iterator[Assigned]:
    """`environment` as a mapping or as a list; a reference without a default counts as not known."""
    for part in reversed(service.parts):
        node = part.node.get("environment")
        if node is None:
            continue
        for name, value, line in items(node):
            yield _assigned(name, value.text, part.path, line)
        for element in node.elements():
            name, separator, text = (element.text or "").partition("=")
            if name:
                yield _assigned(name, text if separator else None, part.path, element.line)


def _assigned(name: str, value: str | None, path: RepoPath, line: int) -> Assigned:
    known = None if value is None else substitute(value, {})
    return Assigned(
        name=name,
        value=known if known is not None and is_resolved(known) else None,
        evidence=Evidence(path=path, line=line),
    )


def _environment_files(repo: RepositorySnapshot, service: _Service) -> Iterator[Assigned]:
    found = service.get("env_file")
    if found is None:
        return
    node, part = found
    for element in node.elements() or [node]:
        named = element.get("path") or element
        path = join(parent(part.path), named.text or "")
        if path is not None and repo.is_file(path):
            yield from read_environment_file(repo, path)


def _mounts(repo: RepositorySnapshot, service: _Service) -> Iterator[Mount]:
    """Folders and files of the repository that the service mounts."""
    found = service.get("volumes")
    if found is None:
        return
    node, part = found
    for element in node.elements():
        source, target = element.get("source"), element.get("target")
        if source is not None and target is not None:
            pair = (source.text or "", target.text or "")
        else:
            words = substitute(element.text or "", {}).split(":")
            pair = (words[0], words[1]) if len(words) > 1 else ("", "")
        path = join(parent(part.path), pair[0]) if pair[0][:1] == "." else None
        if path is not None and (repo.is_dir(path) or repo.is_file(path)):
            yield Mount(source=path, target=pair[1].rstrip("/") or "/")
