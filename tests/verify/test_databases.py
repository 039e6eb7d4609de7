"""Databases as the platform has them: the image that fits the project, limits, addresses, certificates."""

import ssl
from pathlib import Path

import pytest
from docker import DockerClient

from analyzer.model.app_spec import SpecDatabase
from analyzer.model.evidence import Evidence
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.verify.containers import PROCESSES
from analyzer.verify.databases import image_of, start
from analyzer.verify.workspace import LABEL, workspace
from tests.verify.app import write


def database(engine: str, version: str | None = None) -> SpecDatabase:
    return SpecDatabase(name="db", engine=engine, version=version, evidence=Evidence(path=".do/app.yaml", line=1))


def repository(folder: Path, text: str) -> RepositorySnapshot:
    return RepositorySnapshot.open(write(folder, {"shop/settings.py": text}))


@pytest.mark.parametrize(
    ("engine", "version", "text", "image"),
    [
        ("PG", None, "", "postgres:17"),
        ("PG", "16", "", "postgres:16"),
        ("PG", "16", 'ENGINE = "django.contrib.gis.db.backends.postgis"', "postgis/postgis:16-3.5"),
        ("PG", None, "from pgvector.django import VectorField", "pgvector/pgvector:pg17"),
        ("MYSQL", None, 'ENGINE = "django.contrib.gis.db.backends.mysql"', "mysql:8"),
        ("VALKEY", None, "", "valkey/valkey:8"),
    ],
)
def test_the_image_fits_the_engine_and_the_code(
    engine: str, version: str | None, text: str, image: str, tmp_path: Path
) -> None:
    assert image_of(database(engine, version), {}, repository(tmp_path, text)) == image


def test_an_image_that_was_given_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gis = repository(tmp_path, "import django.contrib.gis")
    monkeypatch.setenv("DOCTOR_IMAGE_PG", "from-environment:1")
    assert image_of(database("PG"), {}, gis) == "from-environment:1"
    assert image_of(database("PG"), {"PG": "from-option:1"}, gis) == "from-option:1"


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("engine_name", "image", "address"),
    [
        ("PG", "postgres:17", "postgresql://doadmin:{}@db:5432/defaultdb?sslmode=require"),
        ("MYSQL", "mysql:8", "mysql://doadmin:{}@db:3306/defaultdb?ssl-mode=REQUIRED"),
        ("VALKEY", "valkey/valkey:8", "redis://default:{}@db:6379/0"),
        ("REDIS", "redis:7", "redis://default:{}@db:6379/0"),
    ],
)
def test_a_database_starts_within_limits(engine_name: str, image: str, address: str, engine: DockerClient) -> None:
    with workspace(engine, keep=False) as space:
        space.create_network(internal=True)
        variables = start(space, database(engine_name), image)
        (container,) = engine.containers.list(filters={"label": f"{LABEL}={space.run}"})
        assert container.attrs["HostConfig"]["PidsLimit"] == PROCESSES
    assert variables["DATABASE_URL"] == address.format(variables["PASSWORD"])
    if engine_name == "PG":
        context = ssl.create_default_context(cadata=variables["CA_CERT"])
        (authority,) = context.get_ca_certs()
        assert authority["subject"] == ((("commonName", "db"),),)
    elif engine_name != "MYSQL":  # whether there is one depends on the image
        assert variables["CA_CERT"] == ""
