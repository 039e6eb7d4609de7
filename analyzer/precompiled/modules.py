"""The code of all modules in one file, and an importer that takes it from there."""

import marshal
import os
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER
from types import CodeType, ModuleType

import analyzer
from analyzer.precompiled import store

_NAME = "modules"
_ROOT = os.path.dirname(analyzer.__file__)
_COMPILED = f"__pycache__{os.sep}{{}}.{sys.implementation.cache_tag}.pyc"
"""Python's own compiled form of a module, from the folder of its source; `{}` is the name."""
_Place = tuple[int, int, str, int, int]
"""Where the code of a module starts and ends in the bytes; its source below the package; time and size of that."""


class KeptModules:
    """An importer of the package's modules whose code is kept; all others are left to Python's own."""

    def __init__(self) -> None:
        self._places: dict[str, _Place]
        self._read: Callable[[int, int], bytes]
        self._places, self._read = store.read(_NAME, MAGIC_NUMBER) or ({}, _nothing)
        self._lacking = False

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """How a module is loaded, where its code is kept and its source is still the one that it was made of."""
        if not name.startswith("analyzer."):
            return None
        place = self._places.get(name)
        if place is None:
            self._lacking = True
            return None
        start, end, file, time, size = place
        source = f"{_ROOT}{os.sep}{file}"
        try:
            status = os.stat(source)
        except OSError:
            return None
        if (int(status.st_mtime), status.st_size) != (time, size):
            self._lacking = True
            return None
        is_package = file.endswith("__init__.py")
        spec = ModuleSpec(name, _Loader(name, source, self._read(start, end)), origin=source, is_package=is_package)
        spec.has_location = True
        folder, _, base = source.rpartition(os.sep)
        if sys.pycache_prefix is None:
            spec.cached = f"{folder}{os.sep}{_COMPILED.format(base.removesuffix('.py'))}"  # what takes long to work out
        if is_package:
            spec.submodule_search_locations = [folder]
        return spec

    def keep(self) -> None:
        """Write the code of what was imported besides, if anything was. Raises OSError where that is impossible."""
        if self._lacking:
            names = {name for name in sys.modules if name.startswith("analyzer.")}
            keep_modules({*names, *self._places})
            self._lacking = False


class _Loader(SourceFileLoader):
    """Python's own loader, with code that is there already."""

    def __init__(self, name: str, path: str, code: bytes) -> None:
        super().__init__(name, path)
        self._kept = code

    def get_code(self, fullname: str) -> CodeType | None:
        """The code of the module; that of its source where what was kept is damaged."""
        try:
            code: CodeType = marshal.loads(self._kept)
        except (EOFError, TypeError, ValueError):
            return super().get_code(fullname)
        return code


def _nothing(start: int, end: int) -> bytes:
    return b""


def use_kept_modules() -> KeptModules:
    """Import from what is kept, from now on."""
    importer = KeptModules()
    sys.meta_path.insert(0, importer)
    return importer


def keep_modules(names: set[str]) -> None:
    """Write the code of modules of the package. Raises OSError where that is impossible."""
    places: dict[str, _Place] = {}
    parts: list[bytes] = []
    end = 0
    for name in sorted(names):
        file = os.path.join(*name.split(".")[1:])
        file = os.path.join(file, "__init__.py") if os.path.isdir(os.path.join(_ROOT, file)) else f"{file}.py"
        source = os.path.join(_ROOT, file)
        try:
            status = os.stat(source)
            code = SourceFileLoader(name, source).get_code(name)
        except (OSError, SyntaxError):  # gone or being edited
            continue
        parts.append(marshal.dumps(code))
        start, end = end, end + len(parts[-1])
        places[name] = start, end, file, int(status.st_mtime), status.st_size
    store.write(_NAME, MAGIC_NUMBER, places, b"".join(parts))
