"""Text made of parts, of which some are not known."""

from pathlib import PurePosixPath
from typing import Any

from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.values import NotPlain, PartialText, Unresolved, Value, all_env, plain
from analyzer.model.lazy_pattern import lazy_pattern

MAX_TEXT = 200_000
"""Characters of a text."""
MAX_PIECES = 1_000
"""Of a text that is known in part."""

_WIDTH = lazy_pattern(r"[%)][#0 +-]*(?:[0-9]{5}|\*|[0-9]{0,4}\.(?:[0-9]{5}|\*))")
"""Of a formatted value, in five digits or computed, behind the percent sign or behind a name in brackets."""


def text_of(parts: list["str | Value"]) -> Value:
    """Text made of parts, known or not (`f"redis://{host}/0"`)."""
    pieces: list[str | Value] = []
    env: frozenset[str] = frozenset()
    size = 0
    for part in parts:
        more = _pieces_of(part)
        pieces += more
        env |= all_env(part) if isinstance(part, Value) else frozenset()
        size += sum(len(piece) for piece in more if isinstance(piece, str))
        if size > MAX_TEXT or len(pieces) > MAX_PIECES:
            return Value(Unresolved("limit: size of a text", "text"), env)
    joined: list[str | Value] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        elif piece != "":
            joined.append(piece)
    if all(isinstance(piece, str) for piece in joined):
        return Value("".join(map(str, joined)), env)
    return Value(PartialText(tuple(joined)), env)


def _pieces_of(part: "str | Value") -> tuple["str | Value", ...]:
    if isinstance(part, str):
        return (part,)
    if isinstance(part.data, PartialText):
        return part.data.parts
    if isinstance(part.data, str | int | float | bool | PurePosixPath | type(None)):
        return (str(part.data),)
    return (part,)


def percent(left: Value, right: Value) -> Value:
    """`left % right`, of a known text.

    Raises:
        Raised: what Python would raise.
    """
    env = left.env | all_env(right)
    try:
        arguments = plain(right)
        if _may_explode(left.data, arguments):
            return Value(Unresolved("limit: size of a text", "text"), env)
        result = left.data % arguments
        return Value(result, env)
    except NotPlain:
        return _percent_partly(left, right, env)
    except Exception as error:
        raise Raised(type(error).__name__, str(error), env) from None


def _may_explode(template: str, arguments: Any) -> bool:
    """Whether `template % arguments` may be too large a text: by a width, or by the arguments that it repeats."""
    values = arguments if isinstance(arguments, tuple) else arguments.values() if isinstance(arguments, dict) else ()
    longest = max((len(value) for value in (*values, arguments) if isinstance(value, str)), default=0)
    return bool(_WIDTH.search(template)) or longest * template.count("%") > MAX_TEXT


def _percent_partly(left: Value, right: Value, env: frozenset[str]) -> Value:
    arguments = right.data if isinstance(right.data, tuple) else (right,)
    pieces = left.data.split("%s")
    if not isinstance(right.data, dict) and len(pieces) == len(arguments) + 1:
        parts: list[str | Value] = [pieces[0]]
        for argument, piece in zip(arguments, pieces[1:], strict=True):
            parts += [argument, piece]
        return text_of(parts)
    return Value(Unresolved("text with unknown parts", "text"), env)
