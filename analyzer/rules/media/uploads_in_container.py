"""Uploads belong to no container: the next deployment starts with an empty folder."""

import re
from dataclasses import replace

from analyzer.model.evidence import Certainty, Fact
from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed
from analyzer.tables import load_table

_LIBRARIES = ("django-storages", "django-storage-url")
_SETTINGS = ("STORAGES", "DEFAULT_FILE_STORAGE")
_BUCKET = lazy_pattern(r"(^|_)(BUCKET|CONTAINER)(_NAME)?$")
_LAPTOP = lazy_pattern(r"DEBUG|(^|_)TEST")
_STORE = lazy_pattern(
    r"(^|_)(USE|ENABLE|WITH)_(\w+_)?(AWS|S3|GCS|SPACES|STORAGE|BUCKET)(_(MEDIA|UPLOADS?)(_FILES)?)?$"
    r"|(^|_)(FILES?|MEDIA|UPLOADS?)_STORAGE(_BACKEND|_TYPE|_ENGINE)?$|(^|_)STORAGES?_DEFAULT(_BACKEND)?$"
    r"|(^|_)STORAGE_(DSN|URL)$"
)
"""Switches by their names; whoever sets the name of a bucket alone is told by the settings themselves."""


def check(ctx: Context) -> RuleOutcome:
    """The planner knows the storage; a model with a file shows that there are uploads."""
    found = ctx.noted("uploads-in-container")
    if found is None:
        storage = ctx.facts.django.media.storage
        if not isinstance(storage, Fact) or (ctx.setting("MEDIA_ROOT") is None and _is_local(storage.value)):
            return not_applicable("no MEDIA_ROOT is set, or where uploads go could not be told")
        return passed(f"uploads are kept by {storage.value}", *storage.evidence)
    fields = [one.evidence for one in ctx.facts.code_traces if one.kind == "file-field"]
    apps = ctx.facts.django.installed_apps
    senders = set(apps.value if isinstance(apps, Fact) else ()) & set(
        load_table("analyzer.rules", "upload_apps")["apps"]
    )
    if not fields and not senders and isinstance(apps, Fact):
        return passed("MEDIA_ROOT is set, but no model of the repository has a file", *found.problems[0].evidence)
    helper = [one.evidence for one in ctx.facts.code_traces if one.kind == "static-helper"]
    unserved = " With DEBUG off nothing serves them either: static() adds no pattern." if helper else ""
    variables = _switches(ctx)
    unless = f", unless {' or '.join(variables)} says otherwise." if variables else "."
    problems = tuple(
        replace(
            one,
            message=f"{one.message.removesuffix('.')}{unless}{unserved}",
            evidence=(*one.evidence, *fields[:1], *helper[:1]),
            certainty=Certainty.CERTAIN if (fields or senders) and not variables else Certainty.LIKELY,
        )
        for one in found.problems
    )
    return Failed(problems=problems)


def _switches(ctx: Context) -> list[str]:
    """Variables that choose a store, where production installs a library for it: as the settings ask for them, else by
    their names; with them the name of a bucket, where a class of the project decides."""
    if not any(ctx.facts.dependencies.has(library) for library in _LIBRARIES):
        return []
    switches = ctx.facts.django.switches
    asked = {name for setting in _SETTINGS for name in switches.get(setting, ()) if not _is_another(name)}
    if asked:
        return sorted(asked)
    storage = ctx.facts.django.media.storage
    own = isinstance(storage, Fact) and not (storage.value or "").startswith(("django.", "storages."))
    return sorted({one.name for one in ctx.facts.environment if _is_switch(one.name.upper(), own)})


def _is_another(name: str) -> bool:
    """Whether it tells laptops and tests from production, or is what another platform sets by itself."""
    rows = load_table("analyzer.rules", "platform_variables")["platform"]
    return _LAPTOP.search(name.upper()) is not None or any(re.fullmatch(row["variables"], name) for row in rows)


def _is_switch(name: str, own: bool) -> bool:
    return _STORE.search(name) is not None or (own and _BUCKET.search(name) is not None)


def _is_local(storage: str | None) -> bool:
    return "FileSystem" in (storage or "")


rule = Rule(
    info=RuleInfo(
        id="uploads-in-container",
        title="Uploads are kept in the container",
        severity=Severity.RISK,
        category=Category.MEDIA,
        area=Area.DATA,
        effort=Effort.HOURS,
        rationale=(
            "The disk of a container is empty again after each deployment and each restart, and two "
            "containers have two disks. Uploaded files vanish, and a page finds a picture or not by the "
            "container that answers."
        ),
        remediation="Keep uploads in a Spaces bucket: django-storages as the default storage.",
        commands=(
            'pip install "django-storages[s3]"',
            'STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage"}',
            'AWS_S3_ENDPOINT_URL = os.environ["AWS_S3_ENDPOINT_URL"]',
        ),
        references=(
            "https://docs.digitalocean.com/products/app-platform/details/limits/",
            "https://django-storages.readthedocs.io/en/latest/backends/amazon-S3.html",
            "https://docs.digitalocean.com/products/spaces/",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nMEDIA_URL = "media/"\nMEDIA_ROOT = BASE_DIR / "media"\n'
                    ),
                    "shop/models.py": (
                        "from django.db import models\n"
                        "\n"
                        "\n"
                        "class Product(models.Model):\n"
                        "    picture = models.ImageField()\n"
                    ),
                    "shop/migrations/__init__.py": "",
                    "shop/migrations/0001_initial.py": (
                        "from django.db import migrations\n"
                        "\n"
                        "\n"
                        "class Migration(migrations.Migration):\n"
                        "    initial = True\n"
                        "    dependencies = []\n"
                        "    operations = []\n"
                    ),
                },
                line=4,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        'MEDIA_URL = "media/"\n'
                        'MEDIA_ROOT = BASE_DIR / "media"\n'
                        "import os\n"
                        "\n"
                        'STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage"}\n'
                        'AWS_STORAGE_BUCKET_NAME = os.environ.get("SPACES_BUCKET", "")\n'
                        'AWS_S3_ENDPOINT_URL = os.environ.get("SPACES_ENDPOINT", "")\n'
                        'AWS_S3_REGION_NAME = os.environ.get("SPACES_REGION", "fra1")\n'
                    ),
                    "requirements.txt": (
                        "dj-database-url==3.1.0\n"
                        "django==5.2.8\n"
                        "django-storages[s3]==1.14.6\n"
                        "gunicorn==23.0.0\n"
                        "psycopg[binary]==3.2.13\n"
                        "redis==7.1.0\n"
                        "whitenoise==6.11.0\n"
                    ),
                }
            ),
        ),
        notes=("uploads-in-container",),
    ),
    check=check,
)
