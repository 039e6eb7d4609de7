"""What a run is asked for, and what it knows so far."""

import contextlib
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from docker.errors import DockerException
from docker.models.containers import Container
from requests.exceptions import RequestException

from analyzer.model.app_spec import SpecComponent
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.verification import Address, ComponentUsage, ImageResult
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.verify.app import App
from analyzer.verify.containers import whole_log
from analyzer.verify.recorder import Recorder, Say
from analyzer.verify.sampler import Sampler


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be verified, and how.

    `values` are of variables that the spec leaves open; `images` replaces those of databases, by engine; `limit` ends
    a build or a job after so many seconds.
    """

    root: Path
    spec: str = ".do/app.yaml"
    components: tuple[str, ...] = ()
    values: Mapping[str, str]
    images: Mapping[str, str]
    limit: float = 3600
    certificates: tuple[str, ...] = ()
    """In PEM; builds trust them beside those of their images."""
    network: bool = False
    """Whether containers may reach the internet."""
    keep: bool = False
    log_dir: Path | None = None


@dataclass(slots=True, kw_only=True)
class Session:
    """A run: the request, the app, and what was found; its steps take it and add to it."""

    request: Request
    repository: RepositorySnapshot
    app: App
    chosen: tuple[SpecComponent, ...]
    recorder: Recorder
    sampler: Sampler
    say: Say
    """Told of every step and check."""
    output: Say
    """Told every line of the builds."""
    images: list[ImageResult] = field(default_factory=list)
    usage: list[ComponentUsage] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    bindings: dict[str, dict[str, str]] = field(default_factory=dict)

    def built(self, kind: str) -> list[SpecComponent]:
        """The chosen components of a kind that have an image."""
        return [one for one in self.chosen if one.kind == kind and one.name in self.app.images]

    def one_of_each_image(self) -> list[SpecComponent]:
        """A component for each image: the first service of it where there is one, else a worker, else a job."""
        found: dict[str, SpecComponent] = {}
        for one in (*self.built("services"), *self.built("workers"), *self.built("jobs")):
            found.setdefault(self.app.images[one.name].tag, one)
        return list(found.values())

    def keep_log(self, name: str, content: bytes) -> None:
        """Write a whole log to the folder that was asked for, if one was, without secrets."""
        if self.request.log_dir is not None:
            text = self.recorder.redact(content.decode("utf-8", "replace"))
            (self.request.log_dir / f"{name}.log").write_text(text, encoding="utf-8")

    def keep_log_of(self, name: str, container: Container) -> None:
        """The same for what a container printed."""
        if self.request.log_dir is not None:
            with contextlib.suppress(DockerException, RequestException):
                self.keep_log(name, b"".join(whole_log(container)))
