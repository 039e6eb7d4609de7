"""Databases as real containers, and the bindable variables that the platform gives for each (data/databases.toml)."""

import os
import secrets
import time
from collections.abc import Mapping, Sequence
from typing import Any

from docker import DockerClient
from docker.errors import APIError, ImageNotFound, NotFound
from docker.models.containers import Container

from analyzer.model.app_spec import SpecDatabase
from analyzer.model.errors import EngineError
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.tables import load_table
from analyzer.verify import containers
from analyzer.verify.diagnosis import diagnose
from analyzer.verify.workspace import Workspace

START_SECONDS = 90
"""Until a database must be ready."""


class DatabaseError(Exception):
    """A database could not be started; the message says why, `log` holds its last lines."""

    def __init__(self, message: str, log: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.log = log


def engines() -> tuple[str, ...]:
    """Engines that can be started here."""
    return tuple(load_table("analyzer.verify", "databases"))


def image_of(database: SpecDatabase, images: Mapping[str, str], repository: RepositorySnapshot) -> str:
    """The image: what `images` or DOCTOR_IMAGE_<ENGINE> says, else one of the version in the spec.

    That is the official one, or one with the extension that code of the repository is written for: the platform has
    both.
    """
    if given := given_image(database.engine, images):
        return given
    row = load_table("analyzer.verify", "databases")[database.engine]
    extensions = row.get("extensions", {})
    mentioned = (image for module, image in extensions.items() if _mentions(repository, module))
    return str(next(mentioned, row["image"])).format(version=database.version or row["version"])


def _mentions(repository: RepositorySnapshot, module: str) -> bool:
    python = repository.matching(lambda name: name.endswith(".py"))
    return any(module in (repository.text(path) or "") for path in python)


def given_image(kind: str, images: Mapping[str, str]) -> str | None:
    """What `images` or the environment says of an engine, or of another server beside the app."""
    return images.get(kind) or os.environ.get(f"DOCTOR_IMAGE_{kind}")


def start(space: Workspace, database: SpecDatabase, image: str) -> dict[str, str]:
    """Start a database, wait until it can be used, and give back its bindable variables.

    Raises DatabaseError, EngineError where there is no image.
    """
    row = load_table("analyzer.verify", "databases")[database.engine]
    provide_image(space.client, image, f"--image {database.engine}=NAME chooses another")
    values = {
        "host": database.name,
        "port": str(row["port"]),
        "user": row["user"],
        "password": secrets.token_hex(16),
        "database": row["database"],
    }
    tls = row["tls"] if "tls" in row and _has_file(space, image, row["tls"]["file"]) else None
    container = containers.start(
        space,
        image,
        name=database.name,
        environment={name: text.format(**values) for name, text in row["environment"].items()},
        command=tls["command"].replace("{host}", database.name) if tls else None,
        arguments=[part.format(**values) for part in row["command"]] or None,
    )
    _wait_until_ready(container, database, [part.format(**values) for part in row["ready"]])
    url = str(row["url"]).format(**values) + (tls["query"] if tls else "")
    return _variables(values, url, _authority(container, row.get("ca")))


def _variables(values: Mapping[str, str], url: str, authority: str) -> dict[str, str]:
    """The bindable variables of a database (the platform's page on environment variables)."""
    return {
        "HOSTNAME": values["host"],
        "PORT": values["port"],
        "USERNAME": values["user"],
        "PASSWORD": values["password"],
        "DATABASE": values["database"],
        "DATABASE_URL": url,
        "REDIS_URL": url,
        "CA_CERT": authority,
    }


def _authority(container: Container, path: str | None) -> str:
    """The certificate that clients may check the database's by; empty where it has none."""
    answer = containers.execute(container, ["cat", path]) if path else None
    return answer.output if answer is not None and answer.code == 0 else ""


def provide_image(client: DockerClient, image: str, otherwise: str) -> None:
    """Pull the image unless the engine has it. Raises EngineError, which names `otherwise` as the way out."""
    try:
        client.images.get(image)
    except ImageNotFound:
        try:
            client.images.pull(image)
        except (APIError, NotFound) as error:
            found = diagnose([str(error.explanation or error)])
            help_ = f"\n  {found.fix}" if found.fix else ""
            raise EngineError(f"cannot pull the image {image}: {found.cause}{help_}", otherwise) from error


def _wait_until_ready(container: Container, database: SpecDatabase, ready: Sequence[str]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if not containers.runs(container):
            raise DatabaseError(f"the database {database.name} ended at once", containers.log_of(container))
        answer = containers.execute(container, ready)
        # redis-cli says a refusal with exit code 0
        if answer.code == 0 and "NOAUTH" not in answer.output and "LOADING" not in answer.output:
            return
        time.sleep(containers.PAUSE)
    raise DatabaseError(
        f"the database {database.name} was not ready after {START_SECONDS} s", containers.log_of(container)
    )


def _has_file(space: Workspace, image: str, path: str) -> bool:
    """Whether the image has the file."""
    container: Any = space.client.containers.create(image, labels=space.labels)
    try:
        container.get_archive(path)
    except (APIError, NotFound):
        return False
    finally:
        container.remove(force=True, v=True)
    return True
