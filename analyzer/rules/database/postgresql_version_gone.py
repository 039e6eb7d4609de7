"""A project that is developed with a PostgreSQL which managed clusters no longer offer gets a newer one."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import DatabaseEngine
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed

_MAJOR = lazy_pattern(r"(\d+)(?:[.-]|$)")
_IMAGES = ("postgres", "postgis", "bitnami/postgresql", "pgvector")
_COMPOSE = "services:\n  db:\n    image: postgres:{}\n"


def check(ctx: Context) -> RuleOutcome:
    """The images of Compose files against the version of the plan."""
    cluster = next((one for one in ctx.plan.databases if one.engine.value is DatabaseEngine.POSTGRESQL), None)
    service = next((one for one in ctx.facts.services if one.image in _IMAGES and _MAJOR.match(one.tag)), None)
    match = _MAJOR.match(service.tag) if service is not None else None
    if cluster is None or service is None or match is None:
        return not_applicable("no Compose file says which PostgreSQL the project is developed with")
    major = match[1]
    planned = cluster.version.value
    if not planned.isdigit() or int(major) >= int(planned):
        return passed(f"the cluster has PostgreSQL {planned}, as the project is developed with it", service.evidence)
    return fail(
        f"The project is developed with PostgreSQL {major} ({service.image}:{service.tag}), which managed clusters no "
        f"longer offer; the cluster gets {planned}.",
        service.evidence,
    )


rule = Rule(
    info=RuleInfo(
        id="postgresql-version-gone",
        title="PostgreSQL of development is no longer offered",
        severity=Severity.ADVICE,
        category=Category.DATABASE,
        area=Area.DATA,
        effort=Effort.HOURS,
        rationale=(
            "Clusters can be created with the versions that PostgreSQL still supports. A dump of an older version "
            "can be restored into a newer one, not the other way; extensions and what queries rely on have to be "
            "tried with the version that production has."
        ),
        remediation="Develop and test with the version of the cluster, and dump with the tools of that version.",
        references=(
            "https://www.postgresql.org/support/versioning/",
            "https://docs.digitalocean.com/products/databases/postgresql/how-to/migrate/",
        ),
        bad=(bad({"compose.yaml": _COMPOSE.format("11-alpine")}, line=3),),
        good=(good({"compose.yaml": _COMPOSE.format("17-alpine")}),),
    ),
    check=check,
)
