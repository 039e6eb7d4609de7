"""Uploads belong to no container: the next deployment starts with an empty folder."""

from dataclasses import replace

from analyzer.model.evidence import Certainty, Fact
from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed, plain_value
from analyzer.rules.upload_stores import store_switches
from analyzer.tables import load_table

MAX_NAMED = 4
"""Settings in one remedy."""


def check(ctx: Context) -> RuleOutcome:
    """The planner knows the storage; a model with a file shows that there are uploads."""
    found = ctx.noted("uploads-in-container")
    if found is None:
        storage = ctx.facts.django.media.storage
        if not isinstance(storage, Fact) or (ctx.setting("MEDIA_ROOT") is None and _is_local(storage.value)):
            return not_applicable("no MEDIA_ROOT is set, or where uploads go could not be told")
        return passed(f"uploads are kept by {storage.value}", *storage.evidence)
    traces = [one.evidence for one in ctx.facts.code_traces if one.kind == "file-field"]
    fields = [one for one in traces if not one.note or "default_storage" in one.note]  # others name their own storage
    apps = ctx.facts.django.installed_apps
    senders = set(apps.value if isinstance(apps, Fact) else ()) & set(
        load_table("analyzer.rules", "upload_apps")["apps"]
    )
    if not fields and not senders and isinstance(apps, Fact):
        return passed(
            "MEDIA_ROOT is set, but no model of the repository has a file in the default storage",
            *found.problems[0].evidence,
        )
    helper = [one.evidence for one in ctx.facts.code_traces if one.kind == "static-helper"]
    unserved = " With DEBUG off nothing serves them either: static() adds no pattern." if helper else ""
    makers = [one.evidence for one in ctx.facts.code_traces if one.text == "FileSystemStorage"]
    places = (
        f" Put default_storage in place of FileSystemStorage() ({makers[0].path}:{makers[0].line})." if makers else ""
    )
    places += _paths_below(ctx)
    variables = store_switches(ctx)
    unless = f", unless {' or '.join(variables)} says otherwise." if variables else "."
    problems = tuple(
        replace(
            one,
            message=f"{one.message.removesuffix('.')}{unless}{unserved}",
            evidence=tuple(dict.fromkeys((*one.evidence, *fields[:1], *makers[:1], *helper[:1]))),
            remediation=f"{one.remediation or rule.info.remediation}{places}",
            certainty=Certainty.CERTAIN if (fields or senders) and not variables else Certainty.LIKELY,
        )
        for one in found.problems
    )
    return Failed(problems=problems)


def _paths_below(ctx: Context) -> str:
    """What code that takes such paths has to do: a storage alone does not move it."""
    root = plain_value(ctx.setting("MEDIA_ROOT"))
    if not isinstance(root, str) or not root:
        return ""
    values = ((name, plain_value(one)) for name, one in sorted(ctx.facts.django.settings.items()))
    below = (name for name, text in values if isinstance(text, str) and text.startswith(f"{root}/"))
    names = [name for name in below if not name.endswith(("_URL", "_LOCK"))][:MAX_NAMED]
    if not names:
        return ""
    named = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return f" Code that takes paths from {named}, below MEDIA_ROOT, has to go by the storage as well."


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
