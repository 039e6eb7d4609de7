"""The answer of `doctor detect` for people."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter

from analyzer.model.report import Detection
from analyzer.render.sections.buildpacks import failure_sections, reason_sections, table
from analyzer.render.text_layout import lay_out, visible, wrap

MAX_AGE = 180
"""Days after which the rules and version tables are said to be old."""
_READ_ON = attrgetter("read_on")
FOOTER = "Nothing was run, written or fetched: doctor detect only reads."


def render(
    detection: Detection, *, width: int, colour: bool, today: date, why: bool = False, quiet: bool = False
) -> str:
    """The table, what goes wrong, and with `why` the reason of each cell.

    Args:
        today: the day on which the age of the rules is told.
        quiet: the table alone.
    """
    head = f"{detection.tool.name} {detection.tool.version}  {visible(detection.target)}/  buildpacks"
    lines = [*wrap(head, width, width), ""]
    lines += table(detection.predictions, width)
    if not quiet:
        lines += lay_out(failure_sections(detection.predictions), width=width, colour=colour, details=why)
        if why:
            lines += lay_out(reason_sections(detection.predictions), width=width, colour=colour, details=True)
        lines += ["", *(line for sentence in _old(detection, today) for line in wrap(sentence, width, width))]
        lines += [] if why else ["doctor detect --why says what makes each buildpack do so, with file and line."]
        lines.append(FOOTER)
    return "\n".join(lines) + "\n"


def _old(detection: Detection, today: date) -> Iterator[str]:
    """A sentence for each day on which rules were read that are old today."""
    for read_on, group in groupby(sorted(detection.predictions, key=_READ_ON), key=_READ_ON):
        age = (today - date.fromisoformat(read_on)).days
        if age > MAX_AGE:
            names = ", ".join(f"{prediction.buildpack} {prediction.version}" for prediction in group)
            yield (
                f"The rules of {names} were read {age} days ago, on {read_on}: newer releases may act otherwise,"
                " and newer versions of Python may be there."
            )
