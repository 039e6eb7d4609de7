"""The report as the comment of a pull request: what goes wrong first, everything else folded.

A comment has at most 65,536 characters. What does not fit is left out at the end of its section, which says so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from analyzer.model.evidence import Answer, Certainty, Evidence, Fact
from analyzer.model.facts import EnvironmentVariable
from analyzer.model.finding import Audit, Excerpt, Finding, NotApplicable, Passed, Score
from analyzer.model.plan import DeploymentPlan, Variable
from analyzer.model.prediction import BuildpackPrediction
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.report import Report
from analyzer.render.markdown_text import block, code, folded, plain, table, tag
from analyzer.render.migration.checklist import migration_plan
from analyzer.render.migration.steps import Step
from analyzer.render.outcomes import (
    Group,
    Question,
    groups,
    ignored,
    not_applicable,
    passed,
    questions,
    summary,
    verdict,
)
from analyzer.render.statements import COULD_NOT_TELL, counted, is_default, place

LIMIT = 65_536
"""Characters of a comment."""
MARK = "<!-- doctor scan -->"
"""By which a workflow finds the comment that it wrote before."""
PLACES = 3
"""Places of a group of findings, and of a finding, that are shown."""
_SPARE = 120
"""Characters for the sentence that says what was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """A part of the report; of its items, the first ones that fit are shown."""

    title: str
    items: tuple[str, ...]
    head: tuple[str, ...] = ()
    """Lines that go with the items: those of a table."""
    fold: bool = False
    blank: bool = True
    """Whether an empty line parts the items."""


def render(report: Report) -> str:
    """The comment, with a newline at its end."""
    head, foot = "\n\n".join(_header(report)), _footer(report)
    room = LIMIT - len(head) - len(foot) - 4
    sections = [one for one in _sections(report) if one.items]
    room -= sum(len(_shown(replace(one, items=()), len(one.items))) + _SPARE for one in sections)
    parts = []
    for section in sections:
        fitting = _fitting(section, room)
        room -= sum(map(len, fitting)) + 2 * len(fitting)
        parts.append(_shown(replace(section, items=fitting), len(section.items) - len(fitting)))
    return "\n\n".join([head, *parts, foot]) + "\n"


def _fitting(section: _Section, room: int) -> tuple[str, ...]:
    for number, item in enumerate(section.items):
        room -= len(item) + 2
        if room < 0:
            return section.items[:number]
    return section.items


def _shown(section: _Section, left_out: int) -> str:
    separator = "\n\n" if section.blank else "\n"
    content = "\n".join([*section.head, separator.join(section.items)])
    if left_out:
        content += f"\n\n*{left_out:,} more do not fit into a comment: `doctor scan` shows them all.*"
    return folded(section.title, content) if section.fold else f"### {section.title}\n\n{content}"


# --- head and foot --------------------------------------------------------------------------------------------------


def _header(report: Report) -> Iterator[str]:
    """What it comes to, what the project is, and the score."""
    audit, dependencies = report.audit, report.facts.dependencies
    yield MARK
    yield f"## doctor: {'what the project is made of' if audit is None else verdict(audit)}"
    parts = [
        code(f"{report.target}/"),
        _said("Django", dependencies.django_version, "no version given"),
        _said("Python", dependencies.python_version, "none requested"),
        _said("package manager", dependencies.package_manager, "none"),
        _said("settings", report.facts.django.settings_modules.production, "none found"),
    ]
    if report.commit is not None:
        parts.append(f"commit {code(report.commit[:12])}")
    yield ", ".join(parts)
    if audit is not None:
        yield summary(audit)
        yield "\n".join(_score(audit.score))


def _score(score: Score) -> Iterator[str]:
    areas = [one for one in score.areas if one.points is not None]
    capped = ", kept low by blockers" if score.capped else ""
    yield f"**Readiness {score.total}/100**{capped}"
    if areas:
        yield ""
        yield from table(
            [one.area.value for one in areas], [[f"{round(one.points or 0, 1):g} of {one.weight}" for one in areas]]
        )


def _said(name: str, answer: Answer[str | None], none: str) -> str:
    if not isinstance(answer, Fact):
        return f"{name} {COULD_NOT_TELL}"
    return f"{name} {code(answer.value)}{_behind(answer.evidence)}" if answer.value else f"{name} {none}"


def _footer(report: Report) -> str:
    return (
        f"<sub>{report.tool.name} {report.tool.version} read the repository; nothing was run, written or fetched. "
        "`doctor explain RULE` says more of a rule, `doctor scan` has every detail.</sub>"
    )


# --- sections -------------------------------------------------------------------------------------------------------


def _sections(report: Report) -> Iterator[_Section]:
    audit, plan = report.audit, report.plan
    if audit is not None:
        yield _Section(title="Findings", items=tuple(_group(one, audit) for one in groups(audit)))
        yield _Section(title="Questions", items=tuple(_question(one, audit) for one in questions(audit)), blank=False)
    yield _Section(
        title="Migration plan",
        items=tuple(item for phase in migration_plan(report) for item in _phase(phase.title, phase.steps)),
        blank=False,
    )
    if report.predictions:
        yield _folded_table("Buildpacks and the Dockerfile", _buildpacks(report.predictions, plan))
    yield _folded_table("Environment variables", _variables(report))
    if audit is not None:
        yield from _settled(audit)


def _folded_table(title: str, lines: list[str]) -> _Section:
    return _Section(title=title, head=tuple(lines[:2]), items=tuple(lines[2:]), fold=True, blank=False)


def _group(group: Group, audit: Audit) -> str:
    """A finding, folded: the place, what is there, the remedy."""
    first = group.findings[0]
    number = f", {counted(len(group.findings), 'place')}" if len(group.findings) > 1 else ""
    title = (
        f"<b>{group.severity}</b>: {tag(group.rule.title)} (~{group.rule.effort}{number}), "
        f"<code>{tag(place(first.evidence[0]))}</code>"
    )
    parts = [part for one in group.findings[:PLACES] for part in _finding(one, audit)]
    if len(group.findings) > PLACES:
        parts.append(f"and {counted(len(group.findings) - PLACES, 'more place')}.")
    parts.append(f"**Fix:** {plain(first.remediation)}")
    parts += [block(first.commands)] if first.commands else []
    links = ", ".join(f"[{one.split('/')[2]}]({one})" for one in group.rule.references)
    parts.append(f"`doctor explain {group.rule.id}`, {links}")
    return folded(title, "\n\n".join(parts))


def _finding(finding: Finding, audit: Audit) -> Iterator[str]:
    doubt = "" if finding.certainty is Certainty.CERTAIN else f" ({finding.certainty})"
    yield plain(finding.message) + doubt
    yield from _place(finding.evidence[0], finding.excerpt)
    further = finding.evidence[1 : 1 + PLACES]
    for one in further:
        yield from _place(one, audit.excerpts.get((one.path, one.line)))
    if len(finding.evidence) > 1 + len(further):
        yield f"and {counted(len(finding.evidence) - 1 - len(further), 'more place')}."


def _place(where: Evidence, excerpt: Excerpt | None) -> Iterator[str]:
    """The place with its note, then its line."""
    named, line = place(where), "" if excerpt is None else excerpt.lines[where.line - excerpt.first_line]
    if is_default(where):
        named, line = where.path, ""
    text = ": ".join(part for part in (code(named) if named else "", plain(where.note)) if part)
    if where.note and where.note in line:
        text = code(named)
    if text:
        yield text
    if line.strip():
        yield block([f"{where.line} | {line}"])


def _question(question: Question, audit: Audit) -> str:
    asked = question.asked
    answer = f" Answer with {code(asked.override)} in doctor.toml." if asked.override else ""
    return f"- [ ] {plain(asked.question)}{_behind(asked.evidence)}{answer} `doctor explain {question.rule.id}`"


def _phase(title: str, steps: Iterable[Step]) -> Iterator[str]:
    yield f"\n**{title}**\n"
    yield from map(_step, steps)


def _step(step: Step) -> str:
    parts = [f"- [ ] {plain(step.text)}{f': {plain(step.detail)}' if step.detail else ''}"]
    parts += [code(one) for one in step.commands]
    parts += [f"(~{step.effort})"] if step.effort else []
    parts += [_behind(step.evidence).strip()]
    return " ".join(part for part in parts if part)


def _buildpacks(predictions: tuple[BuildpackPrediction, ...], plan: DeploymentPlan | None) -> list[str]:
    """A row for each way to build."""
    rows = [
        [
            code(one.buildpack),
            "yes" if one.detected.value else "no",
            code(one.python.resolved or one.python.requested or "-"),
            code(one.package_manager or "-"),
            code(one.processes.get(one.default_process or "", "-")),
            code(one.failures[0].id) if one.failures else "-",
        ]
        for one in predictions
    ]
    if plan is not None:
        image = plan.image
        python, manager = image.python_version.value, image.install.value.manager
        rows.append(["**Dockerfile**", "-", code(python), code(manager), code(image.command.value), "-"])
    return table(("builder", "detects", "Python", "installs with", "starts", "first failure"), rows)


def _variables(report: Report) -> list[str]:
    """Variables that are read, those without a value first."""
    given = dict(_given(report.plan))
    variables = sorted(report.facts.environment, key=lambda one: (not one.required, one.name))
    head = ("variable", "read at", "needed", "default", "in app.yaml")
    return table(head, [_variable(one, given.get(one.name)) for one in variables])


def _given(plan: DeploymentPlan | None) -> Iterator[tuple[str, Variable]]:
    if plan is not None:
        for component in plan.components:
            yield from ((one.name, one) for one in component.variables)
        yield from ((one.name, one) for one in plan.variables)


def _variable(variable: EnvironmentVariable, given: Variable | None) -> list[str]:
    needed = f"{'required' if variable.required else 'optional'}, {' and '.join(variable.phases)}"
    default = code(variable.default) if variable.default is not None and not variable.required else "-"
    value = "-"
    if given is not None:
        value = "to be filled in" if given.value.value is None else code(given.value.value)
    secret = " (secret)" if variable.secret else ""
    return [code(variable.name) + secret, code(place(variable.evidence[0])), needed, default, value]


def _settled(audit: Audit) -> Iterator[_Section]:
    """What is right already, what the project does not have, and what somebody decided to leave."""
    right = [
        f"- `{one.rule.id}`: {plain(one.outcome.reason)}{_behind(one.outcome.evidence)}"
        for one in passed(audit)
        if isinstance(one.outcome, Passed)
    ]
    absent = [
        f"- `{one.rule.id}`: {plain(one.outcome.reason)}"
        for one in not_applicable(audit)
        if isinstance(one.outcome, NotApplicable)
    ]
    left = [
        f"- `{one.rule}`{_behind(one.evidence)}: {plain(one.ignored.reason)}"
        + (f" (until {one.ignored.until})" if one.ignored.until else "")
        for one in ignored(audit)
        if one.ignored is not None
    ]
    for title, items in (("Already right", right), ("Not applicable", absent), ("Ignored", left)):
        yield _Section(title=f"{title}: {len(items)}", items=tuple(items), fold=True, blank=False)


def _behind(evidence: tuple[Evidence, ...]) -> str:
    """The first place, to stand behind a text."""
    named = place(evidence[0]) if evidence else ""
    return f" at {code(named)}" if named else ""
