"""WebSockets: that a service takes one for a route of the project's Channels router."""

from typing import Any

from analyzer.model.app_spec import SpecComponent
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.verification import Finding, failed, not_applicable, passed
from analyzer.verify import containers
from analyzer.verify.app import App
from analyzer.verify.diagnosis import diagnose

SECONDS = 60
"""For loading the routes."""
TIMEOUT = 20
"""For a handshake."""
SWITCHING, FORBIDDEN, BROKEN = 101, 403, 500
_APPLICATION = lazy_pattern(r"(?<![\w./:-])[A-Za-z_][\w.]*:[A-Za-z_]\w*(?![\w./:-])")


def routes(app: App, component: SpecComponent) -> dict[str, Any]:
    """What the probe finds: `paths` is None where the project has no WebSockets."""
    named = _APPLICATION.findall(app.command(component))
    return app.probe(component, "websocket_routes", applications=named, seconds=SECONDS)


def accepts(app: App, services: list[SpecComponent], paths: list[tuple[str, bool]]) -> Finding:
    """Whether one of the services takes a WebSocket.

    Args:
        paths: paths of routes, and whether a part of each is made up; those without come first.
    """
    if not paths:
        return not_applicable("no route could be made a path")
    (path, made_up), *_ = paths
    findings = [_shake_hands(app, one, path, made_up) for one in services]
    return next((finding for finding in findings if not finding.cause), findings[0])


def _shake_hands(app: App, component: SpecComponent, path: str, made_up: bool) -> Finding:
    container = app.containers[component.name]
    headers = {**app.visitor, "Origin": f"https://{app.domain}"}
    found = app.probe(
        component,
        "websocket",
        address=app.address(component),
        port=component.port,
        path=path,
        headers=headers,
        seconds=TIMEOUT,
    )
    request = f"GET {path}, Upgrade: websocket, Host: {app.domain}"
    status = found.get("status")
    if status == SWITCHING and found["proven"]:
        return passed(f"101 for {path}", command=request)
    if status == FORBIDDEN:
        return passed(f"403 for {path}: the application refuses who is not logged in, or this origin", command=request)
    log = containers.log_of(container)
    cause = diagnose(log)
    if status == BROKEN and made_up and not cause.fix:
        return not_applicable(f"{path} has made-up parts, and its consumer does without them: {cause.cause}")
    evidence = (component.evidence,)
    if status is None:
        return failed(
            f"the handshake for {path} gets no answer: {found.get('error')}",
            cause.fix or "see the log of the service",
            command=request,
            log=log,
            evidence=evidence,
        )
    if status >= BROKEN:
        return failed(
            f"the handshake for {path} is answered with {status}: {cause.cause}",
            cause.fix or "see the log of the service",
            command=request,
            log=log,
            evidence=evidence,
        )
    return failed(
        f"the handshake for {path} is answered with {status}: what listens there knows HTTP only",
        "start the ASGI application by a server for it: daphne, or uvicorn[standard]",
        command=app.command(component),
        log=log,
        evidence=evidence,
    )
