"""Rules for people: all of them in a list, or one with its reason, an example and its remedy."""

from collections.abc import Iterable, Iterator

from analyzer.model.finding import Category, Example, RuleInfo
from analyzer.model.report import Tool
from analyzer.render.statements import counted
from analyzer.render.text_layout import INDENT, Row, Section, Style, lay_out, paint, visible, wrap

NOTHING_SPECIAL = "any project that is in order"
"""Stands for an example without files of its own."""
MORE = "doctor explain RULE says why, shows an example of each, and how to ignore it."


def render_list(rules: Iterable[RuleInfo], tool: Tool, *, width: int, colour: bool) -> str:
    """A line for each rule, by category."""
    rules = tuple(rules)
    sections = (
        Section(title=_words(category), rows=tuple(_row(rule) for rule in rules if rule.category is category))
        for category in Category
    )
    lines = [f"{tool.name} {tool.version}  {counted(len(rules), 'rule')}"]
    lines += [*lay_out(sections, width=width, colour=colour), "", *wrap(MORE, width, width)]
    return "\n".join(lines) + "\n"


def render_rule(rule: RuleInfo, *, width: int, colour: bool) -> str:
    """Everything about one rule; examples and commands, which are to be copied, keep their width."""
    kind = f"{rule.severity}, {rule.category}, ~{rule.effort}, counts for {rule.area}"
    lines = [paint(rule.id, Style.TITLE, colour), *wrap(rule.title, width, width), kind]
    for title, content in _parts(rule, width):
        lines += ["", paint(title, Style.TITLE, colour), *(f"{' ' * INDENT}{line}".rstrip() for line in content)]
    return "\n".join(lines) + "\n"


def _parts(rule: RuleInfo, width: int) -> Iterator[tuple[str, Iterable[str]]]:
    room = width - INDENT
    yield "Why", wrap(rule.rationale, room, room)
    yield "Found in", _example(rule.bad[0])
    yield "Not found in", _example(rule.good[0])
    remedy = wrap(rule.remediation, room, room)
    yield "Remedy", [*remedy, *([""] if rule.commands else []), *_lines(rule.commands)]
    yield "References", rule.references
    yield (
        "To ignore it",
        [
            "on the line or above it:",
            f"  # doctor: ignore[{rule.id}] REASON",
            "or in doctor.toml; path and until may be left out:",
            "  [[ignore]]",
            f'  rule = "{rule.id}"',
            '  reason = "REASON"',
            '  path = "shop/*.py"',
            '  until = "2027-01-31"',
        ],
    )


def _example(example: Example) -> Iterator[str]:
    """The files of an example; the line where the rule finds something is marked."""
    if not example.files:
        yield NOTHING_SPECIAL
    meant = example.path or next(iter(example.files), "")
    for path, text in example.files.items():
        if text is None:
            yield f"{path}: absent"
            continue
        yield f"{path}:"
        lines = _lines((text.rstrip("\n"),))
        for number, line in enumerate(lines, start=1):
            mark = ">" if path == meant and number == example.line else " "
            yield f" {mark} {number:>{len(str(len(lines)))}} | {line}"


def _lines(texts: Iterable[str]) -> list[str]:
    return [visible(line) for text in texts for line in text.split("\n")]


def _row(rule: RuleInfo) -> Row:
    return Row(label=rule.id, value=f"{rule.title} ({rule.severity})")


def _words(category: Category) -> str:
    words = category.value.replace("-", " ")
    return f"{words[0].upper()}{words[1:]}"
