"""The app while it runs here: its images, containers and variables, and what each component turned out to do."""

import shlex
from dataclasses import field
from typing import Any

from docker.models.containers import Container

from analyzer.model.app_spec import AppSpec, SpecComponent
from analyzer.model.quick_dataclass import dataclass
from analyzer.verify import containers
from analyzer.verify.context import BuildContext
from analyzer.verify.environment import Values
from analyzer.verify.sizes import Size, size_of
from analyzer.verify.workspace import Workspace

HELPER = ["python", "-c", "import time\nwhile True: time.sleep(60)"]
"""Keeps a container up in which probes are run."""
PROXY_HEADERS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
"""What the platform's proxy adds (RFC 5737 has the address)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image that was built, and from what."""

    tag: str
    context: BuildContext
    dockerfile: str
    """Path in the repository."""
    components: tuple[SpecComponent, ...]


@dataclass(slots=True, kw_only=True)
class App:
    """What a run knows so far; the steps of `run` fill it."""

    spec: AppSpec
    space: Workspace
    values: Values
    domain: str
    """Where people would find the app."""
    images: dict[str, Image] = field(default_factory=dict)
    """By component; none where the build failed."""
    environments: dict[str, dict[str, str]] = field(default_factory=dict)
    containers: dict[str, Container] = field(default_factory=dict)
    """Services and workers that were started."""
    helpers: dict[str, Container] = field(default_factory=dict)
    """By tag of the image."""
    states: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What Django says of itself, by component."""

    def size(self, component: SpecComponent) -> Size | None:
        """What the component's containers get; None where the table does not have the slug."""
        return size_of(component.size)

    def helper(self, component: SpecComponent) -> Container | None:
        """A container of the component's image beside the app, in which probes run; None where it does not start."""
        image = self.images.get(component.name)
        if image is None:
            return None
        if image.tag not in self.helpers:
            name = f"doctor-helper-{len(self.helpers)}"
            self.helpers[image.tag] = containers.start(
                self.space, image.tag, name=name, environment={}, entrypoint=HELPER
            )
        found = self.helpers[image.tag]
        return found if containers.runs(found) else None

    def start(self, component: SpecComponent, name: str) -> Container:
        """Start a container of a component, as the spec says; others find it under `name`. Raises DockerException."""
        return containers.start(
            self.space,
            self.images[component.name].tag,
            name=name,
            environment=self.environments[component.name],
            command=component.run_command,
            size=self.size(component),
        )

    def address(self, component: SpecComponent) -> str:
        """The address of a component's container in the run's network."""
        return containers.address_of(self.space, self.containers[component.name])

    @property
    def visitor(self) -> dict[str, str]:
        """Headers of a request that comes through the platform's proxy."""
        return {"Host": self.domain, **PROXY_HEADERS}

    def probe(self, component: SpecComponent, probe: str, *, seconds: int, **arguments: Any) -> dict[str, Any]:
        """What a probe beside the component finds in so much time, with its variables; `error` where it fails."""
        helper = self.helper(component)
        if helper is None:
            return {"error": "the image does not start Python"}
        answer = containers.run_probe(
            helper, probe, {**arguments, "seconds": seconds}, self.environments.get(component.name, {})
        )
        return answer.document or {"error": answer.failure(seconds), "traceback": answer.output.splitlines()[-30:]}

    def command(self, component: SpecComponent) -> str:
        """What the component runs: its `run_command`, else what the image says."""
        if component.run_command is not None:
            return component.run_command
        config = self.space.client.images.get(self.images[component.name].tag).attrs["Config"]
        words = [*(config.get("Entrypoint") or ()), *(config.get("Cmd") or ())]
        return " ".join(words) if words[:2] in (["sh", "-c"], ["/bin/sh", "-c"]) else shlex.join(words)
