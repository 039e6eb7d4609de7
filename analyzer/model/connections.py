"""How the settings reach the services of a project: which variable gives which part of an address."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from analyzer.model.evidence import Evidence
from analyzer.model.quick_dataclass import dataclass


class ConnectionRole(StrEnum):
    """What a connection is for."""

    DATABASE = "database"
    CACHE = "cache"
    BROKER = "broker"
    RESULTS = "results"
    CHANNELS = "channels"
    QUEUE = "queue"
    """Of a task queue other than Celery."""
    STORAGE = "storage"
    """Object storage; its parts are bucket, access_key, secret_key, region, endpoint and domain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionPart:
    """One part of an address: `text` as the settings make it, with the variables in it as `${NAME}`.

    The text is "${REDIS_URL}" where a variable is taken as it is, "${REDIS_URL}/1" or "redis://${REDIS_HOST}:6379/0"
    where it is put into other text, "localhost" where no variable has a say; a secret of the settings is "***".
    """

    text: str
    variables: tuple[str, ...] = ()
    default: str | None = None
    """The text without any variable set, credentials removed; None when there is none."""

    @property
    def variable(self) -> str | None:
        """The variable that is the whole text; None when there is other text or none."""
        return self.variables[0] if len(self.variables) == 1 and self.text == f"${{{self.variables[0]}}}" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """The address of one service as one setting gives it."""

    role: ConnectionRole
    name: str
    """Alias of DATABASES and its like; else the setting's own name."""
    setting: str
    parts: Mapping[str, ConnectionPart]
    """url, scheme, host, port, user, password, name, index (of a Redis database), engine; see STORAGE for its own."""
    tls_options: bool = False
    """Whether the settings themselves say how certificates are checked (`broker_use_ssl`, `ssl_cert_reqs`)."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingText:
    """A text that a variable must have so that a setting becomes what production wants.

    `text` has "{domain}" and "{url}" where the domain and the address of the deployment belong: "{domain}",
    '["{url}"]'. That of DEBUG switches it off.
    """

    variable: str
    setting: str
    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthEndpoint:
    """A path that answers whether the service is up."""

    path: str
    evidence: Evidence
    middleware: str | None = None
    """The class of MIDDLEWARE that answers it; None where the URL configuration does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlFacts:
    """The URL configuration from its root: what it serves below which first part of a path."""

    prefixes: Mapping[str, Evidence] = field(default_factory=dict)
    """First parts ("/admin", "/api"); "/" where the root itself is served."""
    open_ended: tuple[Evidence, ...] = ()
    """Patterns whose first part is not fixed (`<slug>/`)."""
    health: tuple[HealthEndpoint, ...] = ()
    """Those that check least first."""
    route_settings: Mapping[str, Evidence] = field(default_factory=dict)
    """Settings that are the route of a pattern (`path(settings.ADMIN_URL, …)`), which must be text."""
    complete: bool = True
    """False where a part of the configuration could not be followed, other than a package's own."""
