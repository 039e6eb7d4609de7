"""The head of the page: what it comes to, in one sentence, how ready the project is, and what it is made of."""

from collections import Counter
from collections.abc import Iterator

from analyzer.model.evidence import Answer, Fact
from analyzer.model.finding import (
    SEVERITIES,
    Area,
    Audit,
    NotApplicable,
    Passed,
    Severity,
    Undetermined,
)
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.report import Report
from analyzer.render.page.places import Link, Places
from analyzer.render.statements import COULD_NOT_TELL, counted

NOUNS = {Severity.BLOCKER: "blocker", Severity.RISK: "risk", Severity.ADVICE: "piece of advice"}
PLURALS = {Severity.ADVICE: "pieces of advice"}
GOOD = 90
"""A score from which a project is called ready."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One sentence, and its tone: bad | fair | good."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many there are of something, and the part of the page that lists them."""

    number: int
    noun: str
    tone: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """One thing that the project is made of."""

    label: str
    value: str
    places: tuple[Link, ...] = ()


def verdict(report: Report) -> Verdict:
    """What the report comes to."""
    audit, verification = report.audit, report.verification
    open_findings = audit.open if audit is not None else ()
    blockers = [one for one in open_findings if one.severity is Severity.BLOCKER]
    if blockers and audit is not None:
        areas = {audit.rule(one.rule).area for one in blockers}
        what = "build" if areas == {Area.BUILD} else "start" if Area.BUILD not in areas else "build or start"
        return Verdict(text=f"Will not {what}: {counted(len(blockers), 'blocker')}", tone="bad")
    if verification is not None and not verification.passed:
        return Verdict(text="Did not pass its trial on Docker", tone="bad")
    risks = sum(one.severity is Severity.RISK for one in open_findings)
    tried = ", and did so on Docker" if verification is not None else ""
    if risks:
        return Verdict(text=f"Will build and start{tried}: {counted(risks, 'risk')} to settle", tone="fair")
    questions = sum(isinstance(one.outcome, Undetermined) for one in audit.results) if audit is not None else 0
    if questions:
        return Verdict(
            text=f"Nothing stands in the way{tried}: {counted(questions, 'question')} to answer", tone="fair"
        )
    return Verdict(text="Built, started and answered on Docker" if tried else "Ready to move", tone="good")


def counts(audit: Audit) -> tuple[Count, ...]:
    """Open findings by severity, questions, and the rest of the outcomes; nothing is listed that there is none of."""
    return tuple(one for one in _counts(audit) if one.number)


def _counts(audit: Audit) -> Iterator[Count]:
    by_severity = Counter(one.severity for one in audit.open)
    for severity in SEVERITIES:
        number = by_severity[severity]
        noun = NOUNS[severity] if number == 1 else PLURALS.get(severity, f"{NOUNS[severity]}s")
        yield Count(number=number, noun=noun, tone=severity.value, target=f"severity-{severity.value}")
    kinds = Counter(type(one.outcome) for one in audit.results)
    questions = kinds[Undetermined]
    yield Count(
        number=questions, noun="question" if questions == 1 else "questions", tone="question", target="questions"
    )
    yield Count(number=kinds[Passed], noun="passed", tone="passed", target="passed")
    yield Count(number=kinds[NotApplicable], noun="not applicable", tone="none", target="not-applicable")
    yield Count(number=sum(not one.counts for one in audit.findings), noun="set aside", tone="none", target="ignored")


def about(report: Report, places: Places) -> Iterator[About]:
    """What the project is made of, and which state of it was read."""
    dependencies, modules = report.facts.dependencies, report.facts.django.settings_modules
    yield _about("Django", dependencies.django_version, places, "no version given")
    yield _about("Python", dependencies.python_version, places, "none requested")
    yield _about("Installed by", dependencies.package_manager, places, "nothing")
    yield _about("Settings", modules.production, places, "none found")
    if report.prefix != ".":
        yield About(label="Folder", value=report.prefix)
    if report.commit is not None:
        yield About(label="Commit", value=report.commit[:12])


def _about(label: str, answer: Answer[str | None], places: Places, none: str) -> About:
    if not isinstance(answer, Fact):
        return About(label=label, value=COULD_NOT_TELL, places=places.of(answer.evidence[:1]))
    return About(label=label, value=answer.value or none, places=places.of(answer.evidence[:1]))
