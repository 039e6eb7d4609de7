"""Which of INSTALLED_APPS are apps of the repository, and under which label."""

import ast
from collections.abc import Iterator

from analyzer.facts.django.evaluation import Program
from analyzer.model.evidence import Fact, RepoPath
from analyzer.model.facts import DjangoFacts
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.documents import PythonDocument, read_python


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalApp:
    """An installed app whose package is in the repository."""

    label: str
    folder: RepoPath


def local_apps(program: Program, django: DjangoFacts) -> tuple[LocalApp, ...]:
    """The apps in the order of INSTALLED_APPS."""
    entries = django.installed_apps.value if isinstance(django.installed_apps, Fact) else ()
    found = (_app(program, entry) for entry in entries)
    return tuple(dict.fromkeys(app for app in found if app is not None))


def _app(program: Program, entry: str) -> LocalApp | None:
    """An entry is a package, or a class of its module `apps` (django/apps/config.py: AppConfig.create)."""
    folder = _folder(program, entry)
    module, _, name = entry.rpartition(".")
    configuration = next(_configurations(program, module, name), {}) if folder is None and module else {}
    package = entry if folder is not None else configuration.get("name", module.removesuffix(".apps"))
    folder = _folder(program, package)
    if folder is None or folder == ".":
        return None
    if not configuration:
        own = list(_configurations(program, f"{package}.apps", None))
        configuration = own[0] if len(own) == 1 else {}
    return LocalApp(label=configuration.get("label", package.rpartition(".")[2]), folder=folder)


def _folder(program: Program, package: str) -> RepoPath | None:
    path = program.finds(package) if package else None
    if path is None or (path.endswith(".py") and not path.endswith("__init__.py")):
        return None
    return path.removesuffix("/__init__.py")


def _configurations(program: Program, module: str, name: str | None) -> Iterator[dict[str, str]]:
    """The texts that classes of a module give to `name` and `label`."""
    path = program.finds(module)
    document = read_python(program.repo, path) if path is not None and path.endswith(".py") else None
    for node in document.tree.body if isinstance(document, PythonDocument) else ():
        if isinstance(node, ast.ClassDef) and (node.name == name or (name is None and node.name.endswith("Config"))):
            yield {
                target.id: statement.value.value
                for statement in node.body
                if isinstance(statement, ast.Assign)
                and isinstance(statement.value, ast.Constant)
                and isinstance(statement.value.value, str)
                for target in statement.targets
                if isinstance(target, ast.Name) and target.id in ("name", "label")
            }
