"""The variables of the app: what the project reads and production has to set, and what is left to its defaults.

Variables stand at the app, so that service, workers and jobs agree. A secret has no value: the platform asks for it.
"""

from collections.abc import Iterable, Iterator

from analyzer.model.connections import ConnectionRole
from analyzer.model.evidence import Evidence
from analyzer.model.existing import ExistingVariable
from analyzer.model.facts import EnvironmentVariable, ProjectFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.overrides import Overrides, VariableOverrides
from analyzer.model.plan import Decision, OptionalVariable, PlanNote, Variable
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.texts import HIDDEN
from analyzer.plan.bindings import bindings, database_for
from analyzer.plan.databases import Databases
from analyzer.plan.decisions import decide, overridden
from analyzer.plan.own_addresses import own_addresses
from analyzer.plan.sources import file_called
from analyzer.plan.storage import Keeper, media_storage, object_store, speaks_to_spaces, static_storage
from analyzer.plan.tables import table

RUN_TIME = "RUN_TIME"
STORE_SECRETS = ("access_key", "secret_key")
_DEBUG = lazy_pattern(r"(^|_)DEBUG(_(VALUE|MODE|ENABLED|FLAG|STATUS))?$")
_OF_DATABASE = lazy_pattern(
    r"\$\{[\w-]+\.(?:\w+\.)?(?:DATABASE_URL|HOSTNAME|PORT|USERNAME|PASSWORD|DATABASE|CA_CERT)\}"
)
"""What a build never sees (App Platform, how-to/use-environment-variables)."""
_OF_ROUTE = lazy_pattern(r"_(URL|PATH|ROUTE)$")
_SWITCHED = {
    "DATABASES": "without it the settings keep to an SQLite file",
    "ALLOWED_HOSTS": "without it the settings are not those of production, and refuse the app's own address",
}
OF_BOTO = {"access_key": "AWS_ACCESS_KEY_ID", "secret_key": "AWS_SECRET_ACCESS_KEY"}
"""What boto3 reads by itself where the settings do not give keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """The variables of the app, those of single components, those left alone, and what is missing."""

    variables: tuple[Variable, ...]
    optional: tuple[OptionalVariable, ...]
    notes: tuple[PlanNote, ...]
    known: frozenset[str]
    """Names that the project reads, its app spec has, or the planner sets; what the configuration adds is not here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """A value for a variable; None for a secret, or for one that somebody has to fill in."""

    name: str
    value: str | None
    rule: str
    evidence: tuple[Evidence, ...]
    secret: bool = False
    scope: str = RUN_TIME
    local: str | None = None


def plan_environment(facts: ProjectFacts, databases: Databases, region: str, overrides: Overrides) -> Environment:
    """Decide every variable that the project reads; what the existing spec or the configuration says comes last."""
    read = {variable.name: variable for variable in facts.environment}
    wishes: dict[str, _Wish] = {}
    for wish in _wishes(facts, databases, region):
        wanted = wish.name in facts.django.entry_variables or not _left_out(wish.name)
        if wish.name not in wishes and wanted:
            wishes[wish.name] = wish
    for existing in _existing(facts):
        wishes[existing.name] = existing
    known = frozenset((*read, *wishes))
    for name, configured in overrides.environment.items():
        wishes.setdefault(name, _configured(name, configured, read.get(name)))
    variables = [
        made
        for name, wish in wishes.items()
        if (made := _variable(wish, overrides.environment.get(name, VariableOverrides()), overrides)) is not None
    ]
    optional = tuple(
        OptionalVariable(name=v.name, default=v.default, secret=v.secret, evidence=v.evidence[:1])
        for v in facts.environment
        if v.name not in wishes and not _left_out(v.name)
    )
    return Environment(
        variables=tuple(variables), optional=optional, notes=tuple(_missing(variables, read)), known=known
    )


def _wishes(facts: ProjectFacts, databases: Databases, region: str) -> Iterator[_Wish]:
    """The variables in the order in which a reader looks for them; the first that names a variable counts."""
    yield from _settings_module(facts)
    yield from _debug(facts)
    yield from _secret_key(facts)
    yield from _eager(facts)
    for own in own_addresses(facts):
        yield _Wish(name=own.variable, value=own.value, rule=own.rule, evidence=own.evidence)
    bound = bindings(facts, databases)
    for name, binding in bound.items():
        yield _Wish(name=name, value=binding.value, rule=binding.rule, evidence=binding.evidence, local=binding.local)
    yield from _object_store(facts, region)
    yield from _foreign_brokers(facts, databases)
    yield from _declared(facts)
    yield from _routes(facts)
    yield from _required(facts, frozenset(bound))


def _settings_module(facts: ProjectFacts) -> Iterator[_Wish]:
    module = facts.django.settings_modules.production
    switch = facts.django.production_switch
    for name, value in sorted(facts.django.entry_variables.items(), reverse=True):
        rule, evidence = "the settings of production", module.evidence[:1]
        if switch is not None and name == switch.variable:
            rule, evidence = _SWITCHED[switch.setting], switch.evidence
        yield _Wish(name=name, value=value, rule=rule, evidence=evidence)


def _debug(facts: ProjectFacts) -> Iterator[_Wish]:
    """The variables that switch DEBUG off; where it is off without them they say so all the same."""
    setting = facts.django.settings.get("DEBUG")
    off = facts.django.image_settings.debug_off
    for name in setting.env if setting is not None else ():
        accepted = setting is not None and setting.configured is False and _DEBUG.search(name.upper())
        if name in off or accepted:
            value = off.get(name, "False")
            evidence = setting.evidence[:1] if setting is not None else ()
            yield _Wish(name=name, value=value, rule="DEBUG shows code and settings to everybody", evidence=evidence)


def _secret_key(facts: ProjectFacts) -> Iterator[_Wish]:
    setting = facts.django.settings.get("SECRET_KEY")
    known = {variable.name: variable for variable in facts.environment}
    names = setting.env if setting is not None else ()
    for name in names:
        if name in known and (known[name].secret or len(names) == 1):
            rule = "SECRET_KEY signs sessions and links: a long random text of your own"
            yield _Wish(name=name, value=None, rule=rule, evidence=known[name].evidence[:1], secret=True)


def _eager(facts: ProjectFacts) -> Iterator[_Wish]:
    """The variable without which tasks run in the caller, although there is a worker."""
    queue = facts.task_queue
    setting = facts.django.settings.get("CELERY_TASK_ALWAYS_EAGER") or facts.django.settings.get("CELERY_ALWAYS_EAGER")
    if setting is not None and len(setting.env) == 1 and queue.always_eager and queue.started_by:
        rule = "tasks belong into the worker, not into the request"
        yield _Wish(name=setting.env[0], value="False", rule=rule, evidence=setting.evidence[:1])


def _object_store(facts: ProjectFacts, region: str) -> Iterator[_Wish]:
    """Bucket and keys of the store that uploads, or static files, go to; Spaces' endpoint where it can be Spaces."""
    store = object_store(facts)
    if store is None or Keeper.S3 not in (media_storage(facts).keeper, static_storage(facts).keeper):
        return
    spaces = table("spaces")
    datacentre = spaces["regions"].get(region, f"{region}1")
    ours = {
        "region": datacentre,
        "endpoint": f"https://{datacentre}.{spaces['domain']}",
    }
    for key in ("bucket", "region", "endpoint", "access_key", "secret_key"):
        part = store.parts.get(key)
        if part is None and key in OF_BOTO:
            rule = f"the {key.replace('_', ' ')} of the object storage, which boto3 reads by itself"
            yield _Wish(name=OF_BOTO[key], value=None, rule=rule, evidence=store.evidence[:1], secret=True)
        if part is None or part.variable is None:
            continue
        secret = key in STORE_SECRETS
        value = None if secret else ours.get(key) if speaks_to_spaces(facts) else part.default
        rule = f"the {key.replace('_', ' ')} of the object storage"
        if value is None and not secret:
            rule += ": put yours here"
        yield _Wish(name=part.variable, value=value, rule=rule, evidence=store.evidence[:1], secret=secret)


def _foreign_brokers(facts: ProjectFacts, databases: Databases) -> Iterator[_Wish]:
    """The variables of a broker that the app does not have: somebody rents one and knows its address."""
    known = {variable.name: variable for variable in facts.environment}
    for connection in facts.connections:
        broker = connection.role in (ConnectionRole.BROKER, ConnectionRole.QUEUE)
        if not broker or database_for(facts, databases, connection) is not None:
            continue
        for key, part in connection.parts.items():
            if part.variable in known and key != "index":
                rule = f"the {key} of the broker, which is not part of the app"
                yield _Wish(name=part.variable, value=None, rule=rule, evidence=connection.evidence[:1], secret=True)


def _declared(facts: ProjectFacts) -> Iterator[_Wish]:
    """Values that the file of another platform gives to the web process."""
    sources = table("variables")["platforms"]["sources"]
    secrets = {variable.name for variable in facts.environment if variable.secret}
    known = {variable.name for variable in facts.environment}
    for process in facts.processes:
        if process.source not in sources or process.type.value != "web":
            continue
        for name, value in process.environment.items():
            if name in known and name not in secrets and value and HIDDEN not in value and "$" not in value:
                yield _Wish(
                    name=name,
                    value=value,
                    rule=f"as {file_called(process.source)} has it",
                    evidence=(process.evidence,),
                )


def _routes(facts: ProjectFacts) -> Iterator[_Wish]:
    """The variables of settings that are routes: without one, Django has None for a route and does not start."""
    for name, evidence in facts.urls.route_settings.items():
        setting = facts.django.settings.get(name)
        if setting is not None and setting.bare is None and len(setting.env) == 1:
            value = f"{_OF_ROUTE.sub('', name).lower().replace('_', '-')}/"
            rule = f"{name} is a route, and Django does not start without it: any path with a slash at its end"
            yield _Wish(name=setting.env[0], value=value, rule=rule, evidence=(*setting.evidence[:1], evidence))


def _required(facts: ProjectFacts, bound: frozenset[str]) -> Iterator[_Wish]:
    site = facts.django.settings.get("SITE_ID")
    for variable in (one for one in facts.environment if one.required and bound.isdisjoint(one.spared_by)):
        rule, value = "the settings do not load without it", None
        if site is not None and site.env == (variable.name,):
            rule, value = "the number of the site that the migrations of django.contrib.sites make", "1"
        elif not variable.secret:
            rule += ": put a value here"
        yield _Wish(name=variable.name, value=value, rule=rule, evidence=variable.evidence[:1], secret=variable.secret)


def _existing(facts: ProjectFacts) -> Iterator[_Wish]:
    """The variables of the existing spec, those of its components included; buildpacks' own are of no use here."""
    spec = facts.existing_spec
    if spec is None:
        return
    found: dict[str, ExistingVariable] = {}
    for variable in (*spec.variables, *(v for component in spec.components for v in component.variables)):
        if not _left_out(variable.name):
            found.setdefault(variable.name, variable)
    for variable in found.values():
        yield _Wish(
            name=variable.name,
            value=variable.value,
            rule="the existing app spec has it",
            evidence=(variable.evidence,),
            secret=variable.secret,
            scope=RUN_TIME if _OF_DATABASE.search(variable.value or "") else variable.scope,
        )


def _configured(name: str, configured: VariableOverrides, read: EnvironmentVariable | None) -> _Wish:
    secret = configured.secret if configured.secret is not None else read is not None and read.secret
    return _Wish(
        name=name,
        value=None,
        rule="the configuration adds it",
        evidence=read.evidence[:1] if read is not None else (),
        secret=secret,
    )


def _variable(wish: _Wish, configured: VariableOverrides, overrides: Overrides) -> Variable | None:
    if configured.enabled is False:
        return None
    key = f"environment.{wish.name}.value"
    decision: Decision[str | None] = decide(wish.value, wish.rule, *wish.evidence, override=key)
    decision = overridden(decision, configured.value, overrides)
    return Variable(
        name=wish.name,
        value=decision,
        scope=configured.scope or wish.scope,
        secret=wish.secret if configured.secret is None else configured.secret,
        local=None if configured.value is not None else wish.local,
    )


def _left_out(name: str) -> bool:
    """Whether the platform, another platform or a buildpack sets the variable."""
    return any(lazy_pattern(p).fullmatch(name.upper()) for p in table("variables")["left_out"]["patterns"])


def _missing(variables: Iterable[Variable], read: dict[str, EnvironmentVariable]) -> Iterator[PlanNote]:
    """The values that nobody but the user knows."""
    empty = [v for v in variables if v.value.value is None]
    for secret, code, what in (
        (True, "secrets-to-set", "secrets have no value in the app spec: the platform asks for them"),
        (False, "values-to-set", "variables without which the settings do not load have no value yet"),
    ):
        names = [v.name for v in empty if v.secret is secret]
        if names:
            yield PlanNote(
                code=code,
                message=f"{what}: {', '.join(names)}",
                evidence=tuple(e for name in names if name in read for e in read[name].evidence[:1]),
                remedy="set them in the app's settings before the first deployment"
                if secret
                else f"put values into the app spec, or set environment.{names[0]}.value in [tool.doctor]",
            )
