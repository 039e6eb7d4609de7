"""The report for people: what was found, section by section, each statement with the place that says so."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import IntEnum

from analyzer.model.evidence import Answer, Fact
from analyzer.model.facts import Dependency, SkippedFile
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.report import Report
from analyzer.render.sections.buildpacks import SHORT, table
from analyzer.render.sections.operation import operation_sections
from analyzer.render.sections.plan import dockerfile_column, plan_section
from analyzer.render.sections.project import project_sections
from analyzer.render.sections.verification import verification_section
from analyzer.render.statements import COULD_NOT_TELL, counted, listing, statement
from analyzer.render.text_layout import Row, Section, Style, cells, lay_out, paint, pieces, visible

WIDTH = 80
"""Columns of a report that no terminal shows."""
_SETTING = lazy_pattern(r"^[A-Z][A-Z_]+(?: may be set [^:]*)?: ")
"""The setting that a reason is about, in front of the cause."""
FOOTER = "Nothing was run, written or fetched: doctor scan only reads."


class Detail(IntEnum):
    """How much of the report is shown."""

    SUMMARY = 0
    NORMAL = 1
    FULL = 2


def render(report: Report, *, width: int = WIDTH, colour: bool = False, detail: Detail = Detail.NORMAL, show: Collection[str] = ()) -> str:
    """The report as lines of at most `width` columns, except where a single word or path is longer."""
    lines = list(_headline(report, width))
    if detail > Detail.SUMMARY:
        full = detail is Detail.FULL
        sections = list(_sections(report, full))
        lines += _buildpacks(report, width, colour)
        lines += [*lay_out(sections, width=width, colour=colour, details=full), "", FOOTER]
    return "\n".join(lines) + "\n"


def _headline(report: Report, width: int) -> Iterator[str]:
    """The summary, two spaces between its parts, broken only between them."""
    dependencies, modules = report.facts.dependencies, report.facts.django.settings_modules
    line = f"{report.tool.name} {report.tool.version}"
    for part in (
        f"{visible(report.target)}/",
        _said("Django ", dependencies.django_version, "no version given"),
        _said("Python ", dependencies.python_version, "none requested"),
        _said("", dependencies.package_manager, "no package manager"),
        _said("settings ", modules.production, "none found"),
    ):
        first, *rest = pieces(part, width - 2)
        if cells(line) + 2 + cells(first) > width:
            yield line
            line = f"  {first}"
        else:
            line += f"  {first}"
        for piece in rest:
            yield line
            line = f"  {piece}"
    yield line


def _buildpacks(report: Report, width: int, colour: bool) -> Iterator[str]:
    """What the buildpacks would do, in short, and the Dockerfile beside them."""
    if report.predictions:
        yield ""
        yield paint("Buildpacks, given this folder: doctor detect says more", Style.TITLE, colour)
        more = () if report.plan is None else (dockerfile_column(report.plan),)
        yield from table(report.predictions, width, SHORT, *more)


def _said(name: str, answer: Answer[str | None], none: str) -> str:
    return name + visible((answer.value or none) if isinstance(answer, Fact) else COULD_NOT_TELL)


def _sections(report: Report, full: bool) -> Iterator[Section]:
    if report.plan is not None:
        yield plan_section(report.plan)
    if report.verification is not None:
        yield verification_section(report.verification)
    sections = [*project_sections(report.facts), *operation_sections(report.facts)]
    yield from sections
    if full:
        yield Section(title="Dependencies", rows=tuple(map(_dependency, report.facts.dependencies.dependencies)))
    yield Section(title="Could not tell", rows=tuple(_could_not_tell(sections, full)))
    yield Section(title="Not read", rows=tuple(_skipped(report.facts.repository.skipped, full)))


def _dependency(dependency: Dependency) -> Row:
    parts = (
        dependency.specifier or "any version",
        f"locked {dependency.locked}" if dependency.locked else "",
        f"if {dependency.marker}" if dependency.marker else "",
        f"in {dependency.group}" if dependency.group else "",
    )
    return statement(dependency.name, ", ".join(part for part in parts if part), dependency.evidence)


def _could_not_tell(sections: Iterable[Section], full: bool) -> Iterator[Row]:
    """One row per cause, or per statement where every detail is asked for."""
    by_cause: dict[str, list[Row]] = {}
    for row in (row for section in sections for row in section.rows if row.reason):
        by_cause.setdefault(_SETTING.sub("", row.reason), []).append(row)
    for rows in by_cause.values():
        if full:
            yield from (Row(label=row.label, value=row.reason, place=row.place) for row in rows)
        else:
            others = [label for label in dict.fromkeys(row.label for row in rows) if label != rows[0].label]
            tail = f"; likewise {listing(others)}" if others else ""
            yield Row(label=rows[0].label, value=rows[0].reason, tail=tail, place=rows[0].place)


def _skipped(skipped: Sequence[SkippedFile], full: bool) -> Iterator[Row]:
    """One row per reason, or per file where every detail is asked for."""
    by_reason: dict[str, list[str]] = {}
    for file in skipped:
        by_reason.setdefault(file.reason, []).append(file.path)
    for reason, paths in by_reason.items():
        if full:
            yield from (Row(value=visible(reason), place=visible(path)) for path in paths)
        else:
            more = f" and {len(paths) - 1:,} more" if len(paths) > 1 else ""
            yield Row(label=counted(len(paths), "path"), value=f"{visible(reason)}: {visible(paths[0])}{more}")
