"""The exceptions that a user can mend."""


class _ForUsersError(Exception):
    """Its arguments are the lines of the message."""

    def __str__(self) -> str:
        return "\n  ".join(map(str, self.args))


class UsageError(_ForUsersError):
    """What was asked for cannot be done; the message says why and what would do."""


class EngineError(_ForUsersError):
    """The Docker engine is not there, or fails for a reason of its own; the message says what helps."""
