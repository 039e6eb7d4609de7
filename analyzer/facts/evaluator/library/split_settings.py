"""django-split-settings: files run in the namespace of the module that includes them.

Source: django-split-settings, split_settings/tools.py, 1.3.2.
"""

import fnmatch
from collections.abc import Iterator
from typing import TYPE_CHECKING

from analyzer.facts.evaluator import files
from analyzer.facts.evaluator.frames import Frame
from analyzer.facts.evaluator.library import registry
from analyzer.facts.evaluator.values import Value, unresolved
from analyzer.model.evidence import RepoPath
from analyzer.snapshot.documents import PythonDocument, read_python
from analyzer.snapshot.paths import join, parent

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter

_CURRENT = "__included_file__"


@registry.model("split_settings.tools.optional")
def optional(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`optional("local.py")`: a missing file is no error"""
    return args[0] if args else Value("")


@registry.model("split_settings.tools.include")
def include(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`include("base.py", "components/*.py")`: run each file once, in order.

    Patterns are relative to the file that includes; `__file__` stays the one of the module that is imported.
    """
    frame = interp.frame
    if frame is None:
        return unresolved("an include outside a module")
    module, values = frame.module, frame.module.namespace.values
    including = module.path
    done: list[RepoPath] = interp.state.setdefault("included", [])
    for argument in args:
        if not isinstance(argument.data, str):
            interp.problem("an include of a file that the scan cannot tell")
            continue
        for path in _matches(interp, parent(including), argument.data):
            document = read_python(interp.repo, path)
            if path in done or not isinstance(document, PythonDocument):
                continue
            done.append(path)
            before = values.get(_CURRENT)
            module.path, values[_CURRENT] = path, Value(f"{files.VIRTUAL_ROOT}/{path}")
            try:
                interp.execute(document.tree.body, Frame(module, module.namespace))
            finally:
                module.path = including
                if before is None:
                    values.pop(_CURRENT, None)
                else:
                    values[_CURRENT] = before
    return Value(None)


def _matches(interp: "Interpreter", folder: RepoPath, pattern: str) -> Iterator[RepoPath]:
    inside = files.repository_path(interp, pattern) if pattern.startswith("/") else join(folder, pattern)
    if inside is not None:
        yield from (p for p in interp.repo.under(parent(inside)) if fnmatch.fnmatchcase(p, inside))
