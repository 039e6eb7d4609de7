"""Runs of `doctor verify` that several modules of tests look at, each made once."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docker import DockerClient

from analyzer.verify.workspace import prune
from tests.verify.app import Run, run_verify

SHOP = Path(__file__).parent / "data" / "shop"
"""Static and media files in S3, WebSockets by Channels."""
OBJECT_STORAGE = "motoserver/moto:5.1.22"


def copy_shop(folder: Path, *replaced: tuple[str, str, str]) -> Path:
    """A copy of the shop in which texts (file, old, new) are replaced."""
    shutil.copytree(SHOP, folder)
    for name, old, new in replaced:
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new))
    return folder


@pytest.fixture(scope="session")
def shop_that_works(engine: DockerClient, image: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The shop as it is."""
    image(OBJECT_STORAGE)
    return run_verify(copy_shop(tmp_path_factory.mktemp("works") / "shop"))


@pytest.fixture(scope="session")
def shop_without_uploads(
    engine: DockerClient, image: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Run:
    """The shop with a server for WSGI and a job that uploads nothing.

    Where static files go is left to boto3; where media files go is the default of a variable that the spec lacks.
    """
    image(OBJECT_STORAGE)
    spec = ".do/app.yaml"
    return run_verify(
        copy_shop(
            tmp_path_factory.mktemp("without-uploads") / "shop",
            (spec, "exec daphne shop.asgi:application -b 0.0.0.0 -p $PORT", "exec gunicorn shop.wsgi -b 0.0.0.0:$PORT"),
            (spec, "value: https://fra1.digitaloceanspaces.com", 'value: ""'),
            (spec, "python manage.py collectstatic --noinput", "echo collectstatic"),
            (
                "shop/settings.py",
                '{"location": "media"}',
                '{"location": "media", "endpoint_url": os.environ.get("MEDIA_ENDPOINT", "https://ams3.example.com")}',
            ),
        )
    )


@pytest.fixture(scope="session")
def shop_with_fixed_address(engine: DockerClient, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The shop with the address of S3 in its settings, no job, and a consumer that fails for what it does not know.

    It is left running.
    """
    shop = copy_shop(
        tmp_path_factory.mktemp("fixed-address") / "shop",
        ("shop/settings.py", 'os.environ.get("SPACES_ENDPOINT") or None', '"https://ams3.digitaloceanspaces.com"'),
        ("shop/asgi.py", ', path("ws/counter/", Counter.as_asgi())', ""),
    )
    spec = shop / ".do/app.yaml"
    text = spec.read_text()
    spec.write_text(text[: text.index("jobs:")] + text[text.index("envs:") :])
    yield run_verify(shop, "--keep")
    prune(engine)
