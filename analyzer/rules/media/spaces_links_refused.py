"""Files of a Space are private unless they are uploaded as public ones."""

from collections.abc import Mapping

from analyzer.model.evidence import Certainty, Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """Links without a signature to files without a public ACL."""
    storage = ctx.facts.django.media.storage
    library = (
        ctx.facts.django.storage_classes.get(storage.value or "", storage.value or "")
        if isinstance(storage, Fact)
        else ""
    )
    if not library.startswith("storages.backends.s3"):
        return not_applicable("uploads are not kept by the S3 backend of django-storages")
    if ctx.setting("AWS_S3_ENDPOINT_URL") is None:
        return not_applicable("the store has no endpoint, so it stays Amazon's, and its policies with it")
    signed, acl = ctx.setting("AWS_QUERYSTRING_AUTH"), ctx.setting("AWS_DEFAULT_ACL")
    own = isinstance(storage, Fact) and storage.value != library
    options = ctx.setting("STORAGES")
    entry = (
        options.configured.get("default") if options is not None and isinstance(options.configured, Mapping) else None
    )
    if own or (isinstance(entry, Mapping) and entry.get("OPTIONS")):
        return not_applicable("the storage has options of its own")
    if signed is not None and signed.configured is False and (acl is None or acl.configured is None):
        return fail(
            "Links to uploads have no signature (AWS_QUERYSTRING_AUTH is False), and no AWS_DEFAULT_ACL makes the "
            "files public: Spaces answers 403 where a bucket policy of Amazon's let everybody read.",
            *signed.evidence,
            certainty=Certainty.LIKELY,
        )
    return passed("links to uploads are signed, or the files are public")


rule = Rule(
    info=RuleInfo(
        id="spaces-links-refused",
        title="Spaces would refuse links to uploads",
        severity=Severity.RISK,
        category=Category.MEDIA,
        area=Area.DATA,
        effort=Effort.MINUTES,
        rationale=(
            "django-storages uploads files without an ACL, so a Space keeps them private. Links without "
            "a signature then answer 403. In Amazon's S3 a bucket policy usually makes them public, and "
            "it does not move with the files."
        ),
        remediation="Upload files as public ones, or let links be signed.",
        commands=('AWS_DEFAULT_ACL = "public-read"',),
        references=(
            "https://django-storages.readthedocs.io/en/latest/backends/amazon-S3.html",
            "https://docs.digitalocean.com/products/spaces/how-to/set-file-permissions/",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        "import os\n"
                        "\n"
                        'STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage"}\n'
                        'AWS_STORAGE_BUCKET_NAME = os.environ.get("SPACES_BUCKET", "")\n'
                        'AWS_S3_ENDPOINT_URL = os.environ.get("SPACES_ENDPOINT", "")\n'
                        'AWS_S3_REGION_NAME = os.environ.get("SPACES_REGION", "fra1")\n'
                        "AWS_QUERYSTRING_AUTH = False\n"
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
                },
                line=9,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        "import os\n"
                        "\n"
                        'STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage"}\n'
                        'AWS_STORAGE_BUCKET_NAME = os.environ.get("SPACES_BUCKET", "")\n'
                        'AWS_S3_ENDPOINT_URL = os.environ.get("SPACES_ENDPOINT", "")\n'
                        'AWS_S3_REGION_NAME = os.environ.get("SPACES_REGION", "fra1")\n'
                        "AWS_QUERYSTRING_AUTH = False\n"
                        'AWS_DEFAULT_ACL = "public-read"\n'
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
    ),
    check=check,
)
