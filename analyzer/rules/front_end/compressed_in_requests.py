"""django-compressor has to have written its files before a page is asked for."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, ask, bad, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """As planned; where COMPRESS_OFFLINE could not be told, somebody has to say."""
    unknown = ctx.notes.get("compress-not-known", ())
    if unknown:
        return ask("Is COMPRESS_OFFLINE on in production?", *unknown[0].evidence, override="image.compress")
    found = ctx.noted("compress-in-requests", "compress-left-out")
    apps = ctx.facts.django.installed_apps
    if found is None and not (isinstance(apps, Fact) and "compressor" in apps.value):
        return not_applicable("django-compressor is not installed")
    return found or passed("compress runs in the image, or is not needed", *ctx.plan.image.compress.evidence)


rule = Rule(
    info=RuleInfo(
        id="compressed-in-requests",
        title="django-compressor works while pages are asked for",
        severity=Severity.RISK,
        category=Category.FRONT_END,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "Without COMPRESS_OFFLINE the first request for a page writes compressed files below "
            "STATIC_ROOT, which the image's user may not; with it, pages answer 500 where `manage.py "
            "compress` has not run."
        ),
        remediation="Set COMPRESS_OFFLINE = True in the settings of production; the image then runs compress.",
        commands=("COMPRESS_OFFLINE = True",),
        references=("https://django-compressor.readthedocs.io/en/stable/scenarios.html",),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nINSTALLED_APPS += ["compressor"]\nCOMPRESS_OFFLINE = False\n'
                    ),
                    "requirements.txt": (
                        "dj-database-url==3.1.0\n"
                        "django==5.2.8\n"
                        "django-compressor==4.6.0\n"
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
                        'from shop.defaults import *\n\nINSTALLED_APPS += ["compressor"]\nCOMPRESS_OFFLINE = True\n'
                    ),
                    "requirements.txt": (
                        "dj-database-url==3.1.0\n"
                        "django==5.2.8\n"
                        "django-compressor==4.6.0\n"
                        "gunicorn==23.0.0\n"
                        "psycopg[binary]==3.2.13\n"
                        "redis==7.1.0\n"
                        "whitenoise==6.11.0\n"
                    ),
                }
            ),
        ),
        notes=(
            "compress-in-requests",
            "compress-left-out",
            "compress-not-known",
        ),
    ),
    check=check,
)
