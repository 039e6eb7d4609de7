"""The document of `doctor plan`."""

from analyzer.model.plan import DeploymentPlan
from analyzer.model.report import SCHEMA_VERSION, Tool
from analyzer.render.document.plan import plan_document
from analyzer.render.document.values import to_text


def render(plan: DeploymentPlan, tool: Tool) -> str:
    """The plan as JSON text, with a newline at its end."""
    return to_text(
        {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": tool.name, "version": tool.version},
            "plan": plan_document(plan),
        }
    )
