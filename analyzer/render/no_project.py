"""The message for a folder without a Django project."""

from analyzer.model.facts import NoDjangoProject
from analyzer.render.statements import counted, place
from analyzer.render.text_layout import visible

MAX_HINTS = 10


def render(answer: NoDjangoProject, target: str) -> str:
    """What was looked for and where, what came near, and the next command when a manage.py was seen."""
    lines = [f"error: no Django project in {visible(target)} (exit 3)"]
    lines += [f"  looked for: {visible(phrase)}" for phrase in answer.looked_for]
    skipped = f"; {counted(len(answer.skipped), 'path')} not read" if answer.skipped else ""
    lines.append(f"  in {counted(answer.files, 'file')}, {answer.python_files:,} of them Python{skipped}")
    for hint in answer.hints[:MAX_HINTS]:
        lines.append(f"  came near: {place(hint)}  {visible(hint.note)}".rstrip())
    if len(answer.hints) > MAX_HINTS:
        lines.append(f"  and {len(answer.hints) - MAX_HINTS} more")
    folders = dict.fromkeys(h.path.rpartition("/")[0] or "." for h in answer.hints if h.path.endswith("manage.py"))
    lines += [f"  try: doctor scan {visible(target)} --root-dir {visible(folder)}" for folder in folders]
    return "\n".join(lines)
