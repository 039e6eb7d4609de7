"""Which Python the repository asks for: every declaration, strongest first."""

from dataclasses import replace

from packaging.specifiers import SpecifierSet

from analyzer.facts.dependencies.manifests import folders_upward
from analyzer.facts.python.declaration import Declaration, Strength
from analyzer.facts.python.hints import python_hints
from analyzer.facts.python.images import image_declarations
from analyzer.facts.python.version_files import declarations_in, exact_version
from analyzer.model.evidence import Answer, Certainty, Evidence, Fact, RepoPath
from analyzer.model.facts import PythonVersionFact
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import join
from analyzer.snapshot.repository import RepositorySnapshot

MAX_MICRO = 30
"""Releases of one minor series of Python that are tried: none has had more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedPython:
    """The version asked for: "3.12", "3.12.4", or a range as written; None when nothing asks for one."""

    version: Answer[str | None]
    source: str | None
    declared: tuple[PythonVersionFact, ...]


def read_requested_python(repo: RepositorySnapshot, django_dir: RepoPath, looked_at: Evidence) -> RequestedPython:
    """The strongest declaration (see `Strength`), at equal strength the one nearest to manage.py.

    `looked_at` is the evidence when there is none.
    """
    folders = folders_upward(django_dir)
    found: list[Declaration] = []
    for distance, folder in enumerate(folders):
        names = {name: path for name in repo.children(folder) if (path := join(folder, name)) and repo.is_file(path)}
        found += (Declaration(item.strength, distance, item.fact) for item in declarations_in(repo, names))
    found += image_declarations(repo, folders)
    found += python_hints(repo, folders)
    found = [_demoted(item, found) for item in found]
    found.sort(key=lambda item: (item.strength, item.distance))
    declared = tuple(item.fact for item in found)
    if not found or found[0].strength is Strength.HINT:
        evidence = (declared[0].evidence,) if declared else (looked_at,)
        return RequestedPython(
            version=Fact(value=None, evidence=evidence, certainty=Certainty.CERTAIN), source=None, declared=declared
        )
    best = found[0]
    agreeing = tuple(fact.evidence for fact in declared if fact.spec == best.fact.spec)
    firm = best.strength < Strength.DEVELOPMENT_IMAGE and not any(_contradicts(item, best) for item in found)
    version = Fact(
        value=exact_version(best.fact.spec) or best.fact.spec,
        evidence=agreeing,
        certainty=Certainty.CERTAIN if firm else Certainty.LIKELY,
    )
    return RequestedPython(version=version, source=best.fact.source, declared=declared)


def _contradicts(item: Declaration, best: Declaration) -> bool:
    """Whether another file that pins the Python of a deployment names a different one: "3.12" and "3.12.4" agree."""
    one, other = f"{item.fact.spec}.", f"{best.fact.spec}."
    return item.strength <= Strength.IMAGE and not (one.startswith(other) or other.startswith(one))


def _demoted(item: Declaration, others: list[Declaration]) -> Declaration:
    """An image with a Python that the project's own range excludes cannot install it: it does not run the project."""
    ranges = [other.fact.spec for other in others if other.strength is Strength.RANGE]
    if item.strength is not Strength.IMAGE or all(_allows(spec, item.fact.spec) for spec in ranges):
        return item
    return replace(item, strength=Strength.DEVELOPMENT_IMAGE)


def _allows(spec: str, version: str) -> bool:
    """Whether the range `spec` has the release `version` ("3.12.4"), or some release of the series ("3.12")."""
    allowed = SpecifierSet(f"=={spec}.*" if spec[0].isdigit() else spec)
    releases = [version] if version.count(".") > 1 else [f"{version}.{micro}" for micro in range(MAX_MICRO)]
    return any(release in allowed for release in releases)
