"""Whether static files and uploads leave the container."""

from collections.abc import Callable

import pytest

from analyzer.model.facts import ProjectFacts
from analyzer.plan.storage import Keeper, media_storage, speaks_to_spaces, static_storage

S3 = "'storages.backends.s3.S3Storage'"


@pytest.mark.parametrize(
    ("settings", "keeper", "switched_on"),
    [
        ("", Keeper.CONTAINER, False),
        (f"STORAGES = {{'default': {{'BACKEND': {S3}}}}}\n", Keeper.S3, False),
        ("DEFAULT_FILE_STORAGE = 'storages.backends.gcloud.GoogleCloudStorage'\n", Keeper.OTHER, False),
        (f"if os.environ.get('S3_BUCKET'):\n    STORAGES = {{'default': {{'BACKEND': {S3}}}}}\n", Keeper.S3, True),
        (f"if os.environ.get('S3_BUCKET'):\n    DEFAULT_FILE_STORAGE = {S3}\n", Keeper.S3, True),
        ("import elsewhere\nSTORAGES = elsewhere.make()\n", Keeper.UNKNOWN, False),
    ],
)
def test_uploads(facts: Callable[..., ProjectFacts], settings: str, keeper: Keeper, switched_on: bool) -> None:
    found = media_storage(facts(settings=settings))
    assert (found.keeper, found.switched_on) == (keeper, switched_on)
    assert found.evidence


@pytest.mark.parametrize(
    ("backend", "keeper"),
    [
        ("storages.backends.s3boto.S3BotoStorage", Keeper.S3),
        ("storages.backends.s3boto3.S3Boto3Storage", Keeper.S3),
        ("django_s3_storage.storage.S3Storage", Keeper.S3),
        ("minio_storage.storage.MinioMediaStorage", Keeper.S3),
        ("storages.backends.azure_storage.AzureStorage", Keeper.OTHER),
        ("cloudinary_storage.storage.MediaCloudinaryStorage", Keeper.OTHER),
        ("storages.backends.overwrite.OverwriteStorage", Keeper.CONTAINER),
        ("django.core.files.storage.FileSystemStorage", Keeper.CONTAINER),
        ("cloudinary_storage.elsewhere.Local", Keeper.CONTAINER),
    ],
)
def test_storages_of_libraries(facts: Callable[..., ProjectFacts], backend: str, keeper: Keeper) -> None:
    settings = f"STORAGES = {{'default': {{'BACKEND': '{backend}'}}}}\n"
    assert media_storage(facts(settings=settings)).keeper is keeper


def test_static_files_through_a_class_of_the_repository(facts: Callable[..., ProjectFacts]) -> None:
    files = {"shop/files.py": "from storages.backends import s3\nclass Static(s3.S3ManifestStaticStorage): ...\n"}
    settings = "STORAGES = {'staticfiles': {'BACKEND': 'shop.files.Static'}}\n"
    assert static_storage(facts(files, settings)).keeper is Keeper.S3
    assert static_storage(facts()).keeper is Keeper.CONTAINER


@pytest.mark.parametrize(
    ("endpoint", "spaces"),
    [
        ("AWS_S3_ENDPOINT_URL = os.environ['ENDPOINT']\n", True),
        ("AWS_S3_ENDPOINT_URL = 'https://fra1.digitaloceanspaces.com'\n", True),
        ("AWS_S3_ENDPOINT_URL = f\"https://{os.environ['S3_REGION']}.digitaloceanspaces.com\"\n", True),
        ("AWS_S3_ENDPOINT_URL = 'https://minio.example.org'\n", False),
        ("", False),
    ],
)
def test_spaces(facts: Callable[..., ProjectFacts], endpoint: str, spaces: bool) -> None:
    settings = f"STORAGES = {{'default': {{'BACKEND': {S3}}}}}\nAWS_STORAGE_BUCKET_NAME = 'shop'\n{endpoint}"
    assert speaks_to_spaces(facts(settings=settings)) is spaces
