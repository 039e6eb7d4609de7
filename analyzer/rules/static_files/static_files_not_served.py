"""Outside of runserver something has to serve the collected files."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """As planned: by WhiteNoise, from a store, or as a static site of the same image."""
    found = ctx.noted("static-files-not-served")
    if found is not None:
        return found
    apps = ctx.facts.django.installed_apps
    if not isinstance(apps, Fact) or "django.contrib.staticfiles" not in apps.value:
        return not_applicable("django.contrib.staticfiles is not among the apps that could be told")
    return passed("WhiteNoise, a store or a static site of the app serves static files", *apps.evidence)


rule = Rule(
    info=RuleInfo(
        id="static-files-not-served",
        title="Nothing serves the static files",
        severity=Severity.RISK,
        category=Category.STATIC_FILES,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "Django serves static files only while DEBUG is on. On the platform there is no nginx "
            "beside the app, so pages come without styles and scripts, the admin's included."
        ),
        remediation="Add WhiteNoise to the requirements and its middleware right behind SecurityMiddleware.",
        commands=(
            "pip install whitenoise",
            'MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")',
        ),
        references=(
            "https://whitenoise.readthedocs.io/en/stable/django.html",
            "https://docs.djangoproject.com/en/stable/howto/static-files/deployment/",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        'STATIC_ROOT = BASE_DIR / "staticfiles"\n'
                        'STATIC_URL = "https://static.shop.example/"\n'
                        'MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")\n'
                        'STATICFILES = "django.contrib.staticfiles.storage.StaticFilesStorage"\n'
                        'STORAGES["staticfiles"] = {"BACKEND": STATICFILES}\n'
                    ),
                },
                line=4,
            ),
        ),
        good=(good({}),),
        notes=("static-files-not-served",),
    ),
    check=check,
)
