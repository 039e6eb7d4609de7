"""The variables that a component gets: as the spec says, bindable ones filled in, missing values made up."""

import base64
import os
import secrets
from collections.abc import Iterable, Mapping

from analyzer.facts.environment_names import is_secret
from analyzer.model.app_spec import BUILD_SCOPES, RUN_SCOPES, AppSpec, SpecComponent, SpecVariable
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.verify.bindings import Bindings, fill_in, has_reference
from analyzer.verify.redaction import Redactor

PORT = "PORT"
ENCRYPTED = "EV["
"""Beginning of a value that only the platform can read."""
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy")
_BROKER = lazy_pattern(r"BROKER(_(URL|URI))?$")
_ADDRESS = lazy_pattern(r"(URL|URI|ENDPOINT)S?$")
_HOST = lazy_pattern(r"(HOST|DOMAIN)S?$")
_DSN = lazy_pattern(r"DSN$")
_NUMBER = lazy_pattern(
    r"(^|_)(PORT|ID|NUMBER|NUM|COUNT|SIZE|LIMIT|MAX|MIN|AGE|TTL|TIMEOUT|SECONDS|MINUTES|HOURS|DAYS|LIFETIME|RETRIES|WORKERS"
    r"|THREADS|CONCURRENCY|DEBUG|ENABLED?|USE|TLS|SSL)(_|$)"
)
"""Names of numbers and switches: settings that turn a text into either do not load."""
_TLS_OF_REDIS = lazy_pattern(r"(?<=[?&])ssl_\w+=[^&#]*&?")
_PLAIN_REDIS = "redis://"


class Values:
    """Values for what the spec leaves open; the same name gets the same value in every component."""

    def __init__(self, given: Mapping[str, str], redactor: Redactor) -> None:
        self._made = dict(given)
        self._redactor = redactor
        self.invented: set[str] = set()
        """Names of the variables for which a value was made up."""
        redactor.add(value for name, value in given.items() if is_secret(name))

    def of(self, variable: SpecVariable) -> str:
        """The value that stands in the spec, else the one that was given, else one that fits the name."""
        if variable.value is not None and not variable.value.startswith(ENCRYPTED):
            if variable.secret or is_secret(variable.name):
                self._redactor.add([variable.value] if not has_reference(variable.value) else [])
            return variable.value
        if variable.name in self._made:
            return self._made[variable.name]
        self.invented.add(variable.name)
        made = self._made[variable.name] = _invent(variable.name)
        self._redactor.add([made])
        return made


def _invent(name: str) -> str:
    """A value of the shape that the name suggests. Names under .invalid lead nowhere (RFC 2606)."""
    if _DSN.search(name):
        return f"https://{secrets.token_hex(16)}@doctor.invalid/1"
    if _BROKER.search(name):
        return "amqp://doctor.invalid//"
    if _ADDRESS.search(name):
        return "https://doctor.invalid"
    if _HOST.search(name):
        return "doctor.invalid"
    if not is_secret(name):
        return "1" if _NUMBER.search(name) else "doctor-verify"
    # 32 bytes in this alphabet are what a key of Fernet is, too.
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def run_environment(spec: AppSpec, component: SpecComponent, values: Values, bindings: Bindings) -> dict[str, str]:
    """What the component's process finds in its environment."""
    found = {
        variable.name: plain(fill_in(values.of(variable), component.name, bindings))
        for variable in _effective(spec, component)
        if variable.scope in RUN_SCOPES
    }
    if component.kind == "services":
        found.setdefault(PORT, str(component.port))
    return found


def build_arguments(spec: AppSpec, component: SpecComponent, values: Values) -> dict[str, str]:
    """What a build of the component gets: variables of its scope, and this machine's HTTP proxies.

    A build never sees bindable values (the platform's page on environment variables).
    """
    found = {
        variable.name: value
        for variable in _effective(spec, component)
        if variable.scope in BUILD_SCOPES and not has_reference(value := values.of(variable))
    }
    return {name: os.environ[name] for name in PROXIES if name in os.environ} | found


def plain(value: str) -> str:
    """The value as it has to be for a Valkey or Redis without TLS, as it is here: redis-py refuses `ssl_…` there."""
    if not value.startswith(_PLAIN_REDIS) or "?" not in value:
        return value
    return _TLS_OF_REDIS.sub("", value).rstrip("?&")


def _effective(spec: AppSpec, component: SpecComponent) -> Iterable[SpecVariable]:
    """The app's variables, or the component's own of the same name."""
    return {variable.name: variable for variable in (*spec.variables, *component.variables)}.values()
