"""The message for a folder without a Django project."""

from shlex import quote

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
    places = [hint.path.rpartition("/") for hint in answer.hints]
    folders = list(dict.fromkeys(folder or "." for folder, _, name in places if name == "manage.py"))
    command = f"doctor scan {quote(visible(target))} --root-dir"
    lines += [f"  try: {command} {quote(visible(folder))}" for folder in folders[:MAX_HINTS]]
    return "\n".join(lines)
