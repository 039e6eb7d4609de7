"""What manifests ask for, in one shape whatever their format."""

from collections.abc import Iterable

from analyzer.facts.dependencies.requirement_lines import Invalid, Wanted
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import Dependency, PackageIndex
from analyzer.model.quick_dataclass import dataclass

OF_EXTRA = "of an extra: "
"""How the note of a requirement begins that only an extra of the project asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalProject:
    """A folder of the repository that is installed as a package (`-e .`), with the extras asked for."""

    directory: RepoPath
    extras: tuple[str, ...]
    group: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The requirements of a manifest and of the files that it includes."""

    files: tuple[RepoPath, ...] = ()
    """In the order read, includes first."""
    dependencies: tuple[Dependency, ...] = ()
    indexes: tuple[PackageIndex, ...] = ()
    problems: tuple[Evidence, ...] = ()
    pins: tuple[tuple[str, str], ...] = ()
    """(canonical name, version) that constraint files fix."""
    projects: tuple[LocalProject, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Canonical names of the requirements."""
        return frozenset(dependency.name for dependency in self.dependencies)


def combine(parts: Iterable[Declared]) -> Declared:
    """Everything that `parts` ask for, in their order, files once."""
    found = tuple(parts)
    return Declared(
        files=tuple(dict.fromkeys(path for part in found for path in part.files)),
        dependencies=tuple(dict.fromkeys(item for part in found for item in part.dependencies)),
        indexes=tuple(dict.fromkeys(item for part in found for item in part.indexes)),
        problems=tuple(dict.fromkeys(item for part in found for item in part.problems)),
        pins=tuple(dict.fromkeys(item for part in found for item in part.pins)),
        projects=tuple(dict.fromkeys(item for part in found for item in part.projects)),
    )


def problem(path: RepoPath, line: int | None, reason: str) -> Evidence:
    """A line that could not be understood."""
    return Evidence(path=path, line=line or 1, note=reason)


def declare(wanted: Wanted | Invalid, group: str | None, evidence: Evidence) -> Declared:
    """One requirement as `group` (None: production) installs it, or why it is none."""
    if isinstance(wanted, Invalid) or wanted.name is None:
        reason = wanted.reason if isinstance(wanted, Invalid) else "names no package"
        return Declared(problems=(problem(evidence.path, evidence.line, reason),))
    found = Dependency(
        name=wanted.name,
        specifier=wanted.specifier,
        locked=wanted.version,
        extras=wanted.extras,
        marker=wanted.marker,
        group=group,
        vcs=wanted.url,
        editable=wanted.editable,
        evidence=evidence,
    )
    doubts = (problem(evidence.path, evidence.line, wanted.doubt),) if wanted.doubt else ()
    return Declared(dependencies=(found,), problems=doubts)
