"""The answer of `doctor detect` for people."""

from collections.abc import Iterator
from datetime import date

from analyzer.model.report import Detection
from analyzer.render.sections.buildpacks import failure_sections, reason_sections, table
from analyzer.render.text_layout import lay_out, visible

MAX_AGE = 180
"""Days after which the rules and version tables are said to be old."""
FOOTER = "Nothing was run, written or fetched: doctor detect only reads."


def render(
    detection: Detection, *, width: int, colour: bool, today: date, why: bool = False, quiet: bool = False
) -> str:
    """The table, what goes wrong, and with `why` the reason of each cell.

    Args:
        today: the day on which the age of the rules is told.
        quiet: the table alone.
    """
    lines = [f"{detection.tool.name} {detection.tool.version}  {visible(detection.target)}/  buildpacks", ""]
    lines += table(detection.predictions, width)
    if not quiet:
        lines += lay_out(failure_sections(detection.predictions), width=width, colour=colour)
        if why:
            lines += lay_out(reason_sections(detection.predictions), width=width, colour=colour, details=True)
        lines += ["", *_old(detection, today)]
        lines += [] if why else ["doctor detect --why says what makes each buildpack do so, with file and line."]
        lines.append(FOOTER)
    return "\n".join(lines) + "\n"


def _old(detection: Detection, today: date) -> Iterator[str]:
    for prediction in detection.predictions:
        age = (today - date.fromisoformat(prediction.read_on)).days
        if age > MAX_AGE:
            yield (
                f"The rules of {prediction.buildpack} {prediction.version} were read {age} days ago,"
                f" on {prediction.read_on}: newer releases may act otherwise."
            )
