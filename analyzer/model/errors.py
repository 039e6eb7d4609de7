"""The one exception that a user can mend."""


class UsageError(Exception):
    """What was asked for cannot be done; the message says why and what would do."""
