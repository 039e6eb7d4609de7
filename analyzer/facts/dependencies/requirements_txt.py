"""Requirements files of pip, with the files that they include.

Source: pip's reference, "Requirements File Format". An include is relative to the file that names it, a local path to
the folder that pip runs in. Nothing outside the snapshot is read; however often a file is included, it is read once as
requirements and once as constraints.
"""

from collections.abc import Callable
from dataclasses import field, replace

from packaging.utils import InvalidName, canonicalize_name

from analyzer.facts.dependencies.declared import Declared, LocalProject, combine, declare, problem
from analyzer.facts.dependencies.requirement_lines import (
    Include,
    Index,
    Invalid,
    Line,
    Wanted,
    logical_lines,
    parse_line,
)
from analyzer.facts.dependencies.urls import without_credentials
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import PackageIndex
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import basename, join, parent
from analyzer.snapshot.repository import RepositorySnapshot

MAX_FILES = 100
"""Files that one reading follows: far above real projects, low enough for a tree of generated includes."""

MAX_LINES = 5_000
"""Logical lines of all files together; the most of any public repository that was tried are 1,000."""

MAX_SHOWN = 2_000
"""Characters of a line that are looked at for credentials before its beginning becomes a note."""

MAX_NOTE = 120
"""Characters of a line kept as the note of its evidence: enough for a requirement, not for its hashes."""

ProjectName = Callable[[RepoPath], str | None]
"""The name that the project in a folder gives itself, None when it has none."""


@dataclass(slots=True)
class RequirementsReader:
    """Reads requirements files of one repository, each once over the reader's life.

    `working_directory` is where pip is taken to run; `project_name` names the packages of local paths.
    """

    repo: RepositorySnapshot
    working_directory: RepoPath
    project_name: ProjectName
    _seen: set[tuple[RepoPath, bool]] = field(default_factory=set)
    _lines: int = 0

    def read(self, path: RepoPath, group: str | None) -> Declared:
        """The requirements of `path` and its includes, as `group` (None: production) installs them."""
        return self._read(path, group, constraint=False)

    def read_constraints(self, path: RepoPath) -> Declared:
        """The versions that the constraints file `path` fixes; it asks for nothing."""
        return self._read(path, None, constraint=True)

    def _read(self, path: RepoPath, group: str | None, *, constraint: bool) -> Declared:
        if (path, constraint) in self._seen:
            return Declared()
        self._seen.add((path, constraint))
        text = self.repo.text(path)
        if text is None:
            return Declared(problems=(problem(path, 1, "cannot be read"),))
        parts = []
        for number, line in logical_lines(text):
            self._lines += 1
            if self._lines > MAX_LINES:
                self.repo.leave_out(path, f"requirements beyond the first {MAX_LINES:,} lines of all files")
                break
            parts.append(self.line(path, number, line, group, constraint=constraint))
        return combine([*parts, Declared(files=(path,))])

    def line(self, path: RepoPath, number: int, text: str, group: str | None, *, constraint: bool = False) -> Declared:
        """What one logical line `text` asks for that begins on line `number` of the file `path`."""
        evidence = Evidence(path=path, line=number, note=without_credentials(text[:MAX_SHOWN])[:MAX_NOTE])
        return combine(self._item(item, group, evidence, constraint) for item in parse_line(text))

    def _item(self, item: Line, group: str | None, evidence: Evidence, constraint: bool) -> Declared:
        match item:
            case Invalid(reason=reason):
                return Declared(problems=(problem(evidence.path, evidence.line, reason),))
            case Index(url=url, extra=extra, login=login):
                return Declared(indexes=(PackageIndex(url=url, extra=extra, login=login, evidence=evidence),))
            case Include():
                return self._include(evidence.path, evidence.line, item, group, constraint or item.constraint)
            case Wanted() if constraint:
                return Declared(pins=((item.name, item.pinned),)) if item.name and item.pinned else Declared()
            case Wanted():
                return self.requirement(item, group, evidence)

    def _include(self, path: RepoPath, number: int, include: Include, group: str | None, constraint: bool) -> Declared:
        if "://" in include.path:
            return Declared(problems=(problem(path, number, "includes an address, which is not read"),))
        target = None if include.path.startswith("/") else join(parent(path), include.path)
        if target is None:
            return Declared(problems=(problem(path, number, f"includes {include.path}, outside the repository"),))
        if not self.repo.is_file(target):
            return Declared(problems=(problem(path, number, f"includes {include.path}, which does not exist"),))
        if len(self._seen) >= MAX_FILES:
            return Declared(problems=(problem(path, number, f"more than {MAX_FILES} files are included"),))
        return self._read(target, group, constraint=constraint)

    def requirement(self, wanted: Wanted, group: str | None, evidence: Evidence) -> Declared:
        """One requirement that stands where `evidence` says; a local path is looked up and named."""
        local = wanted.local_path
        directory = self._directory(evidence.path, local) if local is not None else None
        projects: tuple[LocalProject, ...] = ()
        if directory is not None:
            projects = (LocalProject(directory=directory, extras=wanted.extras, group=group, evidence=evidence),)
        name = (self.project_name(directory) if directory is not None else None) or wanted.name
        if name is None and local is not None:
            name = _name_of_path(directory or local)
        if name is None:
            if directory is not None:
                return Declared(projects=projects)
            reason = "an address without #egg= names no package"
            return Declared(problems=(problem(evidence.path, evidence.line, reason),))
        return replace(declare(replace(wanted, name=name), group, evidence), projects=projects)

    def _directory(self, path: RepoPath, local: str) -> RepoPath | None:
        for base in (self.working_directory, ".", parent(path)):
            target = join(base, local)
            if target is not None and self.repo.is_dir(target):
                return target
        return None


def _name_of_path(path: str) -> str | None:
    try:
        return canonicalize_name(basename(path), validate=True)
    except InvalidName:
        return None
