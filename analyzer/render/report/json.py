"""The report document as text.

The same report gives the same bytes: keys in a fixed order, mappings by name.
"""

from analyzer.model.report import Report
from analyzer.render.document.report import report_document
from analyzer.render.document.values import to_text


def render(report: Report) -> str:
    """The report as JSON text, with a newline at its end."""
    return to_text(report_document(report))
