"""The head of the page: what it comes to, in one sentence, how ready the project is, and what it is made of."""

from collections.abc import Iterator

from analyzer.model.evidence import Answer, Fact
from analyzer.model.finding import SEVERITIES, Audit, Severity
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.report import Report
from analyzer.render import outcomes
from analyzer.render.page.places import Link, Places
from analyzer.render.statements import COULD_NOT_TELL

UNCOUNTED = (Severity.ADVICE,)
"""Severities whose name is no plural's beginning: "4 advice"."""


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
    """What the report comes to; a trial that failed outweighs what rules find."""
    audit, verification = report.audit, report.verification
    open_findings = audit.open if audit is not None else ()
    worst = min((SEVERITIES.index(one.severity) for one in open_findings), default=len(SEVERITIES))
    text = outcomes.verdict(audit) if audit is not None else ""
    tone = ("bad", "fair")[worst] if worst < 2 else "good"
    if verification is None:
        return Verdict(text=text or "Not judged: the rules were not applied.", tone=tone if text else "fair")
    trial = "It was built, started and probed on Docker." if verification.passed else "It failed its trial on Docker."
    if verification.passed:
        return Verdict(text=f"{text} {trial}".strip(), tone=tone)
    return Verdict(text=f"{trial} {text}".strip() if tone != "bad" else f"{text} {trial}", tone="bad")


def counts(audit: Audit) -> tuple[Count, ...]:
    """Open findings by severity, questions, and the rest of the outcomes; nothing is listed that there is none of."""
    return tuple(one for one in _counts(audit) if one.number)


def _counts(audit: Audit) -> Iterator[Count]:
    for severity in SEVERITIES:
        number = sum(one.severity is severity for one in audit.open)
        noun = severity.value if number == 1 or severity in UNCOUNTED else f"{severity.value}s"
        yield Count(number=number, noun=noun, tone=severity.value, target=f"severity-{severity.value}")
    asked = len(outcomes.questions(audit))
    yield Count(number=asked, noun="question" if asked == 1 else "questions", tone="question", target="questions")
    yield Count(number=len(outcomes.passed(audit)), noun="passed", tone="passed", target="passed")
    number = len(outcomes.not_applicable(audit))
    yield Count(number=number, noun="not applicable", tone="none", target="not-applicable")
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
