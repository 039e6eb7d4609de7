"""Uploads to Spaces where a bucket is named."""

import libcst as cst

from analyzer.model.evidence import Evidence
from analyzer.model.facts import ProjectFacts
from analyzer.patches.edit import Edit, edit
from analyzer.patches.requirements import django_release
from analyzer.patches.settings_file import Assignment, SettingsFile
from analyzer.tables import load_table

_BACKEND = "storages.backends.s3.S3Storage"
_VARIABLES = ("AWS_STORAGE_BUCKET_NAME", "AWS_S3_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
_ALREADY = (
    "storages.backends",
    "AWS_STORAGE_BUCKET_NAME",
    "GS_BUCKET_NAME",
    'STORAGES["default"]',
    "STORAGES['default']",
)
"""What a file has that can keep uploads elsewhere: variables do it there, not a change."""
_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"


def media_storage(place: Evidence, file: SettingsFile, facts: ProjectFacts) -> Edit | None:
    """Behind MEDIA_ROOT, or behind STORAGES where the file has that; files stay local without a bucket."""
    if any(words in file.text for words in _ALREADY):
        return None
    anchor = file.assignment("MEDIA_ROOT", place.line) or file.first("MEDIA_ROOT")
    storages = file.first("STORAGES")
    release = django_release(facts)
    since = tuple(load_table("analyzer.patches", "requirements")["storages"]["since"])
    if anchor is None or release is None or release < since or file.first("DEFAULT_FILE_STORAGE") is not None:
        return None
    lines = [
        'if "AWS_STORAGE_BUCKET_NAME" in os.environ:',
        *(f'    {name} = os.environ["{name}"]' for name in _VARIABLES),
    ]
    elsewhere = storages is None and file.star_imports() and "STORAGES" in facts.django.settings
    if storages is not None or elsewhere:
        if storages is not None and not isinstance(storages.value, cst.Dict):
            return None
        anchor = anchor if storages is None else _later(anchor, storages)
        lines.append(f'    STORAGES["default"] = {{"BACKEND": "{_BACKEND}"}}')
    elif "STATICFILES_STORAGE" in facts.django.settings or "STORAGES" in facts.django.settings:
        return None
    else:
        lines += [
            "    STORAGES = {",
            f'        "default": {{"BACKEND": "{_BACKEND}"}},',
            f'        "staticfiles": {{"BACKEND": "{_STATIC}"}},',
            "    }",
        ]
    return edit(file.after(anchor.statement, lines), *file.importing("os"), packages=("django-storages",))


def _later(one: Assignment, other: Assignment) -> Assignment:
    return one if one.first_line > other.first_line else other
