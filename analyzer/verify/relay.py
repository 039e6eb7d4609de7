"""The way from this machine to a service that is left running: the run's own network leads nowhere."""

import json
import time
from importlib.resources import files

from analyzer.model.app_spec import SpecComponent
from analyzer.model.errors import EngineError
from analyzer.verify import containers
from analyzer.verify.app import App

PORT = 8000
"""On which the relay listens in its container."""
LOOPBACK = "127.0.0.1"
START_SECONDS = 20


def publish(app: App, component: SpecComponent) -> str:
    """The address under which this machine reaches the service, as people reach it through the platform's proxy.

    Raises EngineError where the relay does not start.
    """
    space, client = app.space, app.space.client
    name = f"doctor-relay-{component.name}"
    outside = client.networks.create(
        space.name(name),
        driver="bridge",
        labels=space.labels,
        options={"com.docker.network.bridge.enable_ip_masquerade": "false"},  # it is for coming in only
    )
    script = files("analyzer.verify").joinpath("probes/relay.py").read_text("utf-8")
    arguments = {
        "host": component.name,
        "port": component.port,
        "listen": PORT,
        "headers": app.visitor,
    }
    container = client.containers.create(
        app.images[component.name].tag,
        command=[],
        entrypoint=["python", "-I", "-S", "-c", script, json.dumps(arguments)],
        name=space.name(name),
        labels=space.labels,
        network=outside.name,
        ports={f"{PORT}/tcp": (LOOPBACK, 0)},
        security_opt=["no-new-privileges"],
        pids_limit=containers.PROCESSES,
        detach=True,
    )
    client.networks.get(space.name("network")).connect(container)
    container.start()
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and containers.runs(container):
        found = containers.run_probe(container, "sockets", {"seconds": START_SECONDS}).document or {}
        if PORT in {port for _, port in found.get("listening", ())}:
            container.reload()
            return f"http://{LOOPBACK}:{container.attrs['NetworkSettings']['Ports'][f'{PORT}/tcp'][0]['HostPort']}"
        time.sleep(containers.PAUSE)
    raise EngineError(f"the relay to {component.name} does not start: {' '.join(containers.log_of(container))}")
