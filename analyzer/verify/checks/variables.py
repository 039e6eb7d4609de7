"""Environment variables: that the app spec declares every one that the project cannot do without."""

from typing import Any

from analyzer.model.app_spec import AppSpec, SpecComponent
from analyzer.model.evidence import Evidence
from analyzer.model.verification import Finding, failed, not_applicable, passed
from analyzer.verify.bindings import Bindings, unresolved
from analyzer.verify.diagnosis import diagnose

NAMED = 8
READERS = (
    "collections",
    "_collections_abc",
    "os",
    "configurations",
    "decouple",
    "dj_database_url",
    "dj_email_url",
    "django_cache_url",
    "dotenv",
    "environ",
    "environs",
    "envparse",
    "goodconf",
    "prettyconf",
    "starlette",
)
"""Modules that read variables for those who call them."""


def declared(component: SpecComponent, found: dict[str, Any]) -> Finding:
    """Whether settings, URLs and application load with the declared variables alone."""
    if "asked" not in found:
        return not_applicable(f"the project could not be loaded: {found.get('error', 'no answer')}")
    if "error" in found:
        cause = diagnose([found["error"]])
        return failed(
            f"the project does not load: {cause.cause}",
            cause.fix or "declare the variable in envs of the app spec",
            evidence=(component.evidence,),
        )
    names = sorted(found["asked"])
    if not names:
        return passed("every variable that is read is declared")
    listed = ", ".join(f"{name} ({found['asked'][name]})" for name in names[:NAMED])
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return passed(f"not declared, so their defaults hold: {listed}{more}")


def references(spec: AppSpec, bindings: Bindings) -> Finding:
    """Whether every `${…}` in the spec names something; what does not stays in the value as it is."""
    found: list[tuple[str, str, Evidence]] = [
        (variable.name, reference, variable.evidence)
        for owner, variables in (("", spec.variables), *((one.name, one.variables) for one in spec.components))
        for variable in variables
        for reference in unresolved(variable.value or "", owner, bindings)
    ]
    if not found:
        return passed()
    name, reference, evidence = found[0]
    known = sorted(owner for owner in bindings if owner)
    return failed(
        f"{name} refers to {reference}, which names nothing, so the text itself would be its value",
        f"name one of {', '.join(known)}" if known else "declare the database in the app spec",
        evidence=(evidence,),
    )
