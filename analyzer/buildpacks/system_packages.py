"""The Debian packages that the dependencies need and that the image does not have (data/stacks.toml)."""

from collections.abc import Iterator
from enum import StrEnum

from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.source import Source
from analyzer.buildpacks.tables import load
from analyzer.buildpacks.wording import listed
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import SystemPackage
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.prediction import PredictedFailure, Step

_APTFILE = "Aptfile"
_REQUIREMENTS = "requirements.txt"
_BY_OTHERS = ("installed by name", "of an extra")
"""How the note of a requirement begins that a Dockerfile installs beside the files of requirements, or an extra asks
for: buildpacks install no extras."""
_THROUGH = lazy_pattern(r"\(through (.+)\)$")


class Way(StrEnum):
    """How a platform lets its user install Debian packages."""

    APTFILE = "aptfile"
    APT = "apt"
    DEB = "deb"
    IMAGE = "image"


def describe_system_packages(source: Source, stack: str, build_failure: str, notes: Notes, way: Way) -> None:
    """Say what is missing on the stack; `build_failure` is the buildpack's name for an installer that fails."""
    reads_aptfile = way is Way.APTFILE
    if source.tree.is_file(_APTFILE):
        text = "the Aptfile buildpack installs them" if reads_aptfile else "nothing reads it: it takes an apt buildpack"
        notes.say(Step.SYSTEM_PACKAGES, f"Aptfile: {text}", Evidence(path=_APTFILE))
    if source.facts is None:
        return
    listed_there = _aptfile(source) if reads_aptfile else frozenset()
    for phase, packages, id_ in (
        ("build", source.facts.build_packages, build_failure),
        ("run", source.facts.run_packages, "system-packages::run"),
    ):
        installed = tuple(package for package in packages if _is_installed(source, package.evidence.path))
        missing = tuple(_missing(installed, stack, phase, listed_there))
        if missing:
            notes.fail(_failure(missing, stack, phase, id_, way))


def _is_installed(source: Source, path: RepoPath) -> bool:
    """Whether buildpacks install what a file asks for: one of the folder itself, or one that such a file includes."""
    install = source.facts.dependencies.install if source.facts is not None else None
    if "/" not in path or install is None:
        return True
    if install.directory == "." and not all("/" in given for given in install.requirements or (_REQUIREMENTS,)):
        return True
    return path.encode() in (source.tree.read(_REQUIREMENTS) or b"")


def _missing(
    packages: tuple[SystemPackage, ...], stack: str, phase: str, listed_there: frozenset[str]
) -> Iterator[SystemPackage]:
    """What a requirement needs and nothing brings; what a Dockerfile installs need not be needed.

    A requirement that only a Dockerfile or an extra names is none of the buildpack's.
    """
    table = load("stacks")
    image, others = set(table["stacks"][stack][phase]), {*table["builds_without"], *table["of_no_installer"]}
    for package in packages:
        names = {package.package, _name(package, stack), *(name for _, name in package.names)}
        if package.evidence.note.startswith(_BY_OTHERS):
            continue
        if package.names and package.because not in others and names.isdisjoint(image | listed_there):
            yield package


def _name(package: SystemPackage, stack: str) -> str:
    """The package's name in the Ubuntu of the stack."""
    table = load("stacks")
    name: str = table["names"][table["stacks"][stack]["ubuntu"]].get(package.package, package.package)
    return name


def _aptfile(source: Source) -> frozenset[str]:
    """The packages that the Aptfile names and those that they bring; addresses of .deb files and `:repo:` lines are
    none.
    """
    lines = (source.tree.read(_APTFILE) or b"").decode("utf-8", "replace").split("\n")
    named = {line.strip() for line in lines if line.strip() and not line.startswith(("#", ":"))}
    return frozenset(named).union(*(load("stacks")["brings"].get(name, ()) for name in named))


def _failure(packages: tuple[SystemPackage, ...], stack: str, phase: str, id_: str, way: Way) -> PredictedFailure:
    lacking = list(dict.fromkeys(_name(p, stack) for p in packages))
    names, them = listed(lacking), "it" if len(lacking) == 1 else "them"
    users = list(dict.fromkeys(p.because for p in packages))
    verb = "cannot be built without" if phase == "build" else "needs" if len(users) == 1 else "need"
    there = "" if phase == "build" else " at run time"
    logs = load("library_errors")[phase]
    known = list(dict.fromkeys(logs[name] for user in users if (name := _package(user)) in logs))
    return PredictedFailure(
        id=id_,
        mode="D",
        message=f"{listed(users)} {verb} {names}{there}: {stack} does not have {them}, and nothing installs {them}",
        step=Step.SYSTEM_PACKAGES,
        log=" … ".join(known) or f"(the error of {users[0]} about a missing header, library or program)",
        fix=load("stacks")["ways"][way].format(names=names),
        evidence=tuple(dict.fromkeys(p.evidence for p in packages)),
    )


def _package(user: str) -> str:
    """The package itself: `psycopg-c` of `psycopg (through psycopg-c)`."""
    through = _THROUGH.search(user)
    return through[1] if through else user
