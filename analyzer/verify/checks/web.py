"""A service: that it listens where the platform looks, and answers as the spec says."""

import time
from collections.abc import Sequence
from typing import Any

from analyzer.model.app_spec import SpecComponent, SpecHealthCheck
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.verification import Finding, failed, not_applicable, passed
from analyzer.verify import containers
from analyzer.verify.app import App
from analyzer.verify.checks.memory import larger
from analyzer.verify.diagnosis import diagnose
from analyzer.verify.sizes import MIB

PAUSE = 0.5
"""Seconds between two looks at a port."""
TIMEOUT = 30
"""Seconds for one answer."""
BAD = 500
FAR_FUTURE = 60 * 60 * 24
"""Seconds for which a file with a hash in its name may be kept, at least."""
ATTEMPTS = 5
LONGEST_PERIOD = 3
"""Attempts of a health check, and seconds between them: fewer and shorter than a patient spec allows."""
_HASH = lazy_pattern(r"\.[0-9a-f]{12}\.\w+$")
LOOPBACK = ("127.", "::1")


def listens(app: App, component: SpecComponent) -> Finding:
    """Whether the service accepts connections on its port, from outside, within the health check's budget."""
    container = app.containers[component.name]
    budget = _health(component).budget
    begin = time.monotonic()
    while time.monotonic() - begin < budget:
        if not containers.runs(container):
            return ended_early(app, component, time.monotonic() - begin)
        address = app.address(component)
        if _ask(app, component, "/", address, {}, connect_only=True):
            return passed(f"port {component.port} after {time.monotonic() - begin:.0f} s")
        time.sleep(PAUSE)
    return _explain_silence(app, component, budget)


def ended_early(app: App, component: SpecComponent, seconds: float, told: Sequence[str] = ()) -> Finding:
    """Why a service or worker is not up any more; `told` is what the same command says elsewhere."""
    end = containers.ended(app.containers[component.name], seconds)
    command = app.command(component)
    if end.lacked_memory:
        size = app.size(component)
        return failed(
            f"it ran out of memory ({size.memory // MIB if size else '?'} MB) after {seconds:.0f} s",
            larger(component, size),
            command=command,
            log=end.log,
            evidence=(component.evidence,),
        )
    found = diagnose([*end.log, *told])
    return failed(
        f"it ended after {seconds:.0f} s with exit code {end.code}: {found.cause}",
        found.fix or f"run the command by hand: {command}",
        command=command,
        log=end.log,
        evidence=(component.evidence,),
    )


def _explain_silence(app: App, component: SpecComponent, budget: int) -> Finding:
    """Why nothing answers on the port: another port, another address, or still busy."""
    container = app.containers[component.name]
    answer = containers.run_probe(container, "sockets", {"seconds": 20})
    listening = [tuple(pair) for pair in (answer.document or {}).get("listening", ())]
    others = sorted(
        {port for address, port in listening if port != component.port and not str(address).startswith("127.0.0.11")}
    )
    command = app.command(component)
    log = containers.log_of(container)
    more: dict[str, Any] = {"command": command, "log": log, "evidence": (component.evidence,)}
    if any(port == component.port and str(address).startswith(LOOPBACK) for address, port in listening):
        return failed(
            f"it listens on port {component.port} of the container itself only (127.0.0.1)",
            "bind the server to 0.0.0.0: --bind 0.0.0.0:$PORT",
            **more,
        )
    if others:
        ports = ", ".join(str(port) for port in others)
        return failed(
            f"it listens on port {ports}, not on {component.port}, where the platform looks",
            f"bind the server to 0.0.0.0:$PORT, or set http_port: {others[0]} for {component.name}",
            **more,
        )
    found = diagnose(log)
    return failed(
        f"it listens on no port after {budget} s: {found.cause}",
        found.fix or "see the log for what it waits for, or give the health check a longer initial_delay_seconds",
        **more,
    )


def healthy(app: App, component: SpecComponent) -> Finding:
    """Whether the health check's path answers as the platform asks: by address, over plain HTTP, without redirects."""
    check = _health(component)
    if check.path is None:
        return not_applicable("the spec checks the port only (no http_path)")
    container = app.containers[component.name]
    address = app.address(component)
    port = check.port or component.port
    found = _ask_until_healthy(app, component, check, address)
    status = found.get("status")
    request = f"GET {check.path}, Host: {address}:{port}"
    if status is not None and 200 <= status < 300:
        behind = _ask(app, component, check.path, address, app.visitor, port=port)
        if behind.get("status", BAD) < 400:
            return passed(f"{status} in {found['seconds']:.2f} s", command=request)
        found, status, request = behind, behind.get("status"), f"GET {check.path}, Host: {app.domain}"
    more: dict[str, Any] = {
        "command": request,
        "log": containers.log_of(container),
        "evidence": (check.evidence,),
    }
    if status is None:
        return failed(
            f"the health check gets no answer within {check.timeout} s: {found.get('error', '')}",
            "raise timeout_seconds, or choose a path that asks no database",
            **more,
        )
    if status == 400:
        return failed(
            "the health check is answered with 400: the platform asks by the container's address, "
            "which ALLOWED_HOSTS refuses",
            "check the port instead (leave http_path out), or answer the path in a middleware before CommonMiddleware",
            **more,
        )
    if 300 <= status < 400:
        to = found["headers"].get("location", "")
        return failed(
            f"the health check is answered with {status} to {to}",
            "name the path in SECURE_REDIRECT_EXEMPT: the health check does not come through the proxy"
            if to.startswith("https:")
            else f"let http_path be {to or 'a path that answers itself'}",
            **more,
        )
    return failed(
        f"the health check is answered with {status}",
        f"let http_path name a page that answers 200: {check.path} does not",
        **more,
    )


def _ask_until_healthy(app: App, component: SpecComponent, check: SpecHealthCheck, address: str) -> dict[str, Any]:
    """The first good answer to the health check, else the last: the platform asks again and again, too."""
    port = check.port or component.port
    found: dict[str, Any] = {}
    for attempt in range(min(check.failure_threshold, ATTEMPTS)):
        if attempt:
            time.sleep(min(check.period, LONGEST_PERIOD))
        host = {"Host": f"{address}:{port}"}
        found = _ask(app, component, check.path or "/", address, host, port=port, timeout=check.timeout)
        if 200 <= found.get("status", BAD) < 300:
            break
    return found


def page(app: App, component: SpecComponent, path: str) -> Finding:
    """Whether a page answers below 500 to somebody who comes through the platform's proxy."""
    container = app.containers[component.name]
    address = app.address(component)
    found = _ask(app, component, path, address, app.visitor)
    request = f"GET {path}, Host: {app.domain}"
    status = found.get("status")
    if status is not None and status < BAD and status != 400:
        to = found["headers"].get("location", "")
        loops = status in (301, 302, 307, 308) and to == f"https://{app.domain}{path}"
        if not loops:
            return passed(f"{status}{f' to {to}' if to else ''} in {found['seconds']:.2f} s", command=request)
        return failed(
            f"{path} is redirected to itself for ever: Django does not see that the request came over HTTPS",
            'set SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") in the settings',
            command=request,
        )
    log = containers.log_of(container)
    if status == 400:
        return failed(
            f"{path} is answered with 400: ALLOWED_HOSTS lacks the app's own domain",
            "set the variable that ALLOWED_HOSTS reads to ${APP_DOMAIN} in the app spec; if it reads none, let it: "
            'ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")',
            command=request,
            log=log,
        )
    if status is None:
        return failed(f"{path} gets no answer: {found.get('error')}", "see the log", command=request, log=log)
    diagnosis = diagnose(log)
    return failed(
        f"{path} is answered with {status}: {diagnosis.cause}",
        diagnosis.fix or "see the log",
        command=request,
        log=log,
    )


def static_file(app: App, component: SpecComponent, state: dict[str, Any]) -> Finding:
    """Whether a style sheet of the admin is served, with its type, and to be kept where its name has a hash."""
    url = state.get("static_file")
    if not url:
        return not_applicable("the admin, or django.contrib.staticfiles, is not installed")
    if "//" in url:
        return not_applicable(f"static files come from {url.split('/')[2]}")
    served = app.spec.serving(url)
    if served is not None and served[0].kind == "static_sites":
        return _of_site(app, *served, url)
    container = app.containers[component.name]
    address = app.address(component)
    found = _ask(app, component, url, address, app.visitor)
    status, headers = found.get("status"), found.get("headers", {})
    request = f"GET {url}, Host: {app.domain}"
    if status == 400:
        return not_applicable("ALLOWED_HOSTS refuses the app's own domain, for this as for every path")
    if status != 200:
        return failed(
            f"{url} is answered with {status or found.get('error')}: nothing serves the static files",
            "add whitenoise to the requirements, and its WhiteNoiseMiddleware to MIDDLEWARE, after SecurityMiddleware",
            command=request,
            log=containers.log_of(container),
        )
    if not headers.get("content-type", "").startswith("text/css"):
        return failed(
            f"{url} comes as {headers.get('content-type', 'no type')}, not as text/css",
            "let WhiteNoise serve it, which knows the types",
            command=request,
        )
    # With DEBUG on, a manifest storage leaves the names as they are.
    hashed = _HASH.search(url) is not None and any("Manifest" in name for name in state.get("static_storage", ()))
    kept = _max_age(headers.get("cache-control", ""))
    if hashed and kept < FAR_FUTURE:
        return failed(
            f"{url} has a hash in its name, but may be kept for {kept} s only",
            "set WHITENOISE_MAX_AGE, or let WhiteNoise see the manifest storage",
            command=request,
        )
    return passed(f"200, {headers.get('content-type')}, max-age {kept}", command=request)


def _of_site(app: App, site: SpecComponent, prefix: str, url: str) -> Finding:
    """Whether a static site of the app has the file, which it finds below the prefix that leads to it."""
    helper = app.helper(site)
    if helper is None or site.output_dir is None:
        return not_applicable(f"the static site {site.name} has static files, and is not built from a Dockerfile here")
    place = f"{site.output_dir.rstrip('/')}{url.removeprefix(prefix)}"
    if containers.execute(helper, ["test", "-f", place]).code == 0:
        return passed(f"the static site {site.name} has it: {place}")
    return failed(
        f"{url} leads to the static site {site.name}, whose image has no {place}",
        "run collectstatic while the image is built, and let output_dir be STATIC_ROOT",
        command=f"test -f {place}",
        evidence=(site.evidence,),
    )


def _max_age(header: str) -> int:
    for word in header.replace(" ", "").split(","):
        name, _, value = word.partition("=")
        if name == "max-age" and value.isdecimal():
            return int(value)
    return 0


def _health(component: SpecComponent) -> SpecHealthCheck:
    """The service's health check; without one the platform looks at the port."""
    return component.health_check or SpecHealthCheck(evidence=component.evidence)


def _ask(
    app: App,
    component: SpecComponent,
    path: str,
    address: str,
    headers: dict[str, str],
    *,
    port: int | None = None,
    timeout: int = TIMEOUT,
    connect_only: bool = False,
) -> dict[str, Any]:
    """The answer to a request from another container; empty where nothing accepts the connection."""
    request = {
        "address": address,
        "port": port or component.port,
        "path": path,
        "headers": headers,
        "timeout": timeout,
        "connect_only": connect_only,
    }
    found = app.probe(component, "http", requests=[request], seconds=timeout + 10)
    answers: list[dict[str, Any]] = found.get("answers", [])
    if not answers:
        return {} if connect_only else {"error": found.get("error", "no answer")}
    return {} if connect_only and "error" in answers[0] else answers[0]
