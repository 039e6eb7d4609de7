"""The document of `doctor detect`: the report document without the facts."""

from analyzer.model.report import SCHEMA_VERSION, Detection
from analyzer.render.document.facts import repository_document
from analyzer.render.document.predictions import prediction_document
from analyzer.render.document.values import to_text


def render(detection: Detection) -> str:
    """The predictions as JSON text, with a newline at its end."""
    return to_text(
        {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": detection.tool.name, "version": detection.tool.version},
            "repository": repository_document(detection.repository),
            "buildpacks": [prediction_document(p) for p in detection.predictions],
        }
    )
