"""What the entries of a fleet say together."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from analyzer.fleet.order import moves
from analyzer.model.finding import SEVERITIES, Severity
from analyzer.model.fleet import (
    BuildpackOutcome,
    BuildpackTotal,
    BuildpackVerdict,
    FailureTotal,
    FleetEntry,
    FleetSummary,
    RuleCount,
    RuleTotal,
)
from analyzer.pipeline import TOOL


def summary_of(target: str, entries: Iterable[FleetEntry]) -> FleetSummary:
    """The summary of the fleet `target`; names of repositories leave out the folder that all absolute ones share."""
    ordered = tuple(_with_short_names(sorted(entries, key=lambda entry: entry.repository)))
    return FleetSummary(
        tool=TOOL,
        target=target,
        entries=ordered,
        buildpacks=tuple(_buildpacks(ordered)),
        rules=tuple(sorted(_rules(ordered), key=_weight)),
        moves=moves(ordered),
        currency=next((entry.currency for entry in ordered if entry.currency), ""),
        cents=sum(entry.cents for entry in ordered),
    )


def _with_short_names(entries: Sequence[FleetEntry]) -> Iterator[FleetEntry]:
    folders = {os.path.dirname(entry.repository) for entry in entries}
    common = os.path.commonpath(folders) if all(map(os.path.isabs, folders)) else ""
    for entry in entries:
        yield replace(entry, repository=os.path.relpath(entry.repository, common)) if common else entry


def _buildpacks(entries: Iterable[FleetEntry]) -> Iterator[BuildpackTotal]:
    found: dict[str, list[BuildpackVerdict]] = {}
    for entry in entries:
        for one in entry.buildpacks:
            found.setdefault(one.buildpack, []).append(one)
    for buildpack, verdicts in found.items():
        outcomes = Counter(one.outcome for one in verdicts)
        failing = [one for one in verdicts if one.outcome is BuildpackOutcome.FAILS and one.failure is not None]
        messages = {one.failure: one.message for one in failing}
        failures = Counter(one.failure for one in failing)
        yield BuildpackTotal(
            buildpack=buildpack,
            title=verdicts[0].title,
            numbers={outcome: outcomes[outcome] for outcome in BuildpackOutcome},
            failures=tuple(
                FailureTotal(id=id_, message=messages[id_], repositories=number)
                for id_, number in sorted(failures.items(), key=lambda item: (-item[1], item[0] or ""))
                if id_ is not None
            ),
        )


def _rules(entries: Iterable[FleetEntry]) -> Iterator[RuleTotal]:
    found: dict[tuple[str, Severity], list[tuple[str, RuleCount]]] = {}
    alone: Counter[tuple[str, Severity]] = Counter()
    for entry in entries:
        numbers = Counter(one.severity for one in entry.findings)
        for one in entry.findings:
            found.setdefault((one.rule, one.severity), []).append((entry.repository, one))
            alone[one.rule, one.severity] += numbers[one.severity] == 1
    for (rule, severity), counts in found.items():
        first = counts[0][1]
        yield RuleTotal(
            rule=rule,
            title=first.title,
            severity=severity,
            effort=first.effort,
            repositories=tuple(name for name, _ in counts),
            alone=alone[rule, severity],
            findings=sum(one.count for _, one in counts),
        )


def _weight(total: RuleTotal) -> tuple[int, int, str]:
    return SEVERITIES.index(total.severity), -len(total.repositories), total.rule
