"""Whether static files and uploads leave the container."""

from collections.abc import Mapping
from enum import StrEnum

from analyzer.model.connections import Connection, ConnectionRole
from analyzer.model.evidence import Answer, Evidence, Fact
from analyzer.model.facts import DjangoFacts, ProjectFacts
from analyzer.model.quick_dataclass import dataclass
from analyzer.plan.tables import table

OLD_SETTINGS = {"default": "DEFAULT_FILE_STORAGE", "staticfiles": "STATICFILES_STORAGE"}


class Keeper(StrEnum):
    """Who keeps the files of a storage."""

    CONTAINER = "container"
    S3 = "s3"
    """A store with the protocol of S3."""
    OTHER = "other"
    """Another store outside of the container."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoragePlan:
    """Where the files of one alias of STORAGES go in production."""

    keeper: Keeper
    backend: str | None
    switched_on: bool
    """Whether they go there only when the variables of the store are set."""
    evidence: tuple[Evidence, ...]


def media_storage(facts: ProjectFacts) -> StoragePlan:
    """Where uploads go."""
    return _storage(facts.django, "default", facts.django.media.storage)


def static_storage(facts: ProjectFacts) -> StoragePlan:
    """Where collectstatic puts static files."""
    return _storage(facts.django, "staticfiles", facts.django.static.storage)


def object_store(facts: ProjectFacts) -> Connection | None:
    """The store's address in the settings."""
    return next((c for c in facts.connections if c.role is ConnectionRole.STORAGE), None)


def speaks_to_spaces(facts: ProjectFacts) -> bool:
    """Whether the store can be Spaces: its endpoint is, or a variable gives it; without an endpoint it is Amazon's."""
    store = object_store(facts)
    endpoint = None if store is None else store.parts.get("endpoint")
    return endpoint is not None and (table("spaces")["domain"] in endpoint.text or endpoint.variable is not None)


def _storage(django: DjangoFacts, alias: str, answer: Answer[str | None]) -> StoragePlan:
    backend = answer.value if isinstance(answer, Fact) else None
    keeper = _keeper(django, backend)
    evidence = answer.evidence
    if keeper in (Keeper.CONTAINER, Keeper.UNKNOWN):
        configured = _configured(django, alias)
        other = _keeper(django, configured)
        if configured is not None and other in (Keeper.S3, Keeper.OTHER):
            setting = django.settings.get("STORAGES") or django.settings[OLD_SETTINGS[alias]]
            return StoragePlan(keeper=other, backend=configured, switched_on=True, evidence=setting.evidence)
    return StoragePlan(keeper=keeper, backend=backend, switched_on=False, evidence=evidence)


def _configured(django: DjangoFacts, alias: str) -> str | None:
    """The backend with the variables of the services set."""
    setting = django.settings.get("STORAGES")
    entry = setting.configured.get(alias) if setting is not None and isinstance(setting.configured, Mapping) else None
    backend = entry.get("BACKEND") if isinstance(entry, Mapping) else None
    if isinstance(backend, str):
        return backend
    old = django.settings.get(OLD_SETTINGS[alias])
    return old.configured if old is not None and isinstance(old.configured, str) else None


def _keeper(django: DjangoFacts, backend: str | None) -> Keeper:
    if backend is None:
        return Keeper.UNKNOWN
    library = django.storage_classes.get(backend, backend)
    for keeper in (Keeper.S3, Keeper.OTHER):
        if library.startswith(tuple(table("storages")[keeper.value])):
            return keeper
    return Keeper.CONTAINER
