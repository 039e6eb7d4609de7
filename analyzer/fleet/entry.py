"""What is kept of a report: enough to say what a fleet needs, a thousandth of what the report says."""

from collections import Counter
from collections.abc import Iterator

from analyzer.model.evidence import Answer, Fact
from analyzer.model.finding import Audit, Finding
from analyzer.model.fleet import BuildpackOutcome, BuildpackVerdict, FleetEntry, RuleCount, ScanOutcome
from analyzer.model.prediction import BuildpackPrediction
from analyzer.model.report import Report
from analyzer.render.outcomes import questions


def entry_of(repository: str, key: str, report: Report) -> FleetEntry:
    """The entry of a repository that was scanned."""
    dependencies, plan, audit = report.facts.dependencies, report.plan, report.audit
    return FleetEntry(
        repository=repository,
        key=key,
        outcome=ScanOutcome.SCANNED,
        django_version=_value(dependencies.django_version),
        python_version=_value(dependencies.python_version),
        buildpacks=tuple(map(_verdict, report.predictions)),
        findings=tuple(_counts(audit)) if audit is not None else (),
        questions=len(questions(audit)) if audit is not None else 0,
        score=audit.score.total if audit is not None else None,
        components=tuple(one.name for one in plan.components) if plan is not None else (),
        databases=tuple(one.engine.value.value for one in plan.databases) if plan is not None else (),
        currency=plan.cost.currency if plan is not None else "",
        cents=plan.cost.cents if plan is not None else 0,
    )


def _value(answer: Answer[str | None]) -> str | None:
    return answer.value if isinstance(answer, Fact) else None


def _verdict(prediction: BuildpackPrediction) -> BuildpackVerdict:
    first = prediction.failures[0] if prediction.failures else prediction.error
    if not prediction.detected.value:
        outcome = BuildpackOutcome.REFUSES
    elif prediction.overruled_by is not None:
        outcome = BuildpackOutcome.OVERRULED
    else:
        outcome = BuildpackOutcome.FAILS if prediction.failures else BuildpackOutcome.STARTS
    return BuildpackVerdict(
        buildpack=prediction.buildpack,
        title=prediction.title,
        outcome=outcome,
        failure=first.id if first is not None else None,
        message=first.message if first is not None else "",
    )


def _counts(audit: Audit) -> Iterator[RuleCount]:
    """The open findings of each rule and severity, in the order of the audit, worst first."""
    found: dict[tuple[str, str], Finding] = {}
    for one in audit.open:
        found.setdefault((one.rule, one.severity), one)
    counts = Counter((one.rule, one.severity.value) for one in audit.open)
    for kind, first in found.items():
        rule = audit.rule(first.rule)
        yield RuleCount(
            rule=rule.id,
            title=rule.title,
            severity=first.severity,
            effort=rule.effort,
            count=counts[kind],
            path=first.evidence[0].path,
            line=first.evidence[0].line,
        )
