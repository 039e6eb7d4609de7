"""Environment variables that the code reads: from the evaluation of the settings, and from reading all other files."""

import ast
import re
from collections.abc import Iterable

from analyzer.facts.django.answers import SettingsView
from analyzer.facts.environment_names import is_secret
from analyzer.facts.evaluator.environment import Environment, EnvironmentRead, default_of, kind_of
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import EnvironmentVariable
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import PythonDocument, read_python
from analyzer.snapshot.repository import RepositorySnapshot

_MENTIONS = lazy_pattern(rb"environ|getenv|decouple|\benv\b|dj_database_url")
_SKIPPED = lazy_pattern(
    r"(^|/)(tests?|testing|migrations|docs?|examples?|node_modules|static)(/|$)|(^|/)(test_\w+|conftest|setup|noxfile|fabfile|tasks_dev)\.py$"
)
_READERS = frozenset(
    {
        "get",
        "getenv",
        "pop",
        "str",
        "bool",
        "int",
        "float",
        "list",
        "dict",
        "json",
        "url",
        "db",
        "db_url",
        "cache",
        "cache_url",
        "path",
        "tuple",
        "dj_db_url",
    }
)
_NAME = lazy_pattern(r"[A-Z][A-Z0-9_]+\Z")
_IGNORED = frozenset(
    {
        "DJANGO_SETTINGS_MODULE",
        "PATH",
        "HOME",
        "USER",
        "PWD",
        "PYTHONPATH",
        "VIRTUAL_ENV",
        "TERM",
        "LANG",
        "SHELL",
        "TZ",
        "HOSTNAME",
    }
)
MAX_EVIDENCE = 5


def collect_environment(
    repo: RepositorySnapshot, django_dir: RepoPath, view: SettingsView, others: Iterable[Environment]
) -> tuple[EnvironmentVariable, ...]:
    """Every variable that the project reads, sorted by name.

    Args:
        view: the evaluated production settings; what they read is needed at build (collectstatic imports them) and run.
        others: environments of other evaluated programs (Celery's application, entry points).
    """
    reads: dict[str, list[EnvironmentRead]] = {}
    settings_names: set[str] = set()
    for settings in (view.bare, view.configured, view.example):
        settings_names |= set(settings.environment.reads)
        _merge(reads, settings.environment)
    required = dict(view.bare.environment.required)
    for environment in others:
        _merge(reads, environment)
        required |= environment.required
    scanned = _scan(repo, django_dir)
    names = sorted((set(reads) | set(scanned)) - {n for n in _IGNORED if n not in required})
    return tuple(_variable(n, reads.get(n, []), scanned.get(n, []), n in required, n in settings_names) for n in names)


def _merge(reads: dict[str, list[EnvironmentRead]], environment: Environment) -> None:
    for name, places in environment.reads.items():
        known = reads.setdefault(name, [])
        known += [read for read in places if read not in known]


def _variable(
    name: str, reads: list[EnvironmentRead], scanned: list[Evidence], required: bool, in_settings: bool
) -> EnvironmentVariable:
    secret = is_secret(name)
    default = default_of(reads)
    places = [Evidence(path=r.at.path, line=r.at.line, note=r.reader) for r in reads if r.at is not None]
    evidence = tuple(dict.fromkeys([*places, *scanned]))[:MAX_EVIDENCE]
    kind = kind_of(name, reads)
    if default is not None and (secret or re.search(r"://[^/\s:@]*:[^/\s@]+@", default)):
        default = None
    return EnvironmentVariable(
        name=name,
        required=required,
        secret=secret,
        kind=kind,
        default=default,
        phases=("build", "run") if in_settings else ("run",),
        evidence=evidence,
    )


def _scan(repo: RepositorySnapshot, django_dir: RepoPath) -> dict[str, list[Evidence]]:
    """Names read with a literal name in any Python file of the project, whether evaluation reached it or not."""
    found: dict[str, list[Evidence]] = {}
    files = [path for path in repo.under(django_dir) if path.endswith(".py") and not _SKIPPED.search(path)]
    contents = {path: content for path in files if (content := repo.read(path)) is not None}
    trees: dict[RepoPath, ast.Module] = {}
    for path, content in contents.items():
        if _MENTIONS.search(content):
            document = read_python(repo, path)
            if isinstance(document, PythonDocument):
                trees[path] = document.tree
    helpers = frozenset(name for tree in trees.values() for name in _helpers(tree))
    for path in _callers(helpers, contents, trees):
        document = read_python(repo, path)
        if isinstance(document, PythonDocument):
            trees[path] = document.tree
    for path, tree in trees.items():
        _scan_tree(tree, path, b"decouple" in contents[path], helpers, found)
    return found


def _callers(
    helpers: frozenset[str], contents: dict[RepoPath, bytes], known: dict[RepoPath, ast.Module]
) -> list[RepoPath]:
    """Settings files that call a helper which reads the environment."""
    if not helpers:
        return []
    called = re.compile(rb"\b(" + b"|".join(re.escape(h.encode()) for h in sorted(helpers)) + rb")\(")
    return [p for p, content in contents.items() if p not in known and "settings" in p and called.search(content)]


def _helpers(tree: ast.Module) -> list[str]:
    """Functions whose first parameter is the name of the variable that they read."""
    names: list[str] = []
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef) or not function.args.args or function.name.startswith("__"):
            continue
        parameter = function.args.args[0].arg
        for node in ast.walk(function):
            name: ast.expr | None = None
            if isinstance(node, ast.Subscript) and _is_environ(node.value):
                name = node.slice
            elif isinstance(node, ast.Call) and node.args and _reads_environment(node.func, False):
                name = node.args[0]
            if isinstance(name, ast.Name) and name.id == parameter:
                names.append(function.name)
                break
    return names


def _scan_tree(
    tree: ast.Module, path: RepoPath, uses_decouple: bool, helpers: frozenset[str], found: dict[str, list[Evidence]]
) -> None:
    for node in ast.walk(tree):
        name: ast.expr | None = None
        if isinstance(node, ast.Subscript) and _is_environ(node.value):
            name = node.slice
        elif isinstance(node, ast.Compare) and len(node.ops) == 1 and _is_environ(node.comparators[0]):
            name = node.left
        elif isinstance(node, ast.Call) and node.args and _reads_by_name(node.func, uses_decouple, helpers):
            name = node.args[0]
        elif isinstance(node, ast.Call) and _is_database_url(node.func):
            name = _database_variable(node)
        if isinstance(name, ast.Constant) and isinstance(name.value, str) and _NAME.match(name.value):
            places = found.setdefault(name.value, [])
            if len(places) < MAX_EVIDENCE:
                places.append(Evidence(path=path, line=name.lineno))


def _reads_by_name(function: ast.expr, uses_decouple: bool, helpers: frozenset[str]) -> bool:
    """Whether a call with this function reads the variable that its first argument names."""
    is_helper = isinstance(function, ast.Name) and function.id in helpers
    return is_helper or _reads_environment(function, uses_decouple)


def _is_database_url(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "config"
        and ast.unparse(function.value) == "dj_database_url"
    )


def _database_variable(node: ast.Call) -> ast.expr:
    """The variable that `dj_database_url.config()` reads: DATABASE_URL unless `env` says otherwise."""
    given = next((k.value for k in node.keywords if k.arg == "env"), None)
    return given or (node.args[0] if node.args else ast.copy_location(ast.Constant("DATABASE_URL"), node))


def _is_environ(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "environ"
    return isinstance(node, ast.Name) and node.id == "environ"


def _reads_environment(function: ast.expr, uses_decouple: bool) -> bool:
    """`os.environ.get`, `os.getenv`, `getenv`, `env(…)`, `env.bool(…)`, and decouple's `config(…)`."""
    if isinstance(function, ast.Name):
        return function.id in ("getenv", "env") or (uses_decouple and function.id in ("config", "decouple_config"))
    if not isinstance(function, ast.Attribute):
        return False
    if function.attr == "getenv":
        return True
    if function.attr in ("get", "pop", "setdefault") and _is_environ(function.value):
        return function.attr != "setdefault"
    return isinstance(function.value, ast.Name) and function.value.id == "env" and function.attr in _READERS
