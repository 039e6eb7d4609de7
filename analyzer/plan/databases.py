"""The databases of the app."""

import re
from collections.abc import Iterator

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.existing import ExistingDatabase
from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import DatabaseOverrides, Overrides
from analyzer.model.plan import Alternative, DatabaseEngine, DatabasePlan, Decision, PlanNote
from analyzer.model.quick_dataclass import dataclass
from analyzer.plan.decisions import decide, overridden
from analyzer.plan.engines import Need, relational_needs, valkey_need
from analyzer.plan.names import Names, slug
from analyzer.plan.tables import table

NAMES = {DatabaseEngine.POSTGRESQL: "db", DatabaseEngine.MYSQL: "db", DatabaseEngine.VALKEY: "valkey"}
ENGINE_OPTIONS = {DatabaseEngine.POSTGRESQL: "pg", DatabaseEngine.MYSQL: "mysql", DatabaseEngine.VALKEY: "valkey"}
"""As `doctl databases create --engine` calls them."""
DEFAULT_SIZE = "db-s-1vcpu-1gb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Databases:
    """The databases with what each is for."""

    plans: tuple[DatabasePlan, ...]
    aliases: dict[str, DatabasePlan]
    """By alias of DATABASES; those that share an address with another are not in it."""
    notes: tuple[PlanNote, ...]
    left_out: tuple[str, ...] = ()
    """Names of the databases that the configuration leaves out."""

    @property
    def valkey(self) -> DatabasePlan | None:
        """The Valkey of the app."""
        return next((plan for plan in self.plans if plan.engine.value is DatabaseEngine.VALKEY), None)

    def of_alias(self, alias: str) -> DatabasePlan | None:
        """The database of an alias: its own, or the default one."""
        return self.aliases.get(alias) or self.aliases.get("default")


def plan_databases(facts: ProjectFacts, app_name: str, region: str, names: Names, overrides: Overrides) -> Databases:
    """A managed cluster for each need; the configuration can make that of PostgreSQL a development database."""
    needs, notes = relational_needs(facts)
    valkey = valkey_need(facts)
    plans: list[DatabasePlan] = []
    left_out: list[str] = []
    aliases: dict[str, DatabasePlan] = {}
    left = list(facts.existing_spec.databases) if facts.existing_spec is not None else []
    for need in (*needs, *((valkey,) if valkey is not None else ())):
        existing = next((one for one in left if _fits(one, need)), None)
        if existing is not None:
            left.remove(existing)
        plan = _plan(facts, need, existing, app_name, names, overrides)
        if overrides.databases.get(plan.name, DatabaseOverrides()).enabled is False:
            left_out.append(plan.name)
            continue
        plans.append(plan)
        if need.alias:
            aliases[need.alias] = plan
    notes = (*notes, *_left_out(left), *_clusters(plans, region))
    return Databases(plans=tuple(plans), aliases=aliases, notes=notes, left_out=tuple(left_out))


def _plan(
    facts: ProjectFacts,
    need: Need,
    existing: ExistingDatabase | None,
    app_name: str,
    names: Names,
    overrides: Overrides,
) -> DatabasePlan:
    first = need.alias in ("default", "")
    wanted = NAMES[need.engine] if first else f"{NAMES[need.engine]}-{need.alias}"
    name = names.give(existing.name if existing is not None else wanted, wanted)
    configured = overrides.databases.get(name, DatabaseOverrides())
    production = _production(need, existing, name, configured, overrides)
    return DatabasePlan(
        name=name,
        engine=decide(need.engine, need.rule, *need.evidence),
        version=_version(facts, need, existing, production.value, name, configured, overrides),
        production=production,
        cluster_name=_cluster(need, existing, production.value, app_name, name, configured, overrides),
        size=overridden(
            decide(
                DEFAULT_SIZE if production.value else table("databases")["development"]["size"],
                "the smallest node; the estimate counts it, the app spec does not carry it",
                override=f"databases.{name}.size",
            ),
            configured.size,
            overrides,
        ),
        db_name=existing.db_name if existing is not None else (None if first else need.alias.replace("-", "_")),
        db_user=existing.db_user if existing is not None else None,
        extensions=tuple(_extensions(facts, need)),
    )


def _extensions(facts: ProjectFacts, need: Need) -> Iterator[str]:
    if need.engine is DatabaseEngine.POSTGRESQL:
        if isinstance(facts.django.geodjango, Fact) and facts.django.geodjango.value:
            yield "postgis"
        if facts.dependencies.has("pgvector"):
            yield "vector"


def _production(
    need: Need,
    existing: ExistingDatabase | None,
    name: str,
    configured: DatabaseOverrides,
    overrides: Overrides,
) -> Decision[bool]:
    if need.engine is not DatabaseEngine.POSTGRESQL:
        return decide(True, "development databases are PostgreSQL only: an existing managed cluster", *need.evidence)
    key = f"databases.{name}.production"
    if existing is not None:
        decision = decide(existing.production, "the existing app spec has it so", existing.evidence, override=key)
    else:
        row = table("databases")["development"]
        price = f"{row['cents'] / 100:g} USD a month"
        development = Alternative(
            value="false",
            reason=f"a development database ({price}) is made with the app, and has no backups and one database only",
        )
        rule = "data that matters belongs into a managed cluster, with backups and more than one database"
        decision = decide(True, rule, override=key, alternatives=(development,))
    return overridden(decision, configured.production, overrides)


def _version(
    facts: ProjectFacts,
    need: Need,
    existing: ExistingDatabase | None,
    production: bool,
    name: str,
    configured: DatabaseOverrides,
    overrides: Overrides,
) -> Decision[str]:
    key = f"databases.{name}.version"
    data = table("databases")
    versions = data["versions"][need.engine.value] if production else data["development"]["versions"]
    images = [s for s in facts.services if s.image in data["images"].get(need.engine.value, ())]
    image = next((s for s in images if _major(s.tag) in versions), None)
    if existing is not None and existing.version is not None and existing.version in versions:
        decision = decide(existing.version, "the existing app spec has it", existing.evidence, override=key)
    elif image is not None and need.engine is DatabaseEngine.POSTGRESQL:
        where = Evidence(path=image.evidence.path, line=image.evidence.line, note=f"{image.image}:{image.tag}")
        decision = decide(_major(image.tag), "the project is developed with it", where, override=key)
    else:
        what = "of a development database" if not production else "that the platform offers"
        decision = decide(versions[0], f"the default {what}", override=key)
        if existing is not None and existing.version:
            rule = f"version {existing.version} of the existing app spec is no longer to be had; {decision.rule}"
            decision = decide(versions[0], rule, existing.evidence, override=key)
    return overridden(decision, configured.version, overrides)


def _major(tag: str) -> str:
    match = re.match(r"\d+", tag)
    return match[0] if match is not None else ""


def _cluster(
    need: Need,
    existing: ExistingDatabase | None,
    production: bool,
    app_name: str,
    name: str,
    configured: DatabaseOverrides,
    overrides: Overrides,
) -> Decision[str | None]:
    key = f"databases.{name}.cluster_name"
    if not production:
        return decide(None, "a development database belongs to no cluster")
    decision: Decision[str | None]
    if existing is not None and existing.cluster_name:
        decision = decide(existing.cluster_name, "the existing app spec has it", existing.evidence, override=key)
    else:
        kind = NAMES[need.engine]
        wanted = slug(f"{app_name[:24]}-{kind}", f"django-{kind}")
        rule = "a name for the cluster, which is created before the app: app specs do not create clusters"
        decision = decide(wanted, rule, override=key)
    return overridden(decision, configured.cluster_name, overrides)


def _fits(existing: ExistingDatabase, need: Need) -> bool:
    engine = "VALKEY" if existing.engine == "REDIS" else existing.engine
    return engine == need.engine.value


def _left_out(left: list[ExistingDatabase]) -> tuple[PlanNote, ...]:
    return tuple(
        PlanNote(
            code="existing-database-left-out",
            message=f"the database {one.name} ({one.engine}) of the existing app spec is not in the new one: "
            "the settings do not use it",
            evidence=(one.evidence,),
            remedy="remove it for good, or add it to the new app spec by hand",
        )
        for one in left
    )


def _clusters(plans: list[DatabasePlan], region: str) -> tuple[PlanNote, ...]:
    """The commands that create the clusters which the app spec refers to."""
    commands: dict[str, str] = {}
    for plan in plans:
        cluster = plan.cluster_name.value
        if cluster is not None and "existing app spec" not in plan.cluster_name.rule:
            datacentre = table("spaces")["regions"].get(region, region)
            commands.setdefault(
                cluster,
                f"doctl databases create {cluster} --engine {ENGINE_OPTIONS[plan.engine.value]} "
                f"--version {plan.version.value} --region {datacentre} --size {plan.size.value} --num-nodes 1",
            )
    if not commands:
        return ()
    return (
        PlanNote(
            code="create-clusters",
            message=f"create {', '.join(commands)} before the app: app specs refer to clusters and do not create them",
            evidence=tuple(e for plan in plans for e in plan.engine.evidence[:1]),
            remedy="; ".join(commands.values()),
        ),
    )
