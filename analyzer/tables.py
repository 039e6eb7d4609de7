"""The tables that the packages keep beside their code, in data/*.toml and data/*.json.

Parsing the TOML of one scan takes longer than reading a small repository. So a table is kept compiled, the way Python
keeps its modules: in `__pycache__` beside it, as long as time and size of the table are those that it was made from.
`python -m analyzer.precompile` compiles all of them, as `python -m compileall` does modules.
"""

import json
import sys
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

_ROOT = Path(__file__).parent


@cache
def load_table(package: str, name: str) -> dict[str, Any]:
    """data/NAME.toml of a package of ours ("analyzer.plan"), read once."""
    return read_table(_data(package, f"{name}.toml"))


def load_json(package: str, name: str) -> dict[str, Any]:
    """data/NAME.json of a package of ours."""
    document: dict[str, Any] = json.loads(_data(package, f"{name}.json").read_bytes())
    return document


def read_table(path: Path) -> dict[str, Any]:
    """The table in a TOML file of ours, by way of its compiled form, which is written where that is possible.

    Raises:
        OSError: there is no such file.
        tomllib.TOMLDecodeError: it is no TOML.
        NameError: it holds a value that is neither a literal nor a date (`inf`, `nan`).
    """
    names: dict[str, Any] = {}
    exec(_Table(path.stem, str(path)).code(), names)
    table: dict[str, Any] = names["table"]
    return table


def compile_tables(root: Path = _ROOT) -> None:
    """Write the compiled form of every table below a folder, whatever PYTHONDONTWRITEBYTECODE says."""
    sys.dont_write_bytecode = False
    for path in root.rglob("data/*.toml"):
        read_table(path)


def _data(package: str, name: str) -> Path:
    return _ROOT.joinpath(*package.split(".")[1:], "data", name)


class _Table(SourceFileLoader):
    """Python's own loader: it knows which compiled form is out of date, and where one can be written."""

    def code(self) -> CodeType:
        """A program that binds `table`."""
        try:
            code = self.get_code(self.name)
        except (EOFError, ValueError, TypeError):  # the compiled form is damaged, or the table is: then it says so now
            code = None
        return code or self.source_to_code(self.get_data(self.path), self.path)

    def source_to_code(  # type: ignore[override] # typeshed's base classes contradict each other
        self, data: Any, path: Any, *_: object, _optimize: int = -1
    ) -> CodeType:
        """The program for the text of a table; since Python 3.15, the name of the module follows `path`."""
        import tomllib

        table = tomllib.loads(bytes(data).decode())
        return compile(f"import datetime\ntable = {table!r}\n", path, "exec", optimize=_optimize)
