"""Which kind of server Celery's broker and result backend are."""

import re
from collections.abc import Callable

from analyzer.facts.django.answers import SettingsView
from analyzer.facts.evaluator.library.service_urls import scheme_of
from analyzer.facts.evaluator.operators import describe
from analyzer.facts.evaluator.values import OneOf, Value, all_env
from analyzer.facts.task_queue.celery_app import FoundApplication
from analyzer.facts.task_queue.celery_config import lookup, queue_data
from analyzer.model.evidence import Answer, Certainty, Evidence, Fact, Unresolved
from analyzer.model.facts import DependencyFacts
from analyzer.model.lazy_pattern import lazy_pattern

Option = tuple[Value, tuple[Evidence, ...]]


def celery_broker(view: SettingsView, found: FoundApplication, dependencies: DependencyFacts) -> Answer[str | None]:
    """The transport of the broker: by its URL, else by the variable's name or the installed client."""
    known = _by_url(view, found, "broker_url", _scheme_of_broker)
    if known is not None:
        return known
    option = lookup(found, view.bare, "broker_url")
    if option is None:
        given = "broker" in found.application.arguments  # what was None here may be something with other variables
        return _default_broker((found.evidence,), Certainty.LIKELY if given else Certainty.CERTAIN)
    value, evidence = option
    guess = _guessed("broker", option, dependencies) if value.data not in (None, "") or all_env(value) else None
    if guess is not None:
        return guess
    if value.data in (None, ""):
        return _default_broker(evidence, Certainty.LIKELY if all_env(value) else Certainty.CERTAIN)
    return Unresolved(reason=f"the broker's URL: {describe(value)}", evidence=evidence)


def celery_result_backend(
    view: SettingsView, found: FoundApplication, dependencies: DependencyFacts
) -> Answer[str | None]:
    """The kind of the result backend, None when there is none; told as the broker is."""
    known = _by_url(view, found, "result_backend", _scheme_of_backend)
    if known is not None:
        return known
    option = lookup(found, view.bare, "result_backend")
    if option is None:
        return Fact(value=None, evidence=(found.evidence,))
    value, evidence = option
    guess = _guessed("results", option, dependencies) if value.data not in (None, "") or all_env(value) else None
    if guess is not None:
        return guess
    if value.data in (None, ""):
        return Fact(value=None, evidence=evidence, certainty=Certainty.LIKELY if all_env(value) else Certainty.CERTAIN)
    return Unresolved(reason=f"the result backend: {describe(value)}", evidence=evidence)


def _by_url(
    view: SettingsView, found: FoundApplication, name: str, schemes: Callable[[Value], set[str | None]]
) -> Fact[str | None] | None:
    """What the URL says, with the first assumption about the environment under which it says one thing."""
    for settings, certainty in (
        (view.bare, Certainty.CERTAIN),
        (view.example, Certainty.LIKELY),
        (view.configured, Certainty.LIKELY),
    ):
        option = lookup(found, settings, name)
        if option is None or option[0].data in (None, ""):
            continue
        said = schemes(option[0])
        kinds = {_kind_of(scheme) for scheme in said if scheme is not None}
        if len(kinds) == 1:
            sure = certainty if None not in said else Certainty.LIKELY
            return Fact(value=kinds.pop(), evidence=option[1], certainty=sure)
    return None


def _kind_of(scheme: str) -> str:
    kind: str = queue_data()["celery_schemes"].get(scheme, scheme)
    return kind


def _scheme_of_broker(value: Value) -> set[str | None]:
    """Schemes of a URL in all branches, of several URLs that of the first; None stands for one that is not known."""
    data = value.data
    if isinstance(data, OneOf):
        return {scheme for _, branch in data.branches for scheme in _scheme_of_broker(branch)}
    if isinstance(data, list | tuple) and data:
        return _scheme_of_broker(data[0])
    scheme = scheme_of(value)
    if scheme is not None:
        return {scheme.split("+")[0]}
    return {data if isinstance(data, str) and re.fullmatch(r"[a-z]+", data) else None}


def _scheme_of_backend(value: Value) -> set[str | None]:
    """As `_scheme_of_broker`, and names without a URL, such as `django-db` and `cache+memory:`."""
    if isinstance(value.data, OneOf):
        return {scheme for _, branch in value.data.branches for scheme in _scheme_of_backend(branch)}
    if isinstance(value.data, str) and value.data and "://" not in value.data:
        return {value.data.split(":")[0]}
    return _scheme_of_broker(value)


def _guessed(role: str, option: Option, dependencies: DependencyFacts) -> Fact[str | None] | None:
    """The server that the names of the variables mean, else the one that an installed client speaks to.

    Where one variable names a server and another does not, Celery's extras tell what the project is made for.

    Args:
        role: broker or results.
    """
    value, evidence = option
    rows = [row for row in queue_data()["celery_server"] if role in row["roles"]]
    names = [name.upper() for name in all_env(value)]
    meant = {name: {row["kind"] for row in rows if lazy_pattern(row["variables"]).search(name)} for name in names}
    named = set().union(*meant.values())
    clients = [row["kind"] for row in rows if _installs(dependencies, row["extras"], row["packages"])]
    if len(named) == 1 and (all(meant.values()) or not clients or named & set(clients)):
        return _fact(named.pop(), evidence, "by the variable's name", Certainty.LIKELY)
    if len(clients) == 1 or (named and clients):
        note = "by the only installed client" if len(clients) == 1 else "by the first installed client"
        return _fact(clients[0], evidence, note, Certainty.GUESS)
    return None


def _installs(dependencies: DependencyFacts, extras: list[str], packages: list[str]) -> bool:
    """Whether production installs one of the packages, or Celery with one of the extras."""
    return any(
        d.group is None and (d.name in packages or (d.name in ("celery", "kombu") and set(extras) & set(d.extras)))
        for d in dependencies.dependencies
    )


def _fact(kind: str, evidence: tuple[Evidence, ...], note: str, certainty: Certainty) -> Fact[str | None]:
    first, *others = evidence
    where = Evidence(path=first.path, line=first.line, note=note)
    return Fact(value=kind, evidence=(where, *others), certainty=certainty)


def _default_broker(evidence: tuple[Evidence, ...], certainty: Certainty) -> Fact[str | None]:
    default: str = queue_data()["celery_defaults"]["broker_url"]
    return _fact(default, evidence[:1], "no broker is configured: Celery's default", certainty)
