"""lib/package_manager.sh: which package manager installs the dependencies."""

from analyzer.buildpacks.build_stops import BuildStops
from analyzer.buildpacks.heroku_classic.messages import MESSAGES
from analyzer.buildpacks.heroku_classic.release import Release
from analyzer.buildpacks.notes import Notes, absent
from analyzer.buildpacks.remedies import remedy_without_manager
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence
from analyzer.model.prediction import Step
from analyzer.model.quick_dataclass import dataclass

MANAGERS = {"Pipfile.lock": "pipenv", "requirements.txt": "pip", "poetry.lock": "poetry", "uv.lock": "uv"}
"""By the file that asks for it, in the buildpack's order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manager:
    """The package manager: pip, pipenv, poetry, uv, or setuptools for an editable install by pip."""

    name: str
    evidence: Evidence


def determine_package_manager(source: Source, release: Release, notes: Notes) -> Manager:
    """The manager of the first file that is there. Raises BuildStops without one, and where several are an error."""
    tree = source.tree
    found = [name for name in MANAGERS if tree.is_file(name)]
    if "Pipfile.lock" not in found and tree.is_file("Pipfile"):
        raise BuildStops(
            MESSAGES.failure(
                "package-manager::pipenv-missing-lockfile",
                Evidence(path="Pipfile", note="without a Pipfile.lock"),
                alternative=found[0] if found else "another package manager",
            )
        )
    if not found:
        return _without_manager_file(source, release, notes)
    evidence = tuple(Evidence(path=name, note=f"asks for {MANAGERS[name]}") for name in found)
    if len(found) > 1:
        values = {"files": ", ".join(found), "first": found[0]}
        if "multiple_package_managers" in release.stops_at:
            raise BuildStops(MESSAGES.failure("package-manager::multiple-found", *evidence, **values))
        notes.warn(MESSAGES.warning("package-manager::multiple-found", *evidence, **values))
    return _say(Manager(name=MANAGERS[found[0]], evidence=evidence[0]), release, notes)


def _without_manager_file(source: Source, release: Release, notes: Notes) -> Manager:
    if source.tree.is_file("setup.py"):
        evidence = Evidence(path="setup.py", note="alone, without a file of a package manager")
        if "setup_py_only" in release.stops_at:
            raise BuildStops(MESSAGES.failure("package-manager::setup-py-only", evidence))
        notes.warn(MESSAGES.warning("package-manager::setup-py-only", evidence))
        return _say(Manager(name="setuptools", evidence=evidence), release, notes)
    remedy = remedy_without_manager(source, tuple(MANAGERS))
    missing = absent("Pipfile.lock, requirements.txt, poetry.lock or uv.lock")
    raise BuildStops(MESSAGES.failure("package-manager::none-found", *remedy.evidence, missing, remedy=remedy.text))


def _say(manager: Manager, release: Release, notes: Notes) -> Manager:
    text = f"{manager.name}, because of {manager.evidence.path}"
    notes.say(Step.PACKAGE_MANAGER, text, manager.evidence, source=release.lines["package_manager"])
    return manager
