"""The variables without which a command cannot load the settings, each with a value that lets it."""

from collections.abc import Iterable, Mapping

from analyzer.facts.django.build_values import values_for
from analyzer.facts.django.evaluation import EvaluatedSettings, Program, evaluate_once
from analyzer.facts.evaluator.environment import Assumption, kind_of
from analyzer.facts.evaluator.library.service_urls import BY_URL, is_engine
from analyzer.facts.evaluator.values import Names, Unresolved, all_env
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import RequiredVariable

MAX_TRIALS = 24
"""Evaluations until every value is accepted."""


def required_variables(
    program: Program, module: str, path: RepoPath, known: Mapping[str, str] | None = None
) -> tuple[tuple[RequiredVariable, ...], EvaluatedSettings]:
    """Load the settings with nothing set, then with a value for each variable that was missing, until they load.

    Args:
        known: variables that are set all the time, with their values.

    Returns:
        The variables in the order in which the command would stop at one after the other, and the settings where
        these, and no others, are set to something unknown.
    """
    known = known or {}
    given: dict[str, str] = dict(known)
    untried: dict[str, list[str]] = {}
    how: dict[str, str] = {}
    suspects: list[str] = []  # what is not simply missed by a reader, on a way that is sure to be taken
    missed: set[str] = set()
    refused: Names = frozenset()
    for _ in range(MAX_TRIALS):
        settings = _load(program, module, path, given)
        missing = {n: why for n, why in settings.environment.required.items() if n not in given}
        refused = frozenset(given) & (settings.environment.refused | _not_engines(settings))
        unsure = given.keys() > known.keys() or "forks" in settings.interpreter.state
        missed |= settings.environment.missed
        for name, why in missing.items():
            if unsure or name not in settings.environment.missed:
                suspects.append(name)
            how[name] = why
            untried[name] = values_for(name, settings.environment.reads.get(name, ()), program.distributions)
        for name in [*missing, *sorted(n for n in refused if untried.get(n))]:
            given[name] = untried[name].pop(0)
        if not missing and not any(untried.get(n) for n in refused):
            break
    if not refused:
        given = _without_needless(program, module, path, given, suspects)
    required = tuple(
        _required(settings, name, why, name in missed, None if name in refused else given[name])
        for name, why in how.items()
        if name in given
    )
    if required:
        present = frozenset(given.keys() - known.keys())
        settings = evaluate_once(program, module, path, Assumption(present=present, given=known))
    return required, settings


def _load(program: Program, module: str, path: RepoPath, given: Mapping[str, str]) -> EvaluatedSettings:
    return evaluate_once(program, module, path, Assumption(given=given))


def _without_needless(
    program: Program, module: str, path: RepoPath, given: dict[str, str], suspects: Iterable[str]
) -> dict[str, str]:
    """Without the suspects that the settings load without, now that all others have a value that is accepted."""
    for name in suspects:
        fewer = {n: value for n, value in given.items() if n != name}
        settings = _load(program, module, path, fewer)
        if settings.environment.required.keys() <= fewer.keys() and not settings.environment.refused:
            given = fewer
    return given


def _not_engines(settings: EvaluatedSettings) -> Names:
    """Variables whose text ends up as a database engine that Django cannot load, which it does with the first model."""
    databases = settings.namespace.values.get("DATABASES")
    names: Names = frozenset()
    for database in databases.data.values() if databases is not None and isinstance(databases.data, dict) else ():
        engine = database.data.get("ENGINE") if isinstance(database.data, dict) else None
        if engine is None:
            continue
        unknown_scheme = isinstance(engine.data, Unresolved) and (engine.data.kind or "").startswith(BY_URL)
        if unknown_scheme or (isinstance(engine.data, str) and not is_engine(engine.data)):
            names |= all_env(engine)
    return names


def _required(settings: EvaluatedSettings, name: str, how: str, direct: bool, dummy: str | None) -> RequiredVariable:
    reads = settings.environment.reads.get(name, [])
    at = next((read.at for read in reads if read.at is not None), None)
    return RequiredVariable(
        name=name,
        how=how,
        direct=direct,
        kind=kind_of(name, reads),
        dummy=dummy,
        evidence=Evidence(path=at.path if at else settings.path, line=at.line if at else 1),
    )
