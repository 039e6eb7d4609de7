"""Heroku's files: Procfile, app.json, heroku.yml (devcenter.heroku.com: procfile, app-json-schema, build-docker-images)."""

import re
from collections.abc import Iterator

from analyzer.facts.existing.declaration import Assigned, Declaration
from analyzer.facts.existing.document_values import at, child, yaml_assignments, yaml_command, yaml_root
from analyzer.facts.existing.places import RepositoryPlace
from analyzer.facts.existing.project_files import named_files, project_files
from analyzer.facts.existing.roles import is_production
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import ProcessType
from analyzer.snapshot.documents import JsonDocument, read_json
from analyzer.snapshot.paths import parent
from analyzer.snapshot.repository import RepositorySnapshot

PROCFILE_LINE = re.compile(r"^([A-Za-z0-9_-]+):\s*(.+)$")
"""A process type of a Procfile; Heroku leaves other lines out silently."""

_NEAR_MISS = re.compile(r"^\s*([A-Za-z0-9_-]+)(\s+:|:)\s*(.+)$")
_FIRM = {"web": ProcessType.WEB, "release": ProcessType.RELEASE}


def procfiles(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """The process types of every Procfile (and of `Procfile.dev` and its like, which are for development)."""
    for path in project_files(repo, django_dir, lambda name: re.fullmatch(r"Procfile([._-]\w+)?", name) is not None):
        if path.endswith((".sh", ".py", ".md", ".txt")):
            continue
        yield from read_procfile(repo, django_dir, path)


def read_procfile(repo: RepositorySnapshot, django_dir: RepoPath, path: RepoPath) -> Iterator[Declaration]:
    """The process types of one Procfile, in order; a line that Heroku's rule does not accept says so in its note."""
    place = RepositoryPlace(repo=repo, folder=parent(path), others=(django_dir,))
    for number, line in enumerate((repo.text(path) or "").lstrip("\ufeff").split("\n"), 1):
        accepted = PROCFILE_LINE.match(line)
        near = None if accepted else _NEAR_MISS.match(line)
        match = accepted or near
        if match is None:
            continue
        name = match[1]
        note = "" if accepted else "not a process by Heroku's rule: white space before the name or the colon"
        yield Declaration(
            name=name,
            source="Procfile",
            command=match[2 if accepted else 3].strip(),
            evidence=Evidence(path=path, line=number, note=note),
            place=place,
            hint=_FIRM.get(name),
            firm=name in _FIRM,
            production=is_production(repo, path, django_dir),
        )


def app_json(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """Deploy scripts and environment of app.json (Heroku's keys and Dokku's)."""
    for path in named_files(repo, django_dir, "app.json", beside=False):
        document = read_json(repo, path)
        if not isinstance(document, JsonDocument) or not isinstance(document.data, dict):
            continue
        place = RepositoryPlace(repo=repo, folder=parent(path), others=(django_dir,))
        environment = tuple(_app_json_environment(document))
        for keys in (("scripts", "postdeploy"), ("scripts", "dokku", "predeploy"), ("scripts", "dokku", "postdeploy")):
            command = at(document.data, *keys)
            if isinstance(command, dict):
                command = command.get("command")
            if isinstance(command, str):
                evidence = Evidence(path=path, line=document.line_of(*keys))
                yield Declaration(
                    name=keys[-1], source="app.json", command=command, evidence=evidence, place=place, hint=ProcessType.RELEASE
                )
        if environment:
            evidence = environment[0].evidence
            yield Declaration(
                name="app", source="app.json", command="", evidence=evidence, place=place, environment=environment
            )


def _app_json_environment(document: JsonDocument) -> Iterator[Assigned]:
    table = document.data.get("env")
    for name, given in table.items() if isinstance(table, dict) else ():
        value = given.get("value") if isinstance(given, dict) else given
        evidence = Evidence(path=document.path, line=document.line_of("env", name))
        yield Assigned(name=name, value=value if isinstance(value, str) else None, evidence=evidence)


def heroku_yml(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """`run`, `release` and `setup.config` of heroku.yml."""
    for path in named_files(repo, django_dir, "heroku.yml", beside=False):
        root = yaml_root(repo, path)
        place = RepositoryPlace(repo=repo, folder=parent(path), others=(django_dir,))
        environment = tuple(yaml_assignments(child(root, "setup", "config"), path))
        run, release = child(root, "run"), child(root, "release")
        commands = [(name, node) for name, node, _ in run.items()] if run is not None else []
        if release is not None:
            commands.append(("release", release))
        for name, node in commands:
            words = yaml_command(repo, path, node.get("command") or node)
            if words is not None:
                yield Declaration(
                    name=name,
                    source="heroku.yml",
                    command=words.text,
                    evidence=words.evidence,
                    place=place,
                    hint=_FIRM.get(name),
                    firm=name in _FIRM,
                    environment=environment,
                )
