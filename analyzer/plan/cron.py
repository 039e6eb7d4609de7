"""The shortest time between two runs of a schedule."""

SHORTEST = 15
"""Minutes between two runs of a job, at least (App Platform, how-to/manage-jobs)."""
MINUTES = 60


def spaced_out(cron: str) -> bool:
    """Whether two runs of the five fields are never nearer than the platform allows; only the minutes can be."""
    minutes = _minutes(cron.split(" ", 1)[0])
    if minutes is None:
        return True
    gaps = [later - earlier for earlier, later in zip(minutes, [*minutes[1:], minutes[0] + MINUTES], strict=True)]
    return min(gaps) >= SHORTEST


def without_minutes(cron: str) -> str:
    """The fields with as many runs an hour as are allowed."""
    return f"*/{SHORTEST} {cron.split(' ', 1)[1]}"


def _minutes(field: str) -> list[int] | None:
    """The minutes of an hour that a field means, sorted; None for one that is not understood."""
    found: set[int] = set()
    for part in field.split(","):
        span, slash, step = part.partition("/")
        first, dash, last = span.partition("-")
        if (slash and not step.isdigit()) or (dash and not last.isdigit()) or not (first == "*" or first.isdigit()):
            return None
        begin = 0 if first == "*" else int(first)
        end = MINUTES - 1 if first == "*" or (slash and not dash) else int(last) if dash else begin
        found.update(range(begin, min(end, MINUTES - 1) + 1, max(int(step), 1) if slash else 1))
    return sorted(found) or None
