"""Decides the tests of a shell script, as far as the variables are known."""

from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase

from analyzer.facts.commands.shell import SimpleCommand
from analyzer.facts.commands.variables import is_resolved, names_in, substitute

_NUMBERS: dict[str, Callable[[int, int], bool]] = {
    "-eq": int.__eq__,
    "-ne": int.__ne__,
    "-gt": int.__gt__,
    "-ge": int.__ge__,
    "-lt": int.__lt__,
    "-le": int.__le__,
}


def is_reached(command: SimpleCommand, variables: Mapping[str, str]) -> bool | None:
    """Whether the tests above a command hold; None when one of them depends on what is not known."""
    unknown = False
    for test in command.tests:
        result = holds(test.words, variables)
        if result is None:
            unknown = True
        elif result is not test.holds:
            return False
    return None if unknown else True


def is_on_request(command: SimpleCommand, variables: Mapping[str, str]) -> bool:
    """Whether a command is reached only after somebody has set a variable that is not known: unset, a test fails."""
    names = {name for test in command.tests for word in test.words for name in names_in(word)}
    return is_reached(command, {**dict.fromkeys(names, ""), **variables}) is False


def holds(words: tuple[str, ...], variables: Mapping[str, str]) -> bool | None:
    """The result of `[ … ]`, `[[ … ]]`, `test …` or of a branch of `case`; None when it cannot be told."""
    if not words:
        return None
    values = [substitute(word, variables) for word in words]
    if words[0] == "case":
        subject = values[1]
        return any(fnmatchcase(subject, pattern) for pattern in values[2:]) if is_resolved(subject) else None
    if words[0] in ("[", "[["):
        values = values[1:-1] if values[-1] in ("]", "]]") else values[1:]
    elif words[0] == "test":
        values = values[1:]
    else:
        return None
    negated = bool(values) and values[0] == "!"
    result = _expression(values[1:] if negated else values)
    return result if result is None else result is not negated


def _expression(values: list[str]) -> bool | None:
    if not all(is_resolved(value) for value in values):
        return None
    match values:
        case ["-z", value]:
            return not value
        case ["-n", value]:
            return bool(value)
        case [value] if not value.startswith("-"):
            return bool(value)
        case [left, "=" | "==", right]:
            return fnmatchcase(left, right)
        case [left, "!=", right]:
            return not fnmatchcase(left, right)
        case [left, operator, right] if operator in _NUMBERS and left.isdecimal() and right.isdecimal():
            return _NUMBERS[operator](int(left), int(right))
    return None
