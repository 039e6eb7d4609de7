"""The five fields of cron: which texts are some, and what the shorthands of crontab(5) mean."""

from analyzer.model.lazy_pattern import lazy_pattern

_POINT = r"(?:[0-9]{1,2}|[A-Za-z]{3})"
_RANGE = rf"(?:\*|{_POINT}(?:-{_POINT})?)(?:/[0-9]{{1,2}})?"
_FIELD = rf"{_RANGE}(?:,{_RANGE})*"
_FIELDS = lazy_pattern(rf"({_FIELD}(?:[ \t]+{_FIELD}){{4}})(?:[ \t]+(.*))?")
SHORTHANDS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}


def split_cron(text: str) -> tuple[str, str] | None:
    """The five fields at the beginning of a line, with one space between them, and the rest; None without them."""
    word, _, rest = text.strip().partition(" ")
    if word in SHORTHANDS:
        return SHORTHANDS[word], rest.strip()
    match = _FIELDS.fullmatch(text.strip()) if len(text) < 2_000 else None
    return (" ".join(match[1].split()), (match[2] or "").strip()) if match is not None else None
