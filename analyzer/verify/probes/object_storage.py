"""Tries the storages of the project that keep files in S3 or in what speaks its language: says what they are, makes
their buckets, looks for a static file, saves a media file and reads it again. `arguments["action"]` says which.
"""

import re
import time
import uuid

S3 = re.compile(r"storages\.backends\.s3(boto3)?\.")
CONTENT = b"written by doctor verify"


def backends():
    """Class and options of each storage, by alias; Django before 4.2 has a setting for each of two."""
    from django.conf import settings

    named = getattr(settings, "STORAGES", None) or {
        "default": {"BACKEND": settings.DEFAULT_FILE_STORAGE},
        "staticfiles": {"BACKEND": settings.STATICFILES_STORAGE},
    }
    return {alias: (one["BACKEND"], one.get("OPTIONS") or {}) for alias, one in named.items()}


def storages():
    """The storages in S3, by alias. A manifest is not read: there may be nobody yet to ask for it."""
    from django.utils.module_loading import import_string

    found = {}
    for alias, (backend, options) in backends().items():
        cls = import_string(backend)
        if not any(S3.match(f"{base.__module__}.") for base in cls.__mro__):
            continue
        if hasattr(cls, "read_manifest"):
            cls = type(cls.__name__, (cls,), {"read_manifest": lambda self: None})
        found[alias] = cls(**options)
    return found


def describe():
    """Bucket and address of each storage; `given` is what the settings say of the address."""
    import boto3

    found = {
        alias: {
            "bucket": storage.bucket_name,
            "given": getattr(storage, "endpoint_url", None),
            "endpoint": storage.connection.meta.client.meta.endpoint_url,
        }
        for alias, storage in storages().items()
    }
    return {"boto3": boto3.__version__, "storages": found}


def create():
    """Make the buckets, as soon as the server answers."""
    import boto3
    from botocore.config import Config
    from botocore.exceptions import ConnectionError as NotConnected
    from botocore.exceptions import HTTPClientError

    deadline = time.monotonic() + arguments["seconds"] - 5
    made = set()
    for storage in storages().values():
        client = boto3.client(
            "s3",
            region_name="us-east-1",  # elsewhere a bucket wants to be told where it is
            endpoint_url=storage.connection.meta.client.meta.endpoint_url,
            aws_access_key_id=getattr(storage, "access_key", None) or "doctor",
            aws_secret_access_key=getattr(storage, "secret_key", None) or "doctor",
            config=Config(s3={"addressing_style": "path"}, connect_timeout=2, retries={"max_attempts": 0}),
        )
        while storage.bucket_name and storage.bucket_name not in made:
            try:
                client.create_bucket(Bucket=storage.bucket_name)
            except (NotConnected, HTTPClientError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.3)
            else:
                made.add(storage.bucket_name)
    return {"buckets": sorted(made)}


def static():
    """Whether a static file of the project's apps is in the storage."""
    from django.contrib.staticfiles.finders import get_finders
    from django.contrib.staticfiles.storage import staticfiles_storage

    names = (
        f"{prefix}/{name}" if (prefix := getattr(storage, "prefix", None)) else name
        for finder in get_finders()
        for name, storage in finder.list([])
    )
    name = next(names, None)
    return {"name": name, "exists": bool(name) and is_there(staticfiles_storage, name)}


def is_there(storage, name):
    """Whether the storage has a file: `exists` of django-storages 1.14.4 denies all that may be overwritten."""
    if storage.exists(name):
        return True
    try:
        storage.size(name)
    except Exception:  # each storage has its own
        return False
    return True


def media():
    """Save a file, read it, delete it."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    name = default_storage.save(f"verify-{uuid.uuid4().hex}.txt", ContentFile(CONTENT))
    with default_storage.open(name) as file:
        same = file.read() == CONTENT
    default_storage.delete(name)
    return {"name": name, "same": same, "deleted": not default_storage.exists(name)}


def act():
    """What is asked for."""
    set_up_django()
    return {"describe": describe, "create": create, "static": static, "media": media}[arguments["action"]]()


find_settings()
answer(act)
