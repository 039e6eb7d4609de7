"""The report as one HTML file: it works from a disk, without a network and without scripts, on a screen and on paper.

Everything that a repository says is escaped by the templates' environment; no template marks text as safe. The page
itself forbids whatever is not in it: its policy names the hashes of its one style and its one script.
"""

from collections.abc import Iterator

from analyzer.model.artifact import Artifact
from analyzer.model.evidence import Certainty
from analyzer.model.finding import Audit, Category, Score, Severity
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.report import Report
from analyzer.render.document.report import report_document
from analyzer.render.environment import page_environment
from analyzer.render.migration.checklist import migration_plan
from analyzer.render.page import comparison, files, findings, method, overview, planned, today, trial, variables
from analyzer.render.page.kept_files import kept_files
from analyzer.render.page.places import Link, Places
from analyzer.render.page.sizes import size
from analyzer.render.policy import policy_hash
from analyzer.render.sections.operation import operation_sections
from analyzer.render.sections.project import project_sections
from analyzer.render.statements import counted

TEMPLATE = "report.html.j2"
STYLE, SCRIPT = "report.css", "report.js"
HEADINGS = {Severity.BLOCKER: "Blockers", Severity.RISK: "Risks", Severity.ADVICE: "Advice"}
FAIR, GOOD = 70, 90
"""Scores from which the gauge has another tone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the page; `count` is shown beside its title."""

    id: str
    title: str
    template: str
    count: int | None = None


def render(report: Report, artifacts: tuple[Artifact, ...], *, date: str | None = None) -> str:
    """The page.

    Args:
        artifacts: the generated files that are to be explained.
        date: as the reader is to see it; left out where nobody knows it, since the same input gives the same bytes.
    """
    places = Places(report)
    audit = report.audit
    cards = tuple(findings.groups(audit, places)) if audit is not None else ()
    asked = tuple(findings.questions(audit, places)) if audit is not None else ()
    shown = files.files(artifacts, places)
    read = tuple(variables.variables(report, places))
    environment = page_environment()
    return environment.get_template(TEMPLATE).render(
        report=report,
        date=date,
        document=report_document(report),
        style_hash=policy_hash(environment.get_template(STYLE).render()),
        script_hash=policy_hash(environment.get_template(SCRIPT).render()),
        sections=tuple(_sections(report, sum(group.number for group in cards), len(asked), len(read), len(shown))),
        verdict=overview.verdict(report),
        counts=overview.counts(audit) if audit is not None else (),
        about=tuple(overview.about(report, places)),
        score=audit.score if audit is not None else None,
        score_tone=_tone(audit.score) if audit is not None else "",
        today=today.today(report, places),
        planned=planned.planned(report.plan, places) if report.plan is not None else None,
        kept_files=tuple(kept_files(report, places)),
        comparison=comparison.comparison(report, places),
        groups=cards,
        headings=HEADINGS,
        categories=[one.value for one in Category if any(one is category for category in _categories(audit))],
        certainties=[
            one.value for one in Certainty if audit is not None and any(f.certainty is one for f in audit.open)
        ],
        questions=asked,
        passed=tuple(findings.passed(audit, places)) if audit is not None else (),
        not_applicable=tuple(findings.not_applicable(audit)) if audit is not None else (),
        set_aside=tuple(findings.set_aside(audit, places)) if audit is not None else (),
        facts=(*project_sections(report.facts), *operation_sections(report.facts)),
        variables=read,
        files=shown,
        trial=_trial(report, shown, places, cards),
        phases=migration_plan(report),
        links=places.of,
        unread=tuple(method.unread(report)),
        not_understood=method.not_understood(report, places),
        blind_spots=method.BLIND_SPOTS,
        counted=counted,
        size=size,
        seconds=lambda value: f"{value:.1f} s",
    )


def _sections(report: Report, found: int, asked: int, read: int, written: int) -> Iterator[Section]:
    for id_, title, count in (
        ("architecture", "Architecture", None),
        ("comparison", "Buildpacks against the Dockerfile", None),
        ("findings", "Findings", found),
        ("questions", "Questions to answer", asked),
        ("variables", "Environment variables", read),
        ("right", "What is already right", None),
        ("files", "Generated files", written),
        ("verification", "Verification", None),
        ("migration", "Migration plan", None),
        ("cost", "Monthly cost", None),
        ("method", "Method and limits", None),
    ):
        yield Section(id=id_, title=title, template=f"report/{id_}.html.j2", count=count)


def _tone(score: Score) -> str:
    return "good" if score.total >= GOOD else "fair" if score.total >= FAIR else "bad"


def _categories(audit: Audit | None) -> set[Category]:
    return {audit.rule(one.rule).category for one in audit.open} if audit is not None else set()


def _trial(
    report: Report, shown: tuple[files.File, ...], places: Places, groups: tuple[findings.Group, ...]
) -> trial.Trial | None:
    if report.verification is None:
        return None
    links = tuple(
        Link(text=card.rule.title, url=f"#{card.id}", note=snippet.place.text)
        for group in groups
        for card in group.cards
        for spot in card.spots
        for snippet in spot.snippets
    )
    return trial.trial(report.verification, shown, places, links)
