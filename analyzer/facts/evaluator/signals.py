"""How evaluation leaves a statement early. None of these ever reaches a caller outside the evaluator."""

import builtins

from analyzer.facts.evaluator.values import NO_NAMES, Names, Value, Where

TOO_DEEP = "limit: nests too deeply"
"""Why nothing is told that needs more of Python's stack than there is."""
TOO_MANY_STEPS = "limit: evaluation steps"


class Raised(Exception):
    """The scanned program raises an exception here."""

    def __init__(
        self, kind: str, message: str = "", env: Names = NO_NAMES, at: Where | None = None, bases: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.env = env
        """Variables whose absence or content is the cause."""
        self.at = at
        self.bases = bases
        """Names of the ancestors of an exception class that is not a built-in one."""
        self.stated = ""
        """The class as a traceback names it, where a `raise` of the program raises it, which leaves no doubt."""

    def is_a(self, name: str) -> bool:
        """Whether `except name` catches this."""
        if name in ("BaseException", "Exception") or name == self.kind or name in self.bases:
            return True
        wanted = getattr(builtins, name, None)
        mine = [getattr(builtins, n, None) for n in (self.kind, *self.bases)]
        if not (isinstance(wanted, type) and issubclass(wanted, BaseException)):
            return False
        return any(isinstance(m, type) and issubclass(m, wanted) for m in mine)


class Returned(Exception):
    """A `return` of the scanned program."""

    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value = value


class LoopControl(Exception):
    """A `break` or `continue` of the scanned program."""

    def __init__(self, is_break: bool) -> None:
        super().__init__()
        self.is_break = is_break


class LimitReached(Exception):
    """Evaluation costs more than it may; everything after it is unresolved."""
