"""Binary, boolean and comparison operators over values."""

import ast
import operator
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from analyzer.facts.environment_names import can_be_set
from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.texts import MAX_TEXT, percent, text_of
from analyzer.facts.evaluator.values import (
    NO_NAMES,
    Deciding,
    Extern,
    Foreign,
    FromEnv,
    Instance,
    Klass,
    Module,
    Names,
    NotPlain,
    OneOf,
    PartialText,
    Unresolved,
    Value,
    all_env,
    is_abstract,
    one_of,
    plain,
    truth,
    unresolved,
    wrap,
)

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter

MAX_ELEMENTS = 20_000
"""Of a collection."""
ELEMENTS_A_STEP = 2
"""Of a new collection: each is an object of a hundred bytes or more."""

_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.BitOr: operator.or_,
    ast.BitAnd: operator.and_,
    ast.BitXor: operator.xor,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
    ast.Pow: operator.pow,
}


def binary(interp: "Interpreter", op: ast.operator, left: Value, right: Value, *, in_place: bool = False) -> Value:
    """`left op right`; with `in_place` a list on the left is extended itself.

    Raises:
        Raised: TypeError, when None takes part (a variable without default, mostly).
    """
    a, b = left.data, right.data
    if isinstance(a, OneOf):
        return one_of((text, binary(interp, op, branch, right)) for text, branch in a.branches)
    if isinstance(b, OneOf):
        return one_of((text, binary(interp, op, left, branch)) for text, branch in b.branches)
    hook = getattr(getattr(a, "payload", None), "operator", None)
    if hook is not None:
        result: Value = hook(interp, op, right)
        return result
    if isinstance(a, list | tuple) and isinstance(op, ast.Mult) and isinstance(b, int):
        many = len(a) * b > MAX_ELEMENTS
        return Value(Unresolved("limit: size of a value", "list") if many else a * b, left.env | right.env)
    if isinstance(a, list) and isinstance(op, ast.Add):
        return _extend_list(interp, left, right, in_place)
    if isinstance(a, dict) and isinstance(b, dict) and isinstance(op, ast.BitOr):
        if in_place:
            interp.spend(len(b) // ELEMENTS_A_STEP)
            a.update(b)
            return Value(a, left.env | right.env)
        return Value({**a, **b}, left.env | right.env)
    if (
        isinstance(op, ast.Div)
        and isinstance(a, PurePosixPath | PartialText | FromEnv)
        and isinstance(b, str | PurePosixPath)
    ):
        if isinstance(a, PurePosixPath):
            return Value(a / b, left.env | right.env)
        return text_of([left, "/", right])
    if isinstance(op, ast.Add) and (_is_textual(a) and _is_textual(b)) and (is_abstract(left) or is_abstract(right)):
        return text_of([left, right])
    if isinstance(op, ast.Mod) and isinstance(a, str):
        return percent(left, right)
    if a is None or b is None:
        culprit = left if a is None else right
        raise Raised("TypeError", "unsupported operand None", culprit.env, interp.where)
    return _compute(interp, op, left, right)


def _compute(interp: "Interpreter", op: ast.operator, left: Value, right: Value) -> Value:
    env = left.env | right.env
    try:
        x, y = plain(left), plain(right)
    except NotPlain:
        return Value(Unresolved("computed from what the scan cannot tell", _kind_of(left.data)), env)
    function = _ARITHMETIC.get(type(op))
    if function is None or _too_large(op, x, y):
        return Value(Unresolved("limit: size of a computed value"), env)
    try:
        if isinstance(x, tuple | list) or isinstance(left.data, Foreign) or isinstance(right.data, Foreign):
            return wrap(function(x, y), env)
        return Value(function(x, y), env)
    except Exception as error:
        raise Raised(type(error).__name__, str(error), env, interp.where) from None


def _too_large(op: ast.operator, x: Any, y: Any) -> bool:
    numbers = isinstance(x, int | float) and isinstance(y, int | float)
    if isinstance(op, ast.Pow):
        return not numbers or bool(abs(x) > 10_000 or abs(y) > 64)
    if isinstance(op, ast.Mod):
        return isinstance(x, bytes)  # `%` of a text is for `percent`
    if isinstance(op, ast.LShift):
        return not isinstance(y, int) or y > 256
    if isinstance(op, ast.Mult):
        if numbers:
            return bool(abs(x) > 10**30 or abs(y) > 10**30)
        size: int = len(x) if hasattr(x, "__len__") else len(y) if hasattr(y, "__len__") else 0
        factor = y if isinstance(y, int) else x if isinstance(x, int) else 0
        return size * max(factor, 0) > MAX_TEXT
    return False


def _extend_list(interp: "Interpreter", left: Value, right: Value, in_place: bool) -> Value:
    from analyzer.facts.evaluator.assignments import spread

    env = left.env | right.env
    extra = spread(right) if in_place or isinstance(right.data, list) else None
    if right.data is None:
        raise Raised("TypeError", "a list and None", right.env, interp.where)
    if extra is None:
        if not is_abstract(right):
            raise Raised("TypeError", "can only concatenate list to list", env, interp.where)
        extra = [Value(Unresolved("further elements: " + describe(right)), all_env(right))]
    if in_place:
        interp.spend(len(extra) // ELEMENTS_A_STEP)
        left.data.extend(extra)
        return Value(left.data, env)
    return Value([*left.data, *extra], env)


def describe(value: Value) -> str:
    """Why a value cannot be told, in a few words."""
    match value.data:
        case FromEnv(name=name):
            return f"environment variable {name}"
        case Unresolved(reason=reason):
            return reason
        case OneOf(branches=branches):
            return "depends on " + branches[0][0]
        case PartialText():
            return "text with unknown parts" + (f": {', '.join(sorted(all_env(value)))}" if all_env(value) else "")
        case Klass() | Instance() | Module() | Extern():
            return "an object"
        case _:
            return "computed at run time"


def _is_textual(data: Any) -> bool:
    return (
        isinstance(data, str | PartialText)
        or (isinstance(data, FromEnv) and data.kind in ("text", "url"))
        or (isinstance(data, Unresolved) and data.kind == "text")
    )


def _kind_of(data: Any) -> str | None:
    return getattr(data, "kind", None) or ("list" if isinstance(data, list | tuple) else None)


def equal(left: Value, right: Value) -> bool | None:
    """`left == right`, None when it cannot be told."""
    if is_abstract(left) or is_abstract(right):
        return _equal_abstract(left, right)
    if _is_member(left) and _is_member(right):
        return left.data is right.data
    left, right = _member_value(left, right), _member_value(right, left)
    try:
        return bool(plain(left) == plain(right))
    except NotPlain:
        return True if left.data is right.data or left.data == right.data else None


def _is_member(value: Value) -> bool:
    return isinstance(value.data, Instance) and isinstance(value.data.klass, Klass) and value.data.klass.is_enum


def _member_value(value: Value, other: Value) -> Value:
    """The value of an enumeration's member, where it is compared with plain data (`StrEnum`, `TextChoices`)."""
    if _is_member(value) and not isinstance(other.data, Instance):
        member: Value = value.data.attributes.get("value", value)
        return member
    return value


def _equal_abstract(left: Value, right: Value) -> bool | None:
    abstract, other = (left, right) if is_abstract(left) else (right, left)
    if other.data is None and isinstance(abstract.data, FromEnv | PartialText):
        return False
    if isinstance(abstract.data, FromEnv) and abstract.data.kind in ("text", "url", "list") and other.data == "":
        return False
    if isinstance(abstract.data, OneOf):
        answers = {equal(branch, other) for _, branch in abstract.data.branches}
        return answers.pop() if len(answers) == 1 else None
    return None


def compare(interp: "Interpreter", op: ast.cmpop, left: Value, right: Value) -> Value:
    """One comparison, with the truth unresolved where it cannot be told."""
    env = all_env(left) | all_env(right)
    interp.environment.compare(left.env, right.data)
    interp.environment.compare(right.env, left.data)
    answer: bool | None
    match op:
        case ast.Eq() | ast.NotEq():
            answer = equal(left, right)
            answer = (not answer) if isinstance(op, ast.NotEq) and answer is not None else answer
        case ast.Is() | ast.IsNot():
            answer = _identical(left, right)
            answer = (not answer) if isinstance(op, ast.IsNot) and answer is not None else answer
        case ast.In() | ast.NotIn():
            answer = contains(interp, right, left)
            env |= _asked(right, left)
            answer = (not answer) if isinstance(op, ast.NotIn) and answer is not None else answer
        case _:
            answer = _ordered(interp, op, left, right)
    if answer is None:
        return Value(Unresolved("a comparison with what the scan cannot tell", "bool"), env)
    return Value(answer, env)


def _asked(container: Value, item: Value) -> Names:
    """The variable whose presence `"NAME" in os.environ` asks for."""
    environment = isinstance(container.data, Extern) and container.data.dotted == "os.environ"
    return frozenset({Deciding(item.data)}) if environment and isinstance(item.data, str) else NO_NAMES


def _identical(left: Value, right: Value) -> bool | None:
    if left.data is None or right.data is None or isinstance(left.data, bool) or isinstance(right.data, bool):
        return equal(left, right)
    if left.data is right.data or (isinstance(left.data, Extern) and left.data == right.data):
        return True
    return None if is_abstract(left) or is_abstract(right) else False


_TEST_RUNNERS = ("pytest", "_pytest", "nose", "unittest.runner")
"""Modules that no server has loaded."""


def contains(interp: "Interpreter", container: Value, item: Value) -> bool | None:
    """`item in container`, None when it cannot be told."""
    data = container.data
    if isinstance(data, Extern) and data.dotted == "os.environ":
        if not isinstance(item.data, str):
            return None
        if not can_be_set(item.data):
            return False
        from analyzer.facts.evaluator.environment import EnvironmentRead

        interp.environment.record(EnvironmentRead(item.data, "text", False, None, interp.where, "os.environ"))
        return interp.environment.lookup(item.data) is not None
    if isinstance(data, Extern) and data.dotted == "sys.modules":
        return False if item.data in _TEST_RUNNERS else None
    if isinstance(data, Instance) and hasattr(data.payload, "contains"):
        held: bool | None = data.payload.contains(interp, item)
        return held
    if isinstance(data, Instance) and isinstance(data.payload, dict):
        data = data.payload
    if isinstance(data, dict | set | frozenset) and not is_abstract(item):
        try:
            return item.data in data
        except TypeError:
            return None
    if isinstance(data, str) and isinstance(item.data, str):
        return item.data in data
    if isinstance(data, range) and isinstance(item.data, int):
        return item.data in data
    if isinstance(data, list | tuple):
        answers = [equal(part, item) for part in data]
        return True if True in answers else None if None in answers else False
    if data is None:
        raise Raised("TypeError", "argument of type 'NoneType' is not iterable", container.env, interp.where)
    return None


def _ordered(interp: "Interpreter", op: ast.cmpop, left: Value, right: Value) -> bool | None:
    try:
        x, y = plain(left), plain(right)
    except NotPlain:
        return None
    try:
        match op:
            case ast.Lt():
                return bool(x < y)
            case ast.LtE():
                return bool(x <= y)
            case ast.Gt():
                return bool(x > y)
            case _:
                return bool(x >= y)
    except TypeError as error:
        raise Raised("TypeError", str(error), left.env | right.env, interp.where) from None


def unary(interp: "Interpreter", op: ast.unaryop, value: Value) -> Value:
    """`not x`, `-x`, `+x`, `~x`"""
    if isinstance(op, ast.Not):
        decided = truth(value)
        if decided is None:
            return Value(Unresolved("a condition that the scan cannot tell", "bool"), all_env(value))
        return Value(not decided, all_env(value))
    if isinstance(value.data, int | float):
        data = value.data
        return Value(
            -data
            if isinstance(op, ast.USub)
            else ~data
            if isinstance(op, ast.Invert) and isinstance(data, int)
            else data,
            value.env,
        )
    if isinstance(op, ast.USub):
        try:
            return wrap(-plain(value), value.env)
        except Exception:
            return unresolved("computed from what the scan cannot tell", value)
    return unresolved("computed from what the scan cannot tell", value)
