"""Heroku's files (devcenter.heroku.com: procfile, app-json-schema, build-docker-images-heroku-yml)."""

from codecs import BOM_UTF8
from collections.abc import Iterator

from analyzer.facts.commands.shell import MAX_COMMAND, TOO_LONG
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
from analyzer.snapshot.paths import basename
from analyzer.snapshot.procfile import ProcfileLine, parse_procfile
from analyzer.snapshot.repository import RepositorySnapshot

_MEANT = lazy_pattern(r"^\s*([A-Za-z0-9_-]+)\s*:\s*(\S.*)$")
"""A line by which its author means a process, whoever reads it."""

_HEROKU = "Procfile"
_PROCFILE_NAME = lazy_pattern(r"Procfile([._-]\w+)?")
_NO_PROCFILE = (".sh", ".py", ".md", ".txt")
_FIRM = {"web": ProcessType.WEB, "release": ProcessType.RELEASE}


def procfiles(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """The process types of every Procfile (and of `Procfile.dev` and its like, which are for development)."""
    for path in project_files(repo, django_dir, lambda name: _PROCFILE_NAME.fullmatch(name) is not None):
        if not path.endswith(_NO_PROCFILE):
            yield from _procfile(DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="Procfile"))


def _procfile(file: DeploymentFile) -> Iterator[Declaration]:
    """The process types in order; where Heroku reads the line of a `Procfile` otherwise, a note says how."""
    content = file.repo.read(file.path) or b""
    read = {line.name: line for line in parse_procfile(content)} if basename(file.path) == _HEROKU else {}
    by_line = {line.line: line for line in read.values()}
    for number, line in enumerate((file.repo.text(file.path) or "").lstrip("\ufeff").split("\n"), 1):
        match, process = _MEANT.match(line), by_line.get(number)
        if match is not None:
            name, text = match[1], match[2].strip()
        elif process is not None:
            name, text = process.name, process.command
        else:
            continue
        if name in read and read[name].line > number:
            continue  # a later line replaces it
        if len(text) > MAX_COMMAND:
            file.repo.leave_out(file.path, TOO_LONG)
            continue
        note = ""
        if basename(file.path) == _HEROKU and (process is None or process.command != text):
            note = _misreading(content, number, process)
        words = Words(text=text, evidence=file.evidence(number, note))
        yield file.declare(name, words, hint=_FIRM.get(name), firm=name in _FIRM)


def _misreading(content: bytes, number: int, process: ProcfileLine | None) -> str:
    """How Heroku reads a line that its author means otherwise."""
    if process is not None:
        return f"white space before the colon: Heroku runs `{process.command}`"
    if b"\0" in content:
        return "not a process for Heroku, which reads no UTF-16"
    if number == 1 and content.startswith(BOM_UTF8):
        return "not a process for Heroku: a byte order mark stands before it"
    return "not a process for Heroku: no space behind the colon"


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
