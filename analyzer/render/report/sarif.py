"""The findings as a SARIF 2.1.0 log, as code scanning of GitHub takes it.

https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

import posixpath
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from analyzer.model.evidence import Certainty, Evidence, RepoPath
from analyzer.model.finding import Audit, Excerpt, Finding, RuleInfo, Severity
from analyzer.model.report import Report
from analyzer.render.document.values import Json, Object, to_text

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
"""The root of the repository, which all paths are relative to."""
LONGEST = 1024
"""Characters of a description."""
RESULTS = 5000
"""Results of a run that GitHub shows; with more than 25,000 it takes none."""
_LEVELS = {Severity.BLOCKER: "error", Severity.RISK: "warning", Severity.ADVICE: "note"}
_PROBLEMS = {Severity.BLOCKER: "error", Severity.RISK: "warning", Severity.ADVICE: "recommendation"}
_SECURITY = {Severity.BLOCKER: "8.0", Severity.RISK: "6.0", Severity.ADVICE: "3.0"}
"""High, medium, low."""
_PRECISION = {Certainty.CERTAIN: "very-high", Certainty.LIKELY: "high", Certainty.GUESS: "medium"}


def render(report: Report) -> str:
    """The log as JSON text; without an audit it has a run without results."""
    audit = report.audit
    findings = audit.findings if audit is not None else ()
    run: Object = {
        "tool": {
            "driver": {
                "name": report.tool.name,
                "version": report.tool.version,
                "rules": [] if audit is None else _rules(audit),
            }
        },
        "automationDetails": {"id": _category(report)},
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": list(_left_out(findings))}],
        "results": [] if audit is None else _results(audit, report.prefix),
    }
    return to_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _category(report: Report) -> str:
    """Under which name GitHub keeps the results: another one for each folder that is scanned."""
    folder = "" if report.prefix == "." else f"{_uri(report.prefix)}/"
    return f"{report.tool.name}/{folder}"


def _left_out(findings: Sequence[Finding]) -> Iterator[Json]:
    if len(findings) > RESULTS:
        text = f"{len(findings) - RESULTS} findings, the least severe ones, are left out: this log holds {RESULTS}."
        yield {"level": "warning", "message": {"text": text}}


# --- rules ----------------------------------------------------------------------------------------------------------


def _rules(audit: Audit) -> list[Json]:
    """Every rule that was asked, so that a reader can tell one that found nothing from one that there is not."""
    least: dict[str, Certainty] = {}
    order = list(Certainty)
    for one in audit.findings:
        least[one.rule] = max(least.get(one.rule, one.certainty), one.certainty, key=order.index)
    return [_rule(result.rule, least.get(result.rule.id, Certainty.CERTAIN)) for result in audit.results]


def _rule(rule: RuleInfo, certainty: Certainty) -> Json:
    tags = ["django", "deployment", rule.category.value, *(["security"] if rule.security else [])]
    properties: Object = {
        "precision": _PRECISION[certainty],
        "problem.severity": _PROBLEMS[rule.severity],
        "tags": list(dict.fromkeys(tags)),
    }
    if rule.security:
        properties["security-severity"] = _SECURITY[rule.severity]
    return {
        "id": rule.id,
        "shortDescription": {"text": _shortened(rule.title)},
        "fullDescription": {"text": _shortened(rule.rationale)},
        "help": {"text": _help(rule), "markdown": _markdown_help(rule)},
        "helpUri": rule.references[0],
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": properties,
    }


def _help(rule: RuleInfo) -> str:
    parts = [rule.rationale, f"Remedy: {rule.remediation}", *rule.commands, *rule.references]
    return "\n\n".join([*parts, f"To ignore it: # doctor: ignore[{rule.id}] reason"])


def _markdown_help(rule: RuleInfo) -> str:
    """Texts of ours alone, so nothing is to be escaped."""
    commands = ["```\n" + "\n".join(rule.commands) + "\n```"] if rule.commands else []
    references = "\n".join(f"- <{one}>" for one in rule.references)
    ignore = f"To ignore it: `# doctor: ignore[{rule.id}] reason` on the line or above it."
    return "\n\n".join([rule.rationale, f"**Remedy:** {rule.remediation}", *commands, references, ignore])


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


# --- results --------------------------------------------------------------------------------------------------------


def _results(audit: Audit, prefix: RepoPath) -> list[Json]:
    index = {result.rule.id: number for number, result in enumerate(audit.results)}
    ignores = any(one.ignored is not None for one in audit.findings)
    baseline = any(one.known for one in audit.findings)
    return [
        _result(one, audit, prefix, index[one.rule], ignores=ignores, baseline=baseline)
        for one in audit.findings[:RESULTS]
    ]


def _result(finding: Finding, audit: Audit, prefix: RepoPath, index: int, *, ignores: bool, baseline: bool) -> Json:
    """One finding. Where any is ignored, or known, all say whether they are."""
    place, *others = [one for one in finding.evidence if one.path != "."] or finding.evidence[:1]
    result: Object = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "kind": "fail",
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding, audit.rule(finding.rule))},
        "locations": [_location(place, finding.excerpt, prefix)],
        "partialFingerprints": {"primaryLocationLineHash": f"{finding.fingerprint}:1"},
        "properties": {"certainty": finding.certainty.value},
    }
    if others:
        result["relatedLocations"] = [
            {"id": number, **_location(one, audit.excerpts.get((one.path, one.line)), prefix)}
            for number, one in enumerate(others, start=1)
        ]
    if ignores:
        result["suppressions"] = list(_suppressions(finding, prefix))
    if baseline:
        result["baselineState"] = "unchanged" if finding.known else "new"
    return result


def _message(finding: Finding, rule: RuleInfo) -> str:
    """The title as its first sentence, then what is there, and the remedy where it is not the rule's own."""
    remedy = "" if finding.remediation == rule.remediation else f" Remedy: {finding.remediation}"
    return _without_links(f"{rule.title}. {finding.message}{remedy}")


def _without_links(text: str) -> str:
    """The text without what SARIF takes for a link."""
    return text.replace("](", "] (")


def _suppressions(finding: Finding, prefix: RepoPath) -> Iterator[Json]:
    if finding.ignored is not None:
        source, place = finding.ignored.source, finding.evidence[0]
        beside = source.path == place.path and place.line - source.line in (0, 1)
        until = f" (until {finding.ignored.until})" if finding.ignored.until else ""
        yield {
            "kind": "inSource" if beside else "external",
            "justification": finding.ignored.reason + until,
            "location": _location(source, None, prefix),
        }


def _location(place: Evidence, excerpt: Excerpt | None, prefix: RepoPath) -> Object:
    """Where it is; GitHub wants all four numbers of a region."""
    region: Object = {"startLine": place.line, "startColumn": 1, "endLine": place.line, "endColumn": 1}
    if excerpt is not None:
        region |= {"startColumn": excerpt.column, "endColumn": excerpt.end_column}
        region["snippet"] = {"text": excerpt.lines[place.line - excerpt.first_line]}
    location: Object = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(_under(prefix, place.path)), "uriBaseId": ROOT},
            "region": region,
        }
    }
    return {**location, "message": {"text": _without_links(place.note)}} if place.note else location


def _under(prefix: RepoPath, path: RepoPath) -> RepoPath:
    """A path of the scanned folder as one of the repository."""
    return posixpath.normpath(posixpath.join(prefix, path))


def _uri(path: RepoPath) -> str:
    """The path as a relative reference, every byte that is no letter, digit or `-._~/` in percent."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")
