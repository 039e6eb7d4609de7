"""The document of `doctor verify --json-out`."""

from analyzer.model.report import SCHEMA_VERSION, Tool
from analyzer.model.verification import Verification
from analyzer.render.document.values import to_text
from analyzer.render.document.verification import verification_document


def render(verification: Verification, tool: Tool) -> str:
    """The verification as JSON text, with a newline at its end."""
    return to_text(
        {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": tool.name, "version": tool.version},
            "verification": verification_document(verification),
        }
    )
