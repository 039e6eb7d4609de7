"""Programs that setup.py starts when the project is built, read from its syntax tree: nothing is run.

`setup(cmdclass={"build": Build})` replaces commands of setuptools by classes of the file; what these start by
`subprocess`, `os.system` or `spawn` is found where its name is written there.
"""

import ast
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from analyzer.facts.last_name import last_name
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import BuildProgram
from analyzer.snapshot.documents import PythonDocument, read_python
from analyzer.snapshot.paths import basename
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.tables import load_table

_STARTERS = frozenset({"Popen", "call", "check_call", "check_output", "run", "spawn", "system"})
MAX_FUNCTIONS = 20
"""Functions of the file that one command class is followed into."""


def build_programs(repo: RepositorySnapshot, path: RepoPath) -> tuple[BuildProgram, ...]:
    """Those that a slim image does not have, in the order of the lines; each once for the way of installing.

    What stands in a `try` may fail, and does not count.
    """
    document = read_python(repo, path)
    if not isinstance(document, PythonDocument):
        return ()
    rows: Mapping[str, Any] = load_table("analyzer.facts.dependencies", "build_programs")
    named = {n.name: n for n in document.tree.body if isinstance(n, ast.ClassDef | ast.FunctionDef)}
    found: dict[tuple[str, bool], BuildProgram] = {}
    for command, name in _command_classes(document.tree):
        if command not in rows["wheel"] and command not in rows["in_place"]:
            continue
        for program, line in _started(named, name):
            if program not in rows["present"]:
                in_place = command in rows["in_place"]
                evidence = Evidence(path=path, line=line, note=f"{program}, by the command {command}")
                found.setdefault((program, in_place), BuildProgram(name=program, in_place=in_place, evidence=evidence))
    return tuple(sorted(found.values(), key=lambda one: one.evidence.line))


def _command_classes(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """-> (command, name of the class) of each dictionary that is given, or assigned to, `cmdclass`."""
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg="cmdclass", value=ast.Dict() as classes):
                pass
            case ast.Assign(targets=[ast.Name(id="cmdclass")], value=ast.Dict() as classes):
                pass
            case _:
                continue
        for key, value in zip(classes.keys, classes.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str) and isinstance(value, ast.Name):
                yield key.value, value.id


def _started(named: Mapping[str, ast.ClassDef | ast.FunctionDef], name: str) -> Iterator[tuple[str, int]]:
    """-> (program, line) that a class starts, itself or by functions and classes of the file."""
    pending, seen = [name], set[str]()
    while pending and len(seen) < MAX_FUNCTIONS:
        current = pending.pop(0)
        if current in seen or current not in named:
            continue
        seen.add(current)
        for node in _certain(named[current]):
            if isinstance(node, ast.Name):
                pending.append(node.id)
            elif isinstance(node, ast.Call) and (program := _program(node)) is not None:
                yield program, node.lineno


def _certain(node: ast.AST) -> Iterator[ast.AST]:
    """The node and all below it, without the bodies of `try`."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        if isinstance(current, ast.Try):
            pending += [*current.orelse, *current.finalbody]
        else:
            pending += ast.iter_child_nodes(current)


def _program(call: ast.Call) -> str | None:
    """The program that a call starts; None where it starts none, or its name is not written there."""
    if last_name(call.func) not in _STARTERS or not call.args:
        return None
    match call.args[0]:
        case ast.List(elts=[ast.Constant(value=str(first)), *_]) | ast.Tuple(elts=[ast.Constant(value=str(first)), *_]):
            return basename(first) or None
        case ast.Constant(value=str(text)):
            try:
                words = shlex.split(text)
            except ValueError:
                return None
            return basename(words[0]) if words else None
    return None
