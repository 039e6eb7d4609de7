"""The database that a problem is about, by its name in DATABASES, which the message has."""

from dataclasses import replace

from analyzer.model.finding import Problem, Severity
from analyzer.model.lazy_pattern import lazy_pattern

_ALIAS = lazy_pattern(r"DATABASES\['([^']+)'\]")


def alias_of(problem: Problem) -> str:
    """Its name; "default" where the message names none."""
    alias = _ALIAS.search(problem.message)
    return alias[1] if alias is not None else "default"


def weighed_by_alias(problem: Problem) -> Problem:
    """The job that migrates stops at the first database; another one is missed by what uses it."""
    return problem if problem.message.startswith("DATABASES['default']") else replace(problem, severity=Severity.RISK)
