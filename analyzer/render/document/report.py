"""A report as plain data: the object whose keys `doctor schema report` describes."""

from analyzer.model.report import SCHEMA_VERSION, Report
from analyzer.render.document.facts import facts_document, repository_document
from analyzer.render.document.findings import audit_document
from analyzer.render.document.plan_summary import plan_summary
from analyzer.render.document.predictions import prediction_document
from analyzer.render.document.values import Object
from analyzer.render.document.verification import verification_document


def report_document(report: Report) -> Object:
    """The report as plain data, ready for `json`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": report.tool.name, "version": report.tool.version},
        "repository": repository_document(report.facts.repository),
        "facts": facts_document(report.facts),
        "buildpacks": [prediction_document(p) for p in report.predictions],
        **audit_document(report.audit),
        "plan": None if report.plan is None else plan_summary(report.plan),
        "verification": None if report.verification is None else verification_document(report.verification),
    }
