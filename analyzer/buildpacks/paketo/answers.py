"""How bin/detect answers, in short."""

from analyzer.buildpacks.lifecycle import Code, DetectRun, Plan, Requirement
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence, RepoPath


def pass_(
    reason: str, *evidence: Evidence, provides: tuple[str, ...] = (), requires: tuple[Requirement, ...] = ()
) -> DetectRun:
    """Exit code 0, with a plan."""
    return DetectRun(
        code=Code.PASS, reason=reason, evidence=evidence, plans=(Plan(provides=provides, requires=requires),)
    )


def fail(reason: str, *evidence: Evidence) -> DetectRun:
    """Exit code 100: the buildpack is not for this folder."""
    return DetectRun(code=Code.FAIL, reason=reason, evidence=evidence or (Evidence(path="."),))


def error(reason: str, *evidence: Evidence) -> DetectRun:
    """Exit code 1: the buildpack stops."""
    return DetectRun(code=Code.ERROR, reason=reason, evidence=evidence or (Evidence(path="."),))


def found(source: Source, *names: RepoPath) -> tuple[Evidence, ...]:
    """Those of the entries that are there."""
    return tuple(Evidence(path=name) for name in names if source.tree.exists(name))


def variable(source: Source, name: str, plan_entry: str) -> Requirement | None:
    """What a variable that is set requires, with its value as the version."""
    if name not in source.variables:
        return None
    evidence = (Evidence(path=".", note=f"the variable {name}"),)
    return Requirement(name=plan_entry, version=source.variables[name], source=name, evidence=evidence)
