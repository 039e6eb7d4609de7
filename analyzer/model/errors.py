"""The exceptions that a user can mend."""


class UsageError(Exception):
    """What was asked for cannot be done; the message says why and what would do."""


class EngineError(Exception):
    """The Docker engine is not there, or fails for a reason of its own; the message says what helps."""
