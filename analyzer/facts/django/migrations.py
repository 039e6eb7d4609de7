"""The migrations of the repository's own apps, read without running them."""

import ast
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from analyzer.facts.django.evaluation import Program
from analyzer.facts.django.local_apps import LocalApp, local_apps
from analyzer.facts.django.migration_steps import made_on, newest_steps
from analyzer.facts.existing.redaction import shown_line
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import DjangoFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.project_code import AppMigrations, MigrationFacts
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.documents import PythonDocument, parse_python_part, read_python
from analyzer.snapshot.repository import RepositorySnapshot

MAX_FILES = 4_000
"""Migrations of a repository; further apps are left out."""
MAX_BYTES = 200_000
"""Of a migration, in which its dependencies are looked for."""
MAX_MODELS = 5
"""Of one app, that are named."""
MAX_MADE = 5
_BASES = ("models.Model", "Model", "AbstractUser", "AbstractBaseUser", "auth_models.AbstractUser")
_LISTS = (b"dependencies", b"replaces")
_LIST = lazy_pattern(rb"\n +(dependencies|replaces)(?::[^=\n]{1,80})? *= *[\[(]([^\])]*(?:\)[^\])]*)*)[\])]")
_PAIR = lazy_pattern(rb"""\(\s*["']([\w.]{1,100})["']\s*,[\s(]*((?:["'][^"'\n]{1,200}["']\s*){1,3})[\s,)]*\)""")
_QUOTES = lazy_pattern(rb"""["']\s*["']|["']""")
"""Those around a text, and those between its parts."""
_COMMENT = lazy_pattern(rb"#[^\n]*")
_CLASS = lazy_pattern(r"\nclass \w+\([^)]*(?:Model|AbstractUser|AbstractBaseUser)\b")
_NEXT = lazy_pattern(r"\n[^\s)\]}#]")
"""The line behind a class: anything that begins at the margin and closes nothing."""
_MADE = lazy_pattern(r"manage\.py\s+makemigrations|django-admin\s+makemigrations|\bmanage\s+makemigrations")
_DEPLOYS = lazy_pattern(
    r"(^|/)(Procfile|Dockerfile|release\.sh|release-tasks\.sh|build\.sh|start\.sh|run\.sh|entrypoint\.sh|docker-entrypoint\.sh"
    r"|deploy\.sh|startup\.sh|render\.yaml|railway\.json|railway\.toml|app\.json|fly\.toml|heroku\.yml|build_files\.sh)$"
    r"|(^|/)\.do/[\w.-]+\.ya?ml$"
)
_NOT_DEPLOYED = lazy_pattern(
    r"(^|[/._-])(local|dev|development|tests?|ci|examples?|docs?|node_modules)([/._-]|$)", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Migration:
    """A migration as its text names it."""

    path: RepoPath
    name: str
    depends_on: tuple[tuple[str, str, int], ...]
    """(label, name, line)"""
    replaces: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The migrations of all apps: names by label, and those that a squashed one replaces."""

    names: Mapping[str, set[str]]
    replaced: set[tuple[str, str]]


def migration_facts(program: Program, django: DjangoFacts, django_dir: RepoPath) -> MigrationFacts:
    """Those of every installed app of the repository that has models; apps with MIGRATION_MODULES are left out."""
    repo = program.repo
    moved = django.settings.get("MIGRATION_MODULES")
    elsewhere = moved.configured if moved is not None and isinstance(moved.configured, Mapping) else {}
    apps = (
        [app for app in local_apps(program, django) if app.label not in elsewhere] if moved is None or elsewhere else []
    )
    migrations: dict[str, tuple[_Migration, ...]] = {}
    left = MAX_FILES
    for app in apps:
        files = _files(repo, f"{app.folder}/migrations")
        left -= len(files)
        if left < 0:
            break
        migrations[app.label] = tuple(_read(repo, path) for path in files)
    known = _Known(
        names={label: {one.name for one in ones} for label, ones in migrations.items()},
        replaced={pair for ones in migrations.values() for one in ones for pair in one.replaces},
    )
    found = (_of_app(repo, app, migrations[app.label], known) for app in apps if app.label in migrations)
    return MigrationFacts(
        apps=tuple(app for app in found if app is not None),
        ignored=_ignored(repo),
        made=tuple(_made(repo, django_dir))[:MAX_MADE],
    )


def _of_app(
    repo: RepositorySnapshot, app: LocalApp, own: tuple[_Migration, ...], known: _Known
) -> AppMigrations | None:
    found = _first_models(repo, app.folder) if own else _models(repo, app.folder)
    models = tuple(islice(found, 1 if own else MAX_MODELS))
    if not models and not own:
        return None
    folder = f"{app.folder}/migrations"
    leaves = _leaves(app.label, own)
    if len(leaves) > 1 or next(_lost(own, known), None) is not None:
        own = tuple(_parsed(repo, one) for one in own)
        leaves = _leaves(app.label, own)
    first = {one.path for one in own if not any(label == app.label for label, _, _ in one.depends_on)}
    steps = newest_steps(repo, leaves[0].path) if len(leaves) == 1 and leaves[0].path not in first else ()
    return AppMigrations(
        label=app.label,
        models=models,
        folder=folder,
        is_package=repo.is_file(f"{folder}/__init__.py"),
        files=tuple(one.path for one in own),
        leaves=tuple(Evidence(path=one.path, line=_class_line(repo, one.path), note=one.name) for one in leaves),
        lost=tuple(_lost(own, known)),
        newest=steps,
        made_on=made_on(repo, leaves[0].path) if len(leaves) == 1 else "",
    )


def _files(repo: RepositorySnapshot, folder: RepoPath) -> tuple[RepoPath, ...]:
    """What Django's loader takes for migrations (django/db/migrations/loader.py: load_disk)."""
    names = repo.children(folder) if repo.is_dir(folder) else ()
    return tuple(f"{folder}/{name}" for name in sorted(names) if name.endswith(".py") and name[0] not in "_~")


def _read(repo: RepositorySnapshot, path: RepoPath) -> _Migration:
    content = b"\n" + (repo.read(path) or b"")[:MAX_BYTES]
    first = min((at for name in _LISTS if (at := content.find(name)) >= 0), default=len(content))
    begin = content.rfind(b"\n", 0, first)  # what comes before, such as when it was made, is no list
    above, content = content.count(b"\n", 0, begin), content[begin:]
    if b"#" in content:
        content = _COMMENT.sub(lambda match: b" " * len(match[0]), content)
    depends_on: list[tuple[str, str, int]] = []
    replaces: set[tuple[str, str]] = set()
    for block in _LIST.finditer(content):
        for pair in _PAIR.finditer(block[2]):
            label, follows = pair[1].decode(), _QUOTES.sub(b"", pair[2]).strip().decode(errors="replace")
            if block[1] == b"replaces":
                replaces.add((label, follows))
            else:
                line = above + content.count(b"\n", 0, block.start(2) + pair.start())
                depends_on.append((label, follows, line))
    name = posixpath.basename(path).removesuffix(".py")
    return _Migration(path=path, name=name, depends_on=tuple(depends_on), replaces=frozenset(replaces))


def _parsed(repo: RepositorySnapshot, migration: _Migration) -> _Migration:
    """The same with dependencies from its syntax: reading all migrations in this way would take long."""
    document = read_python(repo, migration.path)
    if not isinstance(document, PythonDocument):
        return migration
    found = []
    for node in ast.walk(document.tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and "dependencies" in _targets(node):
            for part in ast.walk(node.value):
                match part:
                    case ast.Tuple(elts=[ast.Constant(value=str() as label), ast.Constant(value=str() as name)]):
                        found.append((label, name, part.lineno))
    return replace(migration, depends_on=tuple(found))


def _targets(node: ast.Assign | ast.AnnAssign) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _leaves(label: str, own: tuple[_Migration, ...]) -> tuple[_Migration, ...]:
    """Those without a child; none where squashed ones stand in for others, or where the label cannot be right."""
    before = {name for one in own for of, name, _ in one.depends_on if of == label}
    if any(one.replaces for one in own) or (len(own) > 1 and not before):
        return ()
    return tuple(one for one in own if one.name not in before)


def _lost(own: tuple[_Migration, ...], known: _Known) -> Iterator[Evidence]:
    """Dependencies that no migration is; `__first__` and `__latest__` are names that Django gives."""
    for one in own:
        for label, name, line in one.depends_on:
            there = known.names.get(label, ())
            if there and name not in there and not name.startswith("__") and (label, name) not in known.replaced:
                yield Evidence(path=one.path, line=line, note=f"{label}.{name}")


def _class_line(repo: RepositorySnapshot, path: RepoPath) -> int:
    lines = (repo.text(path) or "").split("\n")
    return next((number for number, line in enumerate(lines, 1) if line.startswith("class Migration")), 1)


def _models(repo: RepositorySnapshot, folder: RepoPath) -> Iterator[Evidence]:
    """Classes of models.py, or of the package `models`, that are plainly models with a table of their own."""
    for path in _model_files(repo, folder):
        document = read_python(repo, path)
        yield from _with_table(path, document.tree, 0) if isinstance(document, PythonDocument) else ()


def _first_models(repo: RepositorySnapshot, folder: RepoPath) -> Iterator[Evidence]:
    """The same for who asks for the first one alone: of a long file, only classes that look like models are parsed."""
    for path in _model_files(repo, folder):
        text = f"\n{repo.text(path) or ''}"
        for match in _CLASS.finditer(text):
            end = _NEXT.search(text, match.end())
            part = text[match.start() + 1 : end.start() + 1 if end is not None else len(text)]
            document = parse_python_part(repo, path, part)
            if isinstance(document, PythonDocument):
                yield from _with_table(path, document.tree, text.count("\n", 0, match.start()))


def _model_files(repo: RepositorySnapshot, folder: RepoPath) -> Iterator[RepoPath]:
    package = f"{folder}/models"
    names = repo.children(package) if repo.is_dir(package) else ()
    yield from (f"{folder}/models.py", *(f"{package}/{name}" for name in sorted(names) if name.endswith(".py")))


def _with_table(path: RepoPath, tree: ast.Module, above: int) -> Iterator[Evidence]:
    """The models of a tree whose file has so many lines above it."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and _has_table(node):
            yield Evidence(path=path, line=above + node.lineno, note=node.name)


def _has_table(node: ast.ClassDef) -> bool:
    if not any(ast.unparse(base) in _BASES for base in node.bases):
        return False
    meta = next((one for one in node.body if isinstance(one, ast.ClassDef) and one.name == "Meta"), None)
    for statement in meta.body if meta is not None else ():
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            name, value = statement.targets[0].id, statement.value
            constant = value.value if isinstance(value, ast.Constant) else None
            if name == "app_label" or (name in ("abstract", "proxy") and constant is not False):
                return False
            if name == "managed" and constant is not True:
                return False
    return True


def _ignored(repo: RepositorySnapshot) -> Evidence | None:
    for path in repo.named(".gitignore"):
        for number, line in enumerate((repo.text(path) or "").split("\n"), 1):
            pattern = line.strip()
            if "migrations" in pattern and pattern[0] not in "#!" and not pattern.endswith(("__pycache__", "*.pyc")):
                return Evidence(path=path, line=number, note=pattern)
    return None


def _made(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Evidence]:
    """Lines that run makemigrations without asking only whether there is something to make."""
    for path in repo.files:
        if not _DEPLOYS.search(path) or _NOT_DEPLOYED.search(path):
            continue
        if django_dir != "." and "/" in path and not path.startswith((f"{django_dir}/", "scripts/", ".do/", "docker/")):
            continue
        text = repo.text(path) or ""
        if "makemigrations" not in text:
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if _MADE.search(line) and not line.lstrip().startswith("#") and not re.search(r"--check|--dry-run", line):
                yield Evidence(path=path, line=number, note=shown_line(line))
