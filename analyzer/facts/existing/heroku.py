"""Heroku's files (devcenter.heroku.com: procfile, app-json-schema, build-docker-images-heroku-yml)."""

from collections.abc import Iterator

from analyzer.facts.existing.declaration import Declaration, Words
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.document_values import (
    at,
    child,
    items,
    table_assignments,
    table_command,
    yaml_assignments,
    yaml_command,
    yaml_root,
)
from analyzer.facts.existing.project_files import named_files, project_files
from analyzer.model.evidence import RepoPath
from analyzer.model.facts import ProcessType
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import JsonDocument, read_json
from analyzer.snapshot.repository import RepositorySnapshot

PROCFILE_LINE = lazy_pattern(r"^([A-Za-z0-9_-]+):\s*(.+)$")
"""A process type of a Procfile; Heroku leaves other lines out silently."""

_NEAR_MISS = lazy_pattern(r"^\s*([A-Za-z0-9_-]+)(\s+:|:)\s*(.+)$")
_PROCFILE_NAME = lazy_pattern(r"Procfile([._-]\w+)?")
_NO_PROCFILE = (".sh", ".py", ".md", ".txt")
_FIRM = {"web": ProcessType.WEB, "release": ProcessType.RELEASE}


def procfiles(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """The process types of every Procfile (and of `Procfile.dev` and its like, which are for development)."""
    for path in project_files(repo, django_dir, lambda name: _PROCFILE_NAME.fullmatch(name) is not None):
        if not path.endswith(_NO_PROCFILE):
            yield from _procfile(DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="Procfile"))


def _procfile(file: DeploymentFile) -> Iterator[Declaration]:
    """The process types in order; a line that Heroku's rule does not accept says so in its note."""
    for number, line in enumerate((file.repo.text(file.path) or "").lstrip("\ufeff").split("\n"), 1):
        accepted = PROCFILE_LINE.match(line)
        match = accepted or _NEAR_MISS.match(line)
        if match is None:
            continue
        name, text = match[1], match[2 if accepted else 3].strip()
        note = "" if accepted else "not a process by Heroku's rule: white space before the name or the colon"
        words = Words(text=text, evidence=file.evidence(number, note))
        yield file.declare(name, words, hint=_FIRM.get(name), firm=name in _FIRM)


def app_json(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """Deploy scripts and environment of app.json (Heroku's keys and Dokku's)."""
    for path in named_files(repo, django_dir, "app.json", beside=False):
        document = read_json(repo, path)
        if not isinstance(document, JsonDocument) or not isinstance(document.data, dict):
            continue
        file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="app.json")
        environment = tuple(table_assignments(document, "env"))
        for keys in (("scripts", "postdeploy"), ("scripts", "dokku", "predeploy"), ("scripts", "dokku", "postdeploy")):
            inner = (*keys, "command") if isinstance(at(document.data, *keys), dict) else keys
            words = table_command(document, *inner)
            if words is not None:
                yield file.declare(keys[-1], words, hint=ProcessType.RELEASE, prepares=True, environment=environment)
        if environment:
            yield file.declare("web", None, line=environment[0].evidence.line, environment=environment)


def heroku_yml(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """`run`, `release` and `setup.config` of heroku.yml."""
    for path in named_files(repo, django_dir, "heroku.yml", beside=False):
        file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="heroku.yml")
        root = yaml_root(repo, path)
        environment = tuple(yaml_assignments(child(root, "setup", "config"), path))
        release = child(root, "release")
        commands = [(name, node) for name, node, _ in items(root, "run")]
        if release is not None:
            commands.append(("release", release))
        for name, node in commands:
            words = yaml_command(repo, path, node.get("command") or node)
            if words is not None:
                hint = _FIRM.get(name)
                yield file.declare(name, words, hint=hint, firm=hint is not None, environment=environment)
