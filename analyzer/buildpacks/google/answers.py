"""How bin/detect answers: pkg/gcpbuildpack/detect.go."""

from analyzer.buildpacks.lifecycle import Code, DetectRun, Plan, Requirement
from analyzer.model.evidence import Evidence


def opt_in(
    reason: str, *evidence: Evidence, provides: tuple[str, ...] = (), requires: tuple[str, ...] = ()
) -> DetectRun:
    """The buildpack takes part, with a plan."""
    plan = Plan(provides=provides, requires=tuple(Requirement(name=name) for name in requires))
    return DetectRun(code=Code.PASS, reason=reason, evidence=evidence, plans=(plan,))


def opt_out(reason: str, *evidence: Evidence) -> DetectRun:
    """The buildpack does not take part."""
    return DetectRun(code=Code.FAIL, reason=reason, evidence=evidence or (Evidence(path="."),))


def stops(reason: str, *evidence: Evidence) -> DetectRun:
    """The buildpack stops with an error."""
    return DetectRun(code=Code.ERROR, reason=reason, evidence=evidence or (Evidence(path="."),))
