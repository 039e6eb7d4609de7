"""Options and fixtures of the whole test suite."""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from docker import DockerClient

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="Write the expected files of fixtures/ anew; read every difference before you commit it.",
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether expected files are to be written anew."""
    return bool(request.config.getoption("--update-golden"))


@pytest.hookimpl(tryfirst=True)  # before the items are chosen by marker
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture, marker in (("engine", "docker"), ("chromium", "browser")):
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)


@pytest.fixture(scope="session")
def engine() -> Iterator["DockerClient"]:
    """A client of a Docker engine that has the usual images (tests/engine/stand_ins.toml).

    Where there is none the test is skipped; under CI it fails.
    """
    from tests.engine import daemon, stand_ins  # docker takes a while to import, and few tests need it

    client = daemon.connect()
    if not client:
        lacking("no Docker engine answers; `make engine` starts one where it can")
    lacks = [name for name in stand_ins.USUAL if not stand_ins.exists(client, name)]
    if lacks:
        lacking(f"the Docker engine lacks {', '.join(lacks)}; see `make engine`")
    yield client
    client.close()


@pytest.fixture(scope="session")
def image(engine: "DockerClient") -> Callable[[str], str]:
    """Provides an image that is not a usual one: `image("node:22-slim")` is its name, once the engine has it."""
    from tests.engine.provision import provide

    def provided(name: str) -> str:
        if problems := provide([name]):
            lacking("; ".join(problems))
        return name

    return provided


def lacking(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"{reason} (skipped where CI is not set)")
    pytest.skip(reason)
