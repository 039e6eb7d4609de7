"""Without an endpoint of its own, a store with the protocol of S3 is Amazon's."""

from analyzer.model.connections import ConnectionRole
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """As planned."""
    found = ctx.noted("store-stays-elsewhere", with_remedy=False)
    stores = [one for one in ctx.facts.connections if one.role is ConnectionRole.STORAGE]
    if found is None and not stores:
        return not_applicable("the settings have no object storage")
    return found or passed("the store's endpoint is a setting, or it is another store", *stores[0].evidence)


rule = Rule(
    info=RuleInfo(
        id="store-stays-elsewhere",
        title="Uploads stay in Amazon's S3",
        severity=Severity.ADVICE,
        category=Category.MEDIA,
        area=Area.DATA,
        effort=Effort.HOURS,
        rationale=(
            "The app moves and its files do not: each upload and each private file goes through another "
            "provider's network, whose traffic and keys stay on another bill. That works, and the "
            "estimate leaves it out."
        ),
        remediation=("Read the endpoint from a variable, copy the objects, and set the address of the Spaces region."),
        commands=('AWS_S3_ENDPOINT_URL = os.environ["AWS_S3_ENDPOINT_URL"]', "doctor emit"),
        references=(
            "https://django-storages.readthedocs.io/en/latest/backends/amazon-S3.html",
            "https://docs.digitalocean.com/products/spaces/",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        'STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage"}\n'
                        'AWS_STORAGE_BUCKET_NAME = "shop"\n'
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
                line=4,
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
        notes=("store-stays-elsewhere",),
    ),
    check=check,
)
