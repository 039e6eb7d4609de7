"""What managed Valkey does not do that a Redis of one's own does: other databases than 0, and no encryption.

Every such use is named with its line: nothing of it shows before the first request or task.
"""

from collections.abc import Iterator
from dataclasses import replace

from analyzer.model.connections import Connection, ConnectionRole
from analyzer.model.evidence import Evidence
from analyzer.model.facts import ProjectFacts
from analyzer.model.plan import PlanNote
from analyzer.plan.bindings import CELERYS_OWN, fixed_address, needs_certificate_word
from analyzer.plan.databases import Databases
from analyzer.plan.engines import uses_redis

_QUEUES = (ConnectionRole.BROKER, ConnectionRole.QUEUE)
_URL = 'redis.from_url and its like take "rediss://…" as it is'


def valkey_notes(facts: ProjectFacts, databases: Databases) -> tuple[PlanNote, ...]:
    """What has to be changed, or looked at, before the project works with the app's Valkey."""
    if databases.valkey is None:
        return ()
    users = [c for c in facts.connections if uses_redis(facts, c)]
    users = [replace(one, evidence=_places(facts, one)) for one in users]
    return (*_databases(users), *_shared(users), *_encryption(users), *_certificates(facts, users))


def _places(facts: ProjectFacts, one: Connection) -> tuple[Evidence, ...]:
    """The line of the address in CACHES; elsewhere that of the setting."""
    setting = facts.django.settings.get(one.setting)
    cached = one.role is ConnectionRole.CACHE and setting is not None and setting.places
    return setting.place(one.name, "LOCATION") if cached and setting is not None else one.evidence


def _databases(users: list[Connection]) -> Iterator[PlanNote]:
    """Settings that put a number other than 0 behind the address themselves."""
    for one in users:
        index, url = one.parts.get("index"), one.parts.get("url")
        if index is None or index.text == "0" or index.variables or (url is not None and url.variable is not None):
            continue
        if _is_replaced(one):
            continue
        yield PlanNote(
            code="valkey-database-number",
            message=f"{one.setting} uses database {index.text}: a managed Valkey has database 0 alone, unless its "
            "number_of_databases is raised",
            evidence=one.evidence,
            remedy=f"take the number out of {one.setting}, and give each cache a KEY_PREFIX of its own",
        )


def _shared(users: list[Connection]) -> Iterator[PlanNote]:
    """Databases that were apart and share database 0 now: clearing a cache deletes the queue."""
    numbers = {_number(one) for one in users}
    queues = [one for one in users if one.role in _QUEUES]
    caches = [one for one in users if one.role is ConnectionRole.CACHE]
    if len(numbers) < 2 or not queues or not caches:
        return
    names = ", ".join(dict.fromkeys(f"{one.setting} ({_number(one)})" for one in users))
    yield PlanNote(
        code="valkey-databases-shared",
        message=f"{names} were databases of their own and share database 0 of Valkey: `cache.clear()` would delete "
        "the waiting tasks",
        evidence=tuple(dict.fromkeys(e for one in (*caches, *queues) for e in one.evidence[:1])),
        remedy="never clear the cache as a whole, or give it a second cluster",
    )


def _encryption(users: list[Connection]) -> Iterator[PlanNote]:
    """Addresses that the settings put together without encryption."""
    for one in users:
        scheme, host = one.parts.get("scheme"), one.parts.get("host")
        plain_scheme = scheme is not None and not scheme.variables and scheme.text in ("redis", "valkey")
        plain_pair = scheme is None and host is not None and "url" not in one.parts and not one.tls_options
        fixed = fixed_address(one)
        if _is_replaced(one):
            yield PlanNote(
                code="redis-address-fixed",
                message=f"{one.setting} has the address {fixed} in the code: the variable {CELERYS_OWN[one.role]} of "
                "the app spec, which Celery takes before it, leads to Valkey",
                evidence=one.evidence,
                remedy=f'read it from a variable: os.environ["{CELERYS_OWN[one.role]}"]',
            )
        elif fixed is not None:
            yield PlanNote(
                code="redis-address-fixed",
                message=f"{one.setting} has the address {fixed} in the code, and no variable changes it to Valkey's",
                evidence=one.evidence,
                remedy=f'read it from a variable: os.environ["REDIS_URL"]; {_URL}',
            )
        elif (plain_scheme and not one.tls_options) or plain_pair:
            yield PlanNote(
                code="valkey-needs-tls",
                message=f"{one.setting} reaches Redis without encryption: managed Valkey answers over TLS only",
                evidence=one.evidence,
                remedy=f'read the whole address from one variable, REDIS_URL = "${{valkey.DATABASE_URL}}"; {_URL}',
            )


def _certificates(facts: ProjectFacts, users: list[Connection]) -> Iterator[PlanNote]:
    """Celery settings to whose address nothing can be added."""
    for one in users:
        url = one.parts.get("url")
        celery = one.role in (ConnectionRole.BROKER, ConnectionRole.RESULTS)
        if not celery or one.tls_options or url is None or len(url.variables) != 1 or "scheme" in one.parts:
            continue
        if not needs_certificate_word(facts, url.variables[0]):
            yield PlanNote(
                code="celery-certificates",
                message=f"{one.setting} does not say how certificates are checked: Celery refuses rediss:// then",
                evidence=one.evidence,
                remedy='set broker_use_ssl and redis_backend_use_ssl to {"ssl_cert_reqs": ssl.CERT_REQUIRED}',
            )


def _number(one: Connection) -> str:
    index = one.parts.get("index")
    return index.text if index is not None else "0"


def _is_replaced(one: Connection) -> bool:
    """Whether the address stands in the code, and Celery takes that of the app spec before it."""
    return one.role in CELERYS_OWN and fixed_address(one) is not None
