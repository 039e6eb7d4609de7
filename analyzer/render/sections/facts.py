"""All facts, section by section, and what could not be told or was not read."""

from collections.abc import Iterable, Iterator, Sequence

from analyzer.model.facts import Dependency, ProjectFacts, SkippedFile
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.render.sections.operation import operation_sections
from analyzer.render.sections.project import project_sections
from analyzer.render.statements import counted, listing, statement
from analyzer.render.text_layout import Row, Section, visible

_SETTING = lazy_pattern(r"^[A-Z][A-Z_]+(?: may be set [^:]*)?: ")
"""The setting that a reason is about, in front of the cause."""


def fact_sections(facts: ProjectFacts, *, full: bool) -> Iterator[Section]:
    """Everything that was observed; `full` tells every dependency and every file that was not read."""
    sections = [*project_sections(facts), *operation_sections(facts)]
    yield from sections
    if full:
        yield Section(title="Dependencies", rows=tuple(map(_dependency, facts.dependencies.dependencies)))
    yield Section(title="Could not tell", rows=tuple(_could_not_tell(sections, full)))
    yield Section(title="Not read", rows=tuple(_skipped(facts.repository.skipped, full)))


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
