"""Entries as a fleet has them, made by hand."""

from dataclasses import replace

from analyzer.model.finding import Effort, Severity
from analyzer.model.fleet import (
    BuildpackOutcome,
    BuildpackVerdict,
    FailedCheck,
    FleetEntry,
    RuleCount,
    ScanOutcome,
    VerificationOutcome,
    VerifiedEntry,
)

PLAIN = FleetEntry(
    repository="shop",
    key="sha256:1",
    outcome=ScanOutcome.SCANNED,
    django_version="5.2.1",
    score=90,
    components=("web",),
    databases=("PG",),
    currency="USD",
    cents=1200,
    buildpacks=(
        BuildpackVerdict(buildpack="heroku-classic", title="Heroku classic", outcome=BuildpackOutcome.STARTS),
        BuildpackVerdict(buildpack="paketo", title="Paketo", outcome=BuildpackOutcome.STARTS),
    ),
)


def found(
    rule: str, severity: Severity = Severity.BLOCKER, effort: Effort = Effort.MINUTES, count: int = 1
) -> RuleCount:
    return RuleCount(
        rule=rule,
        title=f"Title of {rule}",
        severity=severity,
        effort=effort,
        count=count,
        path="shop/settings.py",
        line=7,
    )


def entry(name: str, *findings: RuleCount, **more: object) -> FleetEntry:
    return replace(PLAIN, repository=name, findings=findings, **more)  # type: ignore[arg-type]


def fails(buildpack: str, failure: str) -> BuildpackVerdict:
    return BuildpackVerdict(
        buildpack=buildpack,
        title=buildpack.title(),
        outcome=BuildpackOutcome.FAILS,
        failure=failure,
        message=f"Message of {failure}",
    )


FAILED = VerifiedEntry(
    outcome=VerificationOutcome.FAILED,
    engine="20.10.24, linux/amd64",
    failed=(FailedCheck(id="job-succeeds", component="migrate", cause="No table"),),
)
HOSTILE = "</script><img src=x onerror=alert(1)>\x1b[31m"
FLEET = (
    entry("ready"),
    entry("large", components=("web", "worker"), databases=("PG", "VALKEY"), cents=4500),
    entry("risky", found("media-local", Severity.RISK, Effort.HOURS), found("no-logs", Severity.ADVICE)),
    entry(
        "blocked",
        found("hosts-fixed", count=2),
        found("media-local", Severity.RISK, Effort.HOURS),
        buildpacks=(
            fails("heroku-classic", "processes::none"),
            BuildpackVerdict(buildpack="paketo", title="Paketo", outcome=BuildpackOutcome.REFUSES, failure="detection"),
        ),
    ),
    entry("old", found("hosts-fixed"), found("python-two", effort=Effort.DAYS), verification=FAILED),
    FleetEntry(
        repository="notes", key="sha256:2", outcome=ScanOutcome.NO_PROJECT, reason="in 1 file, 0 of them Python"
    ),
    FleetEntry(
        repository=HOSTILE,
        key=None,
        outcome=ScanOutcome.CRASHED,
        reason="its process was ended by signal 9 (SIGKILL)",
    ),
)
