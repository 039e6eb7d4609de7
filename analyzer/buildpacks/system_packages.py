"""The Debian packages that the dependencies need and that the image does not have (data/stacks.toml)."""

from collections.abc import Iterable, Iterator

from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.source import Source
from analyzer.buildpacks.tables import load
from analyzer.model.evidence import Evidence
from analyzer.model.facts import SystemPackage
from analyzer.model.prediction import PredictedFailure, Step
from analyzer.model.quick_dataclass import dataclass

_APTFILE = "Aptfile"
_HOW = "with an Aptfile and an apt buildpack before this one"
"""Where the stack's table has no `how`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPackages:
    """What nothing installs, for the build and at run time."""

    build: tuple[SystemPackage, ...] = ()
    run: tuple[SystemPackage, ...] = ()


def missing_packages(source: Source, stack: str, *, aptfile_is_read: bool) -> MissingPackages:
    """The packages of the facts that the images of the stack do not have."""
    if source.facts is None:
        return MissingPackages()
    table = load("stacks")["stacks"][stack]
    listed = _aptfile(source) if aptfile_is_read else frozenset()
    return MissingPackages(
        build=tuple(_without(source.facts.build_packages, listed.union(table["build"]))),
        run=tuple(_without(source.facts.run_packages, listed.union(table["run"]))),
    )


def _without(packages: Iterable[SystemPackage], there: frozenset[str]) -> Iterator[SystemPackage]:
    """Those that a requirement needs and that are not there; what a Dockerfile installs need not be needed."""
    return (p for p in packages if p.names and there.isdisjoint(name for _, name in p.names))


def _aptfile(source: Source) -> frozenset[str]:
    """The packages that the Aptfile names; addresses of .deb files and `:repo:` lines are none."""
    lines = (source.tree.read(_APTFILE) or b"").decode("utf-8", "replace").split("\n")
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith(("#", ":")))


def describe_system_packages(
    source: Source, stack: str, build_failure: str, notes: Notes, *, aptfile_is_read: bool
) -> None:
    """Say what is missing on the stack; `build_failure` is the buildpack's name for an installer that fails."""
    if source.tree.is_file(_APTFILE):
        text = (
            "the Aptfile buildpack installs them" if aptfile_is_read else "nothing reads it: it takes an apt buildpack"
        )
        notes.say(Step.SYSTEM_PACKAGES, f"Aptfile: {text}", Evidence(path=_APTFILE))
    missing = missing_packages(source, stack, aptfile_is_read=aptfile_is_read)
    for packages, id_, effect in (
        (missing.build, build_failure, "cannot be built"),
        (missing.run, "system-packages::run", "does not find its libraries or programs when it runs"),
    ):
        if packages:
            notes.fail(_failure(packages, id_, effect, stack))


def _failure(packages: tuple[SystemPackage, ...], id_: str, effect: str, stack: str) -> PredictedFailure:
    names = ", ".join(dict.fromkeys(p.package for p in packages))
    because = ", ".join(dict.fromkeys(p.because for p in packages))
    return PredictedFailure(
        id=id_,
        mode="D",
        message=f"{because} {effect}: {stack} does not have {names}, and the buildpack installs no packages",
        step=Step.SYSTEM_PACKAGES,
        log=f"(the error of {because}, about a missing header, library or program)",
        fix=f"install {names} {load('stacks')['stacks'][stack].get('how', _HOW)}",
        evidence=tuple(dict.fromkeys(p.evidence for p in packages)),
    )
