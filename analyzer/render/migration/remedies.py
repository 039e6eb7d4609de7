"""Findings as steps."""

from collections.abc import Iterable, Iterator

from analyzer.model.finding import Effort, Severity
from analyzer.render.migration.steps import Step
from analyzer.render.outcomes import Group
from analyzer.render.statements import counted

_SEVERITIES, _EFFORTS = tuple(Severity), tuple(Effort)


def remedies(groups: Iterable[Group]) -> Iterator[Step]:
    """A step for each group of findings: worst first, then quick remedies first."""
    for group in sorted(groups, key=lambda one: (_SEVERITIES.index(one.severity), _EFFORTS.index(one.rule.effort))):
        more = f" ({counted(len(group.findings), 'place')})" if len(group.findings) > 1 else ""
        yield Step(
            text=f"{group.rule.title}{more}",
            detail=group.findings[0].remediation,
            effort=group.rule.effort,
            rule=group.rule.id,
            evidence=tuple(dict.fromkeys(one.evidence[0] for one in group.findings)),
        )
