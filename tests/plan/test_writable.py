"""Folders that the image's user has to write to."""

from collections.abc import Callable

import pytest

from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import ImageOverrides, Overrides
from analyzer.plan.writable import plan_writable

Facts = Callable[..., ProjectFacts]


def writable(facts: ProjectFacts, **image: object) -> tuple[tuple[str, ...], set[str]]:
    decision, notes = plan_writable(facts, ".", Overrides(image=ImageOverrides(**image)))  # type: ignore[arg-type]
    return decision.value, {note.code for note in notes}


def test_nothing_as_a_rule(facts: Facts) -> None:
    assert writable(facts()) == ((), set())


def test_uploads_in_the_source(facts: Facts) -> None:
    assert writable(facts(settings="MEDIA_ROOT = 'media'\n")) == (("media",), {"uploads-in-container"})


def test_uploads_of_a_store_need_no_folder(facts: Facts) -> None:
    settings = "MEDIA_ROOT = 'media'\nDEFAULT_FILE_STORAGE = 'storages.backends.s3boto3.S3Boto3Storage'\n"
    assert writable(facts({"requirements.txt": "django==4.1.13\n"}, settings))[0] == ()


def test_log_files(facts: Facts) -> None:
    handler = "{'class': 'logging.FileHandler', 'filename': 'logs/app.log'}"
    settings = f"LOGGING = {{'version': 1, 'handlers': {{'f': {handler}}}}}\n"
    assert writable(facts(settings=settings)) == (("logs",), {"log-file"})


@pytest.mark.parametrize("name", ["'data/db.sqlite3'", "os.environ.get('DATABASE_NAME', 'data/db.sqlite3')"])
def test_a_sqlite_file_needs_its_folder(facts: Facts, name: str) -> None:
    settings = f"DATABASES = {{'default': {{'ENGINE': 'django.db.backends.sqlite3', 'NAME': {name}}}}}\n"
    assert writable(facts(settings=settings))[0] == ("data",)


def test_a_folder_outside_of_the_source_is_noted(facts: Facts) -> None:
    found = writable(facts(settings="MEDIA_ROOT = '/srv/media'\n"))
    assert found == ((), {"uploads-in-container", "folder-outside-source"})


def test_the_configuration_decides(facts: Facts) -> None:
    assert writable(facts(), writable=("cache",))[0] == ("cache",)
