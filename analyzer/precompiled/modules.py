"""The code of all modules in one file, and an importer that takes it from there."""

import marshal
import os
import re
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER
from types import CodeType, ModuleType

import analyzer
from analyzer.precompiled import store

_NAME = "modules"
KEY = MAGIC_NUMBER + b"2"
"""The interpreter, and the form of what is kept: an older doctor's file may still be there."""
_ROOT = os.path.dirname(analyzer.__file__)
_COMPILED = f"__pycache__{os.sep}{{}}.{sys.implementation.cache_tag}.pyc"
"""Python's own compiled form of a module, from the folder of its source; `{}` is the name."""
_READ_WHOLE = frozenset({"audit", "buildpacks", "facts", "model", "plan", "rules", "snapshot"})
"""Packages of which a scan needs every module, or nearly. The code of each is one piece, in which what many modules
name stands once: it is read in two thirds of the time."""
_Place = tuple[str, int, str, int, int, tuple[str, ...]]
"""Where the code of a module is (the piece, its number there); its source below the package; time and size of that; the
modules that it imports at once."""


class KeptModules:
    """An importer of the package's modules whose code is kept; all others are left to Python's own.

    It runs what a module imports at once before the module itself: then the imports find everything there, and the
    import system has hardly anything to do.
    """

    def __init__(self) -> None:
        self._places: dict[str, _Place]
        self._pieces: dict[str, tuple[int, int]]
        self._read: Callable[[int, int], bytes]
        (self._places, self._pieces), self._read = store.read(_NAME, KEY) or (({}, {}), _nothing)
        self._codes: dict[str, Sequence[CodeType]] = {}
        self._lacking = False

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """How a module is loaded, where its code is kept and its source is still the one that it was made of."""
        if not name.startswith("analyzer."):
            return None
        loader = self._loader(name)
        return None if loader is None else _spec(loader)

    def load_what_it_imports(self, name: str) -> None:
        """Load the modules that a module imports at once."""
        for needed in self._places[name][-1]:
            if needed not in sys.modules:
                self._load(needed)

    def keep(self) -> None:
        """Write the code of what was imported besides, if anything was. Raises OSError where that is impossible."""
        if self._lacking:
            names = {name for name in sys.modules if name.startswith("analyzer.")}
            keep_modules({*names, *self._places})
            self._lacking = False

    def _load(self, name: str) -> None:
        """What the import system does with a module, where its package is there and its code is kept."""
        package, _, child = name.rpartition(".")
        loader = self._loader(name) if package in sys.modules else None
        if loader is None:
            return
        spec = _spec(loader)
        module = sys.modules[name] = ModuleType(name)
        module.__spec__, module.__loader__, module.__file__ = spec, loader, spec.origin
        module.__package__ = spec.parent
        if spec.submodule_search_locations is not None:
            module.__path__ = spec.submodule_search_locations
        try:
            loader.exec_module(module)
        except BaseException:
            del sys.modules[name]
            raise
        setattr(sys.modules[package], child, module)

    def _loader(self, name: str) -> "_Loader | None":
        try:
            piece, number, file, time, size, _ = self._places[name]
            source = f"{_ROOT}{os.sep}{file}"
            status = os.stat(source)
            if (int(status.st_mtime), status.st_size) == (time, size):
                if piece not in self._codes:
                    self._codes[piece] = marshal.loads(self._read(*self._pieces[piece]))
                return _Loader(self, name, source, self._codes[piece][number])
        except (LookupError, OSError, EOFError, TypeError, ValueError):  # it is not kept, or damaged; no source
            pass
        self._lacking = True
        return None


class _Loader(SourceFileLoader):
    """Python's own loader, with code that is there already."""

    def __init__(self, importer: KeptModules, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._importer = importer
        self._kept = code

    def get_code(self, fullname: str) -> CodeType:
        """The code of the module."""
        return self._kept

    def exec_module(self, module: ModuleType) -> None:
        """Run the module, after those that it imports at once."""
        self._importer.load_what_it_imports(self.name)
        super().exec_module(module)


def _spec(loader: _Loader) -> ModuleSpec:
    folder, _, base = loader.path.rpartition(os.sep)
    is_package = base == "__init__.py"
    spec = ModuleSpec(loader.name, loader, origin=loader.path, is_package=is_package)
    spec.has_location = True
    if sys.pycache_prefix is None:
        spec.cached = f"{folder}{os.sep}{_COMPILED.format(base.removesuffix('.py'))}"  # what takes long to work out
    if is_package:
        spec.submodule_search_locations = [folder]
    return spec


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
    codes: dict[str, list[CodeType]] = {}
    for name in sorted(names):
        path = name.split(".")[1:]
        file = os.path.join(*path)
        file = os.path.join(file, "__init__.py") if os.path.isdir(os.path.join(_ROOT, file)) else f"{file}.py"
        source = os.path.join(_ROOT, file)
        try:
            status = os.stat(source)
            code = SourceFileLoader(name, source).get_code(name)
            with open(source, encoding="utf-8") as text:
                needed = _imported(text.read())
        except (OSError, SyntaxError, UnicodeDecodeError):  # gone or being edited
            continue
        if code is not None:
            piece = path[0] if path[0] in _READ_WHOLE else name
            places[name] = piece, len(codes.setdefault(piece, [])), file, int(status.st_mtime), status.st_size, needed
            codes[piece].append(code)
    pieces: dict[str, tuple[int, int]] = {}
    content = b""
    for piece, members in codes.items():
        dumped = marshal.dumps(members)
        pieces[piece] = len(content), len(content) + len(dumped)
        content += dumped
    store.write(_NAME, KEY, (places, pieces), content)


def _imported(source: str) -> tuple[str, ...]:
    """The modules of the package that a source imports at once, each after the packages that it is in.

    It is no error to miss one or to name one too many: that is only slower.
    """
    parts = [name.split(".") for name in re.findall(r"^from (analyzer\.[\w.]+) import ", source, re.MULTILINE)]
    return tuple(dict.fromkeys(".".join(one[:end]) for one in parts for end in range(2, len(one) + 1)))
