"""Opens a WebSocket where the project has a Channels router for them, once for the services of each image."""

from analyzer.model.app_spec import SpecComponent
from analyzer.model.verification import not_applicable
from analyzer.verify.checks import websocket
from analyzer.verify.session import Session


def look_at_websockets(run: Session, running: list[SpecComponent]) -> None:
    """Try the services that listen; which of several gets WebSockets is a matter of the app's ingress."""
    services: dict[str, list[SpecComponent]] = {}
    for one in running:
        if one.kind == "services" and run.recorder.holds("listens", one.name):
            services.setdefault(run.app.images[one.name].tag, []).append(one)
    for group in services.values():
        _look(run, group)


def _look(run: Session, services: list[SpecComponent]) -> None:
    names = ", ".join(one.name for one in services)
    found = websocket.routes(run.app, services[0])
    if "error" in found:
        reason = f"the ASGI application could not be loaded: {found['error']}"
        run.recorder.check("websocket", "WebSocket is accepted", names, lambda: not_applicable(reason))
    elif found["paths"] is not None:
        run.recorder.check(
            "websocket",
            "WebSocket is accepted",
            names,
            lambda: websocket.accepts(run.app, services, [(path, made_up) for path, made_up in found["paths"]]),
        )
