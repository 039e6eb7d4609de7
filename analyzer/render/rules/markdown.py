"""The catalogue of rules as Markdown. All texts are our own, so nothing is to be escaped but what means something."""

from collections.abc import Iterable, Iterator

from analyzer.model.finding import Category, Example, RuleInfo
from analyzer.render.markdown_text import block, code, plain, table

NOTHING_SPECIAL = "Any project that is in order."
"""Stands for an example without files of its own."""
_LANGUAGES = {"py": "python", "toml": "toml", "yaml": "yaml", "yml": "yaml", "json": "json", "ini": "ini"}


def render(rules: Iterable[RuleInfo]) -> str:
    """A table of all rules, then each of them, by category."""
    rules = tuple(rules)
    parts = [
        "# Rules",
        f"{len(rules)} rules, as `doctor explain --format markdown` prints them. A blocker stops the build or the "
        "start on the target; a risk loses data, shows what it should not, or falls over; advice is all else.",
        "\n".join(table(("rule", "severity", "effort", "what it finds"), [_row(rule) for rule in _sorted(rules)])),
    ]
    for category in Category:
        found = [rule for rule in rules if rule.category is category]
        if found:
            parts += [f"## {_words(category)}", *(part for rule in found for part in _rule(rule))]
    return "\n\n".join(parts) + "\n"


def render_rule(rule: RuleInfo) -> str:
    """One rule."""
    return "\n\n".join(_rule(rule)) + "\n"


def _sorted(rules: tuple[RuleInfo, ...]) -> list[RuleInfo]:
    order = list(Category)
    return sorted(rules, key=lambda rule: (order.index(rule.category), rule.id))


def _row(rule: RuleInfo) -> tuple[str, ...]:
    return f"[{rule.id}](#{rule.id})", rule.severity.value, rule.effort.value, plain(rule.title)


def _rule(rule: RuleInfo) -> Iterator[str]:
    yield f"### {rule.id}"
    yield f"**{plain(rule.title)}** ({rule.severity}, ~{rule.effort})"
    yield plain(rule.rationale)
    yield "Found in:"
    yield from _example(rule.bad[0])
    yield "Not found in:"
    yield from _example(rule.good[0])
    yield f"**Remedy:** {plain(rule.remediation)}"
    if rule.commands:
        yield block(rule.commands)
    yield "\n".join(f"- <{one}>" for one in rule.references)


def _example(example: Example) -> Iterator[str]:
    """The files of an example, and the line where the rule finds something."""
    if not example.files:
        yield NOTHING_SPECIAL
    meant = example.path or next(iter(example.files), "")
    for path, text in example.files.items():
        place = f", line {example.line}" if example.line is not None and path == meant else ""
        yield f"{code(path)}{place}{': absent' if text is None else ''}"
        if text is not None:
            yield block(text.rstrip("\n").split("\n"), _LANGUAGES.get(path.rpartition(".")[2], ""))


def _words(category: Category) -> str:
    words = category.value.replace("-", " ")
    return f"{words[0].upper()}{words[1:]}"
