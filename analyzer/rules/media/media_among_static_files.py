"""Uploads below a folder of static files are collected with them."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """Whether MEDIA_ROOT lies in one of STATICFILES_DIRS or in STATIC_ROOT."""
    media, root = ctx.facts.django.media.root, ctx.facts.django.static.root
    if not isinstance(media, Fact) or not media.value or media.value.startswith("<"):
        return not_applicable("MEDIA_ROOT is not set, or could not be told")
    setting = ctx.setting("STATICFILES_DIRS")
    entries = setting.configured if setting is not None and isinstance(setting.configured, tuple) else ()
    folders = [(one, "STATICFILES_DIRS") for one in entries if isinstance(one, str)]
    folders += [(root.value, "STATIC_ROOT")] if isinstance(root, Fact) and root.value else []
    for folder, name in folders:
        inside = media.value.rstrip("/").startswith(f"{folder.rstrip('/')}/")
        same = media.value.rstrip("/") == folder.rstrip("/")
        if folder != "." and (inside or (same and name == "STATICFILES_DIRS")):
            return fail(
                f"MEDIA_ROOT ({media.value}) is part of {name} ({folder}): what is uploaded on a laptop is "
                "collected into the image, and uploads of production are not among the static files that are served.",
                *media.evidence,
                commands=(f'MEDIA_ROOT = BASE_DIR / "{"uploads" if folder == "media" else "media"}"',),
            )
    return passed("uploads have a folder of their own", *media.evidence)


rule = Rule(
    info=RuleInfo(
        id="media-among-static-files",
        title="Uploads lie among the static files",
        severity=Severity.RISK,
        category=Category.MEDIA,
        area=Area.DATA,
        effort=Effort.MINUTES,
        rationale=(
            "Static files are collected once, when the image is built, and WhiteNoise reads their list "
            "at its start: a file that is uploaded later is not found at its address. Uploads of a "
            "laptop get into the image instead."
        ),
        remediation="Give uploads a folder of their own, and in production a store.",
        commands=('MEDIA_ROOT = BASE_DIR / "media"',),
        references=("https://docs.djangoproject.com/en/stable/ref/settings/#media-root",),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        'STATICFILES_DIRS = [BASE_DIR / "shop"]\n'
                        'MEDIA_URL = "images/"\n'
                        'MEDIA_ROOT = BASE_DIR / "shop" / "images"\n'
                    ),
                },
                line=5,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nMEDIA_URL = "media/"\nMEDIA_ROOT = BASE_DIR / "media"\n'
                    ),
                }
            ),
        ),
    ),
    check=check,
)
