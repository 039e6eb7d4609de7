"""Imports: modules of the repository are evaluated, all others become symbols."""

import ast
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from analyzer.facts.evaluator import installed
from analyzer.facts.evaluator.files import VIRTUAL_ROOT
from analyzer.facts.evaluator.frames import Frame
from analyzer.facts.evaluator.library import registry
from analyzer.facts.evaluator.signals import TOO_MANY_STEPS, LimitReached, LoopControl, Raised, Returned
from analyzer.facts.evaluator.values import (
    NO_NAMES,
    Extern,
    Module,
    Namespace,
    Unresolved,
    Value,
    Where,
    unresolved,
)
from analyzer.model.evidence import RepoPath
from analyzer.snapshot.documents import ParseFailure, read_python
from analyzer.snapshot.paths import join, parent
from analyzer.snapshot.repository import RepositorySnapshot

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter

_MISSING_MODULE_BASES = ("ImportError",)


def find_module(
    repo: RepositorySnapshot,
    roots: tuple[RepoPath, ...],
    dotted: str,
    placed: Mapping[RepoPath, RepoPath] | None = None,
) -> RepoPath | None:
    """The file (or, for a package without `__init__.py`, the folder) that an absolute import finds; None when none.

    A file that the image build places in the tree (`placed`) counts as being there.
    """
    relative = dotted.replace(".", "/")
    folder: RepoPath | None = None
    for root in roots:
        base = join(root, relative)
        if base is None:
            continue
        if repo.is_file(f"{base}/__init__.py"):
            return f"{base}/__init__.py"
        if repo.is_file(f"{base}.py") or (placed and f"{base}.py" in placed):
            return f"{base}.py"
        if folder is None and repo.is_dir(base):
            folder = base
    return folder


def load(interp: "Interpreter", dotted: str) -> Module | None:
    """Evaluate the repository's module of that dotted name, its packages first; None when the repository has none."""
    path = find_module(interp.repo, interp.roots, dotted, interp.placed)
    if path is None:
        return None
    if path in interp.modules:
        return interp.modules[path]
    package = dotted.rpartition(".")[0]
    if package and find_module(interp.repo, interp.roots, package, interp.placed) not in (None, path):
        load(interp, package)
    return load_file(interp, path, dotted)


def load_file(interp: "Interpreter", path: RepoPath, name: str) -> Module:
    """Evaluate one file (or a folder that is a namespace package) as the module `name`, once."""
    if path in interp.modules:
        return interp.modules[path]
    is_package = path.endswith("__init__.py") or interp.repo.is_dir(path)
    source = interp.placed.get(path, path)
    module = Module(name, source, Namespace(), path if interp.repo.is_dir(path) else parent(path), is_package)
    interp.modules[path] = module
    module.namespace.values.update(
        {
            "__file__": Value(f"{VIRTUAL_ROOT}/{path}"),
            "__name__": Value(name),
            "__package__": Value(name if is_package else name.rpartition(".")[0]),
            "__doc__": Value(None),
        }
    )
    document = read_python(interp.repo, source)
    if document is None:
        return module
    if isinstance(document, ParseFailure):
        interp.where = Where(source, document.line or 1)
        interp.problem(document.reason)
        module.namespace.values["__incomplete__"] = unresolved(f"{source}: {document.reason}")
        return module
    where, catchers, conditions = interp.where, interp.catchers, interp.conditions
    # What a module raises while it is imported can be caught by the importer, so the catchers stay when they could.
    interp.catchers = catchers if any("Exception" in n or "Error" in n for c in catchers for n in c) else []
    try:
        with interp.deeper():
            interp.execute(document.tree.body, Frame(module, module.namespace))
    except (LimitReached, LoopControl, Returned) as stop:
        interp.problem(TOO_MANY_STEPS if isinstance(stop, LimitReached) else "a statement out of place")
        interp.state["incomplete"] = True
    except Raised:
        interp.modules.pop(path, None)
        raise
    finally:
        interp.where, interp.catchers, interp.conditions = where, catchers, conditions
    return module


def import_statement(interp: "Interpreter", node: ast.Import, frame: Frame) -> None:
    """`import a.b as c`"""
    at = Where(frame.module.path, node.lineno)
    for alias in node.names:
        value = import_module(interp, alias.name, node)
        if alias.asname:
            frame.target(alias.asname).bind(alias.asname, value, at)
            continue
        top = alias.name.split(".")[0]
        if top != alias.name:
            value = import_module(interp, top, node)
        frame.target(top).bind(top, value, at)


def import_module(interp: "Interpreter", dotted: str, node: ast.AST | None = None) -> Value:
    """The module `dotted`, of the repository or a symbol.

    Raises:
        Raised: ModuleNotFoundError, when the repository should have it and does not, or when the import is guarded
            and no requirement provides it.
    """
    module = load(interp, dotted)
    if module is not None:
        return Value(module)
    top = dotted.split(".")[0]
    in_repository = find_module(interp.repo, interp.roots, top)
    if in_repository is not None and (in_repository.endswith(".py") or _holds_python(interp.repo, in_repository)):
        raise Raised(
            "ModuleNotFoundError", f"No module named {dotted!r}", NO_NAMES, interp.where, _MISSING_MODULE_BASES
        )
    if top not in sys.stdlib_module_names and not installed.provides(interp.distributions, top):
        local = top in ("local_settings", "settings_local", "localsettings", "local")
        if local or interp.caught("ModuleNotFoundError", _MISSING_MODULE_BASES):
            raise Raised(
                "ModuleNotFoundError", f"No module named {dotted!r}", NO_NAMES, interp.where, _MISSING_MODULE_BASES
            )
    return Value(Extern(dotted))


def _holds_python(repo: RepositorySnapshot, folder: RepoPath) -> bool:
    return any(path.endswith(".py") for path in repo.under(folder))


def import_from_statement(interp: "Interpreter", node: ast.ImportFrom, frame: Frame) -> None:
    """`from a import b as c`, also relative and `*`"""
    at = Where(frame.module.path, node.lineno)
    source = _source(interp, node, frame)
    for alias in node.names:
        if alias.name == "*":
            star(interp, source, frame, at)
            continue
        name = alias.asname or alias.name
        value = _member(interp, source, alias.name)
        frame.target(name).bind(name, Value(value.data, value.env, at), at)
        if isinstance(source.data, Module):
            places = source.data.namespace.history.get(alias.name)
            if places:  # where it was written comes last, which is what counts most
                frame.target(name).history[name] = (at, *places[-11:])


def _source(interp: "Interpreter", node: ast.ImportFrom, frame: Frame) -> Value:
    if node.level == 0:
        return import_module(interp, node.module or "", node)
    package = frame.module.name if frame.module.is_package else frame.module.name.rpartition(".")[0]
    folder = frame.module.folder
    for _ in range(node.level - 1):
        package, folder = package.rpartition(".")[0], parent(folder)
    dotted = f"{package}.{node.module}" if package and node.module else node.module or package
    target = folder if node.module is None else join(folder, node.module.replace(".", "/"))
    if target is not None:
        for path in (f"{target}/__init__.py", f"{target}.py", target):
            path = path.removeprefix("./")
            if interp.repo.is_file(path) or path in interp.placed or (path == target and interp.repo.is_dir(path)):
                return Value(load_file(interp, path, dotted))
    raise Raised("ModuleNotFoundError", f"No module named {dotted!r}", NO_NAMES, interp.where, _MISSING_MODULE_BASES)


def _member(interp: "Interpreter", source: Value, name: str) -> Value:
    module = source.data
    if isinstance(module, Extern):
        return interp.attribute(source, name)
    if not isinstance(module, Module):
        return unresolved("imported from what the scan cannot tell")
    if name in module.namespace.values:
        return module.namespace.values[name]
    submodule = load_submodule(interp, module, name)
    if submodule is not None:
        return Value(submodule)
    if module.namespace.values.get("__incomplete__") is not None or _unreadable(interp, module):
        return unresolved(f"{module.name} could not be read completely")
    raise Raised("ImportError", f"cannot import name {name!r} from {module.name!r}", NO_NAMES, interp.where)


def _unreadable(interp: "Interpreter", module: Module) -> bool:
    return isinstance(read_python(interp.repo, module.path), ParseFailure)


def load_submodule(interp: "Interpreter", module: Module, name: str) -> Module | None:
    """The module `name` inside a package of the repository; None when there is none."""
    if not module.is_package:
        return None
    base = join(module.folder, name)
    if base is None:
        return None
    for path in (f"{base}/__init__.py", f"{base}.py"):
        if interp.repo.is_file(path):
            return load_file(interp, path, f"{module.name}.{name}")
    return None


def star(interp: "Interpreter", source: Value, frame: Frame, at: Where | None) -> None:
    """`from source import *`"""
    module = source.data
    if not isinstance(module, Module):
        dotted = module.dotted if isinstance(module, Extern) else "an unknown module"
        if isinstance(module, Extern):
            names = registry.star_names(dotted)
            if names is not None:
                for name, value in names.items():
                    frame.target(name).bind(name, Value(value.data, value.env, at), at)
                return
        interp.problem(f"the names that {dotted} defines are not known")
        frame.module.namespace.values.setdefault("__incomplete__", Value(Unresolved(f"names of {dotted}")))
        return
    values = module.namespace.values
    exported = values.get("__all__")
    if exported is not None and isinstance(exported.data, list | tuple):
        wanted = [v.data for v in exported.data if isinstance(v.data, str)]
    else:
        wanted = [name for name in values if not name.startswith("_")]
    if _unreadable(interp, module):
        values.setdefault("__incomplete__", Value(Unresolved(f"{module.path} could not be read")))
    if "__incomplete__" in values:
        frame.module.namespace.values.setdefault("__incomplete__", values["__incomplete__"])
    interp.spend(len(wanted) // 2)
    for name in wanted:
        if name in values:
            target = frame.target(name)
            target.values[name] = values[name]
            target.history[name] = module.namespace.history.get(name, ())
