"""References to other parts of the app: a name that does not exist would stay in a value as it is written."""

from collections.abc import Iterable, Iterator

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import Component, ComponentKind, DatabasePlan, PlanNote, Variable

APP = frozenset({"APP_DOMAIN", "APP_URL", "APP_ID"})
DATABASE = frozenset(
    {"HOSTNAME", "PORT", "USERNAME", "PASSWORD", "DATABASE", "DATABASE_URL", "JDBC_DATABASE_URL", "CA_CERT"}
)
SERVICE = frozenset({"PRIVATE_DOMAIN", "PRIVATE_URL", "PRIVATE_PORT", "COMMIT_HASH", "PUBLIC_ROUTE_PATH", "PUBLIC_URL"})
SITE = frozenset({"COMMIT_HASH", "PUBLIC_ROUTE_PATH", "PUBLIC_URL"})
WORKER = frozenset({"COMMIT_HASH"})
_NAMES = {
    ComponentKind.SERVICE: SERVICE,
    ComponentKind.STATIC_SITE: SITE,
    ComponentKind.WORKER: WORKER,
    ComponentKind.JOB: frozenset[str](),
}
_REFERENCE = lazy_pattern(r"\$\{([^{}]*)\}")


def check_references(
    variables: Iterable[Variable], components: Iterable[Component], databases: Iterable[DatabasePlan]
) -> Iterator[PlanNote]:
    """The references in values that lead nowhere (App Platform, how-to/use-environment-variables)."""
    known = {component.name: _NAMES[component.kind] for component in components}
    known |= {database.name: DATABASE for database in databases}
    for variable in variables:
        for reference in _REFERENCE.findall(variable.value.value or ""):
            if not _exists(reference, known):
                yield PlanNote(
                    code="unknown-reference",
                    message=f"{variable.name} has ${{{reference}}}, which is nothing of this app: it stays as written",
                    evidence=variable.value.evidence,
                    remedy=f"set environment.{variable.name}.value in [tool.doctor]",
                )


def _exists(reference: str, known: dict[str, frozenset[str]]) -> bool:
    owner, dot, name = reference.rpartition(".")
    if not dot:
        return reference in APP
    if owner == "_self":
        return name in SERVICE
    pool_of, pool, _ = owner.partition(".")
    if pool and pool_of in known:
        return known[pool_of] is DATABASE and name in DATABASE
    return name in known.get(owner, frozenset())
