"""What the plan cannot repair and no other part of the planner says: services from elsewhere, hosts, files."""

from collections.abc import Iterator

from analyzer.model.evidence import Fact
from analyzer.model.existing import ServiceImage
from analyzer.model.facts import ProjectFacts
from analyzer.model.plan import Component, PlanNote, Variable
from analyzer.model.texts import HIDDEN
from analyzer.plan.bindings import database_for
from analyzer.plan.databases import Databases
from analyzer.plan.storage import Keeper, media_storage, object_store, speaks_to_spaces
from analyzer.plan.tables import table


def plan_notes(
    facts: ProjectFacts,
    variables: tuple[Variable, ...],
    components: tuple[Component, ...],
    databases: Databases,
) -> Iterator[PlanNote]:
    """All of them, services first."""
    yield from _unreached(facts, variables, databases)
    yield from _services(facts)
    yield from _broker(facts)
    yield from _caches(facts)
    yield from _hosts(facts, variables)
    yield from _uploads(facts)
    yield from _left_out(facts, components)
    yield from _secrets_in_commands(components)


def _secrets_in_commands(components: tuple[Component, ...]) -> Iterator[PlanNote]:
    """A command with what stands for a secret does not work; it would have to read a variable."""
    for component in components:
        command = component.command
        if command.value is not None and HIDDEN in command.value:
            yield PlanNote(
                code="secret-in-command",
                message=f"the command of {component.name} holds a secret; {HIDDEN} stands in its place and cannot work",
                evidence=command.evidence,
                remedy=f"put it into a variable, and set components.{component.name}.command to read that",
            )


def _unreached(facts: ProjectFacts, variables: tuple[Variable, ...], databases: Databases) -> Iterator[PlanNote]:
    """Databases whose address no variable has, other than those whose address stands in the code."""
    values = " ".join(variable.value.value or "" for variable in variables)
    known = {found.name for one in facts.connections if (found := database_for(facts, databases, one)) is not None}
    for database in databases.plans:
        if f"${{{database.name}." not in values and database.name not in known:
            yield PlanNote(
                code="database-not-reached",
                message=f"no variable that the project reads takes the address of {database.name}",
                evidence=database.engine.evidence,
                remedy=f'set a variable to "${{{database.name}.DATABASE_URL}}" with environment.NAME.value',
            )


def _services(facts: ProjectFacts) -> Iterator[PlanNote]:
    for row in table("services")["service"]:
        found = next((s for s in facts.services if s.image in row["images"]), None)
        if found is not None and not (row["what"] == "RabbitMQ" and _speaks_amqp(facts)):
            yield _service(row["what"], row["remedy"], found)


def _service(what: str, remedy: str, found: ServiceImage) -> PlanNote:
    return PlanNote(
        code="service-not-offered",
        message=f"the project runs {what}, which an app spec cannot bring",
        evidence=(found.evidence,),
        remedy=remedy,
    )


def _speaks_amqp(facts: ProjectFacts) -> bool:
    broker = facts.task_queue.broker
    return isinstance(broker, Fact) and broker.value in ("amqp", "rabbitmq")


def _broker(facts: ProjectFacts) -> Iterator[PlanNote]:
    if _speaks_amqp(facts) and (facts.task_queue.started_by or not facts.task_queue.always_eager):
        kind = facts.task_queue.kind
        name = kind.value if isinstance(kind, Fact) else "the task queue"
        yield PlanNote(
            code="broker-not-offered",
            message=f"the broker of {name} is RabbitMQ, which App Platform does not offer",
            evidence=facts.task_queue.broker.evidence,
            remedy="rent one and set its URL, or make Valkey the broker (redis among the requirements, redis:// URL)",
        )


def _caches(facts: ProjectFacts) -> Iterator[PlanNote]:
    caches = facts.django.caches
    for alias, cache in sorted(caches.value.items()) if isinstance(caches, Fact) else ():
        backend = (cache.backend or "").lower()
        if any(word in backend for word in table("services")["caches"]["memcached"]):
            yield PlanNote(
                code="service-not-offered",
                message=f"CACHES[{alias!r}] needs memcached, which App Platform does not offer",
                evidence=caches.evidence,
                remedy="use django.core.cache.backends.redis.RedisCache and Valkey",
            )


def _hosts(facts: ProjectFacts, variables: tuple[Variable, ...]) -> Iterator[PlanNote]:
    """Hosts that no variable adds to: Django answers 400 to every request for the app's own address."""
    hosts = facts.django.allowed_hosts
    set_here = {variable.name for variable in variables if variable.value.value}
    accepted = {text.variable for text in facts.django.setting_texts if text.setting == "ALLOWED_HOSTS"}
    if accepted & set_here or not isinstance(hosts, Fact) or {"*", ".ondigitalocean.app"} & set(hosts.value):
        return
    setting = facts.django.settings.get("ALLOWED_HOSTS")
    if setting is not None and set(setting.env) & set_here:
        return
    yield PlanNote(
        code="allowed-hosts-fixed",
        message="ALLOWED_HOSTS does not have the app's address, and no variable adds to it: Django answers 400",
        evidence=hosts.evidence,
        remedy='ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")',
    )


def _uploads(facts: ProjectFacts) -> Iterator[PlanNote]:
    """Stores that are not Spaces."""
    media = media_storage(facts)
    store = object_store(facts)
    if media.keeper is Keeper.S3 and store is not None and not speaks_to_spaces(facts):
        yield PlanNote(
            code="store-stays-elsewhere",
            message="the object storage has no endpoint setting, so it stays Amazon's S3; the estimate leaves it out",
            evidence=store.evidence,
            remedy='for Spaces set AWS_S3_ENDPOINT_URL = os.environ["AWS_S3_ENDPOINT_URL"]',
        )


def _left_out(facts: ProjectFacts, components: tuple[Component, ...]) -> Iterator[PlanNote]:
    """Components of the existing spec that the new one does not have, and what it does not keep of the others."""
    spec = facts.existing_spec
    names = {component.name for component in components}
    for component in spec.components if spec is not None else ():
        if component.name not in names:
            yield PlanNote(
                code="existing-component-left-out",
                message=f"{component.name} ({component.kind}) of the existing app spec is not in the new one",
                evidence=(component.evidence,),
                remedy="add it to the new app spec by hand, or remove it for good",
            )
        elif component.autoscales:
            yield PlanNote(
                code="autoscaling-left-out",
                message=f"{component.name} of the existing app spec scales by itself; the new one has a fixed number",
                evidence=(component.evidence,),
                remedy="add its autoscaling by hand in place of instance_count",
            )
