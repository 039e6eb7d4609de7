"""interim"""
import os
from pathlib import Path
from analyzer.model.facts import SkippedFile
from analyzer.snapshot.limits import Limits
SKIP = {".git", "node_modules", "__pycache__", ".venv", "venv", ".tox"}


class RepositorySnapshot:
    def __init__(self, root: Path, files: list[str]) -> None:
        self.root = root
        self.files = tuple(sorted(files))
        self.skipped: tuple[SkippedFile, ...] = ()
        self._set = set(self.files)
        self._dirs: dict[str, set[str]] = {".": set()}
        self._names: dict[str, list[str]] = {}
        for f in self.files:
            self._names.setdefault(f.rpartition("/")[2], []).append(f)
            child = f
            while True:
                par, _, name = child.rpartition("/")
                d = self._dirs.setdefault(par or ".", set())
                if name in d:
                    break
                d.add(name)
                if not par:
                    break
                child = par
        self.cache: dict = {}

    @classmethod
    def open(cls, root: Path, limits: Limits = Limits()) -> "RepositorySnapshot":
        files = []
        for d, ds, fs in os.walk(root):
            ds[:] = [x for x in ds if x not in SKIP]
            rel = os.path.relpath(d, root)
            for f in fs:
                files.append(f if rel == "." else f"{rel}/{f}")
        return cls(root, files)

    def is_file(self, path):
        return path in self._set

    def is_dir(self, path):
        return path in self._dirs

    def named(self, basename):
        return tuple(sorted(self._names.get(basename, ()), key=lambda p: (p.count("/"), p)))

    def under(self, directory):
        return self.files if directory == "." else tuple(f for f in self.files if f.startswith(directory + "/"))

    def children(self, directory):
        return tuple(sorted(self._dirs.get(directory, ())))

    def read(self, path):
        if path not in self._set:
            return None
        key = ("read", path)
        if key not in self.cache:
            try:
                self.cache[key] = (self.root / path).read_bytes()
            except OSError:
                self.cache[key] = None
        return self.cache[key]

    def text(self, path):
        b = self.read(path)
        if b is None:
            return None
        for bom, enc in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
            if b.startswith(bom):
                return b.decode(enc, "replace").replace("\r\n", "\n")
        try:
            return b.decode().replace("\r\n", "\n")
        except UnicodeDecodeError:
            return b.decode("latin-1").replace("\r\n", "\n")
