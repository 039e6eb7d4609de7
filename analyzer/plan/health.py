"""The readiness check: a path where Django will answer it with 200, else whether the port is open.

The platform calls a container by an address of its own, so Django answers 400 where ALLOWED_HOSTS has the app's domain
alone, and 301 where SECURE_SSL_REDIRECT sends plain HTTP away. What a middleware answers before those that look at the
host is answered whatever the host is (django/http/request.py, get_host; django/middleware/common.py and security.py).
"""

import re
from collections.abc import Mapping

from analyzer.model.connections import HealthEndpoint
from analyzer.model.evidence import Evidence, Fact
from analyzer.model.existing import ExistingComponent
from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import Overrides
from analyzer.model.plan import Alternative, Decision, HealthCheck, PlanNote
from analyzer.plan.decisions import decide, overridden

COMMON = "django.middleware.common.CommonMiddleware"
SECURITY = "django.middleware.security.SecurityMiddleware"
LOGIN = "django.contrib.auth.middleware.LoginRequiredMiddleware"
INITIAL_DELAY, PERIOD, TIMEOUT, SUCCESSES, FAILURES = 10, 10, 5, 1, 9
"""The platform's defaults but for the first wait and the timeout: Python starts slowly on its file system."""


def plan_health_check(
    facts: ProjectFacts, name: str, existing: ExistingComponent | None, path: str | None, overrides: Overrides
) -> tuple[Decision[HealthCheck], tuple[PlanNote, ...]]:
    """The check of the web process.

    Args:
        name: the component's.
        existing: the existing spec's component, whose path and numbers are kept.
        path: the configured path.
    """
    key = f"components.{name}.health_check_path"
    times = existing.health_check_times if existing is not None else {}
    configured = None if path is None else check(path, times)
    if existing is not None and existing.health_check_path:
        kept = check(existing.health_check_path, times)
        decision = decide(kept, "the existing app spec has this path", existing.evidence, override=key)
        return overridden(decision, configured, overrides), ()
    refused: list[tuple[HealthEndpoint, str, tuple[Evidence, ...]]] = []
    for endpoint in facts.urls.health:
        reason, places = refusal(facts, endpoint)
        if reason is None:
            rule = f"Django answers {endpoint.path} whatever the host: {_why(facts, endpoint)}"
            decision = decide(check(endpoint.path, times), rule, endpoint.evidence, *places, override=key)
            return overridden(decision, configured, overrides), ()
        refused.append((endpoint, reason, places))
    decision = overridden(_tcp(refused, key, times), configured, overrides)
    notes = () if path is not None or not refused else (_note(*refused[0], name),)
    return decision, notes


def check(path: str | None, times: Mapping[str, int]) -> HealthCheck:
    """A check of a path, or of the port; numbers that `times` does not have are ours."""
    return HealthCheck(
        path=path,
        initial_delay=times.get("initial_delay_seconds", INITIAL_DELAY),
        period=times.get("period_seconds", PERIOD),
        timeout=times.get("timeout_seconds", TIMEOUT),
        success_threshold=times.get("success_threshold", SUCCESSES),
        failure_threshold=times.get("failure_threshold", FAILURES),
    )


def refusal(facts: ProjectFacts, endpoint: HealthEndpoint) -> tuple[str | None, tuple[Evidence, ...]]:
    """Why Django would not answer the check with 200, with the lines that say so; None where it would."""
    before = _middleware_before(facts, endpoint)
    if before is None:
        return "which middleware runs cannot be told", facts.django.middleware.evidence[:1]
    redirects, redirect_places = _redirects(facts, endpoint)
    if SECURITY in before and redirects:
        return "SECURE_SSL_REDIRECT answers plain HTTP with 301", redirect_places
    hosts = facts.django.allowed_hosts
    if COMMON in before and not (isinstance(hosts, Fact) and "*" in hosts.value):
        return "ALLOWED_HOSTS does not have the container's own address: the answer would be 400", hosts.evidence[:1]
    if LOGIN in before:
        return "LoginRequiredMiddleware sends it to the login page", facts.django.middleware.evidence[:1]
    return None, ()


def _middleware_before(facts: ProjectFacts, endpoint: HealthEndpoint) -> tuple[str, ...] | None:
    """The middleware that sees the request before it is answered; None where it is not known."""
    answer = facts.django.middleware
    if not isinstance(answer, Fact):
        return None
    if endpoint.middleware is None:
        return answer.value
    return answer.value[: answer.value.index(endpoint.middleware)] if endpoint.middleware in answer.value else None


def _redirects(facts: ProjectFacts, endpoint: HealthEndpoint) -> tuple[bool, tuple[Evidence, ...]]:
    """Whether plain HTTP is sent away from this path; what cannot be told counts as if it were."""
    setting = facts.django.settings.get("SECURE_SSL_REDIRECT")
    if setting is None or setting.configured is False:
        return False, ()
    exempt = facts.django.settings.get("SECURE_REDIRECT_EXEMPT")
    patterns = exempt.configured if exempt is not None and isinstance(exempt.configured, tuple) else ()
    for pattern in patterns:
        if isinstance(pattern, str) and _matches(pattern, endpoint.path.lstrip("/")):
            return False, ()
    return True, setting.evidence[:1]


def _matches(pattern: str, path: str) -> bool:
    """As SecurityMiddleware does; a pattern with repetitions in repetitions is not tried."""
    if len(pattern) > 200 or re.search(r"[*+}][^()]*\)[*+{]", pattern):
        return False
    try:
        return re.search(pattern, path) is not None
    except re.error:
        return False


def _why(facts: ProjectFacts, endpoint: HealthEndpoint) -> str:
    if endpoint.middleware is not None:
        return f"{endpoint.middleware.rpartition('.')[2]} stands before the middleware that looks at it"
    hosts = facts.django.allowed_hosts
    if isinstance(hosts, Fact) and "*" in hosts.value:
        return "ALLOWED_HOSTS has *"
    return "no middleware looks at it"


def _tcp(
    refused: list[tuple[HealthEndpoint, str, tuple[Evidence, ...]]], key: str, times: Mapping[str, int]
) -> Decision[HealthCheck]:
    if not refused:
        rule = "no path of the project says whether it is up, so the check is whether the port is open"
        return decide(check(None, times), rule, override=key)
    others = [Alternative(value=endpoint.path, reason=reason) for endpoint, reason, _ in refused]
    endpoint, reason, places = refused[0]
    rule = f"the check is whether the port is open, not {endpoint.path}: {reason}"
    return decide(check(None, times), rule, endpoint.evidence, *places, override=key, alternatives=others)


def _note(endpoint: HealthEndpoint, reason: str, places: tuple[Evidence, ...], name: str) -> PlanNote:
    return PlanNote(
        code="health-check-by-port",
        message=f"{endpoint.path} cannot be the health check: {reason}",
        evidence=(endpoint.evidence, *places),
        remedy="answer it in a middleware that stands first in MIDDLEWARE, then set "
        f'components.{name}.health_check_path = "{endpoint.path}"',
    )
